"""Settings of the site."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.reading_rules import (
    BADGES,
    COMMAND_PREFIX,
    FNC1,
    READING,
    RESTRICTED_CODES,
    BadFnc1,
    BadPrefix,
    BadRestricted,
    PrefixesClash,
)
from wms_tui.domain.setup import BadCurrency, BadDays, ChangeSettings, SiteSettings, parse_days
from wms_tui.domain.texts import N_
from wms_tui.services import setup
from wms_tui.tui.form_page import FILLING, Field, FormPage
from wms_tui.tui.guide import Guide

NAME, CURRENCY, DAYS = "name", "currency", "days"
BLAMED: dict[type[Exception], str] = {
    BadCurrency: CURRENCY,
    BadDays: DAYS,
    BadFnc1: FNC1,
    BadPrefix: COMMAND_PREFIX,
    PrefixesClash: BADGES,
    BadRestricted: RESTRICTED_CODES,
}
CODES = N_("Codes")
ABOUT_FNC1 = N_("What scanners send for FNC1 besides the character 0x1D, such as | or ~; several with a space between.")
ABOUT_COMMANDS = N_(
    "What no other code begins with. Empty: there are no command barcodes. Print the sheet anew after a change."
)
ABOUT_BADGES = N_("What badges begin with. Empty: there are none.")
ABOUT_RESTRICTED = N_(
    "Weight and price in codes that begin with 02 or 20 to 29: DE, GB or another country, or the 13 places, such as "
    "27IIIIIWWWWWC/3."
)


class SiteForm(FormPage):
    """What holds for everybody."""

    HEADING = N_("Settings")
    GUIDE = Guide(N_("They hold for everybody: at once for you, for others from their next sign-in on."), FILLING)

    def __init__(self) -> None:
        super().__init__()
        self._before = SiteSettings()

    async def fields(self) -> tuple[Field, ...]:
        self._before = site = await self.client.run(setup.settings)
        return (
            Field(NAME, N_("Name of the site"), site.name, about=N_("Stands above the sign-in and above Home.")),
            Field(CURRENCY, N_("Currency"), site.currency, about=N_("The code of the currency, such as EUR or CNY.")),
            Field(DAYS, N_("Warn of expiry, days before"), str(site.expiry_days)),
            Field(FNC1, N_("Instead of FNC1"), site.fnc1, about=ABOUT_FNC1, group=CODES),
            Field(COMMAND_PREFIX, N_("Commands begin with"), site.command_prefix, about=ABOUT_COMMANDS, group=CODES),
            Field(BADGES, N_("Badges begin with"), site.badge_prefix, about=ABOUT_BADGES, group=CODES),
            Field(RESTRICTED_CODES, N_("Codes of the shop's own"), site.restricted, ABOUT_RESTRICTED, group=CODES),
        )

    def blamed(self, error: Exception) -> str:
        return BLAMED.get(type(error), NAME)

    async def save(self, values: Mapping[str, str]) -> None:
        days, reading = parse_days(values[DAYS]), {name: values[name] for name in READING}
        after = SiteSettings(values[NAME], values[CURRENCY], days, **reading)
        await self.client.run(setup.change, ChangeSettings(self._before, after))
        await self.client.look_at_site()
        self.shell.suit(self.client.actor)
        await self.shell.back()
        self.shell.page.done(self.tr(N_("The settings are saved.")))
