"""The base of screens with a line to type in, which every scanning flow has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from wms_tui.domain.barcodes.commands import Command, command_code
from wms_tui.domain.barcodes.reserved import BADGE, Spoken
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_
from wms_tui.tui.frame import Message
from wms_tui.tui.guided import BACK_KEYS, QUESTION
from wms_tui.tui.keys import ENTER, ESCAPE, TAB
from wms_tui.tui.line import Line, writes
from wms_tui.tui.page import Page
from wms_tui.tui.terminal.sounds import REFUSED, TAKEN
from wms_tui.tui.widgets.entry_line import Entry, EntryLine

PRESS_ESC = N_("Refused: press Esc")
PRESS_OR_SCAN, PRESS_OR_SCAN_NARROW = N_("Refused: press Esc or scan {code}"), N_("Refused: Esc or {code}")
"""Some handhelds have no Esc."""
WIDE = 60
"""From so many columns on a refusal says in full how to go on."""
IGNORED = N_("{count} ignored")
SCAN_AGAIN = N_("Ignored after the refusal: {count}. Scan them again.")
WAITING = N_("{count} waiting")


class LinePage(Page):
    """A page with one line. A ``?`` in the empty line shows the help; with more behind it, it is part of the line.

    After a refusal the page is *held*: what is typed or scanned is assembled and listed as ignored until Esc or F3,
    keys that no scanner sends, or a scanned ``..OK`` or ``..NO``. Pages that no scanner feeds switch it off: ``HOLDS``.
    """

    HOLDS: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        self.line = Line()
        self.held = False
        self.ignored = 0
        self._held_line = Line()
        self._entry = EntryLine()

    def bottom(self) -> Iterable[Widget]:
        return (self._entry,)

    def prompt(self) -> str:
        """The question that the line answers."""
        return ""

    def short_prompt(self) -> str:
        """The question where there is no room for all of it; empty where it is short enough."""
        return ""

    def behind(self) -> bool:
        return bool((self._held_line if self.held else self.line).text)

    def hears(self) -> bool:
        """A secret may hold anything, so that only one that begins like a command is taken for one."""
        return not (self.masked() and self.behind())

    async def heard(self, said: Spoken) -> None:
        if not self.held or said.presses_key:
            await super().heard(said)
        elif said.order and said.order.command in {Command.YES, Command.NO}:
            self.release()
            self.shell.sounds.play(TAKEN)
        else:
            self._ignore(self._held_line.clear() + said.code)

    async def entered(self, text: str) -> None:
        """Take one whole line."""

    async def command(self, key: str) -> None:
        """Take a key that writes nothing."""

    def note_ignored(self, text: str) -> None:
        """A line came while the page was held; a tape lists it."""

    def refuse(self, error: WmsError) -> None:
        super().refuse(error)
        if self.HOLDS:
            self.hold()

    def hold(self) -> None:
        """Take nothing more until it is acknowledged."""
        if not self.held:
            self.held = True
            self.ignored = 0

    async def pressed(self, key: str) -> None:
        if self.held:
            self._while_held(key)
        elif writes(key):
            await self._write(key)
        else:
            await self.command(key)

    async def _write(self, key: str) -> None:
        text = self.line.press(key)
        if self.line.text == QUESTION:
            self.turn_guide(0)
        if text is not None:
            await self.entered(text)

    def _while_held(self, key: str) -> None:
        if key in BACK_KEYS:
            self.release()
        elif not writes(key):
            self.shell.sounds.play(REFUSED)
        elif text := self._held_line.press(key):
            self._ignore(text)

    def _ignore(self, text: str) -> None:
        self.ignored += 1
        self.note_ignored(text)
        self.shell.sounds.play(REFUSED)

    def release(self) -> None:
        """Take lines again; what was scanned in the meantime is told to be scanned again."""
        if text := self._held_line.clear():
            self._ignore(text)
        self.held = False
        self.say(self.tr(SCAN_AGAIN, count=self.ignored) if self.ignored else "")

    def help_keys(self) -> frozenset[str]:
        return frozenset()

    def guides(self, key: str) -> bool:
        if self.guided and key in {ENTER, TAB} and self.line.text in {"", QUESTION}:
            key = ESCAPE
        took = super().guides(key)
        if took and not self.guided and self.line.text == QUESTION:
            self.line.clear()
        return took

    def told(self) -> Message:
        return self.message

    def typed_so_far(self, line: Line) -> str:
        """What is shown in the line, with what may become a command; nobody reads a badge."""
        badge = self.shell.reserved.is_badge(self._hearing.text)
        return line.text + (BADGE if badge else self._hearing.text)

    def paint(self) -> None:
        super().paint()
        self._entry.show(self._held_entry() if self.held else self._open_entry())

    def _open_entry(self) -> Entry:
        waiting = len(self.shell.gate)
        note = self.tr(WAITING, count=waiting) if waiting else ""
        return Entry(self.prompt(), self.typed_so_far(self.line), self.masked(), note, short=self.short_prompt())

    def _held_entry(self) -> Entry:
        note = self.tr(IGNORED, count=self.ignored) if self.ignored else ""
        typed, short = self.typed_so_far(self._held_line), self.tr(PRESS_ESC)
        return Entry(self._way_on() or short, typed, self.masked(), note, held=True, short=short)

    def _way_on(self) -> str:
        """How a refusal is acknowledged, with the code that does it; empty where a site has switched those off."""
        prefix = self.shell.reserved.command
        told = PRESS_OR_SCAN if self.size.width >= WIDE else PRESS_OR_SCAN_NARROW
        return self.tr(told, code=command_code(Command.YES, prefix=prefix)) if prefix else ""
