"""Drives the application as a terminal does: by bytes. (``pilot.press`` waits after each key and so hides faults.)"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.tui.stand_in import PASSWORD, SETTINGS, StandIn
from wms_tui.settings import Settings
from wms_tui.tui.app import WmsApp
from wms_tui.tui.client import Client
from wms_tui.tui.gate import Typed
from wms_tui.tui.menu import ENTRIES, MenuEntry
from wms_tui.tui.terminal.reading import KeyReader

SIGN_IN = f"boss\r{PASSWORD}\r".encode()


class Terminal:
    """A running application and what its operator sees."""

    def __init__(self, app: WmsApp, client: Client) -> None:
        self.app = app
        self.client = client
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
        for _ in range(2):
            arrived = asyncio.Event()
            self.app.call_later(arrived.set)
            await asyncio.wait_for(arrived.wait(), 30)
            await self.until(lambda: self.app.gate.settled and len(self.app.gate) == 0)
            await self._painted()

    async def _painted(self) -> None:
        """A changed layout comes a frame or two after what changed it, on a loaded machine late."""
        seen = None
        while self.app.screen._layout_required or seen != self.screen():
            seen = self.screen()
            await asyncio.sleep(0.02)

    async def until(self, ready: Callable[[], object], seconds: float = 10) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < deadline, f"not within {seconds} s; the screen is:\n{self.screen()}"
            await asyncio.sleep(0.005)

    def rows(self) -> list[str]:
        app = self.app
        strips = app.screen._compositor.render_strips(app.size)
        return [strip.text.rstrip() for strip in strips]

    def screen(self) -> str:
        return "\n".join(self.rows())


@asynccontextmanager
async def terminal(
    size: tuple[int, int] = (80, 24),
    client: StandIn | None = None,
    settings: Settings = SETTINGS,
    menu: tuple[MenuEntry, ...] = ENTRIES,
) -> AsyncIterator[Terminal]:
    client = client or StandIn()
    app = WmsApp(settings, client, menu)
    async with app.run_test(size=size):
        yield Terminal(app, client)
