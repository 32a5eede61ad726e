"""The rules of one line, each alone."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms_tui.domain import errors, lot_errors, posting
from wms_tui.domain.locations import PARENTS, REAL, SEED, STRUCTURE, VIRTUAL, LocationKind, Place
from wms_tui.domain.movements import KINDS, PREFIXES, Direction, DocumentKind, Line, PostDocument
from wms_tui.domain.posting import KnownReason
from wms_tui.domain.products import Goods, KnownLot, Tracking
from wms_tui.domain.quantities import plain

PLACES = {kind: Place(number, kind.value.upper(), "", kind, False) for number, kind in enumerate(LocationKind)}
OTHER_BIN = Place(99, "BIN2", "", LocationKind.BIN, False)

ALLOWED = {
    DocumentKind.RECEIPT: [("supplier", "bin"), ("supplier", "aisle")],
    DocumentKind.ISSUE: [("bin", "customer"), ("aisle", "customer")],
    DocumentKind.TRANSFER: [("bin", "aisle"), ("aisle", "bin")],
    DocumentKind.ADJUSTMENT: [
        *[(real, outside) for real in ("bin", "aisle") for outside in ("loss", "scrap")],
        *[(outside, real) for real in ("bin", "aisle") for outside in ("loss", "scrap")],
        ("bin", "aisle"),
        ("aisle", "bin"),
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_goes_between_its_own_places_and_no_others(kind):
    allowed = set()
    for source in LocationKind:
        for target in LocationKind:
            try:
                posting.check_places(KINDS[kind], PLACES[source], PLACES[target])
            except errors.Refused:
                continue
            allowed.add((source.value, target.value))
    assert allowed == set(ALLOWED[kind])


def test_kinds_of_locations_are_real_or_structure_or_virtual():
    assert set(LocationKind) == REAL | STRUCTURE | VIRTUAL
    assert not (REAL & STRUCTURE or REAL & VIRTUAL or STRUCTURE & VIRTUAL)
    assert set(PARENTS) == REAL | STRUCTURE


def test_default_places_exist_from_the_start_and_prefixes_differ():
    seeded = {code for code, *_ in SEED}
    for rule in KINDS.values():
        assert {code for code in (rule.default_source, rule.default_target) if code} <= seeded
    assert len(set(PREFIXES.values())) == len(DocumentKind)


DIRECTIONS = [
    (Direction.IN, LocationKind.LOSS, LocationKind.BIN, True),
    (Direction.OUT, LocationKind.BIN, LocationKind.SCRAP, True),
    (Direction.OUT, LocationKind.LOSS, LocationKind.BIN, False),
    (Direction.IN, LocationKind.BIN, LocationKind.LOSS, False),
    (Direction.IN, LocationKind.AISLE, LocationKind.BIN, False),
    (Direction.OUT, LocationKind.AISLE, LocationKind.BIN, False),
]


@pytest.mark.parametrize(("direction", "source", "target", "right"), DIRECTIONS)
def test_a_reason_moves_stock_its_own_way(direction, source, target, right):
    rule, reason = KINDS[DocumentKind.ADJUSTMENT], KnownReason(1, "WHY", "Why", direction)
    places = PLACES[source], PLACES[target]
    if right:
        posting.check_reason(rule, reason, *places, "WHY")
    else:
        with pytest.raises(errors.WrongReason):
            posting.check_reason(rule, reason, *places, "WHY")


def goods(tracking):
    return Goods(1, "SKU", "", True, tracking, 1, "pcs", None, 1, "pcs")


PAST, TODAY, FUTURE = date(2026, 6, 14), date(2026, 6, 15), date(2026, 6, 16)
RECEIPT, ISSUE = DocumentKind.RECEIPT, DocumentKind.ISSUE
LOTS = [
    (RECEIPT, Tracking.EXPIRY, None, FUTURE, None),
    (RECEIPT, Tracking.EXPIRY, None, TODAY, None),
    (RECEIPT, Tracking.EXPIRY, None, None, errors.ExpiryMissing),
    (RECEIPT, Tracking.EXPIRY, None, PAST, lot_errors.ArrivedExpired),
    (RECEIPT, Tracking.EXPIRY, FUTURE, None, None),
    (RECEIPT, Tracking.EXPIRY, FUTURE, FUTURE, None),
    (RECEIPT, Tracking.EXPIRY, FUTURE, TODAY, errors.ExpiryConflict),
    (RECEIPT, Tracking.LOT, None, None, None),
    (ISSUE, Tracking.EXPIRY, PAST, None, lot_errors.LotExpired),
    (DocumentKind.TRANSFER, Tracking.EXPIRY, PAST, None, None),
    (DocumentKind.ADJUSTMENT, Tracking.EXPIRY, PAST, None, None),
    (DocumentKind.ADJUSTMENT, Tracking.EXPIRY, None, None, errors.ExpiryMissing),
]


@pytest.mark.parametrize(("kind", "tracking", "known", "given", "error"), LOTS)
def test_expiry_dates(kind, tracking, known, given, error):
    lot = KnownLot(7, "L", known) if known else None
    arguments = KINDS[kind], goods(tracking), "L", lot, given, TODAY
    if error is None:
        posting.check_lot(*arguments)
    else:
        with pytest.raises(error):
            posting.check_lot(*arguments)


def test_goods_that_arrive_expired_are_not_to_be_scrapped_from_stock():
    with pytest.raises(lot_errors.LotExpired) as refusal:
        posting.check_lot(KINDS[RECEIPT], goods(Tracking.EXPIRY), "L", None, PAST, TODAY)
    assert "not received" in refusal.value.text()
    assert "adjustment" not in refusal.value.text()


@pytest.mark.parametrize("kind", [ISSUE, DocumentKind.TRANSFER])
def test_only_what_comes_in_makes_a_lot(kind):
    with pytest.raises(errors.UnknownLot):
        posting.check_lot(KINDS[kind], goods(Tracking.LOT), "L", None, None, TODAY)


def test_serial_numbers_move_one_at_a_time():
    assert posting.base_quantity(goods(Tracking.SERIAL), Decimal("0.5"), Decimal(2)) == 1
    with pytest.raises(errors.SerialQuantity):
        posting.base_quantity(goods(Tracking.SERIAL), Decimal(1), Decimal(2))


def request(**changes):
    line = {"code": "A", "quantity": Decimal(1), **changes.pop("line", {})}
    return PostDocument(**{"kind": RECEIPT, "request_id": "k", "lines": (Line(**line),), **changes})


def digest(document):
    return posting.fingerprint(document.kind, document)


def test_a_fingerprint_is_of_what_is_said_not_of_how_or_under_which_key():
    assert digest(request()) == digest(request(request_id="other", line={"quantity": Decimal("1.000")}))


OTHERS = [
    {"reference": "x"},
    {"partner": "x"},
    {"note": "x"},
    {"reference": "x", "partner": ""},
    {"kind": ISSUE},
    *[{"line": {name: "x"}} for name in ("code", "source", "target", "unit", "lot", "reason")],
    {"line": {"quantity": Decimal(10)}},
    {"line": {"expires": TODAY}},
    {"line": {"unit_cost": Decimal(1)}},
    {"lines": (Line("A", Decimal(1)), Line("A", Decimal(1)))},
]


def test_whatever_is_said_changes_the_fingerprint():
    assert len({digest(request()), *(digest(request(**other)) for other in OTHERS)}) == len(OTHERS)


def test_a_fingerprint_stays_what_it_was_in_older_databases():
    assert digest(request()) == "92c2f2955a1924c178fdd7a8a900b8395539d81339567b20a05d0c936f0fb6b6"


def digest_line_by_line(document):
    """As every version has made it: of the text of a list of the head's values and a list for each line."""
    written = [document.kind.value, document.reference, document.partner, document.note, as_text(document.at)]
    written += [[as_text(getattr(line, name)) for name in Line.__slots__[:9]] for line in document.lines]
    return hashlib.sha256(ascii(written).encode()).hexdigest()


