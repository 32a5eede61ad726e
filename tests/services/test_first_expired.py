"""Which lot goes first: proposed at issue and transfer, and told and kept where another is taken."""

from datetime import date

import pytest

from tests.services.test_entry import Desk
from tests.support.ledger import ADJUSTMENT, ISSUE, RECEIPT, TRANSFER, issue, line, post, receive, stock
from wms_tui.db import proposals
from wms_tui.domain.audit import AuditQuery
from wms_tui.domain.catalog import AddBarcode
from wms_tui.domain.entry import OpenDraft, Step
from wms_tui.domain.errors import WrongEntry
from wms_tui.domain.lot_errors import TakeItFrom
from wms_tui.services import audit, catalog_codes, entry, history

pytestmark = pytest.mark.usefixtures("catalog")
SOON, LATER, LAST = date(2026, 11, 30), date(2026, 12, 1), date(2027, 3, 1)


@pytest.fixture
def milk(backend, keeper):
    """The lot that expires first came last; the first of all lies elsewhere."""
    receive(backend, keeper, "MILK", 2, lot="LATER", expires=LATER)
    receive(backend, keeper, "MILK", 2, lot="SOON", expires=SOON)
    receive(backend, keeper, "MILK", 9, lot="LAST", expires=LAST)


def elsewhere(backend, keeper):
    receive(backend, keeper, "MILK", 1, target="A2", lot="FIRST", expires=date(2026, 10, 1))


def kept(backend, admin):
    rows = backend.run(audit.page, admin, AuditQuery(action="not first expired")).rows
    return [(row.subject, row.after["lot"], row.after["passed"], row.after["passed_at"]) for row in rows]


def told(outcome):
    return outcome.template.format(**outcome.fields)


@pytest.mark.parametrize("kind", [ISSUE, TRANSFER])
def test_an_empty_line_takes_what_expires_first_until_there_is_no_more(backend, keeper, milk, kind):
    at = Desk(backend, keeper, kind)
    at.enter("A1", *(["A2"] if kind is TRANSFER else []))
    taken = []
    for _ in range(5):
        outcome = at.enter("MILK")
        assert f"lot {at.view.default} (" in told(outcome)
        taken.append(at.view.default)
        at.enter("")
    assert taken == ["SOON", "SOON", "LATER", "LATER", "LAST"]
    at.post()
    assert stock(backend)["MILK", "A1", "LAST"] == 8


def test_lots_are_looked_up_once_a_scan_for_its_question_and_its_screen(backend, keeper, milk, monkeypatch):
    elsewhere(backend, keeper)
    at = Desk(backend, keeper, ISSUE)
    at.enter("A1")
    asked, found = [], proposals.lots_left

    def look(tx, draft_id, product_id, keeps_until, location_id=None):
        asked.append("anywhere" if location_id is None else "here")
        return found(tx, draft_id, product_id, keeps_until, location_id)

    monkeypatch.setattr(proposals, "lots_left", look)
    outcome = at.enter("MILK")
    assert asked == ["here", "anywhere"]
    assert (at.view.default, at.view.earlier.lot) == ("SOON", "FIRST")
    assert "FIRST" in told(outcome)
    assert backend.run(entry.open_draft, keeper, OpenDraft(ISSUE)) == at.view


def test_the_proposal_is_for_the_location_at_work_and_tells_what_lies_elsewhere(backend, keeper, milk):
    elsewhere(backend, keeper)
    at = Desk(backend, keeper, ISSUE)
    outcome = at.enter("A1", "MILK")
    assert told(outcome) == (
        "MILK: Enter takes lot SOON (2026-11-30), here: 2; FIRST (2026-10-01) at A2 should go first"
    )
    first = at.view.earlier
    assert (first.lot, first.location, first.quantity) == ("FIRST", "A2", 1)
    at.enter("")
    at.enter("A2", "MILK")
    assert (at.view.default, at.view.earlier) == ("FIRST", None)


def test_where_nothing_is_at_the_location_only_what_lies_elsewhere_is_told(backend, keeper, milk):
    at = Desk(backend, keeper, ISSUE)
    assert told(at.enter("A2", "MILK")) == "MILK: which lot?"
    assert (at.view.default, at.view.earlier.lot) == ("", "SOON")


def test_another_lot_is_taken_told_and_kept_with_the_document(backend, keeper, admin, milk):
    at = Desk(backend, keeper, ISSUE)
    outcome = at.enter("A1", "MILK", "LATER")
    assert outcome.warns
    assert told(outcome) == "+1 pcs MILK: lot LATER, though SOON (2026-11-30) at A1 should go first"
    (drafted,) = at.view.lines
    assert (drafted.passed, drafted.passed_at) == ("SOON", "A1")
    number = at.post().number
    assert kept(backend, admin) == [(number, "LATER", "SOON", "A1")]
    (remark,) = backend.run(history.detail, keeper, number).remarks
    assert (remark.expires, remark.passed_expires) == ("2026-12-01", "2026-11-30")


def test_the_proposed_lot_is_told_without_a_warning_where_an_earlier_one_lies_elsewhere(backend, keeper, admin, milk):
    elsewhere(backend, keeper)
    at = Desk(backend, keeper, ISSUE)
    outcome = at.enter("A1", "MILK", "")
    assert not outcome.warns and "FIRST (2026-10-01) at A2 should go first" in told(outcome)
    number = at.post().number
    assert kept(backend, admin) == [(number, "SOON", "FIRST", "A2")]


