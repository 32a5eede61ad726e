"""Stock enquiry: what the clerk scans and reads."""

import pytest

from tests.support.warehouse import signed_in
from tests.tui.conftest import SHELVES, AtWork, line, receive
from tests.tui.driving import Terminal
from wms_tui.services.backend import Backend

UP, DOWN, PAGE_UP, PAGE_DOWN = b"\x1b[A", b"\x1b[B", b"\x1b[5~", b"\x1b[6~"
ESC, F5, F7, F8 = b"\x1b", b"\x1b[15~", b"\x1b[18~", b"\x1b[19~"
SIZES = [(80, 24), (20, 16)]


def row_of(it: Terminal, start: str) -> list[str]:
    """The words of the first row of the list that begins so."""
    return next(row.split() for row in it.rows()[2:] if row.strip().startswith(start))


def said(it: Terminal) -> str:
    """The screen as one line of text, however it was wrapped."""
    return " ".join(it.screen().split())


@pytest.mark.parametrize("size", SIZES)
async def test_a_product_is_told_by_name_total_and_places(at_work: AtWork, size: tuple[int, int]):
    async with at_work(size=size) as it:
        await it.type(b"5BOLT\r")
        narrow = "1,248.5 pcs BOLT Bolt M8, in 2 places"
        assert (narrow if size[0] < 40 else "Product BOLT Bolt M8: 1,248.5 pcs in 2 places") in said(it)
        assert "1,248" in it.screen() and "0.5" in it.screen()
        assert "A1" in it.screen() and "A2" in it.screen()


async def test_a_barcode_a_location_and_a_lot_are_understood(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"54006381333931\r")
        assert "Product BOLT Bolt M8" in said(it)
        await it.type(b"a1\r")
        assert "Location A1" in said(it)
        assert row_of(it, "BOLT")[-2:] == ["1,248", "pcs"]
        assert row_of(it, "MILK") == ["MILK", "牛奶", "A1", "M1", "2026-12-31", "3", "pcs"]
        await it.type(b"M1\r")
        assert "Lot M1" in said(it)
        assert "BOLT" not in it.screen()


async def test_each_scan_replaces_the_one_before(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"5")
        bells = it.bells
        await it.type(b"BOLT\rA1\tNUT\r\nMILK\r")
        assert "Product MILK 牛奶: 3 pcs in one place" in said(it)
        assert it.bells == bells + 4


async def test_a_part_of_a_name_and_the_start_of_a_sku(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"5olt m\r")
        assert "Products with olt m in SKU or name" in said(it)
        assert row_of(it, "BOLT")
        await it.type(b"nu\r")
        assert row_of(it, "NUT")


async def test_nothing_found_is_said_and_the_next_scan_is_taken(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"5NONSENSE\r")
        assert "NONSENSE is no code, and no product on hand has it in its SKU or name." in said(it)
        await it.type(b"BOLT\r")
        assert "Product BOLT" in said(it) and "NONSENSE" not in it.screen()


async def test_a_known_product_without_stock_is_an_answer(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"5FLOUR\r")
        assert "Product FLOUR Flour: nothing on hand" in said(it)
        assert "no code" not in it.screen()


async def test_an_empty_line_shows_all_stock(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"5FLOUR\r\r")
        assert "All stock" in it.screen()
        assert row_of(it, "BOLT")


@pytest.mark.parametrize(
    ("size", "forward", "back"), [((80, 24), PAGE_DOWN, PAGE_UP), ((20, 16), F8, F7), ((60, 120), F8, F7)]
)
async def test_pages_go_to_the_last_row_and_back_to_the_first(at_work: AtWork, size, forward: bytes, back: bytes):
    async with at_work(size=size) as it:
        await it.type(b"5NUT\r")
        seen = {code for code in SHELVES if code in it.screen()}
        for _ in range(40):
            if "The last rows." in it.screen():
                break
            await it.type(forward)
            seen |= {code for code in SHELVES if code in it.screen()}
        assert seen == set(SHELVES)
        assert "S-130" in it.screen() and "130" in it.rows()[-2] and "+" not in it.rows()[-2]
        await it.type(back * 40)
        assert "The first rows." in it.screen()
        assert "S-001" in it.screen()


async def test_arrows_choose_rows_past_the_end_of_a_part(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"5NUT\r" + DOWN * 60)
        assert "S-060" in it.screen() and "of 100+" in it.screen()
        await it.type(UP * 59)
        assert "S-001" in it.screen()


async def test_refresh_shows_what_was_posted_since(at_work: AtWork, shop: Backend):
    async with at_work() as it:
        await it.type(b"5BOLT\r")
        receive(shop, signed_in(shop, "kim"), "more", line("BOLT", 51, target="A1"))
        await it.type(F5)
        assert "1,299.5 pcs" in it.screen()


async def test_only_who_may_see_cost_sees_a_value(at_work: AtWork):
    async with at_work("fay") as it:
        await it.type(b"5BOLT\r")
        assert "Value" in it.screen() and "312.00" in it.screen()
    async with at_work("ken") as it:
        await it.type(b"5BOLT\r")
        assert "Value" not in it.screen() and "312.00" not in it.screen()


async def test_a_handheld_shows_whole_codes_and_quantities(at_work: AtWork):
    async with at_work(size=(20, 16)) as it:
        await it.type(b"5A1\r")
        assert row_of(it, "BOLT") == ["BOLT", "1,248", "pcs"]
        assert row_of(it, "MILK") == ["MILK", "3", "pcs"]
        await it.type(b"MILK\r")
        assert any("A1" in row and row.endswith(" 3 pcs") for row in it.rows())
        assert row_of(it, "M1") == ["M1", "2026-12-31"]


async def test_esc_clears_what_was_typed_and_then_goes_back(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"5half" + ESC)
        assert "Stock enquiry" in it.rows()[0] and "half" not in it.screen()
        await it.type(ESC)
        assert "Home" in it.rows()[0]


async def test_enter_follows_the_chosen_row_to_its_product_and_from_there_to_its_location(at_work: AtWork):
    async with at_work() as it:
        await it.type(b"5A1\r" + DOWN + b"\r")
        assert "Product BOLT Bolt M8" in said(it)
        await it.type(DOWN + DOWN + b"\r")
        assert "Location A2" in said(it)
        await it.type(b"\r")
        assert "All stock" in said(it)
