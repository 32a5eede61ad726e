"""Applications driven by keys, with the moment at which what a key changed is painted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import DataTable, Input

from tests.tui.conftest import ShopClient
from tests.tui.driving import Terminal, terminal
from wms_tui.settings import Settings

SIZE = (80, 24)
QUIET = 0.04
"""Seconds without a paint after which everything is taken for painted."""


class Painted:
    """Renders what an application would send to a terminal, which it spares itself without one."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.last = 0.0
        self._pass_on = app._display
        app._display = self._display  # type: ignore[method-assign]

    def _display(self, screen: Any, update: Any) -> None:
        if hasattr(update, "render_segments"):
            update.render_segments(self._app.console)
        self.last = time.perf_counter()
        self._pass_on(screen, update)

    async def since(self, began: float, settled=lambda: True) -> float:
        """Milliseconds until the last paint that followed."""
        while not (settled() and self.last > began and time.perf_counter() - self.last > QUIET):
            await asyncio.sleep(0.002)
            assert time.perf_counter() - began < 30
        return 1e3 * (self.last - began)


class Catalog:
    """The program, at its catalog or on the way to it."""

    def __init__(self, it: Terminal) -> None:
        self._it = it
        self._painted = Painted(it.app)

    async def press(self, keys: bytes) -> float:
        """Milliseconds from these keys until what they changed is painted."""
        began, gate = time.perf_counter(), self._it.app.gate
        self._it.send(keys)
        return await self._painted.since(began, lambda: gate.settled and not len(gate))

    def screen(self) -> str:
        return self._it.screen()


@asynccontextmanager
async def catalog(url: str) -> AsyncIterator[Catalog]:
    """Signed in, at Home."""
    async with terminal(SIZE, ShopClient(url, "bench"), Settings(database=url, idle_lock=0)) as it:
        await it.type(b"ken\rpassword\r")
        yield Catalog(it)


class Bare(App[None]):
    """A line and a table of the same rows, painted anew for every character; nothing is looked up."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, parts: list[list[tuple[str, ...]]]) -> None:
        super().__init__()
        self._parts = parts
        self._turn = 0

    def compose(self) -> ComposeResult:
        yield Input()
        yield DataTable()

    def on_mount(self) -> None:
        self.query_one(DataTable).add_columns("SKU", "Name", "Category", "On hand", "Unit", "Sales price")

    def on_input_changed(self) -> None:
        table, self._turn = self.query_one(DataTable), self._turn + 1
        table.clear()
        table.add_rows(self._parts[self._turn % len(self._parts)])


async def bare_times(parts: list[list[tuple[str, ...]]], text: Iterable[str]) -> list[float]:
    """Milliseconds from each character until bare Textual has painted the next rows."""
    app, times = Bare(parts), []
    async with app.run_test(size=SIZE):
        painted = Painted(app)
        for character in text:
            began = time.perf_counter()
            app.post_message(events.Key(character, character))
            times.append(await painted.since(began))
    return times
