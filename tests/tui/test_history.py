"""History and a document: finding, filtering, reading, reversing."""

from datetime import timedelta

import pytest

from tests.support.warehouse import signed_in
from tests.tui.conftest import AtWork, line, receive
from tests.tui.driving import Terminal
from tests.tui.test_stock import DOWN, ESC, F5, F8, PAGE_DOWN, SIZES, UP, row_of, said
from wms_tui.domain.enquiry import HistoryQuery, StockQuery
from wms_tui.domain.movements import DocumentKind, PostDocument, ReverseDocument
from wms_tui.services import history, movements, stock
from wms_tui.services.backend import Backend

F1, F4, F6, F9 = b"\x1bOP", b"\x1bOS", b"\x1b[17~", b"\x1b[20~"


def on_hand(shop: Backend, sku: str) -> list[str]:
    rows = shop.run(stock.on_hand, signed_in(shop, "ada"), StockQuery(sku=sku)).rows
    return [f"{row.location} {row.quantity.normalize():f}" for row in rows]


def documents(shop: Backend) -> list[str]:
    rows = shop.run(history.page, signed_in(shop, "ada"), HistoryQuery()).rows
    return [f"{row.number[0]}{'x' if row.reversed_by else ''}" for row in rows]


def listed(it: Terminal) -> list[str]:
    """The first letters of the document numbers in the list, in their order."""
    return [row.split()[0][0] for row in it.rows()[2:] if "-0000" in row]


@pytest.mark.parametrize("size", SIZES)
async def test_the_newest_document_is_first_and_a_reversed_one_is_marked(at_work: AtWork, size: tuple[int, int]):
    async with at_work(size=size) as it:
        await it.type(b"6")
        assert listed(it)[:4] == ["V", "I", "R", "R"]
        assert row_of(it, "I-")[1] == "x"
        assert row_of(it, "V-")[1] != "x"


async def test_a_line_finds_by_number_product_location_user_and_reference(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"6")
        for text, understood, found in (
            ("milk", "product milk", ["R"]),
            ("S-007", "location S-007", ["R"]),
            ("kim", "user kim", ["R"]),
            ("PO-", "reference PO-", ["R", "R"]),
            ("so-9", "reference so-9", ["V", "I"]),
        ):
            await it.type(f"{text}\r".encode())
            assert understood in it.screen()
            assert listed(it) == found
        await it.type(b"none such\r")
        assert "Nothing was posted that fits this." in it.screen()
        await it.type(b"\r")
        assert "All documents" in it.screen() and len(listed(it)) == 5


async def test_f4_goes_through_the_kinds(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"6" + F4)
        assert it.rows()[1].strip() == "Receipt"
        assert len(listed(it)) == 3
        await it.type(F4)
        assert it.rows()[1].strip() == "Issue"
        await it.type(F4 * (len(DocumentKind) - 1))
        assert "All documents" in it.screen()


async def test_dates_are_asked_for_refused_and_can_be_left(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"6" + F6 + b"soon\r")
        assert "soon is not a date. Enter it as YYYY-MM-DD." in it.screen()
        assert "Since" in it.rows()[-2]
        await it.type(b"0001-01-01\r")
        assert "0001-01-01 is not a date." in it.screen()
        await it.type(b"2020-01-01\r\r")
        assert "since 2020-01-01" in it.rows()[1] and "until" not in it.rows()[1]
        assert len(listed(it)) == 5
        await it.type(F6 + b"\r2020-01-31\r")
        assert it.rows()[1].strip() == "All documents   until 2020-01-31"
        assert "Nothing was posted that fits this." in it.screen()
        await it.type(F6 + ESC)
        assert "Find" in it.rows()[-2]
        await it.type(F6 + b"\r\r")
        assert it.rows()[1].strip() == "All documents"


async def test_pages_reach_the_oldest_document(at_work: AtWork, shop: Backend):
    ken = signed_in(shop, "ken")
    for number in range(60):
        receive(shop, ken, f"more {number}", line("NUT", 1, target="A1"))
    async with at_work() as it:
        await it.type(b"6" + PAGE_DOWN + F8 * 4)
        assert "PO-1" in it.screen() and "of 65" in it.screen()


@pytest.mark.parametrize("size", [(20, 40), (80, 24), (200, 50)])
async def test_a_document_shows_everything(at_work: AtWork, size: tuple[int, int]):
    async with at_work("ada", size=size) as it:
        await it.type(b"6" + DOWN * 3 + b"\r")
        for text in ("kim", "test", "milk", "BOLT", "carton", "48 pcs", "M1", "SUPPLIER", "A1", "0.2500", "2026-12-31"):
            assert text in it.screen()


async def test_a_keeper_sees_no_cost_on_a_document(at_work: AtWork):
    async with at_work("ken", size=(200, 50)) as it:
        await it.type(b"6" + DOWN * 3 + b"\r")
        assert "carton" in it.screen()
        assert "cost" not in it.screen() and "0.25" not in it.screen()


async def test_a_long_document_is_read_to_its_end_on_a_handheld(at_work: AtWork):
    async with at_work(size=(20, 16)) as it:
        await it.type(b"6PO-1\r" + DOWN + b"\r")
        assert "Partner Acme" in it.screen()
        await it.type(F8 * 60)
        assert "S-130" in it.screen()
        await it.type(UP)
        assert "S-129" in it.screen()


