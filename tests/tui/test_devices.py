"""A terminal is named, set up and taught its keys, through the keyboard that it has."""

from __future__ import annotations

import pytest

from tests.support.warehouse import PASSWORD
from tests.tui.conftest import AtWork, ShopClient
from tests.tui.driving import Terminal, terminal
from tests.tui.stand_in import StandIn
from tests.tui.test_commands import squeezed
from tests.tui.test_people import DOWN, ESC, F10
from wms_tui.domain.database_errors import DatabaseReadOnly
from wms_tui.domain.devices import TAUGHT, Device
from wms_tui.services import devices
from wms_tui.settings import Settings
from wms_tui.tui.screens.home import Home
from wms_tui.tui.screens.learn_keys import LearnKeys
from wms_tui.tui.screens.this_terminal import ThisTerminal

SIZES = pytest.mark.parametrize("size", [(80, 24), (20, 16), (40, 8), (20, 4)])
F5, F6, F8, LEFT = b"\x1b[15~", b"\x1b[17~", b"\x1b[19~", b"\x1b[D"
ODD_F8 = b"\x1b[99~"


def at_door(url: str, name: str = "", size=(80, 24), **settings):
    """Somebody comes to a terminal of this name."""
    return terminal(size, ShopClient(url, name), Settings(database=url, idle_lock=0, terminal=name, **settings))


async def come_in(it: Terminal, user: str = "ken") -> None:
    await it.type(f"{user}\r{PASSWORD}\r".encode())


def kept(shop, name: str) -> Device | None:
    return devices.remembered(shop, name)


@SIZES
async def test_a_terminal_is_set_up_and_is_so_for_whoever_comes_next(shop, shop_url, size):
    async with at_door(shop_url, "rf-07", size) as it:
        await come_in(it)
        await it.type(b"94" + DOWN + b"vt220\r250\rrefused" + F10)
        assert kept(shop, "rf-07") == Device("RF-07", "vt220", {}, 250, "refused", version=1)
        assert "remembered for RF-07" in squeezed(it)
    async with at_door(shop_url, "RF-07", size) as it:
        await come_in(it, "fay")
        assert it.app._driver.escape_delay == 0.25
        assert it.app.profile.name == "vt220"
        rung = it.bells
        await it.type(b"..GO.STOCK\r")
        assert it.bells == rung, "what was taken is not heard here"


async def test_what_the_program_was_started_for_goes_before_what_is_remembered(shop, shop_url):
    async with at_door(shop_url, "rf-07", profile="ansi16") as it:
        profile = it.app.profile
        await come_in(it)
        await it.type(b"94" + DOWN)
        assert "started for ansi16" in it.screen()
        await it.type(b"vt100" + F10)
        assert kept(shop, "rf-07").profile == "vt100"
        assert it.app.profile is profile


async def test_a_terminal_of_a_made_up_name_is_named_first_and_nothing_is_kept_of_its_address(shop, shop_url):
    async with at_door(shop_url, "ssh:10.0.0.7") as it:
        await come_in(it)
        await it.type(b"94" + F10)
        assert it.app.page.current.name == "name"
        assert "has no name yet" in it.screen()
        assert devices.names(shop) == ()
        await it.type(b"/dev/pts/3\r")
        assert "is no name for a terminal" in it.screen()
        await it.type(b"\x15dock 3\r" + F10)
        assert devices.names(shop) == ("DOCK 3",)
        assert it.client.terminal == "DOCK 3"


@SIZES
async def test_a_label_at_the_sign_in_names_the_terminal_and_brings_its_settings(shop, shop_url, size):
    async with at_door(shop_url, "rf-07") as it:
        await come_in(it)
        await it.type(b"94" + DOWN * 3 + b"off" + F10)
    async with at_door(shop_url, "/dev/pts/9", size) as it:
        await it.type(b"]C0..DEVICE.RF-07\r")
        assert "RF-07 now" in squeezed(it)
        rung = it.bells
        await come_in(it)
        assert it.client.operator.terminal == "RF-07"
        await it.type(b"..GO.STOCK\r")
        assert it.bells == rung


async def test_a_label_on_the_screen_brings_what_is_known_of_the_name(shop, shop_url):
    async with at_door(shop_url, "rf-07") as it:
        await come_in(it)
        await it.type(b"94" + DOWN * 2 + b"300" + F10)
    async with at_door(shop_url, "other") as it:
        await come_in(it)
        await it.type(b"94..DEVICE.RF-07\r")
        assert it.app.page.values["escape_delay"] == "300"
        assert it.app._driver.escape_delay == 0.3
        await it.type(b"..DEVICE.RF-08\r")
        assert it.app.page.values == {"name": "RF-08", "profile": "", "escape_delay": "", "bell": ""}
        assert it.app._driver.escape_delay == 0.1


