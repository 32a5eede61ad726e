"""A code that nobody knows, scanned at work: whoever may edit the catalog makes a product of it on the spot."""

from __future__ import annotations

import pytest

from tests.support.warehouse import signed_in
from tests.tui.conftest import AtWork
from wms_tui.domain.catalog import ProductRef
from wms_tui.services import catalog

F6, F10, F2, ESC = b"\x1b[17~", b"\x1b[21~", b"\x1bOQ", b"\x1b"
CODE = "4006381333948"
SIZES = pytest.mark.parametrize("size", [(80, 24), (20, 16)])


def product(shop, code=CODE):
    return shop.run(catalog.detail, signed_in(shop, "ada"), ProductRef(code)).product


@SIZES
async def test_a_receipt_goes_on_with_the_product_that_was_made(at_work: AtWork, shop, size):
    async with at_work("ada", size) as it:
        await it.type(f"1A1\r{CODE}\r".encode() + F6 + b"BEARING\rBall bearing" + F10)
        assert "BEARING is made" in " ".join(it.screen().split())
        assert "Scan it again" in " ".join(it.screen().split())
        assert product(shop).sku == "BEARING"
        await it.type(f"{CODE}\r".encode())
        assert "Refused" not in it.rows()[-2]
        assert "BEARING" in it.screen()
        assert "+1 pcs BEARING" in " ".join(it.screen().split())


async def test_what_was_scanned_after_the_code_is_still_acknowledged(at_work: AtWork, shop):
    async with at_work("ada") as it:
        await it.type(f"1A1\r{CODE}\rBOLT\r".encode() + F6 + b"BEARING\rBall bearing" + F10)
        assert "Press Esc, then scan again what was ignored." in it.screen()
        await it.type(b"NUT\r" + ESC + f"{CODE}\r".encode())
        assert "Ignored 2" in it.screen()
        assert "+1 pcs BEARING" in it.screen()
        assert "+1 pcs NUT" not in it.screen()


async def test_leaving_the_new_product_makes_none_and_the_offer_stands(at_work: AtWork, shop):
    async with at_work("ada") as it:
        await it.type(f"1A1\r{CODE}\r".encode() + F6 + ESC + b"BOLT\r")
        assert "Refused: press Esc" in it.screen()
        assert "+1 pcs BOLT" not in it.screen()
        await it.type(F6 + b"BEARING\rBall bearing" + F10)
        assert product(shop).sku == "BEARING"


async def test_a_count_goes_on_with_the_product_that_was_made(at_work: AtWork, shop):
    async with at_work("ada") as it:
        await it.type(b"8" + F2 + b"A1" + F10 + f"A1\r{CODE}\r".encode() + F6 + b"BEARING\rBall bearing" + F10)
        await it.type(f"12\r{CODE}\r".encode())
        assert "+12 pcs BEARING = 12 pcs" in it.screen()
