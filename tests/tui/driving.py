"""Drives the application as a terminal does: by bytes. (``pilot.press`` waits after each key and so hides faults.)"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.tui.stand_in import PASSWORD, SETTINGS, StandIn
from tests.tui.still import Paper, behind, still
from wms_tui.settings import Settings
from wms_tui.tui.app import WmsApp
from wms_tui.tui.client import Client
from wms_tui.tui.gate import Typed
from wms_tui.tui.menu import ENTRIES, MenuEntry
from wms_tui.tui.terminal.reading import KeyReader

SIGN_IN = f"boss\r{PASSWORD}\r".encode()


class Terminal:
    """A running application and what its operator sees, which is what has been painted."""

    def __init__(self, app: WmsApp) -> None:
        self.app = app
        self.client = app.client
        self.bells = 0
        self._reader = KeyReader()
        app.sounds._ring = self._count_bell
        app._driver.reader = self._reader
        app.fit_device(app.device)

    def _count_bell(self) -> None:
        self.bells += 1

    def send(self, data: bytes) -> None:
        """One write of a keyboard or scanner; a lone ESC at its end is Esc."""
        self.app.post_message(Typed(self._reader.feed(data) + self._reader.expire()))

    async def type(self, data: bytes) -> None:
        """Send, and wait until everything has been dealt with and painted."""
        self.send(data)
        await self.settle()

    async def settle(self) -> None:
        arrived = asyncio.Event()
        self.app.call_later(arrived.set)
        await asyncio.wait_for(arrived.wait(), 30)
        await self.until(lambda: still(self.app), 60)

    async def until(self, ready: Callable[[], object], seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < deadline, f"not within {seconds} s; the screen is:\n{self.screen()}"
            await asyncio.sleep(0 if behind(self.app) else 0.002)

    def rows(self) -> list[str]:
        return self.app._driver.rows()

    def screen(self) -> str:
        return "\n".join(self.rows())


@asynccontextmanager
async def running(app: WmsApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Terminal]:
    app.driver_class = Paper
    async with app.run_test(size=size, headless=False):
        yield Terminal(app)


@asynccontextmanager
async def terminal(
    size: tuple[int, int] = (80, 24),
    client: Client | None = None,
    settings: Settings = SETTINGS,
    menu: tuple[MenuEntry, ...] = ENTRIES,
) -> AsyncIterator[Terminal]:
    async with running(WmsApp(settings, client or StandIn(), menu), size) as it:
        yield it
