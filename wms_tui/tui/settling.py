"""When an application has dealt with all that was typed, and what it shows then.

This module leans on Textual's compositor (pinned minor version), which no public name gives as text.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from wms_tui.tui.terminal.text import safe

if TYPE_CHECKING:
    from wms_tui.tui.app import WmsApp

POLL = 0.001
LASTING = frozenset({"gate", "replay"})
"""Workers that last as long as the application."""


async def dealt_with(app: WmsApp) -> None:
    """Wait until all keys so far have been taken, and what pages look up meanwhile has come."""
    arrived = asyncio.Event()
    app.call_later(arrived.set)
    await arrived.wait()
    while len(app.gate) or not app.gate.settled or _at_work(app):  # noqa: ASYNC110 - no event tells of it
        await asyncio.sleep(POLL)


async def painted(app: WmsApp) -> None:
    """Wait until what the page has to say is on the screen; a new layout comes a frame or two later."""
    seen: list[str] | None = None
    while app.screen._layout_required or seen != (seen := rows(app)):  # noqa: ASYNC110 - no event tells of it
        await asyncio.sleep(0.02)


def rows(app: WmsApp) -> list[str]:
    """What stands on the screen, without the blanks at the end of each row."""
    return [safe(strip.text).rstrip() for strip in app.screen._compositor.render_strips(app.size)]


def _at_work(app: WmsApp) -> bool:
    return any(not worker.is_finished for worker in app.workers if worker.name not in LASTING)
