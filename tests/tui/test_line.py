import pytest

from wms_tui.tui.keys import fold_line_ends
from wms_tui.tui.line import Line
from wms_tui.tui.terminal.reading import KeyReader


def lines(typed: str) -> list[str]:
    line = Line()
    keys, _ = fold_line_ends(KeyReader().feed(typed.encode()), False)
    return [text for key in keys if (text := line.press(key)) is not None] + [f"({line.text})"]


@pytest.mark.parametrize("suffix", ["\r", "\n", "\r\n", "\t"])
def test_a_suffix_ends_a_line_exactly_once(suffix: str):
    assert lines(f"A1{suffix}B2{suffix}") == ["A1", "B2", "()"]


def test_an_empty_line_counts_with_enter_and_not_with_tab():
    assert lines("\r\t") == ["", "()"]
    assert lines("A\r\tB\r\t") == ["A", "B", "()"]


def test_backspace_and_clear():
    assert lines("AB\bC\x7fD\r") == ["AD", "()"]
    assert lines("ABC\x15D\r\b\b") == ["D", "()"]


def test_control_characters_are_part_of_the_code():
    assert lines("10AB\x1d21X\x11\x10\x03\r") == ["10AB\x1d21X\x11\x10\x03", "()"]


def test_what_is_not_ended_stays():
    assert lines("A1\rB") == ["A1", "(B)"]


def test_keys_that_write_nothing_leave_the_line_alone():
    line = Line()
    for key in ("A", "f4", "up", "escape", "B"):
        assert line.press(key) is None
    assert line.text == "AB"
