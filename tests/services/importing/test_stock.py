"""Opening stock is one adjustment, posted once however often the file is sent."""

from decimal import Decimal

import pytest

from wms_tui.domain.enquiry import StockQuery
from wms_tui.domain.errors import NotAllowed
from wms_tui.domain.file_errors import BadRows
from wms_tui.domain.movements import DocumentKind, ReverseDocument
from wms_tui.services import history
from wms_tui.services.importing.file_kinds import STOCK
from wms_tui.services.importing.stock import import_stock
from wms_tui.services.movements import reverse
from wms_tui.services.stock import on_hand

HEADER = "sku,location,lot,expires,quantity,unit_cost\n"
FILE = HEADER + "BOLT,A1,,,100,0.30\n14006381333938,A2,,,2,\nMILK,A1,M9,2027-01-31,5,\nFLOUR,A2,,,0,\n"

pytestmark = pytest.mark.usefixtures("catalog")


def stock_of(backend, admin):
    page = backend.run(on_hand, admin, StockQuery(limit=1000))
    return [(row.sku, row.location, row.lot, row.quantity) for row in page.rows]


HELD = [("BOLT", "A1", "", 100), ("BOLT", "A2", "", 48), ("MILK", "A1", "M9", 5)]


def test_stock_comes_in_as_one_adjustment_with_the_opening_reason(backend, admin, bring_in):
    report = bring_in(import_stock, STOCK, admin, FILE)
    assert (report.created, report.unchanged, report.left) == (3, 1, ())
    assert stock_of(backend, admin) == HELD
    detail = backend.run(history.detail, admin, report.numbers[0])
    assert detail.kind is DocumentKind.ADJUSTMENT
    assert [(line.source, line.reason, line.unit_cost) for line in detail.lines] == [
        ("LOSS", "OPENING", Decimal("0.30")),
        ("LOSS", "OPENING", Decimal("0.25")),
        ("LOSS", "OPENING", None),
    ]


def test_the_same_contents_again_write_nothing_in_whatever_form(backend, admin, bring_in, contents):
    number = bring_in(import_stock, STOCK, admin, FILE).numbers[0]
    before = contents()
    other_form = "库位;货号;数量;批次;有效期;单位成本\nA1;BOLT;100,0;;;0,30\nA2;14006381333938;2;;;\n"
    other_form += "A1;MILK;5,00;M9;2027/1/31;\nA2;FLOUR;0;;;\n"
    for text in (FILE, other_form):
        report = bring_in(import_stock, STOCK, admin, text)
        assert (report.created, report.again, report.numbers) == (0, 4, (number,))
        assert report.notices[-1].text() == f"This file was imported already, as {number}. Nothing was written."
    assert contents() == before


def test_after_its_reversal_the_file_may_come_again(backend, admin, bring_in):
    number = bring_in(import_stock, STOCK, admin, FILE).numbers[0]
    backend.run(reverse, admin, ReverseDocument(number, "undo"))
    assert stock_of(backend, admin) == []
    again = bring_in(import_stock, STOCK, admin, FILE).numbers[0]
    assert again != number
    assert stock_of(backend, admin) == HELD
    assert bring_in(import_stock, STOCK, admin, FILE).numbers == (again,)


BAD = (
    HEADER + "BOLT,A1,,,100,\nNONE,A1,,,1,\nBOLT,NOWHERE,,,1,\nBOLT,ZONE,,,1,\nBOLT,SHUT,,,1,\nBOLT,SUPPLIER,,,1,\n"
    "OLD,A1,,,1,\nLOTTED,A1,,,1,\nBOLT,A1,L1,,1,\nMILK,A1,NEW,,1,\nMILK,A1,M1,2030-01-01,1,\nSERIAL,A1,S1,,2,\n"
    "BOLT,A1,,,-1,\nBOLT,,,,1,\n"
)


def test_every_bad_row_is_told_and_nothing_is_written(admin, bring_in, contents):
    before = contents()
    with pytest.raises(BadRows) as refused:
        bring_in(import_stock, STOCK, admin, BAD)
    assert [(line, fault.code) for line, fault in refused.value.rows] == [
        (3, "UnknownProduct"),
        (4, "UnknownLocation"),
        (5, "LocationHoldsNoStock"),
        (6, "ClosedLocation"),
        (7, "WrongLocationKind"),
        (8, "InactiveProduct"),
        (9, "LotMissing"),
        (10, "LotNotTracked"),
        (11, "ExpiryMissing"),
        (12, "ExpiryConflict"),
        (13, "SerialQuantity"),
        (14, "NumberOutOfRange"),
        (15, "CellMissing"),
    ]
    assert contents() == before


def test_bad_rows_are_left_out_and_make_no_lot(backend, admin, bring_in, contents):
    report = bring_in(import_stock, STOCK, admin, BAD, skip_bad=True)
    assert (report.created, len(report.left)) == (1, 13)
    assert stock_of(backend, admin) == [("BOLT", "A1", "", 100)]
    assert not [lot for lot in contents()["lot"] if "S1" in lot]


def test_a_dry_run_writes_nothing(admin, bring_in, contents):
    before = contents()
    assert bring_in(import_stock, STOCK, admin, FILE, dry_run=True).created == 3
    assert contents() == before


def test_a_keeper_may_not(keeper, bring_in, contents):
    before = contents()
    with pytest.raises(NotAllowed):
        bring_in(import_stock, STOCK, keeper, FILE)
    assert contents() == before
