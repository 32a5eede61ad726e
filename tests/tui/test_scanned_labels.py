"""Labels of the supply chain at the keyboard: the ledger afterwards, and what the clerk reads."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.labels import BOLT_CARTON, DRILL, FLOUR, MILK, MILK_CARTON, add_labels
from tests.support.warehouse import signed_in
from tests.tui.conftest import AtWork
from wms_tui.domain.enquiry import HistoryQuery
from wms_tui.domain.entry import DraftRef, OpenDraft
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.quantities import plain
from wms_tui.services import entry, history

ESC, F8 = b"\x1b", b"\x1b[19~"
SIZES = [(80, 24), (20, 16)]
MARCH = date(2027, 3, 31)


@pytest.fixture
def ken(shop):
    add_labels(shop)
    return signed_in(shop, "ken")


def drafted(shop, ken):
    view = shop.run(entry.open_draft, ken, OpenDraft(DocumentKind.RECEIPT))
    found = shop.run(entry.lines, ken, DraftRef(DocumentKind.RECEIPT, view.draft_id))
    return [(line.sku, plain(line.quantity), line.unit, line.lot, line.expires) for line in found]


def scans(*codes: str) -> bytes:
    return "".join(f"{code}\r" for code in codes).encode()


@pytest.mark.parametrize("size", SIZES)
async def test_a_delivery_is_received_by_its_labels_alone(at_work: AtWork, shop, ken, size):
    async with at_work("ken", size) as it:
        await it.type(b"1" + scans("A1", f"01{MILK}10AB\x1d17270331", f"02{MILK_CARTON}3740\x1d10CD\x1d17270331"))
        await it.type(scans(f"]C101{DRILL}21SN-1", f"01{FLOUR}3103001250", "2", f"01{BOLT_CARTON}"))
        assert drafted(shop, ken) == [
            ("MILK", "1", "pcs", "AB", MARCH),
            ("MILK", "40", "carton", "CD", MARCH),
            ("SERIAL", "1", "pcs", "SN-1", None),
            ("FLOUR", "1.25", "kg", "", None),
            ("BOLT", "2", "carton", "", None),
        ]
        assert "2 carton" in it.screen()
        await it.type(F8 * 2)
    number = shop.run(history.page, ken, HistoryQuery()).rows[0].number
    moved = [(line.sku, plain(line.quantity)) for line in shop.run(history.detail, ken, number).lines]
    assert moved[1] == ("MILK", "480")


@pytest.mark.parametrize("size", SIZES)
async def test_two_labels_make_one_line(at_work: AtWork, shop, ken, size):
    async with at_work("ken", size) as it:
        await it.type(b"1" + scans("A1", f"01{MILK}"))
        assert "Lot" in it.screen()
        await it.type(scans("10AB\x1d17270331"))
        assert drafted(shop, ken) == [("MILK", "1", "pcs", "AB", MARCH)]


async def test_a_cartons_pieces_are_told(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"1" + scans("A1", "2", BOLT_CARTON))
        assert "+2 carton = 48 pcs BOLT" in it.screen()


@pytest.mark.parametrize("size", SIZES)
async def test_a_refused_label_tells_its_parts_and_must_be_acknowledged(at_work: AtWork, shop, ken, size):
    async with at_work("ken", size) as it:
        await it.type(b"1" + scans("A1", "]C110AB\x1d21X", f"01{MILK}10AB\x1d17270331"))
        if size == (80, 24):
            assert "10AB<FNC1>21X names no product" in it.screen()
        assert drafted(shop, ken) == []
        await it.type(ESC + scans(f"01{MILK}10AB\x1d17270331"))
        assert drafted(shop, ken) == [("MILK", "1", "pcs", "AB", MARCH)]


async def test_control_characters_open_nothing_and_end_nothing(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"1" + scans("A1", "BO\x11\x10\x00LT", "BOLT"))
        assert "BO<XON><DLE><NUL>LT" in it.screen()
        assert drafted(shop, ken) == []
        await it.type(ESC + scans("BOLT"))
        assert [line[0] for line in drafted(shop, ken)] == ["BOLT"]