async def test_a_known_name_that_is_typed_is_told_before_anything_is_overwritten(shop, shop_url):
    async with at_door(shop_url, "rf-07") as it:
        await come_in(it)
        await it.type(b"94" + DOWN * 2 + b"300" + F10)
    async with at_door(shop_url, "/dev/pts/9") as it:
        await come_in(it)
        await it.type(b"94rf-07\rvt100\r" + F10)
        assert "RF-07 is known already" in it.screen()
        assert kept(shop, "RF-07") == Device("RF-07", escape_delay=300, version=1)
        await it.type(DOWN + b"vt220\r" + F10)
        assert kept(shop, "RF-07") == Device("RF-07", "vt220", escape_delay=300, version=2)


async def test_a_delay_that_cannot_be_is_refused_where_it_is_typed(shop, shop_url):
    async with at_door(shop_url, "rf-07") as it:
        await come_in(it)
        await it.type(b"94" + DOWN * 2 + b"5\r")
        assert "Enter whole milliseconds from 10 to 2000." in it.screen()
        assert it.app.page.current.name == "escape_delay"


async def teach(it: Terminal, taught: dict[str, bytes]) -> None:
    """Press what there is for each key that is asked for, Enter for the others."""
    for key in TAUGHT:
        await it.type(taught.get(key, b"\r"))


@SIZES
async def test_keys_are_taught_by_digits_and_enter_and_work_at_once(shop, shop_url, size):
    async with at_door(shop_url, "rf-07", size) as it:
        await come_in(it)
        await it.type(b"95")
        await teach(it, {"f8": ODD_F8, "f5": b"\x07", "escape": b"\x1bX1", "f1": b"\x1bOP"})
        assert "F8: ESC [99~" in squeezed(it) or size[1] < 8
        await it.type(b"1\r")
        assert kept(shop, "rf-07").keys == {"\x1b[99~": "f8", "\x07": "f5", "\x1bX1": "escape"}
        await it.type(b"\x1bX1")
        assert isinstance(it.app.page, Home)
        await it.type(b"1A1\rNUT\r" + ODD_F8)
        assert it.app.page.state() == "reference"


@SIZES
async def test_the_screen_says_which_key_and_what_came(shop, shop_url, size):
    async with at_door(shop_url, "rf-07", size) as it:
        await come_in(it)
        await it.type(b"95")
        assert "Press F1" in squeezed(it)
        assert "Enter skips it" in squeezed(it)
        await it.type(b"\x1b[98~")
        assert "F1: ESC [98~" in squeezed(it)
        assert "Press F2" in squeezed(it)


@SIZES
async def test_what_is_another_key_is_refused_and_asked_again(shop, shop_url, size):
    async with at_door(shop_url, "rf-07", size) as it:
        await come_in(it)
        await it.type(b"95")
        await it.type(b"\x1b[98~")
        for sent, told in ((b"\x1b[98~", "is F1 already"), (b"\x7f", "is Backspace already"), (ESC, "is Esc already")):
            await it.type(sent)
            assert told in squeezed(it)
            assert "Press F2" in squeezed(it)
        await it.type(b"0\r")
        assert "1 saves" in squeezed(it)


async def test_a_key_of_another_map_may_be_taught_as_on_shifted_keyboards(shop, shop_url):
    async with at_door(shop_url, "rf-07") as it:
        await come_in(it)
        await it.type(b"95")
        await teach(it, {"f5": F6, "f6": F8})
        await it.type(b"1\r")
        assert kept(shop, "rf-07").keys == {"\x1b[17~": "f5", "\x1b[19~": "f6"}
        await it.type(ESC + b"1A1\rNUT\r" + F8)
        assert "all lines" in it.rows()[0], "what is F8 elsewhere is F6 here"


