import pytest

from wms_tui.domain.device_errors import BadDelay, BadDeviceName, DeviceNameMissing, EscAlone, KeyTaken, UnfitKey
from wms_tui.domain.devices import TAUGHT, Device, check_name, checked, is_name, parse_delay, spelt, taught
from wms_tui.domain.errors import NotAChoice


@pytest.mark.parametrize("name", ["RF-07", "dock 3", "仓库-1", "A", "scripted", "x" * 40])
def test_a_name_that_somebody_gave_is_remembered_in_capitals(name: str):
    assert is_name(name)
    assert check_name(f" {name} ") == name.upper()


@pytest.mark.parametrize("name", ["ssh:10.0.0.7", "/dev/pts/3", "script", "", "  ", "x" * 41, "a\x1b[31m", "a\u202eb"])
def test_an_address_or_a_line_is_no_name(name: str):
    assert not is_name(name)
    with pytest.raises((BadDeviceName, DeviceNameMissing)):
        check_name(name)


@pytest.mark.parametrize(
    ("sent", "told"),
    [("\x1b[35~", "ESC [35~"), ("\x1bOP", "ESC OP"), ("\x07", "0x07"), ("\x1b", "ESC"), ("\x7f", "0x7F")],
)
def test_what_a_key_sends_is_told_in_plain_words(sent: str, told: str):
    assert spelt(sent) == told


def test_a_key_is_taught_and_taught_anew():
    keys = taught({}, "f8", "\x1b[99~")
    keys = taught(keys, "f5", "\x07")
    assert keys == {"\x1b[99~": "f8", "\x07": "f5"}
    assert taught(keys, "f8", "\x1bX1") == {"\x07": "f5", "\x1bX1": "f8"}
    assert taught(keys, "f8", "\x1b[99~") == keys


def test_what_is_another_keys_is_refused():
    with pytest.raises(KeyTaken) as refused:
        taught({"\x1b[99~": "f8"}, "f9", "\x1b[99~")
    assert refused.value.text() == "ESC [99~ is F8 already. Press another key."


@pytest.mark.parametrize(
    "sent", [*"A1 ", "\r", "\n", "\t", "\x1d", "\x1e", "\x04", "\x1f", "", "\x1b\x1b", "\x1b[1\r", "螺"]
)
def test_what_may_be_part_of_a_code_is_no_key(sent: str):
    with pytest.raises(UnfitKey):
        taught({}, "f1", sent)


def test_esc_alone_is_no_other_key():
    with pytest.raises(EscAlone):
        taught({}, "f3", "\x1b")


@pytest.mark.parametrize("text", ["9", "2001", "0.1", "-5", "soon", "9" * 30])
def test_a_delay_is_of_some_milliseconds(text: str):
    with pytest.raises(BadDelay):
        parse_delay(text)
    assert [parse_delay(good) for good in (" 10 ", "2000", "")] == [10, 2000, None]


@pytest.mark.parametrize("change", [{"profile": "vt52"}, {"bell": "loud"}, {"keys": {"\x07": "f11"}}])
def test_a_device_holds_only_what_there_is(change):
    with pytest.raises(NotAChoice):
        checked(Device("RF-07", **change))


def test_all_keys_that_screens_use_can_be_taught():
    keys: dict[str, str] = {}
    for number, key in enumerate(TAUGHT):
        keys = taught(keys, key, f"\x1b[{number + 100}~")
    assert checked(Device("rf-07", keys=keys)) == Device("RF-07", keys=keys)