def as_text(value):
    return plain(value) if isinstance(value, Decimal) else None if value is None else str(value)


TEXTS = st.one_of(
    st.sampled_from(["A1", "", "'", '"', "\\", ", ", "], [", "螺栓", "é\n\x7f", "\U0001f4e6"]), st.text(max_size=4)
)
NUMBERS = st.one_of(
    st.sampled_from([Decimal(text) for text in ("1", "1.000", "10", "1E+1", "0", "-0", "0.00", "NaN", "sNaN")]),
    st.decimals(allow_nan=False, allow_infinity=False, places=6),
)
LINES_OF_ALL_SORTS = st.builds(
    Line,
    code=TEXTS,
    quantity=NUMBERS,
    **{name: st.none() | TEXTS for name in ("source", "target", "unit", "lot", "reason")},
    expires=st.none() | st.dates(),
    unit_cost=st.none() | NUMBERS,
)


@given(st.lists(LINES_OF_ALL_SORTS, min_size=1, max_size=12), st.integers(1, 3), st.none() | st.datetimes(), TEXTS)
def test_a_fingerprint_of_many_lines_is_what_it_was_when_each_was_written_alone(lines, times, at, note):
    document = PostDocument(RECEIPT, "k", tuple(lines * times), note=note, at=at)
    assert digest(document) == digest_line_by_line(document)
