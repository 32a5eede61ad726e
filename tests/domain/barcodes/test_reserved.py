"""What a line says to the program itself: commands and badges, alone and behind what was typed."""

import pytest

from wms_tui.domain.barcodes.commands import KEYS, SCREEN_NAMES, Command, command_code
from wms_tui.domain.barcodes.reserved import BADGE, Reserved
from wms_tui.tui.hearing import Hearing

HERE = Reserved()
CODES = [
    *(command_code(one) for one in Command if one not in {Command.QUANTITY, Command.DEVICE, Command.KEY}),
    command_code(Command.QUANTITY, "12"),
    command_code(Command.QUANTITY, "0.5"),
    command_code(Command.DEVICE, "RF-07"),
    *(command_code(Command.SCREEN, target) for target in SCREEN_NAMES),
]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", ["{}", "]C0{}", "]Q3{}", " {} "])
def test_every_printed_command_is_heard(code: str, form: str):
    said = HERE.heard(form.format(code))
    assert said is not None and said.order is not None
    assert said.code == code


@pytest.mark.parametrize("code", CODES)
def test_behind_typed_text_only_as_it_is_printed(code: str):
    assert HERE.heard(code, behind=True)
    assert HERE.heard(code.lower(), behind=True) is None
    assert HERE.heard(code.lower())


@pytest.mark.parametrize("word", KEYS)
def test_a_key_is_pressed_from_an_empty_line_only(word: str):
    code = command_code(Command.KEY, word)
    said = HERE.heard(code)
    assert said is not None and said.presses_key
    assert HERE.heard(code, behind=True) is None
    looked_for = HERE.heard(code, behind=True, keys=True)
    assert looked_for is not None and looked_for.presses_key


@pytest.mark.parametrize("code", ["..FOO", "..X0", "..X", "..POSTS", "..GO.", "]C0..FOO"])
def test_a_command_that_there_is_not_is_no_code_either(code: str):
    said = HERE.heard(code)
    assert said is not None and said.order is None and not said.badge
    assert HERE.heard(code, behind=True) is None


@pytest.mark.parametrize("text", ["BOLT", "...", ".. and so on", "...and so on", ".A", "..", "]C0BOLT", "A..POST", ""])
def test_other_text_is_left_alone(text: str):
    assert HERE.heard(text) is None


def test_a_badge_is_never_shown():
    said = HERE.heard("]C0.id.K-4711")
    assert said is not None and said.badge == "K-4711"
    assert said.code == BADGE
    assert "4711" not in repr(said)


def test_an_empty_prefix_turns_them_off():
    off = Reserved("", "")
    assert off.heard("..POST") is None
    assert off.heard(".ID.1") is None
    assert not off.begins(".")


def passed_on(text: str, behind: bool = False, reserved: Reserved = HERE) -> tuple[str, str]:
    """What goes on to the page, and what is held back at the end."""
    hearing, page = Hearing(), ""
    for character in text:
        freed = hearing.press(reserved, character, behind or bool(page))
        page += character if freed is None else freed
    return page, hearing.text


@pytest.mark.parametrize("code", [*CODES, "]C0..POST", ".ID.4711", "..FOO"])
def test_no_part_of_a_reserved_code_goes_on(code: str):
    assert passed_on(code) == ("", code)


@pytest.mark.parametrize("text", ["BOLT", "1.5", "wait.. what", "...", "a..b", "]C0BOLT", "..(x)", "é..É"])
def test_all_other_text_goes_on_whole_and_in_order(text: str):
    page, held = passed_on(text)
    assert page + held == text


@pytest.mark.parametrize("typed", ["12", "BOLT", "1.", "x...", "]C0BOL"])
def test_a_command_behind_typed_text_is_told_from_it(typed: str):
    assert passed_on(f"{typed}..POST") == (typed, "..POST")


def test_another_prefix():
    site = Reserved("%%", "%B")
    assert passed_on("12%%POST", reserved=site) == ("12", "%%POST")
    assert passed_on("..POST", reserved=site) == ("..POST", "")
