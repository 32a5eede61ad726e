import pytest

from wms_tui.domain.device_errors import KeyTaken, UnfitKey
from wms_tui.domain.devices import TAUGHT
from wms_tui.tui.lesson import Lesson

ODD = "\x1b[99~"


def test_each_key_is_asked_for_once_and_then_it_is_over():
    lesson, asked = Lesson({}), []
    while not lesson.over:
        asked.append(lesson.asked)
        lesson.skip()
    assert asked == list(TAUGHT)
    assert lesson.keys == {}


def test_what_every_map_says_is_not_remembered():
    lesson = Lesson({ODD: "f1"})
    lesson.press("\x1bOP")
    lesson.press("\x1b[98~")
    assert lesson.keys == {"\x1b[98~": "f2"}


def test_a_key_that_was_pressed_is_no_other_even_if_the_maps_call_it_so():
    lesson = Lesson({})
    lesson.press("\x1bOQ")
    with pytest.raises(KeyTaken) as refused:
        lesson.press("\x1bOQ")
    assert refused.value.text() == "ESC OQ is F1 already. Press another key."
    assert lesson.asked == "f2"


def test_a_key_that_was_taught_before_keeps_what_it_sends():
    lesson = Lesson({ODD: "f8"})
    with pytest.raises(KeyTaken):
        lesson.press(ODD)
    assert lesson.keys == {ODD: "f8"}
    for _ in range(7):
        lesson.skip()
    assert lesson.now == ODD
    lesson.press(ODD)
    assert lesson.keys == {ODD: "f8"}


@pytest.mark.parametrize("sent", ["\x7f", "\b", "\x1b"])
def test_backspace_and_esc_are_never_another_key(sent: str):
    with pytest.raises(KeyTaken):
        Lesson({}).press(sent)


def test_what_may_be_scanned_is_no_key():
    with pytest.raises(UnfitKey):
        Lesson({}).press("\x1d")


def test_the_map_is_told_in_the_order_of_the_keys():
    assert Lesson({"\x07": "escape", ODD: "f10", "\x1b[1": "f2"}).map() == [
        ("f2", "\x1b[1"),
        ("f10", ODD),
        ("escape", "\x07"),
    ]
