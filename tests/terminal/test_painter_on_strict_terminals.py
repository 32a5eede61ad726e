"""Whatever stands on a canvas: what the painter sends for it, the strict terminal takes, and then it shows it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import ControlType, Segment
from rich.style import Style

from tests.terminal.on_the_line import GBK, Device
from wms_tui.tui.terminal.canvas import Canvas
from wms_tui.tui.terminal.painter import Painter

SIZE = COLUMNS, ROWS = 10, 4
DEVICES = (
    *(Device(kind, SIZE) for kind in ("modern", "ansi16", "vt220", "vt100", "mono-ascii")),
    Device("modern", SIZE, term="screen-256color"),
    Device("vt220", SIZE, GBK),
)
STYLES = ("", "bold", "reverse", "underline", "bold reverse", "#e07a6b on #12171c", "on #222b33", "blink reverse")
CHARACTERS = "ab   货架×…é…，（\u0301\x1b\x9b\u202e\u200d\U0001f600\xad\ue000"
places = st.tuples(st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1))
pieces = st.tuples(places, st.text(CHARACTERS, max_size=COLUMNS) | st.just(" " * COLUMNS), st.sampled_from(STYLES))
frames = st.lists(st.lists(pieces, min_size=1, max_size=6) | st.just([]), min_size=1, max_size=6)
"""Some of them empty, which here stands for a request to paint everything anew."""


@pytest.mark.parametrize("device", DEVICES, ids=str)
@given(frames=frames)
@settings(max_examples=100)
def test_a_terminal_shows_each_frame(device: Device, frames: list[list[tuple[tuple[int, int], str, str]]]):
    it, canvas, painter = device.terminal(), Canvas(device.profile, *SIZE), Painter(device.profile)
    it.feed(painter.greeting())
    for frame in frames:
        if not frame:
            painter.forget()
        for (column, row), text, style in frame:
            canvas.draw(
                [Segment("", None, [(ControlType.CURSOR_MOVE_TO, column, row)]), Segment(text, Style.parse(style))]
            )
        it.feed(painter.frame(canvas))
        assert it.between
        assert [it.grid.text(row) for row in range(ROWS)] == [canvas.grid.row(row) for row in range(ROWS)]
        assert [look.reverse for row in range(ROWS) for look in it.looks(row)] == [
            7 in look.flags for looks in canvas.grid.looks for look in looks
        ]
        assert painter.frame(canvas) == b""
        if canvas.caret is not None:
            assert it.cursor == canvas.caret[::-1]
    it.feed(painter.farewell())
    assert (it.alternate, it.cursor_shown) == (False, True)
