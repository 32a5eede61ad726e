"""Home: unfinished work and today's figures beside the menu."""

import asyncio

import pytest

from tests.tui.conftest import AtWork
from tests.tui.driving import SIGN_IN, terminal
from tests.tui.stand_in import StandIn
from tests.tui.test_stock import ESC, F8, SIZES
from wms_tui.domain.database_errors import DatabaseBusy


@pytest.mark.parametrize("code", [b"]C10112000005430104", b"(01)12000005430104", b"\x1d0112000005430104"])
async def test_a_gs1_label_that_is_scanned_in_the_menu_opens_nothing(at_work: AtWork, code: bytes):
    async with at_work() as it:
        await it.type(code + b"\r")
        assert " Home " in it.screen() and "was scanned in a menu" in " ".join(it.screen().split())
        await it.type(b"1")
        assert "To location" in it.screen()


async def test_what_begins_like_a_label_in_the_menu_is_given_up_with_esc(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"](" + ESC + b"1")
        assert "To location" in it.screen()


@pytest.mark.parametrize("size", SIZES)
async def test_unfinished_work_is_named_with_its_lines_until_it_is_posted(at_work: AtWork, size: tuple[int, int]):
    async with at_work(size=size) as it:
        await it.until(lambda: "Nothing yet" in it.screen())
        await it.type(b"1A1\rBOLT\rNUT\r" + ESC + ESC)
        await it.until(lambda: "Not yet posted" in it.screen())
        assert "Receipt (2)" in it.screen()
        await it.type(b"1" + F8 * 2 + ESC)
        await it.until(lambda: "Not yet posted" not in it.screen())
        assert "Posted today" in it.screen()


async def test_the_figures_are_new_whenever_home_is_opened_again(at_work: AtWork):
    async with at_work("kim", size=(20, 16)) as it:
        await it.until(lambda: "Nothing yet" in it.screen())
        for posted in ("1", "2"):
            await it.type(b"1A1\rBOLT\r" + F8 * 2 + ESC)
            await it.until(lambda wanted=["Receipt", posted]: wanted in [row.split() for row in it.rows()])


async def test_the_menu_works_while_the_figures_are_on_their_way():
    client = StandIn()
    client.gates["figures"] = asyncio.Event()
    async with terminal(client=client) as it:
        await it.type(SIGN_IN)
        assert "Posted today" not in it.screen()
        await it.type(b"9")
        assert "My account" in it.rows()[0]
        client.gates["figures"].set()
        await it.type(ESC)
        await it.until(lambda: "Posted today" in it.screen())


async def test_figures_that_cannot_be_had_are_told_and_the_menu_stays():
    client = StandIn()
    client.failures["figures"] = DatabaseBusy()
    async with terminal(client=client) as it:
        await it.type(SIGN_IN)
        await it.until(lambda: "The database is busy" in it.screen())
        await it.type(b"9")
        assert "My account" in it.rows()[0]
