"""Pages for tests of the frame: a scanning flow whose saves are slow, and a list."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from textual.widget import Widget

from wms_tui.domain.access import Permission
from wms_tui.domain.errors import SessionEnded, UnknownCode
from wms_tui.tui.guide import BACK, Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.menu import ENTRIES, MenuEntry
from wms_tui.tui.widgets.tape import Mark, Scans, Tape


class Scan(LinePage):
    """Saves each line with a delay; the lines BAD, ENDED and NASTY are answered in their own way."""

    HEADING = "Scan [/] \x1b[31m"
    GUIDE = Guide("Scan what is on the shelf. " * 12, (Hint("F4", "Undo", "Takes the last line back."), BACK))

    def __init__(self) -> None:
        super().__init__()
        self.saved: list[str] = []
        self.undone = 0
        self.scans = Scans()
        self.tape = Tape()

    def body(self) -> Iterable[Widget]:
        return (self.tape,)

    def prompt(self) -> str:
        return "Item"

    async def entered(self, text: str) -> None:
        if not text:
            return
        await asyncio.sleep(0.001)
        if text.startswith("BAD"):
            self.scans.add(Mark.REFUSED, text)
            raise UnknownCode(code=text)
        if text == "ENDED":
            raise SessionEnded
        self.saved.append(text)
        self.scans.add(Mark.TAKEN, text, "saved")
        self.done(f"{text} saved")

    def note_ignored(self, text: str) -> None:
        self.scans.add(Mark.IGNORED, text)

    async def command(self, key: str) -> None:
        if key == "f4":
            self.undone += 1
        elif key in BACK_KEYS:
            await self.shell.back()

    def paint(self) -> None:
        super().paint()
        self.tape.show((self.scans.summary(self.shell.translate), self.scans.last()))


@dataclass(frozen=True, slots=True)
class ScanEntry(MenuEntry):
    """Opens the page above; it is no module of the package."""

    def make(self) -> Scan:
        return Scan()


MENU = (ScanEntry("Scan", "1", "S", Permission.OWN_ACCOUNT, ""), *ENTRIES)
