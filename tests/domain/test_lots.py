"""How long a lot must still keep, and which one goes first."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from wms_tui.domain import lot_errors, lots, posting
from wms_tui.domain.movements import KINDS, DocumentKind, Line, PostDocument
from wms_tui.domain.products import Goods, Tracking

TODAY = date(2026, 6, 15)
RECEIPT, ISSUE = KINDS[DocumentKind.RECEIPT], KINDS[DocumentKind.ISSUE]
TRANSFER, ADJUSTMENT = KINDS[DocumentKind.TRANSFER], KINDS[DocumentKind.ADJUSTMENT]


def milk(receipt=None, issue=None):
    return Goods(
        *(1, "MILK", "Milk", True, Tracking.EXPIRY, 1, "pcs", None, 1, "pcs"), receipt_life=receipt, issue_life=issue
    )


def refused(rule, goods, days):
    expires = None if days is None else TODAY + timedelta(days=days)
    refusal = lots.too_old(rule, goods, "M1", expires, TODAY)
    return type(refusal) if refusal else None


@pytest.mark.parametrize(
    ("rule", "goods", "days", "refusal"),
    [
        (RECEIPT, milk(), 0, None),
        (RECEIPT, milk(), -1, lot_errors.ArrivedExpired),
        (RECEIPT, milk(receipt=30), 30, None),
        (RECEIPT, milk(receipt=30), 29, lot_errors.ArrivedTooLate),
        (RECEIPT, milk(receipt=30), -1, lot_errors.ArrivedExpired),
        (RECEIPT, milk(issue=30), 1, None),
        (ISSUE, milk(), 0, None),
        (ISSUE, milk(), -1, lot_errors.LotExpired),
        (ISSUE, milk(issue=7), 7, None),
        (ISSUE, milk(issue=7), 6, lot_errors.LifeTooShort),
        (ISSUE, milk(receipt=30), 1, None),
        (ISSUE, milk(issue=7), None, None),
        (TRANSFER, milk(receipt=30, issue=30), -100, None),
        (ADJUSTMENT, milk(receipt=30, issue=30), -100, None),
    ],
)
def test_a_lot_must_keep_as_long_as_its_product_asks_and_is_good_on_its_last_day(rule, goods, days, refusal):
    assert refused(rule, goods, days) is refusal


def test_the_refusal_counts_the_days_and_names_the_roles_that_may():
    refusal = lots.too_old(ISSUE, milk(issue=7), "M1", date(2026, 6, 18), TODAY)
    said = "Lot M1 of MILK: days left 3, needed 7 (expires 2026-06-18). Take another lot."
    assert str(refusal) == said
    refusal.roles = ("admin", "quality")
    assert str(refusal) == f"{said} Only admin, quality may take it."


def test_an_override_takes_it():
    with pytest.raises(lot_errors.ArrivedExpired):
        posting.check_lot(RECEIPT, milk(), "M1", None, date(2026, 6, 1), TODAY)
    posting.check_lot(RECEIPT, milk(), "M1", None, date(2026, 6, 1), TODAY, override=True)


SOON, LATER = date(2026, 11, 30), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("first", "lot", "goes"),
    [
        ((SOON, 2), (LATER, 1), True),
        ((LATER, 1), (SOON, 2), False),
        ((SOON, 1), (SOON, 2), False),
        ((SOON, 2), (None, 1), True),
        ((None, 1), (SOON, 2), False),
        ((None, 1), (None, 2), True),
        ((None, 2), (None, 1), False),
    ],
)
def test_what_expires_first_goes_first_and_what_keeps_for_ever_goes_as_it_came(first, lot, goes):
    assert lots.goes_before(first, lot) is goes


def digest(*lines):
    return posting.fingerprint(DocumentKind.ISSUE, PostDocument(DocumentKind.ISSUE, "k", lines))


def test_an_override_is_part_of_the_request_and_says_nothing_where_there_is_none():
    plain, why = Line("MILK", Decimal(1)), Line("MILK", Decimal(1), override="for the kitchen")
    passed = Line("MILK", Decimal(1), passed="M1", passed_at="A1")
    assert len({digest(plain), digest(why), digest(passed)}) == 3
    assert digest(plain) == digest(Line("MILK", Decimal(1), override="", passed=None))
    many = [plain] * 20
    assert digest(*many, why) != digest(*many, plain)


def test_the_day_is_that_of_the_place_where_the_program_runs():
    moment = datetime(2026, 6, 15, 23, 30, tzinfo=UTC)
    assert lots.day_of(moment) == moment.astimezone().date()
