"""Codes looked up in the database, on both engines."""

from datetime import date
from decimal import Decimal

import pytest

from wms_tui.domain.barcodes import CommandCode, LocationCode, ProductCode, Rules, Unknown
from wms_tui.services.scanning import Scan, what_is

RULES = Rules(date(2026, 3, 1))


@pytest.fixture
def scanned(backend, catalog, keeper):
    return lambda raw: backend.run(what_is, keeper, Scan(raw, RULES))


@pytest.mark.parametrize(
    "code, sku, unit, pack",
    [
        ("4006381333931", "BOLT", "pcs", 1),
        ("04006381333931", "BOLT", "pcs", 1),
        ("]C1010400638133393110AB\x1d21X", "BOLT", "pcs", 1),
        ("https://example.com/01/04006381333931", "BOLT", "pcs", 1),
        ("(01)14006381333938(10)AB", "BOLT", "carton", 1),
        ("BOLT-BAG", "BOLT", "pcs", 10),
        ("]C0bolt", "BOLT", "pcs", 1),
        ("MILK", "MILK", "pcs", 1),
        ("OLD", "OLD", "pcs", 1),
    ],
)
def test_products_by_every_code_that_names_them(scanned, code, sku, unit, pack):
    result = scanned(code)
    assert isinstance(result, ProductCode)
    assert (result.goods.sku, result.goods.scan_unit, result.goods.pack) == (sku, unit, Decimal(pack))


def test_locations_and_commands(scanned):
    assert isinstance(scanned("a1"), LocationCode)
    assert scanned("]C0A2").place.code == "A2"
    assert isinstance(scanned("..POST"), CommandCode)


@pytest.mark.parametrize(
    "code", ["", "5901234123457", "\x00", "\x10\x11\x1b", "\ud800", "%", "'; --", "x" * 5000, "中文"]
)
def test_what_nobody_knows(scanned, code):
    assert isinstance(scanned(code), Unknown)
