"""This terminal: its name, and what is remembered of it for whoever works at it next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wms_tui.domain.device_errors import BadDelay
from wms_tui.domain.devices import BELL_NAMES, BY_ITSELF, PROFILES, Device, check_name, is_name, parse_delay
from wms_tui.domain.texts import N_, sentence
from wms_tui.services import devices
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint

NAME, PROFILE, DELAY, BELL = "name", "profile", "escape_delay", "bell"
PROFILE_CHOICES = (Choice("", BY_ITSELF), *(Choice(name, name) for name in PROFILES))
BELL_CHOICES = tuple(Choice(word, title) for word, title in BELL_NAMES.items())
ABOUT_NAME = N_("A name such as RF-07; its label may be scanned. All else is remembered by it.")
ABOUT_DELAY = N_("Milliseconds until Esc is answered; more on slow lines. Empty: as the program is set.")
ABOUT_PROFILE = N_("The program was started for {profile}, which goes before what is chosen here.")
KNOWN = N_("{name} is known already. This is what is remembered of it; F10 saves it for this terminal.")
KEYS = Hint("F5", N_("Keys"), N_("Teaches the program what the keys of this terminal send."))


class ThisTerminal(FormPage):
    """A name that is typed or scanned and is known already brings its own settings."""

    HEADING = N_("This terminal")
    GUIDE = Guide(
        N_(
            "What is chosen here is remembered by the name of the terminal, and holds wherever it comes by that name: "
            "over SSH as WMS_TERMINAL, by --device, or by its label."
        ),
        (FILLING[0], KEYS, *FILLING[1:]),
    )

    def __init__(self) -> None:
        super().__init__()
        self._device = Device("")

    async def opened(self) -> None:
        """Also after keys were taught: what has been filled in meanwhile stays."""
        self._device = await self._look_up(self.client.terminal) if is_name(self.client.terminal) else Device("")
        if not self.changed_fields:
            self.fill(await self.fields())

    async def fields(self) -> tuple[Field, ...]:
        device, started = self._device, self.shell.settings.profile
        delay = "" if device.escape_delay is None else str(device.escape_delay)
        overruled = sentence(self.shell.translate, ABOUT_PROFILE, {"profile": started}) if started else ""
        return (
            Field(NAME, N_("Name"), device.name, about=ABOUT_NAME),
            Field(PROFILE, N_("Profile"), device.profile, about=overruled, choices=PROFILE_CHOICES),
            Field(DELAY, N_("Delay of Esc, ms"), delay, about=ABOUT_DELAY),
            Field(BELL, N_("Sounds"), device.bell, choices=BELL_CHOICES),
        )

    def check(self, field: Field, text: str) -> str:
        if field.name == NAME:
            return check_name(text) if text else ""
        if field.name == DELAY:
            parse_delay(text)
        return text

    def blamed(self, error: Exception) -> str:
        return DELAY if isinstance(error, BadDelay) else NAME

    async def save(self, values: Mapping[str, str]) -> None:
        name = check_name(values[NAME])
        if name != self._device.name and (known := await self._look_up(name)).version:
            self._device = known
            self.fill(await self.fields())
            await self.shell.call_terminal(name)
            self.say(self.tr(KNOWN, name=name))
            return
        wanted = replace(self._device, name=name, profile=values[PROFILE], bell=values[BELL])
        wanted = replace(wanted, escape_delay=parse_delay(values[DELAY]), version=self._version(name))
        await self.client.run(devices.save, wanted)
        await self.shell.call_terminal(name)
        await self.shell.back()
        self.shell.page.done(self.tr(N_("It is remembered for {name}."), name=name))

    def _version(self, name: str) -> int:
        """Under another name it is a device of which nothing is remembered yet."""
        return self._device.version if name == self._device.name else 0

    async def take_name(self, name: str) -> None:
        await super().take_name(name)
        said = self.message
        self._device = await self._look_up(name)
        self.fill(await self.fields())
        self.message = said

    async def command(self, key: str) -> None:
        if key == "f5":
            from wms_tui.tui.screens.learn_keys import LearnKeys

            await self.shell.go(LearnKeys())
        else:
            await super().command(key)

    async def _look_up(self, name: str) -> Device:
        return await self.client.run(devices.look_up, name)
