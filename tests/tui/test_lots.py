"""Lots at the keyboard: what is proposed, what is taken all the same, and what the ledger and its document say."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.warehouse import allow, signed_in
from tests.tui.conftest import AtWork, line, receive
from wms_tui.domain.access import Permission
from wms_tui.domain.catalog import ChangeProduct, ProductRef
from wms_tui.domain.enquiry import HistoryQuery, StockQuery
from wms_tui.services import catalog, catalog_editing, history, stock

F6, F8, DOWN, ESC = b"\x1b[17~", b"\x1b[19~", b"\x1b[B", b"\x1b"
POST = F8 + F8
SIZES = pytest.mark.parametrize("size", [(80, 24), (20, 16)])
EARLY, LATE = date(2199, 1, 31), date(2199, 12, 31)


@pytest.fixture
def ada(shop):
    return signed_in(shop, "ada")


@pytest.fixture
def resin(shop, ada):
    """Resin in two lots at A1, and the oldest one elsewhere."""
    receive(shop, ada, "oldest", line("LOTTED", 4, target="A2", lot="L1"))
    receive(shop, ada, "older", line("LOTTED", 2, target="A1", lot="L2"))
    receive(shop, ada, "newer", line("LOTTED", 5, target="A1", lot="L3"))


@pytest.fixture
def long_life(shop, ada):
    """No lot of milk keeps long enough to be issued."""
    product = shop.run(catalog.detail, ada, ProductRef("MILK")).product
    shop.run(
        catalog_editing.change, ada, ChangeProduct(product.product_id, product.version, {"issue_life_days": 36500})
    )


def on_hand(shop, actor, sku):
    rows = shop.run(stock.on_hand, actor, StockQuery(sku=sku)).rows
    return {(row.location, row.lot): row.quantity for row in rows}


def newest(shop, actor):
    return shop.run(history.detail, actor, shop.run(history.page, actor, HistoryQuery()).rows[0].number)


def words(it):
    return " ".join(it.screen().split())


@SIZES
async def test_enter_takes_the_lot_that_is_proposed(at_work: AtWork, shop, ada, resin, size):
    async with at_work("ken", size) as it:
        await it.type(b"2A1\rLOTTED\r")
        assert "Lot [L2]" in it.screen()
        assert "First: L1 at A2" in words(it) or "L1 at A2 should go first" in words(it)
        await it.type(b"\r" + POST)
    assert on_hand(shop, ada, "LOTTED") == {("A2", "L1"): 4, ("A1", "L2"): 1, ("A1", "L3"): 5}
    (remark,) = newest(shop, ada).remarks
    assert (remark.lot, remark.passed, remark.passed_at) == ("L2", "L1", "A2")


@SIZES
async def test_another_lot_is_taken_shown_and_kept_with_the_document(at_work: AtWork, shop, ada, resin, size):
    async with at_work("ken", size) as it:
        await it.type(b"2A1\rLOTTED\rL3\r")
        assert "lot L3, though L1 at A2 should go first" in words(it)
        await it.type(F6)
        assert "! L3" in words(it)
        await it.type(ESC + POST)
        number = newest(shop, ada).number
        await it.type(ESC + b"6" + number.encode() + b"\r" + DOWN + b"\r")
        assert "not FEFO: L3 before L1" in words(it)
    assert on_hand(shop, ada, "LOTTED") == {("A2", "L1"): 4, ("A1", "L2"): 2, ("A1", "L3"): 4}


@SIZES
async def test_who_may_takes_what_keeps_too_short_for_a_reason(at_work: AtWork, shop, ada, long_life, size):
    async with at_work("ada", size) as it:
        await it.type(b"2A1\rMILK\rM1\r")
        assert "F6 takes it" in words(it)
        await it.type(F6)
        assert "Reason for lot M1" in words(it)
        await it.type(b"\r" + b"for the kitchen\r")
        assert "+1 pcs MILK" in words(it)
        await it.type(POST)
    assert on_hand(shop, ada, "MILK") == {("A1", "M1"): 2}
    (remark,) = newest(shop, ada).remarks
    assert (remark.lot, remark.reason) == ("M1", "for the kitchen")


@SIZES
async def test_who_may_not_reads_who_may(at_work: AtWork, shop, ada, long_life, size):
    before = newest(shop, ada).number
    async with at_work("ken", size) as it:
        await it.type(b"2A1\rMILK\rM1\r")
        assert "Only admin may take it." in words(it)
        await it.type(F6 + b"for the kitchen\r" + ESC)
        assert "+1 pcs MILK" not in words(it)
    assert on_hand(shop, ada, "MILK") == {("A1", "M1"): 3}
    assert newest(shop, ada).number == before


async def test_esc_takes_nothing_and_asks_for_the_lot_again(at_work: AtWork, shop, ada, long_life):
    async with at_work("ada") as it:
        await it.type(b"2A1\rMILK\rM1\r" + F6 + ESC)
        assert "Reason for lot" not in it.screen()
        await it.type(ESC + b"BOLT\r")
        assert "+1 pcs BOLT" in it.screen()
    assert on_hand(shop, ada, "MILK") == {("A1", "M1"): 3}


async def test_a_scan_is_no_reason(at_work: AtWork, shop, ada, long_life):
    async with at_work("ada") as it:
        await it.type(b"2A1\rMILK\rM1\r" + F6 + b"BOLT\r")
        assert "BOLT is a product code, but a reason is asked for here." in it.screen()
        await it.type(ESC + b"for the kitchen\r" + POST)
    assert on_hand(shop, ada, "MILK") == {("A1", "M1"): 2}
    assert newest(shop, ada).remarks[0].reason == "for the kitchen"


async def test_what_was_scanned_after_the_refusal_stays_ignored(at_work: AtWork, shop, ada, long_life):
    async with at_work("ada") as it:
        await it.type(b"2A1\rMILK\rM1\rBOLT\r" + F6 + b"for the kitchen\r")
        assert "Ignored 1" in it.screen()
        assert "+1 pcs BOLT" not in it.screen()
        await it.type(POST)
    assert [row.sku for row in newest(shop, ada).lines] == ["MILK"]


async def test_a_role_that_is_given_the_permission_is_offered_it(at_work: AtWork, shop, ada, long_life):
    allow(shop, ada, "keeper", Permission.EXPIRY_OVERRIDE)
    async with at_work("ken") as it:
        await it.type(b"2A1\rMILK\rM1\r")
        assert "F6 takes it, with a reason." in it.screen()


@SIZES
async def test_what_has_become_too_old_since_the_scan_can_be_taken_at_posting(at_work: AtWork, shop, ada, size):
    async with at_work("ada", size) as it:
        await it.type(b"2A1\rMILK\r\r")
        product = shop.run(catalog.detail, ada, ProductRef("MILK")).product
        change = ChangeProduct(product.product_id, product.version, {"issue_life_days": 36500})
        shop.run(catalog_editing.change, ada, change)
        await it.type(POST)
        assert "F6 takes it" in words(it)
        assert on_hand(shop, ada, "MILK") == {("A1", "M1"): 3}
        await it.type(F6 + b"for the kitchen\r")
        assert "F8 posts" in words(it)
        await it.type(F8)
    assert on_hand(shop, ada, "MILK") == {("A1", "M1"): 2}
    assert newest(shop, ada).remarks[0].reason == "for the kitchen"


@SIZES
async def test_a_serial_number_in_stock_is_refused_with_where_it_is(at_work: AtWork, shop, ada, size):
    receive(shop, ada, "drill", line("SERIAL", 1, target="A2", lot="S1"))
    async with at_work("ken", size) as it:
        await it.type(b"1A1\rSERIAL\rS1\r")
        assert "Serial number S1 of SERIAL is at A2 already" in words(it)
        await it.type(ESC + b"S2\r" + POST)
    assert on_hand(shop, ada, "SERIAL") == {("A1", "S2"): 1, ("A2", "S1"): 1}


async def test_a_refusal_that_is_longer_than_its_place_is_read_to_its_end(at_work: AtWork, shop, ada, long_life):
    async with at_work("ken", (20, 4)) as it:
        await it.type(b"2A1\rMILK\rM1\r")
        assert "days left 34" in words(it)
        while "F1>" in it.screen():
            assert it.rows()[-1] == "Refused: press Esc"
            await it.type(b"\x1bOP")
        assert "admin may take it." in words(it)
