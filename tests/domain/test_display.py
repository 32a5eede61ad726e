"""Nothing in data steers a terminal, and wide characters are counted as two columns."""

import pytest

from wms_tui.domain.display import harmless, pad, width


@pytest.mark.parametrize(
    "nasty", ["\x1b[2J", "\x9b2J", "\x07", "\r", "\n", "\t", "\x00", "\u202e", "\u2066", "\ufeff", "\ud800"]
)
def test_what_could_steer_a_terminal_is_replaced(nasty):
    assert harmless(f"a{nasty}b") == f"a\N{REPLACEMENT CHARACTER}{nasty[1:]}b"


def test_markup_and_chinese_are_text():
    assert harmless("[/][@click=app.quit]六角螺栓 é") == "[/][@click=app.quit]六角螺栓 é"


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("螺栓", 4), ("Ａ", 2), ("e\u0301", 1), ("", 0)])
def test_width(text, columns):
    assert width(text) == columns


def test_padding_counts_columns():
    assert (pad("螺栓", 6), pad("螺栓", 6, right=True), pad("螺栓螺栓", 6)) == ("螺栓  ", "  螺栓", "螺栓螺栓")
