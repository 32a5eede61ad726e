"""Posting: what each kind does to stock, and every refusal with its sentence and nothing written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.ledger import (
    ADJUSTMENT,
    ISSUE,
    RECEIPT,
    TRANSFER,
    document,
    issue,
    line,
    picture,
    post,
    receive,
    stock,
)
from wms_tui.domain.errors import Refused
from wms_tui.domain.movements import DocumentKind
from wms_tui.services import movements

pytestmark = pytest.mark.usefixtures("catalog")
TODAY = date(2026, 6, 15)
INSTEAD = " Take less, or use another location."


def test_a_receipt_brings_goods_in(backend, keeper):
    posted = receive(backend, keeper, "BOLT", 5)
    assert (posted.number, posted.kind, posted.lines, posted.again) == ("R-2026-000001", RECEIPT, 1, False)
    assert stock(backend) == {("BOLT", "A1"): 5}


def test_an_issue_takes_goods_out(backend, keeper):
    receive(backend, keeper, "BOLT", 5)
    assert issue(backend, keeper, "BOLT", 2).number == "I-2026-000001"
    assert stock(backend) == {("BOLT", "A1"): 3}


def test_a_transfer_moves_goods(backend, keeper):
    receive(backend, keeper, "BOLT", 5)
    assert post(backend, keeper, TRANSFER, line("BOLT", 2, source="A1", target="A2")).number == "T-2026-000001"
    assert stock(backend) == {("BOLT", "A1"): 3, ("BOLT", "A2"): 2}


def test_adjustments_find_and_lose_goods(backend, keeper):
    post(backend, keeper, ADJUSTMENT, line("BOLT", 5, target="A1", reason="FOUND"))
    post(backend, keeper, ADJUSTMENT, line("BOLT", 2, source="A1", reason="lost"))
    post(backend, keeper, ADJUSTMENT, line("BOLT", 1, source="A1", target="SCRAP", reason="DAMAGED"))
    assert stock(backend) == {("BOLT", "A1"): 2}


def test_a_document_of_many_lines_is_one_transaction(backend, keeper):
    lines = [line("BOLT", 1, target="A1"), line("NUT", 2, target="A2"), line("BOLT", 3, target="A1")]
    assert post(backend, keeper, RECEIPT, *lines).lines == 3
    assert stock(backend) == {("BOLT", "A1"): 4, ("NUT", "A2"): 2}


def test_one_bad_line_keeps_the_whole_document_out(backend, keeper):
    receive(backend, keeper, "BOLT", 5)
    before = picture(backend)
    with pytest.raises(Refused, match="NUT"):
        post(backend, keeper, ISSUE, line("BOLT", 1, source="A1"), line("NUT", 1, source="A1"))
    assert picture(backend) == before


def test_lines_of_one_document_are_taken_together(backend, keeper):
    receive(backend, keeper, "BOLT", 3)
    with pytest.raises(Refused, match="3 on hand, 4 wanted"):
        post(backend, keeper, ISSUE, line("BOLT", 2, source="A1"), line("BOLT", 2, source="A1"))


def test_a_transfer_may_pass_goods_on_within_one_document(backend, keeper):
    receive(backend, keeper, "BOLT", 3)
    legs = [line("BOLT", 3, source="A1", target="A2"), line("BOLT", 3, source="A2", target="AISLE")]
    post(backend, keeper, TRANSFER, *legs)
    assert stock(backend) == {("BOLT", "AISLE"): 3}


@pytest.mark.parametrize(
    ("code", "unit", "quantity", "moved", "entered", "unit_entered"),
    [
        ("BOLT", None, 3, 3, 3, "pcs"),
        ("bolt", None, 3, 3, 3, "pcs"),
        ("BOLT", "pcs", 3, 3, 3, "pcs"),
        ("BOLT", "carton", 3, 72, 3, "carton"),
        ("4006381333931", None, 3, 3, 3, "pcs"),
        ("4006381333931", "carton", 1, 24, 1, "carton"),
        ("14006381333938", None, 2, 48, 2, "carton"),
        ("14006381333938", "carton", 2, 48, 2, "carton"),
        ("14006381333938", "pcs", 2, 2, 2, "pcs"),
        ("BOLT-BAG", None, 3, 30, 30, "pcs"),
        ("BOLT-BAG", "pcs", 3, 3, 3, "pcs"),
        ("BOLT", "carton", "0.5", 12, "0.5", "carton"),
        ("FLOUR", None, "0.000001", "0.000001", "0.000001", "kg"),
    ],
)
def test_codes_and_units_become_base_units(backend, keeper, code, unit, quantity, moved, entered, unit_entered):
    receive(backend, keeper, code, quantity, unit=unit)
    (row,) = picture(backend)["movement"]
    units = {key: name for key, name, *_ in picture(backend)["unit"]}
    assert (row.quantity, row.entered_quantity) == (Decimal(moved), Decimal(entered))
    assert units[row.unit_id] == unit_entered


def test_the_products_cost_is_kept_unless_the_line_names_another(backend, keeper):
    receive(backend, keeper, "BOLT", 1)
    receive(backend, keeper, "BOLT", 1, unit_cost=Decimal("0.3"))
    assert {row.unit_cost for row in picture(backend)["movement"]} == {Decimal("0.25"), Decimal("0.3")}


def test_a_receipt_makes_a_lot_and_finds_it_again(backend, keeper):
    receive(backend, keeper, "LOTTED", 1, lot="L2")
    receive(backend, keeper, "LOTTED", 2, lot=" L2 ")
    receive(backend, keeper, "MILK", 3, lot="M2", expires=date(2027, 1, 1))
    receive(backend, keeper, "MILK", 4, lot="M2")
    receive(backend, keeper, "SERIAL", 1, lot="S1")
    assert stock(backend) == {("LOTTED", "A1", "L2"): 3, ("MILK", "A1", "M2"): 7, ("SERIAL", "A1", "S1"): 1}


def test_two_products_may_have_lots_of_one_number(backend, keeper):
    receive(backend, keeper, "LOTTED", 1, lot="SAME")
    receive(backend, keeper, "MILK", 2, lot="SAME", expires=date(2027, 1, 1))
    assert stock(backend) == {("LOTTED", "A1", "SAME"): 1, ("MILK", "A1", "SAME"): 2}


def test_goods_are_good_on_the_day_they_expire(backend, keeper):
    receive(backend, keeper, "MILK", 1, lot="TODAY", expires=TODAY)
    assert issue(backend, keeper, "MILK", 1, lot="TODAY").lines == 1


def test_expired_goods_can_be_put_aside(backend, keeper, clock):
    receive(backend, keeper, "MILK", 2, lot="SHORT", expires=TODAY)
    clock.advance(days=1)
    post(backend, keeper, TRANSFER, line("MILK", 2, source="A1", target="A2", lot="SHORT"))
    post(backend, keeper, ADJUSTMENT, line("MILK", 2, source="A2", lot="SHORT", reason="EXPIRED"))
    assert stock(backend) == {}


def test_numbers_count_up_per_kind_and_year(backend, keeper, clock):
    numbers = [receive(backend, keeper, "BOLT", 9).number, issue(backend, keeper, "BOLT", 1).number]
    numbers.append(issue(backend, keeper, "BOLT", 1).number)
    clock.advance(days=365)
    numbers.append(issue(backend, keeper, "BOLT", 1).number)
    assert numbers == ["R-2026-000001", "I-2026-000001", "I-2026-000002", "I-2027-000001"]


def test_a_refused_document_uses_up_no_number(backend, keeper):
    receive(backend, keeper, "BOLT", 1)
    with pytest.raises(Refused):
        issue(backend, keeper, "BOLT", 2)
    assert issue(backend, keeper, "BOLT", 1).number == "I-2026-000001"


def test_texts_and_times_are_kept_as_given(backend, keeper, clock):
    at = datetime(2026, 6, 1, 8, 30, 15, 123456, tzinfo=UTC)
    texts = {"reference": "[/]", "partner": "=cmd|' /C calc'!A0", "note": "\x1b[2J \u202e 牛奶 ' \" \\ %s {0}"}
    post(backend, keeper, RECEIPT, line("BOLT", 1, target="A1"), at=at, **texts)
    (row,) = picture(backend)["document"]
    assert {name: getattr(row, name) for name in texts} == texts
    assert (row.happened_at, row.posted_at, row.terminal) == (at, clock.now, "test")


def test_the_largest_and_smallest_quantities_are_exact(backend, keeper):
    receive(backend, keeper, "FLOUR", "999999999")
    receive(backend, keeper, "FLOUR", "0.000001")
    assert stock(backend) == {("FLOUR", "A1"): Decimal("999999999.000001")}
    issue(backend, keeper, "FLOUR", "999999998.999999")
    assert stock(backend) == {("FLOUR", "A1"): Decimal("0.000002")}


def test_a_location_holds_no_more_than_can_be_counted(backend, keeper):
    full = [line("FLOUR", OVER, target="A1") for _ in range(1000)]
    post(backend, keeper, RECEIPT, *full)
    receive(backend, keeper, "FLOUR", 999)
    before = picture(backend)
    with pytest.raises(Refused) as refused:
        receive(backend, keeper, "FLOUR", "0.000001")
    assert refused.value.text() == "A1 cannot hold so much of FLOUR: at most 999,999,999,999. Check the quantity."
    for tries in (1001, 10_000):
        with pytest.raises(Refused, match="A2 cannot hold so much of FLOUR"):
            post(backend, keeper, RECEIPT, *[line("FLOUR", OVER, target="A2")] * tries)
        with pytest.raises(Refused, match="Not enough stock of FLOUR at A1"):
            post(backend, keeper, ISSUE, *[line("FLOUR", OVER, source="A1")] * tries)
    assert picture(backend) == before


OVER = "999999999"
REFUSED = {
    "unknown product": (RECEIPT, line("NOPE", target="A1"), "Unknown product NOPE. Check the SKU or barcode."),
    "unknown target": (RECEIPT, line("BOLT", target="X9"), "Unknown location X9. Scan the label on the shelf."),
    "unknown source": (ISSUE, line("BOLT", source="X9"), "Unknown location X9. Scan the label on the shelf."),
    "too little": (
        ISSUE,
        line("BOLT", 11, source="A1"),
        "Not enough stock of BOLT at A1: 10 on hand, 11 wanted." + INSTEAD,
    ),
    "none at all": (
        ISSUE,
        line("NUT", source="A2"),
        "Not enough stock of NUT at A2: 0 on hand, 1 wanted." + INSTEAD,
    ),
    "a fraction too little": (
        ISSUE,
        line("BOLT", "10.000001", source="A1"),
        "Not enough stock of BOLT at A1: 10 on hand, 10.000001 wanted." + INSTEAD,
    ),
    "inactive": (
        RECEIPT,
        line("OLD", target="A1"),
        "Product OLD is inactive. Ask the administrator to activate it.",
    ),
    "same place": (
        TRANSFER,
        line("BOLT", source="A1", target="a1"),
        "From and to are both A1. Choose two different locations.",
    ),
    "zero": (
        RECEIPT,
        line("BOLT", 0, target="A1"),
        "0 is not a quantity. Enter a number above 0, with at most 6 decimals.",
    ),
    "negative": (
        ISSUE,
        line("BOLT", -1, source="A1"),
        "-1 is not a quantity. Enter a number above 0, with at most 6 decimals.",
    ),
    "1e30": (RECEIPT, line("BOLT", "1e30", target="A1"), "1E+30 is too much: a quantity is at most 999,999,999."),
    "not a number": (
        RECEIPT,
        line("BOLT", "NaN", target="A1"),
        "NaN is not a quantity. Enter a number above 0, with at most 6 decimals.",
    ),
    "infinite": (
        RECEIPT,
        line("BOLT", "Infinity", target="A1"),
        "Infinity is not a quantity. Enter a number above 0, with at most 6 decimals.",
    ),
    "too many decimals": (
        RECEIPT,
        line("BOLT", "0.0000001", target="A1"),
        "0.0000001 is not a quantity. Enter a number above 0, with at most 6 decimals.",
    ),
    "too much in cartons": (
        RECEIPT,
        line("BOLT", OVER, target="A1", unit="carton"),
        "23999999976 is too much: a quantity is at most 999,999,999.",
    ),
    "closed target": (
        RECEIPT,
        line("BOLT", target="SHUT"),
        "Location SHUT is closed. Use another location.",
    ),
    "closed source": (
        TRANSFER,
        line("BOLT", source="SHUT", target="A1"),
        "Location SHUT is closed. Use another location.",
    ),
    "zone": (RECEIPT, line("BOLT", target="ZONE"), "ZONE (zone) holds no stock. Scan a bin."),
    "warehouse": (ISSUE, line("BOLT", source="MAIN"), "MAIN (warehouse) holds no stock. Scan a bin."),
    "virtual target": (
        RECEIPT,
        line("BOLT", target="CUSTOMER"),
        "Receipt: CUSTOMER (customer) cannot be used there. Use another location.",
    ),
    "virtual source": (
        ISSUE,
        line("BOLT", source="SUPPLIER"),
        "Issue: SUPPLIER (supplier) cannot be used there. Use another location.",
    ),
    "virtual transfer": (
        TRANSFER,
        line("BOLT", source="A1", target="LOSS"),
        "Transfer: LOSS (loss location) cannot be used there. Use another location.",
    ),
    "adjustment between virtual places": (
        ADJUSTMENT,
        line("BOLT", source="LOSS", target="SCRAP", reason="LOST"),
        "Adjustment: LOSS (loss location) cannot be used there. Use another location.",
    ),
    "no place": (RECEIPT, line("BOLT"), "The location is missing. Scan the location first."),
    "half a transfer": (
        TRANSFER,
        line("BOLT", source="A1"),
        "The location is missing. Scan the location first.",
    ),
    "unknown unit": (
        RECEIPT,
        line("BOLT", target="A1", unit="kg"),
        "Product BOLT has no unit kg. Use one of: pcs, carton.",
    ),
    "negative cost": (
        RECEIPT,
        line("BOLT", target="A1", unit_cost=Decimal(-1)),
        "-1 is not a unit cost. Enter 0 or more, with at most 4 decimals.",
    ),
    "fine cost": (
        RECEIPT,
        line("BOLT", target="A1", unit_cost=Decimal("0.00001")),
        "0.00001 is not a unit cost. Enter 0 or more, with at most 4 decimals.",
    ),
    "endless cost": (
        RECEIPT,
        line("BOLT", target="A1", unit_cost=Decimal("1e30")),
        "1E+30 is not a unit cost. Enter 0 or more, with at most 4 decimals.",
    ),
    "no cost": (
        RECEIPT,
        line("BOLT", target="A1", unit_cost=Decimal("NaN")),
        "NaN is not a unit cost. Enter 0 or more, with at most 4 decimals.",
    ),
    "lot missing": (
        RECEIPT,
        line("LOTTED", target="A1"),
        "Product LOTTED is tracked by lot: the lot is missing. Enter the lot number.",
    ),
    "lot blank": (
        RECEIPT,
        line("LOTTED", target="A1", lot="  "),
        "Product LOTTED is tracked by lot: the lot is missing. Enter the lot number.",
    ),
    "lot not tracked": (
        RECEIPT,
        line("BOLT", target="A1", lot="L1"),
        "Product BOLT is not tracked by lot: leave the lot empty.",
    ),
    "unknown lot": (
        ISSUE,
        line("LOTTED", source="A1", lot="L9"),
        "Product LOTTED has no lot L9. Check the lot label.",
    ),
    "another product's lot": (
        ISSUE,
        line("LOTTED", source="A1", lot="M1"),
        "Product LOTTED has no lot M1. Check the lot label.",
    ),
    "expiry missing": (
        RECEIPT,
        line("MILK", target="A1", lot="NEW"),
        "Lot NEW of MILK is new: its expiry date is missing. Enter it as YYYY-MM-DD.",
    ),
    "expired": (
        RECEIPT,
        line("MILK", target="A1", lot="GONE"),
        "Lot GONE of MILK expired on 2026-06-01 and is not received. Check the date on the label. "
        "Only admin may take it.",
    ),
    "new lot expired": (
        RECEIPT,
        line("MILK", target="A1", lot="NEW", expires=date(2026, 6, 14)),
        "Lot NEW of MILK expired on 2026-06-14 and is not received. Check the date on the label. "
        "Only admin may take it.",
    ),
    "other expiry": (
        RECEIPT,
        line("MILK", target="A1", lot="M1", expires=date(2027, 1, 1)),
        "Lot M1 of MILK expires on 2026-12-31, not on 2027-01-01. Check the label.",
    ),
    "lot too long": (
        RECEIPT,
        line("LOTTED", target="A1", lot="L" * 81),
        "lot is too long: 81 characters, at most 80.",
    ),
    "serial": (
        RECEIPT,
        line("SERIAL", 2, target="A1", lot="S1"),
        "Product SERIAL is tracked by serial number: move 1 at a time, each with its own number.",
    ),
    "no reason": (
        ADJUSTMENT,
        line("BOLT", target="A1"),
        "An adjustment needs a reason. Use one of: FOUND, LOST, DAMAGED, EXPIRED, SAMPLE, RETURNED, OPENING.",
    ),
    "unknown reason": (
        ADJUSTMENT,
        line("BOLT", target="A1", reason="WHIM"),
        "Unknown reason WHIM. Use one of: FOUND, LOST, DAMAGED, EXPIRED, SAMPLE, RETURNED, OPENING.",
    ),
    "reason the wrong way": (
        ADJUSTMENT,
        line("BOLT", target="A1", reason="LOST"),
        "Reason LOST moves stock out. Name the location on the other side, or use another reason.",
    ),
}


@pytest.mark.parametrize(("kind", "wrong", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_why_and_writes_nothing(backend, keeper, kind, wrong, sentence):
    receive(backend, keeper, "BOLT", 10)
    before = picture(backend)
    with pytest.raises(Refused) as refused:
        post(backend, keeper, kind, wrong)
    assert refused.value.text() == sentence
    assert picture(backend) == before


HEADERS = {
    "reference": ({"reference": "r" * 201}, "reference is too long: 201 characters, at most 200."),
    "partner": ({"partner": "p" * 201}, "partner is too long: 201 characters, at most 200."),
    "note": ({"note": "n" * 2001}, "note is too long: 2001 characters, at most 2000."),
    "key": ({"key": "k" * 121}, "key is too long: 121 characters, at most 120."),
    "future": (
        {"at": datetime(2026, 6, 15, 10, 6, tzinfo=UTC)},
        "2026-06-15 10:06+00:00 lies in the future. Enter the time at which the goods moved.",
    ),
}


@pytest.mark.parametrize(("header", "sentence"), HEADERS.values(), ids=HEADERS)
def test_a_header_that_cannot_be_kept_is_refused(backend, keeper, header, sentence):
    before = picture(backend)
    with pytest.raises(Refused) as refused:
        post(backend, keeper, RECEIPT, line("BOLT", target="A1"), **header)
    assert refused.value.text() == sentence
    assert picture(backend) == before


def test_the_longest_texts_are_kept_whole(backend, keeper):
    widest = {"reference": "牛" * 200, "partner": "𝕎" * 200, "note": "é" * 2000, "key": "键" * 120}
    post(backend, keeper, RECEIPT, line("BOLT", target="A1"), **widest)
    (row,) = picture(backend)["document"]
    assert (row.reference, row.partner, row.note, row.request_id) == tuple(widest.values())


def test_a_slightly_fast_clock_is_no_future(backend, keeper, clock):
    assert post(backend, keeper, RECEIPT, line("BOLT", target="A1"), at=clock.now + timedelta(minutes=5)).lines == 1


def test_an_empty_document_is_refused(backend, keeper):
    before = picture(backend)
    with pytest.raises(Refused, match=r"There is nothing to post: no line was entered\."):
        post(backend, keeper, RECEIPT)
    assert picture(backend) == before


@pytest.mark.parametrize("kind", [DocumentKind.COUNT, DocumentKind.REVERSAL])
def test_kinds_that_are_not_entered_by_hand_are_refused(backend, keeper, kind):
    before = picture(backend)
    with pytest.raises(Refused, match=f"There is no movement kind {kind}."):
        backend.run(movements.post, keeper, document(kind, line("BOLT", source="A1", target="A2")))
    assert picture(backend) == before


HOSTILE = ["BO\x00LT", "\x00", "\ud800", "%(v0)s", "'; DROP TABLE movement; --", "x" * 100_000]


@pytest.mark.parametrize("code", HOSTILE, ids=["nul inside", "nul", "surrogate", "format", "sql", "long"])
def test_hostile_codes_are_unknown_codes(backend, keeper, code):
    before = picture(backend)
    for wrong in (line(code, target="A1"), line("BOLT", target=code), line("LOTTED", target="A1", lot=f"L{code}")):
        with pytest.raises(Refused):
            post(backend, keeper, ISSUE if wrong.lot else RECEIPT, wrong)
    with pytest.raises(Refused):
        post(backend, keeper, RECEIPT, line("BOLT", target="A1", unit=code))
    assert picture(backend) == before


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"], ids=["nul", "surrogate"])
@pytest.mark.parametrize("field", ["reference", "partner", "note", "key"])
def test_texts_that_no_database_can_keep_are_refused(backend, keeper, field, text):
    before = picture(backend)
    with pytest.raises(Refused):
        post(backend, keeper, RECEIPT, line("BOLT", target="A1"), **{field: text})
    with pytest.raises(Refused):
        receive(backend, keeper, "LOTTED", 1, lot=text)
    assert picture(backend) == before
