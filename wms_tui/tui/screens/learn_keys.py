"""Learning keys: the program asks for one key after the other, and the terminal shows what it sends for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual.widget import Widget

from wms_tui.domain.barcodes import visible
from wms_tui.domain.devices import SCANNED, Device, check_name, is_name, key_name, spelt
from wms_tui.domain.texts import N_
from wms_tui.services import devices
from wms_tui.tui.fitting import learn_keys
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.keys import BACKSPACE, CLEAR, ENTER, ESCAPE, TAB, raw_of
from wms_tui.tui.lesson import Lesson
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.widgets.paragraphs import Paragraphs

SAVE, ANEW, END = "1", "2", "0"
SEQUENCES_BEGIN = ("\x1b[", "\x1bO")
"""What no scanner sends."""
NAME, ASKS, ENDS = "name", "asks", "ends"
NOT_TAKEN = N_("Nothing was done with {text}: it is no answer here.")
PRESS = N_("Press {key}")
HOW = N_("Enter skips it, 0 and Enter ends.")
SAVE_OR_NOT = N_("Save? 1, 0")
CHOICES = N_("1 saves, 2 forgets all and begins anew, 0 leaves all as it was. Enter shows what is taught.")
NAME_FIRST = N_("Name of terminal")


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
        self._device = Device("")
        self._lesson: Lesson | None = None
        self._told = 0
        self._pane = Paragraphs()

    def body(self) -> Iterable[Widget]:
        return (self._pane,)

    def state(self) -> str:
        if self._lesson is None:
            return NAME
        return ENDS if self._lesson.over else ASKS

    async def opened(self) -> None:
        if self._lesson is None and is_name(self.client.terminal):
            await self._begin(self.client.terminal)

    def on_screen_resume(self) -> None:
        learn_keys(self.shell, self.state() == ASKS)

    def on_screen_suspend(self) -> None:
        learn_keys(self.shell, False)

    async def _begin(self, name: str) -> None:
        self._device = await self.client.run(devices.look_up, name)
        self._start(Lesson(self._device.keys))

    def _start(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self.say(self.tr(HOW))
        learn_keys(self.shell, True)

    def prompt(self) -> str:
        if self._lesson is None:
            return self.tr(NAME_FIRST)
        return self.tr(SAVE_OR_NOT) if self._lesson.over else self.tr(PRESS, key=self.tr(key_name(self._lesson.asked)))

    async def press(self, key: str) -> None:
        if key == ESCAPE and self.state() != ASKS and self.shell.gate.goes_on:
            return  # part of a code
        sent = raw_of(key)
        if not self._is_pressed(key, sent):
            await super().press(key)
        elif self._is_scanned(sent):
            self._refuse_text(spelt(sent))
        else:
            self.close_guide()
            self._teach(sent)

    def _is_pressed(self, key: str, sent: str) -> bool:
        """Whether the key may be the one that was asked for, and is no part of a line."""
        if self.state() != ASKS or not sent or key in {ENTER, TAB} or sent in SCANNED:
            return False
        edits = key in {BACKSPACE, CLEAR} and self._is_typed
        return not edits and (len(sent) > 1 or not sent.isprintable())

    def _is_scanned(self, sent: str) -> bool:
        """A control character within a code, or a code that begins with one, is no key."""
        return self._is_typed or (not sent.startswith(SEQUENCES_BEGIN) and self.shell.gate.goes_on)

    @property
    def _is_typed(self) -> bool:
        return bool(self.line.text or self._hearing.text)

    def _teach(self, sent: str) -> None:
        lesson = self._lesson
        assert lesson is not None
        key = lesson.asked
        lesson.press(sent)
        self.done(self._spelt(key, sent))
        if lesson.over:
            self._end(lesson)

    def _spelt(self, key: str, sent: str) -> str:
        return f"{self.tr(key_name(key))}: {spelt(sent)}"

    async def entered(self, text: str) -> None:
        text = text.strip()
        if self._lesson is None:
            await self.shell.call_terminal(check_name(text))
            await self._begin(text)
        elif self._lesson.over:
            await self._answer(text, self._lesson)
        elif text in {"", END}:
            self._go_on(text, self._lesson)
        else:
            self._refuse_text(text)

    def _go_on(self, text: str, lesson: Lesson) -> None:
        lesson.skip()
        self.say(self.tr(HOW))
        if text == END or lesson.over:
            self._end(lesson)

    def _end(self, lesson: Lesson) -> None:
        lesson.end()
        self._told = 0
        self.say(self.tr(CHOICES))
        learn_keys(self.shell, False)

    async def take_name(self, name: str) -> None:
        await super().take_name(name)
        await self._begin(name)

    async def _answer(self, text: str, lesson: Lesson) -> None:
        if text == SAVE:
            await self._save(lesson)
        elif text == ANEW:
            self._start(Lesson({}))
        elif text == END:
            await self.shell.back()
        elif text:
            self._refuse_text(text)
        elif found := lesson.map():
            self.say(self._spelt(*found[self._told % len(found)]))
            self._told += 1

    def _refuse_text(self, text: str) -> None:
        self.warn(self.tr(NOT_TAKEN, text=visible(text)))

    async def _save(self, lesson: Lesson) -> None:
        kept = await self.client.run(devices.save, replace(self._device, keys=lesson.keys))
        self.shell.fit_device(kept)
        await self.shell.back()
        self.shell.page.done(self.tr(N_("The keys are remembered for {name}."), name=kept.name))

    async def command(self, key: str) -> None:
        if key == "f10" and self._lesson is not None and self._lesson.over:
            await self._save(self._lesson)
        elif key in BACK_KEYS:
            await self.shell.back()

    def paint(self) -> None:
        super().paint()
        self._pane.show(tuple(self._paragraphs()))

    def _paragraphs(self) -> Iterable[str]:
        if self._lesson is None:
            yield self.tr(N_("What is learned is remembered by the name of the terminal. Give it one, such as RF-07."))
        elif self._lesson.over:
            yield self.tr(N_("Taught: {count}"), count=len(self._lesson.keys))
            yield ", ".join(self._spelt(*pair) for pair in self._lesson.map())
        else:
            yield self.prompt()
            if self._lesson.now:
                yield self.tr(N_("Now it is {sent}."), sent=spelt(self._lesson.now))