async def test_f9_twice_reverses_and_everybody_sees_it(at_work: AtWork, shop: Backend):
    async with at_work() as it:
        await it.type(b"6PO-2\r" + DOWN + b"\r" + F9)
        assert "all of it? F9 again does it" in it.screen()
        assert documents(shop) == ["V", "Ix", "R", "R", "R"]
        await it.type(F9)
        assert "is reversed by V-" in it.screen() and "Reversed by" in it.screen()
        assert documents(shop) == ["V", "V", "Ix", "R", "Rx", "R"]
        assert on_hand(shop, "BOLT") == ["A1 48"]
        await it.type(ESC)
        assert row_of(it, "R-")[1] == "x"


async def test_enter_and_scans_do_not_confirm_a_reversal(at_work: AtWork, shop: Backend):
    async with at_work() as it:
        await it.type(b"6PO-2\r" + DOWN + b"\r")
        for answer in (b"\r", b"BOLT\r", b"\t", ESC):
            await it.type(F9 + answer)
            assert documents(shop) == ["V", "Ix", "R", "R", "R"]
        await it.type(F9)
        assert documents(shop) == ["V", "Ix", "R", "R", "R"]


async def test_what_cannot_be_reversed_is_refused_with_its_sentence(at_work: AtWork, shop: Backend):
    async with at_work() as it:
        await it.type(b"6SO-9\r" + DOWN + b"\r")
        assert "F9" not in it.rows()[-1]
        await it.type(F9)
        assert "is a reversal itself and cannot be reversed." in said(it)
        await it.type(ESC + DOWN * 2 + b"\r" + F9)
        assert "was already reversed by V-" in said(it)
        await it.type(ESC + b"milk\r" + DOWN + b"\r" + F9)
        assert "Your role keeper may not do this (Reverse documents of others)" in said(it)
        assert documents(shop) == ["V", "Ix", "R", "R", "R"]


async def test_goods_that_have_moved_on_cannot_be_reversed(at_work: AtWork, shop: Backend):
    gone = PostDocument(DocumentKind.ISSUE, "gone", (line("BOLT", 1100, source="A1"),))
    shop.run(movements.post, signed_in(shop, "kim"), gone)
    async with at_work() as it:
        await it.type(b"6PO-2\r" + DOWN + b"\r" + F9 * 2)
        assert "Not enough stock of BOLT at A1: 148 on hand, 1200 wanted." in said(it)
        assert documents(shop) == ["I", "V", "Ix", "R", "R", "R"]


async def test_somebody_else_was_faster(at_work: AtWork, shop: Backend):
    async with at_work() as it:
        await it.type(b"6PO-2\r" + DOWN + b"\r" + F9)
        number = it.app.page.heading()
        shop.run(movements.reverse, signed_in(shop, "ada"), ReverseDocument(number, "faster"))
        await it.type(F9)
        assert f"{number} was already reversed by V-" in said(it)
        assert documents(shop).count("V") == 2


async def test_finance_reads_and_reverses_nothing(at_work: AtWork, shop: Backend):
    async with at_work("fay") as it:
        await it.type(b"6PO-2\r" + DOWN + b"\r")
        assert "F9" not in it.rows()[-1]
        await it.type(F9 * 2)
        assert "Your role finance may not do this" in said(it)
        assert documents(shop) == ["V", "Ix", "R", "R", "R"]


async def test_another_number_shows_another_document(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"6SO-9\r" + DOWN + b"\r")
        await it.type(b"R-1\r")
        assert "There is no document R-1." in it.screen()
        number = row_of(it, "Reverses")[1]
        await it.type(f"{number.lower()}\r".encode())
        assert number in it.rows()[0] and "urgent" in it.screen()


async def test_refresh_and_help(at_work: AtWork, shop: Backend):
    async with at_work() as it:
        await it.type(b"6")
        receive(shop, signed_in(shop, "kim"), "later", line("NUT", 1, target="A1"), reference="PO-7")
        assert "PO-7" not in it.screen()
        await it.type(F5)
        assert "PO-7" in it.screen()
        await it.type(F1)
        assert "Asks for the first and the last day" in said(it)


async def test_the_days_are_local_days(at_work: AtWork, shop: Backend):
    today = shop.clock().astimezone().date()
    async with at_work() as it:
        await it.type(b"6" + F6 + f"{today}\r{today}\r".encode())
        assert len(listed(it)) == 5
        await it.type(F6 + f"{today + timedelta(days=1)}\r\r".encode())
        assert "Nothing was posted" in it.screen()


async def test_kinds_and_partners_are_whole_before_lines_are_counted(at_work: AtWork, shop):
    ken = signed_in(shop, "ken")
    lines = (line("BOLT", 1, target="A1"),)
    shop.run(movements.post, ken, PostDocument(DocumentKind.RECEIPT, "r-9", lines, "PO-123456", "Ruigong Tools"))
    lost = (line("BOLT", 1, source="A1", reason="LOST"),)
    shop.run(movements.post, ken, PostDocument(DocumentKind.ADJUSTMENT, "a-9", lost))
    async with at_work() as it:
        await it.type(b"6")
        shown = it.screen()
        assert "Ruigong Tools" in shown and "Adjustment" in shown and "Reference" in shown
