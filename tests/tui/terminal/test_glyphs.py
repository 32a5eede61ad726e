import pytest
from rich.cells import cell_len

from wms_tui.tui.terminal.glyphs import folded, shows
from wms_tui.tui.terminal.profiles import ASCII, GBK, UTF_8
from wms_tui.tui.widgets.sparkline import BARS

TEXTS = [
    "plain",
    "M5×16",
    "Müller…",
    "六角螺栓",
    "ＦＵＬＬ",
    "é\u0301",
    "☃",
    "👍",
    "▁▂█",
    "a\u200db",
    "\ufffd",
    "½",
    "™",
]


@pytest.mark.parametrize("charset", [UTF_8, GBK, ASCII])
@pytest.mark.parametrize("text", TEXTS)
def test_every_character_keeps_its_columns(text, charset):
    for character in text:
        shown, columns = folded(character, charset)
        assert columns == cell_len(character)
        assert cell_len(shown) == columns or (columns == 0 and charset != UTF_8 and not shown)


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_outside_ascii_is_sent_where_there_is_only_ascii(text):
    shown = "".join(folded(character, ASCII)[0] for character in text)
    assert all(" " <= one <= "~" for one in shown)


def test_what_has_a_likeness_is_shown_by_it():
    assert "".join(folded(one, ASCII)[0] for one in "M5×16 Müller… “Ø”") == 'M5x16 Muller. "O"'
    assert "".join(folded(one, ASCII)[0] for one in "六角 Ｆ") == "???? F "
    assert len({folded(bar, ASCII)[0] for bar in BARS}) == len(BARS)


def test_a_chinese_terminal_gets_its_own_characters_and_no_sign_of_doubtful_width():
    assert "".join(folded(one, GBK)[0] for one in "六角×") == "六角x"
    assert folded("👍", GBK)[0] == "??"


def test_whether_there_is_anything_to_read():
    assert shows("六角", UTF_8) and shows("六角", GBK)
    assert not shows("六角螺栓", ASCII)
    assert shows("六角螺栓 M5×16", ASCII)
    assert not shows("--", ASCII)


@pytest.mark.parametrize("charset", [UTF_8, GBK, ASCII])
def test_what_no_two_terminals_show_alike_is_told_by_question_marks(charset):
    assert [folded(one, charset) for one in "\u200d\xad\ue000"] == [("", 0), ("?", 1), ("?", 1)]
