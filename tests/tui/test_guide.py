from wms_tui.tui.guide import KeyLine

KEYS = (("F1", "Help"), ("F2", "New"), ("F4", "Password"), ("F6", "Unlock"), ("F9", "On/off"), ("F8", "Next"))


def shown(width: int) -> str:
    line = KeyLine()
    line.value = (*KEYS, ("F7", "Previous"), ("F3", "Back"))
    return line.lines(width, 1)[0].plain.rstrip()


def test_the_way_back_stands_in_the_line_of_keys_though_others_have_no_room():
    assert shown(80) == "F1 Help  F2 New  F4 Password  F6 Unlock  F9 On/off  F8 Next  F3 Back"
    assert shown(200).endswith("F8 Next  F7 Previous  F3 Back")


def test_on_the_narrowest_terminals_the_first_keys_are_shown():
    assert shown(20) == "F1 Help  F2 New"


def test_on_narrow_terminals_keys_stand_closer_where_that_leaves_room_for_another():
    line = KeyLine()
    line.value = (("F1", "Help"), ("F7", "Hand over"), ("F6", "Places"))
    assert line.lines(20, 1)[0].plain.rstrip() == "F1 Help F7 Hand over"
    assert line.lines(40, 1)[0].plain.rstrip() == "F1 Help  F7 Hand over  F6 Places"
