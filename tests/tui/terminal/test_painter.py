"""The fewest bytes, and always the right screen: pyte shows what any stream of frames comes to."""

from dataclasses import replace

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.control import Control
from rich.segment import Segment
from rich.style import Style

from wms_tui.tui.terminal.canvas import HALF, Canvas
from wms_tui.tui.terminal.painter import Painter
from wms_tui.tui.terminal.profiles import ANSI16, GBK, MODERN, MONO_ASCII, PROFILES, VT100, VT220

WIDTH, HEIGHT = 20, 6
CARET = Style.parse("blink reverse")


class Shown:
    """A canvas, its painter, and a terminal that gets the frames."""

    def __init__(self, profile=VT220, width=WIDTH, height=HEIGHT):
        self.canvas, self.painter = Canvas(profile, width, height), Painter(profile)
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)

    def put(self, x, y, text, style=""):
        self.canvas.draw([Control.move_to(x, y).segment, Segment(text, Style.parse(style) if style else None)])

    def frame(self):
        data = self.painter.frame(self.canvas)
        self._stream.feed(data)
        return data

    def rows(self):
        return ["".join(cells[x].data for x in range(self.screen.columns)) for cells in self._cells()]

    def reversed(self, y):
        return "".join(str(int(self.screen.buffer[y][x].reverse)) for x in range(self.screen.columns))

    def _cells(self):
        return [self.screen.buffer[y] for y in range(self.screen.lines)]


@pytest.fixture(params=PROFILES.values(), ids=PROFILES)
def shown(request):
    it = Shown(request.param)
    it.frame()
    return it


def test_rows_that_a_smaller_size_no_longer_has_hold_up_no_frame(shown):
    """They were drawn while the line took nothing."""
    shown.put(0, HEIGHT - 1, "BOLT")
    shown.canvas.resize(WIDTH, 2)
    shown.painter.forget()
    shown.put(0, 0, "NUT")
    assert b"NUT" in shown.frame()


@pytest.mark.parametrize("size", [(1, 1), (1, 3), (2, 1)])
def test_the_smallest_terminals_are_painted(size):
    it = Shown(VT220, *size)
    it.frame()
    it.put(0, 0, "B")
    assert b"B" in it.frame()


@pytest.mark.parametrize(("height", "first"), [(24, b"answer"), (16, b"heading")])
def test_on_a_tall_screen_what_is_said_beside_the_caret_comes_first(height, first):
    it = Shown(VT220, WIDTH, height)
    it.frame()
    it.put(0, 0, "heading")
    it.put(0, height - 3, "answer")
    it.put(0, height - 2, " ", "blink reverse")
    data = it.frame()
    assert it.rows()[0].startswith("heading") and it.rows()[height - 3].startswith("answer")
    assert data.index(first) < min(data.index(b"answer"), data.index(b"heading")) + 1


def test_a_frame_without_change_is_empty(shown):
    shown.put(2, 2, "BOLT", "bold")
    assert shown.frame()
    shown.put(2, 2, "BOLT", "bold")
    assert shown.frame() == b""


def test_a_typed_character_is_one_byte(shown):
    shown.put(0, 3, "> ")
    shown.put(2, 3, " ", "blink reverse")
    shown.frame()
    for place, character in enumerate("BOLT"):
        shown.put(2 + place, 3, character)
        shown.put(3 + place, 3, " ", "blink reverse")
        assert shown.frame() == character.encode()
    assert shown.rows()[3].rstrip() == "> BOLT"
    assert (shown.screen.cursor.x, shown.screen.cursor.y) == (6, 3)


def test_erasing_a_character_is_short(shown):
    shown.put(0, 3, "AB")
    shown.put(2, 3, " ", "blink reverse")
    shown.frame()
    shown.put(1, 3, " ", "blink reverse")
    shown.put(2, 3, " ")
    assert len(shown.frame()) <= 3
    assert shown.rows()[3].rstrip() == "A"


def test_the_cursor_is_hidden_where_nothing_is_typed():
    it = Shown(VT220)
    assert b"\x1b[?25l" in it.frame()
    it.put(4, 2, " ", "blink reverse")
    assert it.frame().endswith(b"\x1b[?25h")
    it.put(4, 2, " ")
    assert it.frame() == b"\x1b[?25l"