def test_plain_first_expired_issues_leave_no_remark(backend, keeper, admin, milk):
    at = Desk(backend, keeper, ISSUE)
    for _ in range(4):
        at.enter(*(["A1"] if at.view.step is Step.SOURCE else []), "MILK", "")
    assert backend.run(history.detail, keeper, at.post().number).remarks == ()
    assert kept(backend, admin) == []


def test_what_may_not_be_issued_is_not_proposed(backend, keeper, clock, milk):
    clock.advance(days=(date(2026, 12, 1) - clock.now.date()).days)
    at = Desk(backend, keeper, ISSUE)
    at.enter("A1", "MILK")
    assert at.view.default == "LATER", "its last day is still good, SOON has gone off yesterday"
    assert [choice.code for choice in at.view.choices] == ["SOON", "LATER", "LAST"]
    outcome = at.enter("")
    assert told(outcome) == "+1 pcs MILK  lot LATER  牛奶" and not outcome.warns
    moved = Desk(backend, keeper, TRANSFER)
    moved.enter("A1", "A2", "MILK")
    assert moved.view.default == "SOON"


def test_lots_that_keep_for_ever_go_as_they_came(backend, keeper, admin):
    for number in ("L1", "L3", "L2"):
        receive(backend, keeper, "LOTTED", 1, lot=number)
    at = Desk(backend, keeper, ISSUE)
    at.enter("A1", "LOTTED")
    assert at.view.default == "L1"
    at.enter("", "LOTTED")
    assert at.view.default == "L3"
    outcome = at.enter("L2")
    assert told(outcome) == "+1 pcs LOTTED: lot L2, though L3 at A1 should go first"
    assert kept(backend, admin) == []
    number = at.post().number
    assert kept(backend, admin) == [(number, "L2", "L3", "A1")]


def test_of_serial_numbers_each_is_as_good_as_the_other(backend, keeper, admin):
    for number in ("S1", "S2"):
        receive(backend, keeper, "SERIAL", 1, lot=number)
    at = Desk(backend, keeper, ISSUE)
    at.enter("A1", "SERIAL")
    assert at.view.default == "S1"
    assert not at.enter("S2").warns
    at.enter("SERIAL")
    assert at.view.default == "S1"
    at.enter("")
    at.post()
    assert kept(backend, admin) == []
    assert stock(backend) == {}


def test_transfers_and_adjustments_keep_no_order(backend, keeper, admin, milk):
    at = Desk(backend, keeper, TRANSFER)
    at.enter("A1", "A2", "MILK", "LAST")
    at.post()
    post(backend, keeper, ADJUSTMENT, line("MILK", 1, source="A1", lot="LAST", reason="DAMAGED"))
    assert kept(backend, admin) == []


def test_a_receipt_proposes_the_lot_just_used(backend, keeper):
    at = Desk(backend, keeper, RECEIPT)
    at.enter("A1", "LOTTED", "L7", "LOTTED")
    assert at.view.default == "L7"


def test_a_product_before_the_location_is_told_where_to_take_it(backend, keeper, milk):
    elsewhere(backend, keeper)
    at = Desk(backend, keeper, ISSUE)
    with pytest.raises(TakeItFrom) as refusal:
        at.enter("MILK")
    told_where = "Scan the location first. Take FIRST (2026-10-01) at A2, there: 1. MILK is a product code."
    assert str(refusal.value) == told_where
    assert at.view.step is Step.SOURCE
    with pytest.raises(WrongEntry, match="BOLT is a product code, but a location code is asked for here"):
        at.enter("BOLT")


def oldest(backend, keeper):
    with pytest.raises(TakeItFrom) as refusal:
        Desk(backend, keeper, ISSUE).enter("BOLT")
    return refusal.value.fields["location"], refusal.value.fields["quantity"]


def test_goods_without_lots_are_taken_where_the_oldest_lie(backend, keeper):
    receive(backend, keeper, "BOLT", 10, target="A2")
    receive(backend, keeper, "BOLT", 10, target="A1")
    assert oldest(backend, keeper) == ("A2", "10")
    receive(backend, keeper, "BOLT", 5, target="A2")
    assert oldest(backend, keeper) == ("A2", "15"), "ten of them are still the first"
    issue(backend, keeper, "BOLT", 10, source="A2")
    assert oldest(backend, keeper) == ("A1", "10"), "what is left at A2 came last"
    post(backend, keeper, TRANSFER, line("BOLT", 10, source="A1", target="AISLE"))
    assert oldest(backend, keeper) == ("A2", "5")


def test_a_label_that_names_its_lot_is_asked_nothing_and_told_the_same(backend, keeper, admin, milk):
    backend.run(catalog_codes.add_barcode, admin, AddBarcode("MILK", "4006381333948"))
    at = Desk(backend, keeper, ISSUE)
    outcome = at.enter("A1", "(01)04006381333948(10)LATER")
    assert at.view.step is Step.ITEM and outcome.warns
    assert "SOON (2026-11-30) at A1 should go first" in told(outcome)
    assert kept(backend, admin) == []
    number = at.post().number
    assert kept(backend, admin) == [(number, "LATER", "SOON", "A1")]