@pytest.mark.parametrize(
    "size", [(80, 24), *(pytest.param(size, marks=pytest.mark.campaign) for size in [(20, 16), (40, 8)]), (20, 4)]
)
@pytest.mark.parametrize(
    "scan",
    [
        b"4006381333931\r",
        b"1\r\n",
        b"]C10104006381333931\x1d10A\r",
        b"\x1b10AB\x1d21X\r",
        b"NU\x1bBOLT\r",
        b"\x02A1\x03\r",
    ],
)
async def test_a_scan_meanwhile_is_told_and_changes_nothing(shop, shop_url, size, scan):
    async with at_door(shop_url, "rf-07", size) as it:
        await come_in(it)
        await it.type(b"95")
        await it.type(b"\x1b[98~")
        await it.type(scan)
        page = it.app.page
        assert isinstance(page, LearnKeys)
        assert page.prompt() == "Press F2"
        assert "Nothing was done with" in squeezed(it)
        await it.type(b"\x1b[97~0\r")
        if scan != b"1\r\n":
            await it.type(scan)
            assert it.app.page is page
            assert "Nothing was done with" in squeezed(it)
        await it.type(b"1\r")
        assert kept(shop, "rf-07").keys == {"\x1b[98~": "f1", "\x1b[97~": "f2"}


async def test_all_of_it_in_one_write_is_taken_in_order(shop, shop_url):
    async with at_door(shop_url, "rf-07") as it:
        await come_in(it)
        await it.type(b"95\x1b[98~\r\x1b[97~\x1b[17~0\r1\r1A1\rNUT\r")
        assert kept(shop, "rf-07").keys == {"\x1b[98~": "f1", "\x1b[97~": "f3", "\x1b[17~": "f4"}


async def test_leaving_keeps_what_was_and_beginning_anew_forgets_it(shop, shop_url):
    async with at_door(shop_url, "rf-07") as it:
        await come_in(it)
        await it.type(b"95")
        await it.type(b"\x1b[98~")
        await it.type(b"0\r0\r")
        assert kept(shop, "rf-07") is None
        await it.type(b"5")
        await it.type(b"\x1b[98~")
        await it.type(b"0\r1\r")
        assert kept(shop, "rf-07").keys == {"\x1b[98~": "f1"}
        await it.type(b"5")
        assert "Now it is ESC [98~." in it.screen()
        await it.type(b"0\r2\r0\r1\r")
        assert kept(shop, "rf-07").keys == {}


async def test_without_a_name_one_is_asked_for_first(shop, shop_url):
    async with at_door(shop_url, "/dev/pts/9", (20, 4)) as it:
        await come_in(it)
        await it.type(b"95\r")
        assert "has no name" in squeezed(it)
        await it.type(b"7\r")
        await it.type(ODD_F8)
        await it.type(b"0\r1\r")
        assert kept(shop, "7").keys == {"\x1b[99~": "f1"}


async def test_a_label_names_the_terminal_that_is_to_learn(shop, shop_url):
    async with at_door(shop_url, "/dev/pts/9") as it:
        await come_in(it)
        await it.type(b"95..DEVICE.RF-07\r")
        await it.type(ODD_F8)
        await it.type(b"0\r..POST\r")
        assert kept(shop, "RF-07").keys == {"\x1b[99~": "f1"}


async def test_teaching_from_the_form_keeps_what_was_filled_in(shop, shop_url):
    async with at_door(shop_url, "rf-07") as it:
        await come_in(it)
        await it.type(b"94" + DOWN + b"vt220\r" + F5)
        await it.type(ODD_F8)
        await it.type(b"0\r1\r")
        assert isinstance(it.app.page, ThisTerminal)
        await it.type(F10)
        assert kept(shop, "rf-07") == Device("RF-07", "vt220", {"\x1b[99~": "f1"}, version=2)


async def test_of_two_who_set_up_one_terminal_the_second_is_told(shop, shop_url):
    async with at_door(shop_url, "rf-07") as it, at_door(shop_url, "rf-07") as other:
        for one in (it, other):
            await come_in(one)
            await one.type(b"94" + DOWN + b"vt220\r")
        await it.type(F10)
        await other.type(F10)
        assert "Somebody else has changed the terminal RF-07" in other.screen()
        assert kept(shop, "rf-07").version == 1


async def test_unknown_keys_do_nothing_once_learning_is_over(at_work: AtWork, shop):
    async with at_work("ken") as it:
        await it.type(b"95")
        await it.type(b"0\r0\r")
        await it.type(ODD_F8 + b"\x1b[97~")
        assert "My account" in it.rows()[0]


async def test_a_label_scanned_before_the_database_is_open_names_the_terminal():
    client = StandIn()
    client.failures["open"] = DatabaseReadOnly(where="/srv/wms.sqlite")
    async with terminal((80, 24), client) as it:
        await it.type(b"..DEVICE.RF-07\r")
        assert "This terminal is RF-07" in it.screen()
        assert client.terminal == "RF-07"
