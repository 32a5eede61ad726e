"""What has been painted, and whether there is more to come: without drawing a screen to look at it.

This module leans on Textual's screen and on asyncio's loop, which tell by no public name that nothing is left to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from rich.segment import Segment
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import Screen

from wms_tui.tui.app import WmsApp
from wms_tui.tui.settling import LASTING
from wms_tui.tui.terminal.canvas import Canvas
from wms_tui.tui.terminal.drawing import Drawing
from wms_tui.tui.terminal.profiles import MODERN, Profile


class Paper(Drawing, HeadlessDriver):
    """Keeps the cells that the application paints; it has every letter."""

    def __init__(self, *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        self.canvas = Canvas(MODERN, *self._get_terminal_size())

    def draw(self, segments: Iterable[Segment]) -> None:
        grid, size = self.canvas.grid, self._app.size
        if (grid.width, grid.height) != size:
            self.canvas.resize(*size)
        self.canvas.draw(segments)

    def use(self, profile: Profile) -> None:
        """It is the same paper."""

    def repaint(self) -> None:
        """Nobody else writes on it."""

    def rows(self) -> list[str]:
        grid = self.canvas.grid
        return [grid.row(number).rstrip() for number in range(grid.height)]


def behind(app: WmsApp) -> bool:
    """Whether anything can go on at once. Once all keys have been dealt with, a frame that is due is painted now."""
    if asyncio.get_running_loop()._ready or app._resize_event is not None:
        return True
    if not app.gate.settled or not _is_due(app.screen):
        return False
    with app._context():
        app.screen._on_timer_update()
    return True


def _is_due(screen: Screen) -> bool:
    new_layout = screen._layout_required or screen._scroll_required or screen._recompose_required
    return bool(new_layout or screen._repaint_required or screen._dirty_widgets)


def still(app: WmsApp) -> bool:
    """Whether all keys have been dealt with, what pages look up has come, and all of it is painted."""
    return app.gate.settled and not len(app.gate) and not _looked_up(app) and not behind(app)


def _looked_up(app: WmsApp) -> bool:
    """Whether a page waits for the services, unless the test holds them back."""
    if any(not gate.is_set() for gate in getattr(app.client, "gates", {}).values()):
        return False
    return any(not worker.is_finished for worker in app.workers if worker.name not in LASTING)
