"""Learning keys: the program asks for one key after the other, and the terminal shows what it sends for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from textual.widget import Widget

from wms_tui.domain.barcodes import visible
from wms_tui.domain.devices import SCANNED, TAUGHT, Device, KeyTaken, check_name, is_name, key_name, spelt, taught
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_
from wms_tui.services import devices
from wms_tui.tui.fitting import learn_keys
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.keys import BACKSPACE, CLEAR, ENTER, ESCAPE, TAB, raw_of
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.page import BACK_KEYS
from wms_tui.tui.terminal.keymaps import known
from wms_tui.tui.widgets.paragraphs import Paragraphs

SAVE, ANEW, END = "1", "2", "0"
NOT_TAKEN = N_("Nothing was done with {text}: it is no answer here.")
NEVER_OTHERS = frozenset({BACKSPACE, ESCAPE})
"""What these send is never another key: whoever mistypes would lose the way to correct it."""
SEQUENCES_BEGIN = ("\x1b[", "\x1bO")
"""What no scanner sends."""
PRESS = N_("Press {key}")
HOW = N_("Enter skips it, 0 and Enter ends.")
SAVE_OR_NOT = N_("Save? 1, 0")
CHOICES = N_("1 saves, 2 forgets all and begins anew, 0 leaves all as it was. Enter shows what is taught.")
NAME_FIRST = N_("Name of terminal")


class Stage(StrEnum):
    NAME = "name"
    ASKS = "asks"
    ENDS = "ends"


class LearnKeys(LinePage):
    """Digits and Enter are all that it needs. What is scanned meanwhile is told and changes nothing."""

    HEADING = N_("Learn keys")
    HOLDS = False
    GUIDE = Guide(
        N_(
            "Press each key that is asked for, once. Enter skips a key, which stays as it was; 0 and Enter ends. Then "
            "1 and Enter saves, 2 and Enter forgets all and begins anew, 0 and Enter leaves everything as it was."
        ),
        (Hint("Enter", N_("Skip"), N_("Goes on to the next key.")), Hint("0", N_("End"), HOW)),
    )

    def __init__(self) -> None:
        super().__init__()
        self._stage = Stage.NAME
        self._device = Device("")
        self._map: dict[str, str] = {}
        self._pressed: dict[str, str] = {}
        self._at = 0
        self._pane = Paragraphs()

    def body(self) -> Iterable[Widget]:
        return (self._pane,)

    def state(self) -> str:
        return self._stage.value

    @property
    def asked(self) -> str:
        """The key that is to be pressed."""
        return TAUGHT[self._at]

    async def opened(self) -> None:
        if self._stage is Stage.NAME and is_name(self.client.terminal):
            await self._begin(self.client.terminal)

    def on_screen_resume(self) -> None:
        learn_keys(self.shell, self._stage is Stage.ASKS)

    def on_screen_suspend(self) -> None:
        learn_keys(self.shell, False)

    async def _begin(self, name: str) -> None:
        self._device = await self.client.run(devices.look_up, name)
        self._ask_from(dict(self._device.keys))

    def _ask_from(self, keys: dict[str, str]) -> None:
        self._map, self._pressed, self._at = keys, {}, 0
        self.say(self.tr(HOW))
        self._go(Stage.ASKS)

    def _go(self, stage: Stage) -> None:
        self._stage = stage
        learn_keys(self.shell, stage is Stage.ASKS)

    def prompt(self) -> str:
        if self._stage is Stage.ASKS:
            return self.tr(PRESS, key=self.tr(key_name(self.asked)))
        return self.tr(NAME_FIRST if self._stage is Stage.NAME else SAVE_OR_NOT)

    async def press(self, key: str) -> None:
        if key == ESCAPE and self._stage is not Stage.ASKS and self.shell.gate.goes_on:
            return  # part of a code
        if not self._is_pressed(key):
            await super().press(key)
        elif self._is_scanned(raw_of(key)):
            self._refuse_text(spelt(raw_of(key)))
        else:
            self._guide_part = None
            self._learn(raw_of(key))

    def _is_pressed(self, key: str) -> bool:
        """Whether the key may be the one that was asked for, and is no part of a line."""
        sent = raw_of(key)
        if self._stage is not Stage.ASKS or not sent or key in {ENTER, TAB} or sent in SCANNED:
            return False
        typed = self.line.text or self._hearing.text
        return not (typed and key in {BACKSPACE, CLEAR}) and (len(sent) > 1 or not sent.isprintable())

    def _is_scanned(self, sent: str) -> bool:
        """A control character within a code, or a code that begins with one, is no key."""
        typed = self.line.text or self._hearing.text
        return bool(typed) or (not sent.startswith(SEQUENCES_BEGIN) and self.shell.gate.goes_on)

    def _learn(self, sent: str) -> None:
        usual = known(sent) if len(sent) > 1 else {"\x7f": BACKSPACE, "\b": BACKSPACE, "\x1b": ESCAPE}.get(sent)
        key = self.asked
        other = self._pressed.get(sent) or self._map.get(sent) or (usual if usual in NEVER_OTHERS else key)
        if other != key and other is not None:
            raise KeyTaken(sent=spelt(sent), key=key_name(other))
        if usual == key:
            self._map = {own: name for own, name in self._map.items() if name != key}
        else:
            self._map = taught(self._map, key, sent)
        self._pressed[sent] = key
        self.done(f"{self.tr(key_name(key))}: {spelt(sent)}")
        self._next()

    def _next(self) -> None:
        if self._at + 1 < len(TAUGHT):
            self._at += 1
        else:
            self._end()

    def _end(self) -> None:
        self._at = -1
        self.say(self.tr(CHOICES))
        self._go(Stage.ENDS)

    async def entered(self, text: str) -> None:
        text = text.strip()
        if self._stage is Stage.NAME:
            await self._call(text)
        elif self._stage is Stage.ENDS:
            await self._answer(text)
        elif text == END:
            self._end()
        elif text:
            self._refuse_text(text)
        else:
            self.say("")
            self._next()

    async def _call(self, text: str) -> None:
        name = check_name(text)
        await self.shell.call_terminal(name)
        await self._begin(name)

    async def take_name(self, name: str) -> None:
        await super().take_name(name)
        await self._begin(name)

    async def _answer(self, text: str) -> None:
        if text == SAVE:
            await self._save()
        elif text == ANEW:
            self._ask_from({})
        elif text == END:
            await self.shell.back()
        elif text:
            self._refuse_text(text)
        elif self._map:
            self._at = (self._at + 1) % len(self._map)
            self.say(self._spelt()[self._at])

    def _spelt(self) -> list[str]:
        """All that is taught, in the order of the keys."""
        by_key = sorted(self._map.items(), key=lambda taught: TAUGHT.index(taught[1]))
        return [f"{self.tr(key_name(key))}: {spelt(sent)}" for sent, key in by_key]

    def _refuse_text(self, text: str) -> None:
        self.warn(self.tr(NOT_TAKEN, text=visible(text)))

    async def _save(self) -> None:
        kept = await self.client.run(devices.save, replace(self._device, keys=self._map))
        self.shell.fit_device(kept)
        await self.shell.back()
        self.shell.page.done(self.tr(N_("The keys are remembered for {name}."), name=kept.name))

    async def command(self, key: str) -> None:
        if key == "f10" and self._stage is Stage.ENDS:
            await self._save()
        elif key in BACK_KEYS:
            await self.shell.back()

    def refuse(self, error: WmsError) -> None:
        """What was typed besides is no part of what comes next."""
        self.line.clear()
        super().refuse(error)

    def paint(self) -> None:
        super().paint()
        self._pane.show(tuple(self._told()))

    def _told(self) -> Iterable[str]:
        if self._stage is Stage.ASKS:
            yield self.prompt()
            now = [sent for sent, key in self._map.items() if key == self.asked]
            if now:
                yield self.tr(N_("Now it is {sent}."), sent=spelt(now[0]))
            yield self.tr(HOW)
        elif self._stage is Stage.ENDS:
            yield self.tr(N_("Taught: {count}"), count=len(self._map))
            yield ", ".join(self._spelt())
        else:
            yield self.tr(N_("What is learned is remembered by the name of the terminal. Give it one, such as RF-07."))
