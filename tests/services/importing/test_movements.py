"""A file of movements is posted whole or not at all, each key once."""

from datetime import date

import pytest

from wms_tui.domain.enquiry import StockQuery
from wms_tui.domain.errors import NotAllowed
from wms_tui.domain.file_errors import BadRows
from wms_tui.services import history
from wms_tui.services.importing.file_kinds import MOVEMENTS
from wms_tui.services.importing.movements import import_movements
from wms_tui.services.stock import on_hand

HEADER = "key,kind,sku,quantity,unit,from,to,lot,expires,reference,partner,reason,note,at\n"
FILE = (
    HEADER + "k1,receipt,4006381333931,10,,,A1,,,PO 7,甲公司,,first,2026-03-05 08:00\n"
    "k2,transfer,BOLT,1,carton,A1,A2,,,,,,,\n"
    "k1,receipt,BOLT,1,carton,,A1,,,PO 7,甲公司,,first,2026-03-05 08:00\n"
    "k3,issue,BOLT,4,,A1,,,,SO 1,,,,\n"
    "k4,adjustment,BOLT,1,,A1,,,,,,DAMAGED,,\n"
    "k5,receipt,MILK,6,,,A2,N1,2026-12-31,,,,,\n"
)
HELD = [("BOLT", "A1", "", 5), ("BOLT", "A2", "", 24), ("MILK", "A2", "N1", 6)]

pytestmark = pytest.mark.usefixtures("catalog")


def stock_of(backend, actor):
    page = backend.run(on_hand, actor, StockQuery(limit=1000))
    return [(row.sku, row.location, row.lot, row.quantity) for row in page.rows]


def refused(bring_in, actor, contents, rows):
    before = contents()
    with pytest.raises(BadRows) as error:
        bring_in(import_movements, MOVEMENTS, actor, HEADER + rows)
    assert contents() == before
    return [(line, fault.text()) for line, fault in error.value.rows]


def test_rows_become_documents_in_the_order_of_their_keys(backend, keeper, bring_in):
    report = bring_in(import_movements, MOVEMENTS, keeper, FILE)
    assert (report.created, report.again, report.left) == (5, 0, ())
    assert [number[0] for number in report.numbers] == ["R", "T", "I", "A", "R"]
    assert stock_of(backend, keeper) == HELD
    first = backend.run(history.detail, keeper, report.numbers[0])
    assert (first.request_id, first.reference, first.partner, first.note) == ("k1", "PO 7", "甲公司", "first")
    assert (first.happened_at.isoformat(), len(first.lines)) == ("2026-03-05T08:00:00+00:00", 2)


def test_a_production_date_is_kept_with_the_lot_that_the_row_makes(backend, keeper, bring_in):
    dated = "key,kind,sku,quantity,to,lot,expires,manufactured\nk1,receipt,MILK,6,A2,N1,2026-12-31,2026-01-15\n"
    (number,) = bring_in(import_movements, MOVEMENTS, keeper, dated).numbers
    (shown,) = backend.run(history.detail, keeper, number).lines
    assert (shown.lot, shown.manufactured) == ("N1", date(2026, 1, 15))


def test_sent_again_nothing_is_posted_twice(backend, keeper, bring_in, contents):
    bring_in(import_movements, MOVEMENTS, keeper, FILE)
    before = contents()
    report = bring_in(import_movements, MOVEMENTS, keeper, FILE)
    assert (report.created, report.again) == (0, 5)
    assert contents() == before
    longer = FILE + "k6,issue,BOLT,1,,A1,,,,,,,,\n"
    report = bring_in(import_movements, MOVEMENTS, keeper, longer)
    assert (report.created, report.again) == (1, 5)
    assert stock_of(backend, keeper)[0] == ("BOLT", "A1", "", 4)


def test_a_key_with_other_contents_is_that_rows_error(keeper, bring_in, contents):
    number = bring_in(import_movements, MOVEMENTS, keeper, FILE).numbers[2]
    assert refused(bring_in, keeper, contents, "k9,receipt,BOLT,1,,,A1,,,,,,,\nk3,issue,BOLT,5,,A1,,,,SO 1,,,,\n") == [
        (3, f"Request k3 was already posted as {number} with other contents. Use a new key.")
    ]


