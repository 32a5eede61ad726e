"""The file of a replay: what is read is what was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms_tui.domain.replay import Script, Step, Verb, read_script
from wms_tui.domain.replay_errors import BadEscape, BadReplay
from wms_tui.domain.replay_text import escaped, unescaped

TODAY = date(2026, 3, 1)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
def test_every_code_is_written_on_one_line_and_read_again(code):
    written = escaped(code)
    assert len(written.splitlines()) <= 1 and written == written.strip()
    assert unescaped(written, TODAY) == code


def test_invisible_characters_have_names():
    assert unescaped("]C10104006381333931<GS>10AB<FNC1>21X<0x11><LT><U+00A0>", TODAY) == (
        "]C10104006381333931\x1d10AB\x1d21X\x11<\xa0"
    )
    assert escaped("10AB\x1d21 X ") == "10AB<GS>21 X<SP>"


def test_a_day_from_now_is_in_gs1_digits():
    assert unescaped("17<DAY+30>11<DAY-1>", TODAY) == "1726033111260228"


@pytest.mark.parametrize("text", ["<", "<GS", "<gs>", "<>", "<DAY>", "<0x1>", "<U+110000>"])
def test_what_is_no_character_is_refused(text):
    with pytest.raises(BadEscape):
        unescaped(text, TODAY)


def test_headings_comments_and_steps():
    text = "# a title\n\ndemo\nsize 20x16\n  scan  A1  \nkey F8\npause 0.5\nenter\n"
    steps = (Step(5, Verb.SCAN, "A1"), Step(6, Verb.KEY, "f8"), Step(7, Verb.PAUSE, seconds=0.5), Step(8, Verb.ENTER))
    assert read_script(text, TODAY) == Script(steps, demo=True, size=(20, 16))


def test_every_fault_has_its_line():
    with pytest.raises(BadReplay) as caught:
        read_script("scan A1\nsize 2000x1\npause 1e3\n", TODAY)
    assert [line for line, _ in caught.value.rows] == [2, 3]
