"""My account: the operator's own password, language and theme, and the terminal at which he works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from wms_tui.domain.access import OwnSettings, Permission
from wms_tui.domain.texts import LANGUAGES, N_
from wms_tui.services import account
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import BACK, Guide
from wms_tui.tui.menu import MenuEntry
from wms_tui.tui.menu_page import MenuPage

LANGUAGE_CHOICES = (
    Choice("", N_("As the terminal")),
    *(Choice(tag, in_its_own_words) for tag, in_its_own_words in LANGUAGES.items()),
)
THEME_CHOICES = (
    Choice("", N_("As the terminal")),
    Choice("dark", N_("Dark")),
    Choice("light", N_("Light")),
)
ENTRIES = (
    MenuEntry(N_("Change password"), "1", "P", Permission.OWN_ACCOUNT, "passwords:ChangePassword"),
    MenuEntry(N_("Language and colours"), "2", "L", Permission.OWN_ACCOUNT, "account:OwnSettingsForm"),
    MenuEntry(N_("Change PIN"), "3", "I", Permission.OWN_ACCOUNT, "badges:OwnPin"),
    MenuEntry(N_("This terminal"), "4", "T", Permission.OWN_ACCOUNT, "this_terminal:ThisTerminal"),
    MenuEntry(N_("Learn keys"), "5", "K", Permission.OWN_ACCOUNT, "learn_keys:LearnKeys"),
)


class Account(MenuPage):
    """What everybody may set for himself."""

    HEADING = N_("My account")
    GUIDE = Guide(N_("Press the digit or the letter of what you want to change."), (BACK,))

    def offered(self) -> Iterable[MenuEntry]:
        return ENTRIES


class OwnSettingsForm(FormPage):
    """Holds at once, and from the next sign-in on at every terminal."""

    HEADING = N_("Language and colours")
    GUIDE = Guide(N_("They hold for you, at every terminal."), FILLING)

    async def fields(self) -> tuple[Field, ...]:
        operator = self.client.operator
        return (
            Field("language", N_("Language"), operator.language, choices=LANGUAGE_CHOICES),
            Field("theme", N_("Colours"), operator.theme, choices=THEME_CHOICES),
        )

    async def save(self, values: Mapping[str, str]) -> None:
        own = await self.client.run(account.set_own, OwnSettings(values["language"], values["theme"]))
        self.client.actor = replace(self.client.operator, language=own.language, theme=own.theme)
        self.shell.suit(self.client.actor)
        await self.shell.back()
        self.shell.page.done(self.tr(N_("Your settings are saved.")))
