"""The strict terminal shows what others show of the same stream: pyte, and tmux and screen where they are there.

A stream holds only what the strict terminal takes. Left out are answers that differ between the others themselves: the
look of blanks, and how the rest of a wide character looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.terminal.harness import row_shown
from tests.terminal.multiplexers import MULTIPLEXERS, QUIET, Multiplexer, Tmux
from tests.terminal.strict import KINDS, MODERN, VT220, Look, Refused, Rules, StrictTerminal
from tests.terminal.strict.grid import Grid
from tests.terminal.strict.looks import Colour
from tests.terminal.strict.streams import streams, taken

SIZE = COLUMNS, ROWS = 12, 5
KINDS_AND_CHARSETS = [(rules, charset) for rules in KINDS.values() for charset in sorted(rules.charsets - {"gb18030"})]
CLEAN = b"\x1b[m\x1b[2J\x1b[H\x1b[?25h"
_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")


@pytest.mark.parametrize(("rules", "charset"), KINDS_AND_CHARSETS, ids=lambda it: getattr(it, "name", it))
@given(data=st.data())
@settings(max_examples=30)
def test_pyte_shows_the_same(rules: Rules, charset: str, data: st.DataObject):
    ours, theirs = StrictTerminal(rules, *SIZE, charset), pyte.Screen(*SIZE)
    stream = taken(ours, data.draw(streams(rules, *SIZE, charset)))
    pyte.ByteStream(theirs).feed(stream)
    assert ours.rows() == [row_shown(theirs.buffer[row], COLUMNS) for row in range(ROWS)]
    assert ours.cursor == (theirs.cursor.y, min(theirs.cursor.x, COLUMNS - 1))
    for row, column, look in shown(ours.grid):
        assert _is(look, theirs.buffer[row][column])


@pytest.mark.parametrize(("rules", "charset"), KINDS_AND_CHARSETS, ids=lambda it: getattr(it, "name", it))
@given(data=st.data())
@settings(max_examples=30)
def test_what_comes_at_once_is_shown_as_what_comes_byte_by_byte(rules: Rules, charset: str, data: st.DataObject):
    whole, torn = (StrictTerminal(rules, *SIZE, charset) for _ in range(2))
    letters = st.text("abc é螺", min_size=2, max_size=15).map(lambda text: [text.encode(charset, "replace")])
    for stream in data.draw(st.lists(streams(rules, *SIZE, charset) | letters, max_size=5)):
        told = [refusal(whole, [b"".join(stream)]), refusal(torn, [bytes([byte]) for byte in b"".join(stream)])]
        assert told[0] == told[1]
        assert (whole.grid.cells, whole.cursor, whole.grid.wraps) == (torn.grid.cells, torn.cursor, torn.grid.wraps)


def refusal(it: StrictTerminal, parts: list[bytes]) -> str:
    """Why the first part that is refused is; empty where none is."""
    try:
        for part in parts:
            it.feed(part)
    except Refused as refused:
        return refused.reason
    return ""


@pytest.fixture(params=MULTIPLEXERS, ids=lambda it: it.program)
def pane(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Multiplexer]:
    """A terminal in which nothing runs."""
    if not request.param.there():
        pytest.skip(f"there is no {request.param.program} here")
    it = request.param(tmp_path, SIZE, QUIET, {}, "vt220")
    yield it
    it.stop()


@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_multiplexer_shows_the_same(pane: Multiplexer, data: st.DataObject):
    rules = MODERN if isinstance(pane, Tmux) else VT220
    ours = StrictTerminal(rules, *SIZE, "utf-8")
    ours.feed(CLEAN)
    stream = taken(ours, data.draw(streams(rules, *SIZE, "utf-8")))
    pane.write(CLEAN + stream)
    pane.wait_for(ours.rows(), seconds=10)
    if isinstance(pane, Tmux):
        copy = _copy(pane)
        assert [look for *_, look in shown(ours.grid)] == [look for *_, look in shown(copy.grid)]


def shown(grid: Grid) -> Iterator[tuple[int, int, Look]]:
    """Row, column and look of each character that can be seen."""
    for row, cells in enumerate(grid.cells):
        for column, cell in enumerate(cells):
            if cell.text.strip():
                yield row, column, cell.look


def _copy(pane: Tmux) -> StrictTerminal:
    """What tmux says of its looks, read by a terminal of ours."""
    copy = StrictTerminal(MODERN, *SIZE, "utf-8")
    for number, row in enumerate(pane.looks().split(b"\n")[:ROWS], 1):
        copy.feed(b"\x1b[%dH" % number + row)
    return copy


def _is(look: Look, cell: pyte.screens.Char) -> bool:
    flags = (cell.bold, cell.underscore, cell.reverse) == look[:3]
    return flags and cell.fg in _names(look.ink) and cell.bg in _names(look.paper)


def _names(colour: Colour) -> set[str]:
    """What pyte calls it, one of the sixteen or one of 256; it has one of them misspelt."""
    if colour is None:
        return {"default"}
    if isinstance(colour, tuple):
        return {"".join(f"{share:02x}" for share in colour)}
    names = {pyte.graphics.FG_BG_256[colour]}
    if colour < 16:
        name = "bright" * (colour >= 8) + _NAMES[colour % 8]
        names |= {name, name.replace("brightm", "bfightm")}
    return names
