"""Menus in little room."""

from wms_tui.tui.menu_page import MenuPane

ROWS = (("1", "P", "Change password"), ("2", "L", "Language and colours"))


def drawn(width):
    pane = MenuPane()
    pane.value = ROWS
    return [line.plain.rstrip() for line in pane.lines(width, 10)]


def test_a_title_that_would_be_cut_gives_up_its_letter_then_its_line():
    assert drawn(20) == [" 1  Change password", " 2  Language and", "    colours"]


def test_with_room_the_letter_stands_beside_the_digit():
    assert drawn(27) == [" 1  P  Change password", " 2  L  Language and colours"]
