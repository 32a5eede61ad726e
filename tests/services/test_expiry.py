"""Lots that do not keep long enough: refused at receipt and issue, taken by who may and says why."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from tests.services.test_entry import Desk
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
from tests.support.together import in_one_batch
from wms_tui.db.tables import Product, core
from wms_tui.domain.access import Permission
from wms_tui.domain.audit import AuditQuery
from wms_tui.domain.catalog import AddBarcode, ChangeProduct, ProductRef
from wms_tui.domain.entry import Answer, OverrideLot
from wms_tui.domain.errors import NotAllowed, ReasonEmpty, WrongEntry
from wms_tui.domain.lot_errors import ArrivedTooLate, LifeTooShort, LotExpired
from wms_tui.domain.roles import ChangeRole
from wms_tui.services import audit, catalog, catalog_codes, catalog_editing, entry, history, movements, roles

pytestmark = pytest.mark.usefixtures("catalog")
WHY = "for the kitchen, today"


@pytest.fixture
def lives(backend, admin):
    """Milk must keep 30 days to be received and 7 to be issued."""
    product = backend.run(catalog.detail, admin, ProductRef("MILK")).product
    request = ChangeProduct(product.product_id, product.version, {"receipt_life_days": 30, "issue_life_days": 7})
    return backend.run(catalog_editing.change, admin, request)


def expired(backend, keeper, clock):
    """Five of lot M1 at A1, whose last day was yesterday."""
    receive(backend, keeper, "MILK", 5, lot="M1")
    clock.advance(days=200)


def overrides(backend, admin):
    rows = backend.run(audit.page, admin, AuditQuery(action="take in spite of expiry")).rows
    return [(row.subject, row.user, dict(row.after)) for row in rows]


def test_the_days_are_kept_with_the_product_and_audited(backend, admin, lives):
    assert (lives.receipt_life_days, lives.issue_life_days) == (30, 7)
    (change,) = backend.run(audit.page, admin, AuditQuery(action="change product")).rows
    assert change.after == {"receipt_life_days": "30", "issue_life_days": "7"}


@pytest.mark.usefixtures("lives")
def test_what_keeps_too_short_is_refused_at_receipt_and_at_issue_and_nothing_is_written(backend, keeper, clock):
    before = picture(backend)
    with pytest.raises(ArrivedTooLate) as refusal:
        receive(backend, keeper, "MILK", 1, lot="NEW", expires=date(2026, 7, 14))
    assert str(refusal.value) == (
        "Lot NEW of MILK: days left 29, needed at receipt 30 (expires 2026-07-14). Check the date on the label. "
        "Only admin may take it."
    )
    assert picture(backend) == before
    receive(backend, keeper, "MILK", 2, lot="NEW", expires=date(2026, 7, 15))
    clock.advance(days=23)
    issue(backend, keeper, "MILK", 1, lot="NEW")
    clock.advance(days=1)
    with pytest.raises(LifeTooShort):
        issue(backend, keeper, "MILK", 1, lot="NEW")
    assert stock(backend) == {("MILK", "A1", "NEW"): 1}


def test_expired_goods_can_still_be_moved_away_and_scrapped(backend, keeper, clock):
    expired(backend, keeper, clock)
    post(backend, keeper, TRANSFER, line("MILK", 2, source="A1", target="A2", lot="M1"))
    post(backend, keeper, ADJUSTMENT, line("MILK", 2, source="A2", lot="M1", reason="EXPIRED"))
    assert stock(backend) == {("MILK", "A1", "M1"): 3}


def test_who_may_takes_it_with_a_reason_and_the_document_and_the_audit_keep_it(backend, keeper, admin, clock):
    expired(backend, keeper, clock)
    number = issue(backend, admin, "MILK", 1, lot="M1", override=WHY).number
    said = {"line": "1", "sku": "MILK", "lot": "M1", "expires": "2026-12-31", "reason": WHY}
    assert overrides(backend, admin) == [(number, "ada", said)]
    (remark,) = backend.run(history.detail, keeper, number).remarks
    assert (remark.line, remark.lot, remark.reason) == (1, "M1", WHY)


def test_an_override_is_no_way_round_the_permission(backend, keeper, clock):
    expired(backend, keeper, clock)
    before = picture(backend)
    with pytest.raises(NotAllowed):
        issue(backend, keeper, "MILK", 1, lot="M1", override=WHY)
    assert picture(backend) == before


def test_an_override_that_was_not_needed_is_not_told(backend, admin):
    receive(backend, admin, "MILK", 5, lot="M1", override=WHY)
    assert overrides(backend, admin) == []


def test_a_lost_answer_finds_the_document_with_the_same_override_and_no_other(backend, keeper, admin, clock):
    expired(backend, keeper, clock)
    request = document(ISSUE, line("MILK", 1, source="A1", lot="M1", override=WHY), key="again")
    posted = backend.run(movements.post, admin, request)
    assert backend.run(movements.post, admin, request).number == posted.number
    assert len(overrides(backend, admin)) == 1
    other = document(ISSUE, line("MILK", 1, source="A1", lot="M1", override="another"), key="again")
    with pytest.raises(Exception, match="other contents"):
        backend.run(movements.post, admin, other)


def test_in_a_batch_each_is_judged_on_its_own(backend, keeper, admin, clock):
    expired(backend, keeper, clock)
    receive(backend, keeper, "BOLT", 5)
    good = document(ISSUE, line("BOLT", 1, source="A1"))
    late, taken = (document(ISSUE, line("MILK", 1, source="A1", lot="M1", override=why)) for why in (None, WHY))
    answers = in_one_batch(
        backend,
        *((movements.post, actor, request) for actor, request in ((keeper, good), (keeper, late), (admin, taken))),
    )
    assert [type(answer).__name__ for answer in answers] == ["Posted", "LotExpired", "Posted"]
    assert stock(backend)["MILK", "A1", "M1"] == 4


def test_at_the_shelf_the_refusal_names_who_may_and_the_draft_stays_as_it_was(backend, keeper, clock):
    expired(backend, keeper, clock)
    at = Desk(backend, keeper, ISSUE)
    at.enter("A1", "MILK")
    before = picture(backend)
    with pytest.raises(LotExpired, match="Only admin may take it"):
        at.enter("M1")
    with pytest.raises(NotAllowed):
        backend.run(entry.answer, keeper, Answer(ISSUE, at.view.draft_id, "M1", override=WHY))
    assert picture(backend) == before


def test_at_the_shelf_one_reason_is_enough_for_a_lot(backend, keeper, admin, clock):
    expired(backend, keeper, clock)
    at = Desk(backend, admin, ISSUE)
    at.enter("A1", "MILK")
    at.view = backend.run(entry.answer, admin, Answer(ISSUE, at.view.draft_id, "M1", override=WHY)).view
    at.enter("MILK", "M1")
    (drafted,) = at.view.lines
    assert (drafted.quantity, drafted.override) == (2, WHY)
    number = at.post().number
    assert [subject for subject, _, _ in overrides(backend, admin)] == [number]
    assert stock(backend) == {("MILK", "A1", "M1"): 3}


@pytest.mark.parametrize(("why", "refusal"), [("BOLT", WrongEntry), ("A2", WrongEntry), ("  ", ReasonEmpty)])
def test_a_label_is_no_reason(backend, keeper, admin, clock, why, refusal):
    expired(backend, keeper, clock)
    at = Desk(backend, admin, ISSUE)
    at.enter("A1", "MILK")
    with pytest.raises(refusal):
        backend.run(entry.answer, admin, Answer(ISSUE, at.view.draft_id, "M1", override=why))
    assert at.view.line_count == 0


def test_what_has_expired_since_the_scan_is_refused_at_posting_and_can_be_taken_there(backend, keeper, admin, clock):
    receive(backend, keeper, "MILK", 5, lot="M1")
    at = Desk(backend, admin, ISSUE)
    at.enter("A1", "MILK", "M1")
    clock.advance(days=200)
    with pytest.raises(LotExpired):
        at.post()
    assert stock(backend) == {("MILK", "A1", "M1"): 5}
    request = OverrideLot(ISSUE, at.view.draft_id, "MILK", "M1", WHY)
    with pytest.raises(Exception, match="draft"):
        backend.run(entry.override_lot, keeper, request)
    backend.run(entry.override_lot, admin, request)
    at.post()
    assert stock(backend) == {("MILK", "A1", "M1"): 4}
    assert overrides(backend, admin)[0][2]["reason"] == WHY


def test_who_loses_the_permission_cannot_post_what_he_has_drafted(backend, keeper, admin, clock):
    expired(backend, keeper, clock)
    known = next(row for row in backend.run(roles.list_roles, admin, None) if row.name == "keeper")
    held = known.permissions
    more = ChangeRole("keeper", known.version, "keeper", held | {Permission.EXPIRY_OVERRIDE})
    backend.run(roles.change, admin, more)
    at = Desk(backend, keeper, ISSUE)
    at.enter("A1", "MILK")
    backend.run(entry.answer, keeper, Answer(ISSUE, at.view.draft_id, "M1", override=WHY))
    backend.run(roles.change, admin, ChangeRole("keeper", known.version + 1, "keeper", held))
    with pytest.raises(NotAllowed):
        at.post()
    assert stock(backend) == {("MILK", "A1", "M1"): 5}


def test_an_expired_lot_that_arrives_is_asked_for_its_date_first(backend, admin):
    at = Desk(backend, admin, RECEIPT)
    at.enter("A1", "MILK", "OLDER")
    with pytest.raises(LotExpired):
        at.enter("2026-06-14")
    backend.run(entry.answer, admin, Answer(RECEIPT, at.view.draft_id, "2026-06-14", override=WHY))
    at.post()
    assert stock(backend) == {("MILK", "A1", "OLDER"): 1}


def test_a_changed_product_is_seen_by_the_next_issue(backend, keeper):
    """What is remembered of a product is held against its version."""
    receive(backend, keeper, "MILK", 5, lot="M1")
    issue(backend, keeper, "MILK", 1, lot="M1")
    table = core(Product)
    later = update(table).where(table.c.sku == "MILK").values(issue_life_days=1000, version=table.c.version + 1)
    backend.work(lambda tx: tx.connection.execute(later) and None)
    with pytest.raises(LifeTooShort):
        issue(backend, keeper, "MILK", 1, lot="M1")
    assert stock(backend) == {("MILK", "A1", "M1"): Decimal(4)}


def test_a_label_that_names_its_lot_is_taken_for_a_reason(backend, keeper, admin, clock):
    backend.run(catalog_codes.add_barcode, admin, AddBarcode("MILK", "4006381333948"))
    expired(backend, keeper, clock)
    at = Desk(backend, admin, ISSUE)
    at.enter("A1")
    label = "(01)04006381333948(10)M1"
    with pytest.raises(LotExpired):
        at.enter(label)
    at.view = backend.run(entry.answer, admin, Answer(ISSUE, at.view.draft_id, label, override=WHY)).view
    at.enter(label)
    at.post()
    assert stock(backend) == {("MILK", "A1", "M1"): 3}
    assert len(overrides(backend, admin)) == 1
