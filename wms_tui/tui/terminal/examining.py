"""Questions to a terminal and its line: how long an answer takes, how much goes through, and what a screen costs.

The question is the device status report (DSR, ``ESC [ 5 n``), which every VT100 answers by ``ESC [ 0 n``.
"""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.control import Control
from rich.segment import Segment
from rich.style import Style

from wms_tui.tui.terminal.canvas import Canvas
from wms_tui.tui.terminal.painter import Painter
from wms_tui.tui.terminal.profiles import Profile
from wms_tui.tui.terminal.text import fit

ASKED, ANSWERED = b"\x1b[5n", re.compile(rb"\x1b\[[0-3]n")
PATIENCE = 2.0
"""Seconds after which no answer comes any more."""
TRIES = 5
LOAD = b" " * 15 + b"\r"
LOADS = 64
"""So many are sent to see what the line carries: a kilobyte, which is less than a large screen."""
CARET = Style(reverse=True, blink=True)


@dataclass(frozen=True, slots=True)
class Answers:
    """``round_trips`` in milliseconds, empty where the terminal answers nothing; ``rate`` in bytes a second."""

    round_trips: tuple[float, ...] = ()
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """Bytes of a working screen's first paint, of a typed character, and of a scan with its outcome."""

    screen: int
    character: int
    scan: int


def examine(source: int, target: int) -> Answers:
    """Ask the terminal behind these descriptors, in raw mode; what was typed before is kept out of it."""
    trips = []
    for _ in range(TRIES):
        took = _asked(source, target, b"")
        if took is None:
            return Answers()
        trips.append(took)
    loaded = _asked(source, target, LOAD * LOADS)
    if loaded is None:
        return Answers(tuple(trips))
    extra = loaded - min(trips)
    return Answers(tuple(trips), 1000 * len(LOAD) * LOADS / extra if extra > 1 else None)


def _asked(source: int, target: int, before: bytes) -> float | None:
    """Milliseconds from the question to the answer; None for none."""
    began = time.perf_counter()
    waiting, read = before + ASKED, b""
    while (left := began + PATIENCE - time.perf_counter()) > 0:
        readable, writable, _ = select.select([source], [target] if waiting else [], [], left)
        if writable:
            waiting = waiting[os.write(target, waiting[:64]) :]
        if readable:
            read += os.read(source, 256)
            if ANSWERED.search(read):
                return 1000 * (time.perf_counter() - began)
    return None


def costs(profile: Profile, size: tuple[int, int]) -> Costs:
    """What a screen such as that of an issue takes, by the same canvas and painter as every other."""
    sheet = _Sheet(profile, size)
    sheet.row(0, " Issue  H-01-04", "bold reverse")
    sheet.row(1, "350 pcs BLT-HEX-01 at H-01-04", "bold")
    for row in range(2, max(2, size[1] - 4)):
        sheet.row(row, f"{row:4} + +1 pcs BLT-HEX-{row:02}")
    sheet.row(size[1] - 1, "F1 Help  F3 Back  F8 Post")
    screen = sheet.typed("")
    character = sheet.typed("B")
    sheet.row(size[1] - 3, " +1 pcs BLT-HEX-01", "bold")
    sheet.row(2, "   9 + +1 pcs BLT-HEX-09")
    return Costs(screen, character, sheet.typed(""))


class _Sheet:
    def __init__(self, profile: Profile, size: tuple[int, int]) -> None:
        self._canvas, self._painter = Canvas(profile, *size), Painter(profile)
        self._width, self._height = size

    def row(self, y: int, text: str, style: str = "") -> None:
        self._put(0, y, fit(text, self._width), Style.parse(style) if style else None)

    def typed(self, text: str) -> int:
        """The bytes of the frame with this in the line to type in."""
        y = max(0, self._height - 2)
        self.row(y, f"> {text}")
        self._put(2 + len(text), y, " ", CARET)
        return len(self._painter.frame(self._canvas))

    def _put(self, x: int, y: int, text: str, style: Style | None) -> None:
        self._canvas.draw([Control.move_to(x, y).segment, Segment(text, style)])


def keys_read(source: int, feed: Callable[[bytes], list[str]], expire: Callable[[], list[str]]) -> Iterator[list[str]]:
    """What a reader makes of each key that is pressed, until the terminal is gone."""
    while True:
        if not select.select([source], [], [], 0.1)[0]:
            found = expire()
        elif data := os.read(source, 256):
            found = feed(data)
        else:
            return
        if found:
            yield found