def test_a_terminal_that_cannot_hide_its_cursor_keeps_it_in_the_last_row():
    it = Shown(VT100)
    it.put(0, 1, "menu")
    assert b"?25" not in it.frame()
    assert (it.screen.cursor.x, it.screen.cursor.y) == (0, HEIGHT - 1)


def test_a_wide_character_that_is_half_overwritten_leaves_a_blank(shown):
    shown.put(3, 1, "六角")
    shown.frame()
    shown.put(4, 1, "x")
    shown.frame()
    assert shown.canvas.grid.row(1)[3:5] == (" x" if shown.canvas.profile.chinese else "?x")
    shown.put(0, 1, " " * 6)
    shown.frame()
    assert shown.canvas.grid.row(1)[:6] == " " * 6


def test_a_wide_character_never_stands_half_outside(shown):
    shown.put(WIDTH - 1, 1, "角")
    shown.frame()
    assert shown.canvas.grid.row(1) == " " * WIDTH


def test_what_stands_outside_is_not_seen(shown):
    shown.put(WIDTH - 2, 1, "abcdef")
    shown.put(0, HEIGHT, "below")
    shown.put(WIDTH + 5, 2, "beside")
    shown.frame()
    assert [row.rstrip() for row in shown.rows()] == ["", " " * (WIDTH - 2) + "ab", "", "", "", ""]


def test_one_colour_gets_no_colour():
    it = Shown(MONO_ASCII)
    it.put(0, 0, "Refused", "bold reverse #e07a6b on #12171c")
    data = it.frame()
    assert b"\x1b[1;7m" in data
    assert b"38;" not in data and b"48;" not in data
    assert it.reversed(0).startswith("1" * 7)


def test_sixteen_colours_are_the_terminals_own_on_its_own_ground():
    it = Shown(ANSI16)
    it.put(0, 0, "Done", "bold #8cc08a on #12171c")
    assert b"\x1b[1;92m" in it.frame()


def test_the_modern_terminal_is_erased_in_the_themes_ground():
    it = Shown(replace(MODERN, erases_in_colour=True))
    for row in range(HEIGHT):
        it.put(0, row, " " * WIDTH, "#d6dde4 on #12171c")
    it.put(0, 0, "Home", "#d6dde4 on #12171c")
    assert len(it.frame()) < WIDTH * HEIGHT


def test_repainting_sends_everything_again(shown):
    shown.put(0, 0, "Title", "reverse")
    shown.frame()
    shown.screen.reset()
    shown.painter.forget()
    shown.frame()
    assert shown.rows()[0].startswith("Title")


def test_a_chinese_terminal_gets_its_own_bytes():
    it = Shown(VT220.speaking(GBK))
    it.put(0, 0, "六角")
    assert "六角".encode(GBK) in it.frame()


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@given(
    st.lists(
        st.lists(
            st.tuples(
                st.integers(0, WIDTH),
                st.integers(0, HEIGHT - 1),
                st.text("ab ×六螺é ", min_size=1, max_size=8),
                st.sampled_from(["", "bold", "reverse", "bold reverse", "underline", "blink reverse", "#8cc08a"]),
            ),
            max_size=5,
        ),
        max_size=5,
    )
)
def test_the_terminal_shows_the_canvas_whatever_came_before(profile, frames):
    it = Shown(profile)
    for puts in frames:
        for put in puts:
            it.put(*put)
        it.frame()
        grid = it.canvas.grid
        for y in range(HEIGHT):
            assert it.rows()[y] == "".join(grid.texts[y]), frames
            wanted = "".join(str(int(7 in look.flags)) for look in grid.looks[y])
            assert [r for r, t in zip(it.reversed(y), grid.texts[y], strict=True) if t != HALF] == [
                r for r, t in zip(wanted, grid.texts[y], strict=True) if t != HALF
            ], frames
        if it.canvas.caret is not None:
            assert (it.screen.cursor.x, it.screen.cursor.y) == it.canvas.caret


def test_on_a_vt100_no_two_characters_in_last_columns_follow_each_other():
    it = Shown(VT100)
    it.frame()
    for y in range(2):
        it.put(WIDTH - 1, y, "|")
    assert it.frame().startswith(b"\x1b[1;19H |\x1b[2;19H |")
    it.put(WIDTH - 1, 3, "|")
    assert b" |" in it.frame()
