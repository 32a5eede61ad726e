"""Movement entry through the keyboard, asserting draft and ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.warehouse import signed_in
from tests.tui.conftest import AtWork
from wms_tui.domain.enquiry import HistoryQuery
from wms_tui.domain.entry import OpenDraft
from wms_tui.domain.movements import DocumentKind
from wms_tui.services import entry, history

F2, F4, F6, F7, F8, F9 = b"\x1bOQ", b"\x1bOS", b"\x1b[17~", b"\x1b[18~", b"\x1b[19~", b"\x1b[20~"
ESC = b"\x1b"


@pytest.fixture
def ken(shop):
    return signed_in(shop, "ken")


def receipt(shop, ken):
    return shop.run(entry.open_draft, ken, OpenDraft(DocumentKind.RECEIPT))


def lines(shop, ken):
    return {line.sku: line.quantity for line in receipt(shop, ken).lines}


def newest(shop, ken):
    return shop.run(history.page, ken, HistoryQuery()).rows[0]


async def test_posting_ends_the_question_for_a_quantity(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"1A1\rBOLT\r" + F2 + F8)
        assert "Reference" in it.screen()
        await it.type(b"PO-77\r" + F8)
        assert newest(shop, ken).reference == "PO-77"


async def test_a_quantity_typed_before_posting_counts(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"1A1\rBOLT\r" + F2 + b"12" + F8)
        assert lines(shop, ken) == {"BOLT": 12}
        assert "Reference" in it.screen()


@pytest.mark.parametrize("after", [F7 + F7, F4, F6 + ESC])
async def test_the_question_for_a_quantity_ends_with_its_line(at_work: AtWork, shop, ken, after):
    async with at_work("ken") as it:
        await it.type(b"1A1\rBOLT\r" + F2 + after)
        assert "Quantity of" not in it.screen()
        await it.type(ESC + ESC + ESC)
        assert "Home" in it.screen()


async def test_the_question_for_a_quantity_ends_when_the_draft_changed_elsewhere(at_work: AtWork, shop, ken):
    async with at_work("ken") as here, at_work("ken") as there:
        await here.type(b"1A1\rBOLT\r" + F2)
        await there.type(b"1" + F4)
        await here.type(b"12\r")
        assert lines(shop, ken) == {}
        assert "Quantity of" not in here.screen()
        await here.type(ESC + b"NUT\r")
        assert lines(shop, ken) == {"NUT": 1}


async def test_esc_takes_back_a_quantity_before_it_leaves_the_location(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"1A1\r12\r" + ESC + b"BOLT\r")
        assert lines(shop, ken) == {"BOLT": 1}


async def test_esc_at_a_lot_forgets_the_quantity_with_the_product(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"1A1\r12\rMILK\r" + ESC + b"BOLT\r")
        assert lines(shop, ken) == {"BOLT": 1}


async def test_the_lines_of_a_handheld_name_lot_and_place_whole(at_work: AtWork):
    async with at_work("ken", (20, 16)) as it:
        await it.type(b"3A1\rA2\rMILK\r\r" + F6)
        assert "M1" in it.screen() and "A1>A2" in it.screen()


@pytest.mark.parametrize("size", [(20, 4), (10, 4), (26, 5)])
async def test_what_is_typed_is_seen_beside_a_long_message(at_work: AtWork, size):
    async with at_work("ken", size) as it:
        await it.type(b"1A1\rNOSUCHCODE\r" + ESC + b"NUT\rNUT\rQX")
        assert "QX" in it.screen(), it.screen()


async def test_a_product_whose_lot_is_asked_for_is_named_once(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"1A1\rMILK\r")
        named = [row for row in it.rows() if "牛奶" in row]
        assert len(named) == 1 and "3 pcs" in named[0]
        await it.type(b"M77\r")
        assert "Lot M77" in it.screen()


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ((20, 4), "Refused: press Esc"),
        ((20, 16), "Refused: Esc or ..OK"),
        ((40, 8), " Refused: Esc or ..OK"),
        ((80, 24), " Refused: press Esc or scan ..OK"),
    ],
)
async def test_a_refusal_says_how_to_go_on(at_work: AtWork, size: tuple[int, int], told: str):
    async with at_work("ken", size) as it:
        await it.type(b"1A1\rNOSUCH\r")
        assert told in it.rows()


async def test_without_commands_a_refusal_names_no_code(at_work: AtWork):
    async with at_work("ken") as it:
        it.app.settings = replace(it.app.settings, scanning={"command_prefix": ""})
        await it.type(b"1A1\rNOSUCH\r")
        assert " Refused: press Esc" in it.rows()


async def test_beside_what_was_ignored_a_refusal_is_short(at_work: AtWork):
    async with at_work("ken", (40, 4)) as it:
        await it.type(b"1A1\rNOSUCH\r" + b"BOLT\r" * 100)
        (told,) = (row for row in it.rows() if "Refused:" in row)
        assert told.startswith(" Refused: press Esc  ") and told.endswith("100 ignored")
