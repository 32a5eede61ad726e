"""A user at work at the end of a line, on a terminal of any kind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from textual.pilot import Pilot

from tests.terminal.harness import sign_in
from tests.terminal.meant import differences, meant
from tests.terminal.on_the_line import Device, Line, on_the_line
from tests.terminal.strict import Look
from wms_tui.tui.gate import Typed
from wms_tui.tui.settling import POLL, dealt_with
from wms_tui.tui.terminal.driver import TerminalDriver
from wms_tui.tui.terminal.reading import KeyReader


class AtWork:
    """A user at work at the end of a line."""

    def __init__(self, line: Line, pilot: Pilot[int]) -> None:
        self.line, self.terminal, self._pilot, self.app = line, line.terminal, pilot, pilot.app

    async def type(self, keys: bytes) -> None:
        """Have the keys come, and wait until the terminal shows what the page then means."""
        self.app.post_message(Typed(KeyReader().feed(keys)))
        for _ in range(2):
            await dealt_with(self.app)
            await self._pilot.pause(POLL)
        await self.settled()

    async def settled(self) -> None:
        await self.line.until(self.shows_the_page, lambda: "\n".join(differences(self.app, self.terminal)))

    def shows_the_page(self) -> bool:
        return not differences(self.app, self.terminal)

    def means(self, text: str) -> bool:
        """Whether the text stands on the page."""
        return any(text in "".join(cell.text for cell in row) for row in meant(self.app))

    async def shown(self, text: str) -> None:
        await self.line.until(partial(self._has, text), lambda: "\n".join((text, *self.terminal.rows())))
        await self.settled()

    def _has(self, text: str) -> bool:
        return any(text in row for row in self.terminal.rows())

    def look_of(self, text: str) -> Look:
        """How the first character of a text looks, in the last row with it; it stands in columns of one each."""
        row = max(number for number, row in enumerate(self.terminal.rows()) if text in row)
        return self.terminal.looks(row)[self.terminal.rows()[row].index(text)]


@asynccontextmanager
async def at_work(device: Device, url: str, driver: type[TerminalDriver] = TerminalDriver) -> AsyncIterator[AtWork]:
    """ken has signed in."""
    line = Line(device)
    async with on_the_line(line, url, driver=driver) as pilot:
        it = AtWork(line, pilot)
        await it.settled()
        await it.type(sign_in("ken"))
        await it.line.until(lambda: it.app.client.actor, lambda: "nobody is signed in")
        await it.settled()
        yield it
    line.close()