def test_every_bad_row_is_told_with_its_line(keeper, bring_in, contents):
    rows = (
        "k1,receipt,BOLT,10,,,A1,,,,,,,\n"
        "k2,receipt,NONE,1,,,A1,,,,,,,\n"
        "k2,receipt,BOLT,1,,,NOWHERE,,,,,,,\n"
        "k3,issue,BOLT,11,,A1,,,,,,,,\n"
        "k4,transfer,BOLT,1,,A1,A1,,,,,,,\n"
        "k5,adjustment,BOLT,1,,A1,,,,,,,,\n"
        "k6,receipt,BOLT,1,pallet,,A1,,,,,,,\n"
        "k7,receipt,BOLT,1,,,A1,,,,,,,2030-01-01\n"
        "k8,receipt,BOLT,0,,,A1,,,,,,,\n"
        "k9,receipt,BOLT,1,,,A1,,,PO 1,,,,\n"
        "k9,receipt,BOLT,1,,,A1,,,PO 2,,,,\n"
        "k10,receipt,BOLT,1,,,,,,,,,,\n"
        "k11,issue,MILK,1,,A1,,GONE,,,,,,\n"
    )
    assert refused(bring_in, keeper, contents, rows) == [
        (3, "Unknown product NONE. Check the SKU or barcode."),
        (4, "Unknown location NOWHERE. Scan the label on the shelf."),
        (5, "Not enough stock of BOLT at A1: 10 on hand, 11 wanted. Take less, or use another location."),
        (6, "From and to are both A1. Choose two different locations."),
        (7, "An adjustment needs a reason. Use one of: FOUND, LOST, DAMAGED, EXPIRED, SAMPLE, RETURNED, OPENING."),
        (8, "Product BOLT has no unit pallet. Use one of: pcs, carton."),
        (9, "2030-01-01 00:00+00:00 lies in the future. Enter the time at which the goods moved."),
        (10, "0 is not a quantity. Enter a number above 0, with at most 6 decimals."),
        (12, "Key k9: reference differs from line 11. Rows with the same key are one document."),
        (13, "The location is missing. Scan the location first."),
        (14, "Lot GONE of MILK expired on 2026-06-01. Put it aside; it can be scrapped by an adjustment."),
    ]


def test_a_document_with_a_bad_row_is_left_out_whole(backend, keeper, bring_in):
    text = HEADER + (
        "k1,receipt,BOLT,10,,,A1,,,,,,,\n"
        "k2,receipt,BOLT,5,,,A1,,,,,,,\n"
        "k2,receipt,BOLT,zero,,,A1,,,,,,,\n"
        "k3,receipt,BOLT,7,,,A1,,,,,,,\n"
        "k3,receipt,NONE,7,,,A1,,,,,,,\n"
        "k4,receipt,LOTTED,1,,,A1,FRESH,,,,,,\n"
        "k4,receipt,NONE,1,,,A1,,,,,,,\n"
        "k5,receipt,LOTTED,2,,,A1,FRESH,,,,,,\n"
        "k6,receipt,BOLT,1,,,A1,,,,,,,,,,extra\n"
        "k6,receipt,BOLT,1,,,A1,,,,,,,\n"
    )
    report = bring_in(import_movements, MOVEMENTS, keeper, text, skip_bad=True)
    assert report.numbers == ("R-2026-000001", "R-2026-000002")
    more = bring_in(import_movements, MOVEMENTS, keeper, HEADER + "k9,receipt,BOLT,3,,,A2,,,,,,,\n")
    assert more.numbers == ("R-2026-000003",)
    assert stock_of(backend, keeper) == [
        ("BOLT", "A1", "", 10),
        ("BOLT", "A2", "", 3),
        ("LOTTED", "A1", "FRESH", 2),
    ]
    spoiled = "Another row of key {} cannot be taken. A document is posted whole or not at all."
    assert [(line, fault.text()) for line, fault in report.left] == [
        (3, spoiled.format("k2")),
        (4, "zero is not a quantity. Enter a number above 0, with at most 6 decimals."),
        (5, spoiled.format("k3")),
        (6, "Unknown product NONE. Check the SKU or barcode."),
        (7, spoiled.format("k4")),
        (8, "Unknown product NONE. Check the SKU or barcode."),
        (10, "The row has 17 cells, the header 14. Put a cell that holds a separator in quotation marks."),
        (11, spoiled.format("k6")),
    ]


def test_a_dry_run_posts_nothing(keeper, bring_in, contents):
    before = contents()
    assert bring_in(import_movements, MOVEMENTS, keeper, FILE, dry_run=True).created == 5
    assert contents() == before


def test_each_kind_needs_its_own_permission(finance, bring_in, contents):
    before = contents()
    for text in (FILE, HEADER + "k1,issue,BOLT,1,,A1,,,,,,,,\n"):
        with pytest.raises(NotAllowed):
            bring_in(import_movements, MOVEMENTS, finance, text)
    assert contents() == before


def test_a_file_without_a_good_row(keeper, bring_in, contents):
    assert refused(bring_in, keeper, contents, "k1,receipt,BOLT,x,,,A1,,,,,,,\n") == [
        (2, "x is not a quantity. Enter a number above 0, with at most 6 decimals.")
    ]
