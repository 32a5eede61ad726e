"""Badge and PIN at the terminal: signing in, the lock, giving badges out; a badge is never seen."""

from __future__ import annotations

import pytest

from tests.support.warehouse import PASSWORD, signed_in
from tests.tui.conftest import AtWork, ShopClient
from tests.tui.driving import terminal
from tests.tui.test_commands import squeezed
from wms_tui.services import badges, users
from wms_tui.settings import Settings
from wms_tui.tui.screens.lock import Lock

SIZES = pytest.mark.parametrize("size", [(80, 24), (20, 16)])
BADGE, PIN = b".ID.K-471108\r", b"2468\r"
F10, DOWN, UP, ESC = b"\x1b[21~", b"\x1b[B", b"\x1b[A", b"\x1b"


@pytest.fixture
def badged(shop):
    badges.give(shop, signed_in(shop, "ada"), "ken", "K-471108", "2468")
    return shop


def at_door(url: str, size=(80, 24)):
    return terminal(size, ShopClient(url, "tty9"), Settings(database=url, idle_lock=0))


@SIZES
async def test_badge_and_pin_sign_in_and_what_is_scanned_behind_them_is_taken(badged, shop_url, size):
    async with at_door(shop_url, size) as it:
        await it.type(BADGE + PIN + b"..GO.STOCK\r")
        assert it.client.operator.name == "ken"
        assert "Stock enquiry" in it.rows()[0]


async def test_the_badge_asks_for_the_pin_and_neither_is_shown(badged, shop_url):
    async with at_door(shop_url) as it:
        for byte in BADGE + PIN[:-1]:
            await it.type(bytes([byte]))
            assert not any(secret in it.screen() for secret in ("K-4", "4711", "24", "246"))
        assert "PIN" in it.screen()
        assert "****" in it.screen()
        await it.type(ESC)
        assert "User name" in it.screen()


async def test_a_wrong_pin_asks_for_the_badge_again(badged, shop_url):
    async with at_door(shop_url) as it:
        await it.type(BADGE + b"1357\r")
        assert "Badge or PIN is wrong. Scan the badge again." in it.screen()
        assert "User name" in it.screen()
        await it.type(b"]C0" + BADGE.lower() + PIN)
        assert it.client.operator.name == "ken"


async def test_a_badge_behind_a_half_typed_name_is_taken(badged, shop_url):
    async with at_door(shop_url) as it:
        await it.type(b"k\x15" + BADGE + PIN)
        assert it.client.operator.name == "ken"


async def test_before_signing_in_no_command_leads_anywhere(badged, shop_url):
    async with at_door(shop_url) as it:
        await it.type(b"..GO.STOCK\r..LOGOUT\r..POST\r")
        assert "does nothing here" in it.screen()
        assert "Sign in" in it.rows()[0]
        await it.type(BADGE + PIN)
        assert it.client.operator.name == "ken"


@SIZES
async def test_the_lock_opens_by_badge_and_pin_and_lets_no_command_by(at_work: AtWork, badged, size):
    async with at_work("ken", size) as it:
        await it.type(b"..GO.RECEIPT\rA1\rNUT\r")
        it.app.gate.put_signal("idle")
        await it.settle()
        await it.type(b"..GO.STOCK\r..OK\r")
        assert isinstance(it.app.page, Lock)
        await it.type(BADGE + b"1357\r..OK\r")
        assert isinstance(it.app.page, Lock)
        await it.type(BADGE + PIN + b"NUT\r")
        assert "Receipt" in it.rows()[0]
        assert it.app.page.draft.view.lines[0].quantity == 2


@SIZES
async def test_a_badge_scanned_at_work_is_refused_unread(at_work: AtWork, badged, size):
    async with at_work("ken", size) as it:
        await it.type(b"..GO.RECEIPT\rA1\r" + BADGE + BADGE)
        assert "A badge signs in" in squeezed(it)
        assert "4711" not in it.screen()
        assert [scan.code for scan in it.app.page._scans.last()] == ["A1", "***", "***"]


@SIZES
async def test_a_badge_is_scanned_into_its_field_and_taken_away(at_work: AtWork, shop, shop_url, size):
    async with at_work("ada", size) as it:
        await it.type(b"01ken" + DOWN + F10 + b".ID.K-9-9-9\r" + PIN + PIN + b"..POST\r")
        assert "K-9" not in it.screen()
        assert {row.name: row.badge for row in shop.run(users.list_users, it.client.operator, None)}["ken"]
    async with at_door(shop_url) as it:
        await it.type(b".ID.K-9-9-9\r" + PIN)
        assert it.client.operator.name == "ken"
    async with at_work("ada", size) as it:
        await it.type(b"01ken" + DOWN + F10 + UP + b"take\r" + F10)
        assert not {row.name: row.badge for row in shop.run(users.list_users, it.client.operator, None)}["ken"]


async def test_pins_that_differ_or_are_weak_keep_the_form(at_work: AtWork, shop):
    async with at_work("ada") as it:
        await it.type(b"01ken" + DOWN + F10 + b".ID.K-9-9-9\r2468\r2469" + F10)
        assert "The two PINs differ" in it.screen()
        await it.type(b"1111\r1111" + F10)
        assert "not all the same" in it.screen()


async def test_ones_own_pin_is_changed_by_the_password(at_work: AtWork, badged, shop_url):
    async with at_work("ken") as it:
        await it.type(b"93" + PASSWORD.encode() + b"\r9753\r9753" + F10)
        assert "The PIN is changed." in it.screen()
    async with at_door(shop_url) as it:
        await it.type(BADGE + b"9753\r")
        assert it.client.operator.name == "ken"
