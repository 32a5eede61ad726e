"""Settings of the site."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.setup import BadCurrency, BadDays, ChangeSettings, SiteSettings, parse_days
from wms_tui.domain.texts import N_
from wms_tui.services import setup
from wms_tui.tui.form_page import FILLING, Field, FormPage
from wms_tui.tui.guide import Guide

NAME, CURRENCY, DAYS = "name", "currency", "days"


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
        )

    def blamed(self, error: Exception) -> str:
        return CURRENCY if isinstance(error, BadCurrency) else DAYS if isinstance(error, BadDays) else NAME

    async def save(self, values: Mapping[str, str]) -> None:
        after = SiteSettings(values[NAME], values[CURRENCY], parse_days(values[DAYS]))
        await self.client.run(setup.change, ChangeSettings(self._before, after))
        await self.client.look_at_site()
        self.shell.suit(self.client.actor)
        await self.shell.back()
        self.shell.page.done(self.tr(N_("The settings are saved.")))
