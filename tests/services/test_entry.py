"""Movement entry as the screen drives it: each answer is taken or refused whole, and saved at once."""

from decimal import Decimal

import pytest

from tests.support.warehouse import signed_in
from wms_tui.domain import errors
from wms_tui.domain.enquiry import StockQuery
from wms_tui.domain.entry import Answer, DraftRef, Go, OpenDraft, Step
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import entry, movements, stock

pytestmark = pytest.mark.usefixtures("catalog")
RECEIPT, ISSUE = DocumentKind.RECEIPT, DocumentKind.ISSUE
TRANSFER, ADJUSTMENT = DocumentKind.TRANSFER, DocumentKind.ADJUSTMENT


class Desk:
    """One operator at one kind of movement."""

    def __init__(self, backend, actor, kind):
        self.backend, self.actor, self.kind = backend, actor, kind
        self.view = backend.run(entry.open_draft, actor, OpenDraft(kind))

    @property
    def ref(self):
        return DraftRef(self.kind, self.view.draft_id)

    def enter(self, *texts):
        for text in texts:
            answered = self.backend.run(entry.answer, self.actor, Answer(self.kind, self.view.draft_id, text))
            self.view = answered.view
        return answered.outcome

    def undo(self):
        self.view = self.backend.run(entry.undo_line, self.actor, self.ref).view

    def go(self, step):
        self.view = self.backend.run(entry.go, self.actor, Go(self.kind, self.view.draft_id, step))

    def post(self):
        return self.backend.run(entry.post, self.actor, self.ref)

    def lines(self):
        found = self.backend.run(entry.lines, self.actor, self.ref)
        return [(line.sku, line.quantity, line.unit, line.lot, line.target) for line in found]


@pytest.fixture
def desk(backend, keeper):
    return lambda kind: Desk(backend, keeper, kind)


@pytest.fixture
def on_hand(backend, keeper):
    def look(**query):
        rows = backend.run(stock.on_hand, keeper, StockQuery(**query)).rows
        return {(row.sku, row.location, row.lot): row.quantity for row in rows}

    return look


@pytest.fixture
def stocked(backend, keeper, catalog):
    lines = (
        Line("BOLT", Decimal(30), target="A1"),
        Line("MILK", Decimal(5), target="A1", lot="M1"),
        Line("LOTTED", Decimal(5), target="A1", lot="L1"),
    )
    backend.run(movements.post, keeper, PostDocument(RECEIPT, "stocked", lines))


def test_a_receipt_is_scanned_and_posted(desk, on_hand):
    at = desk(RECEIPT)
    at.enter("A1", "BOLT", "4006381333931", "12", "NUT", "14006381333938")
    assert at.lines() == [
        ("BOLT", 2, "pcs", "", "A1"),
        ("NUT", 12, "pcs", "", "A1"),
        ("BOLT", 1, "carton", "", "A1"),
    ]
    posted = at.post()
    assert (posted.number, posted.lines) == ("R-2026-000001", 3)
    assert on_hand() == {("BOLT", "A1", ""): 26, ("NUT", "A1", ""): 12}


def test_the_draft_is_found_again_at_the_same_step_after_every_scan(desk):
    for text, step in [("A1", Step.ITEM), ("BOLT", Step.ITEM), ("LOTTED", Step.LOT), ("NEW", Step.ITEM)]:
        desk(RECEIPT).enter(text)
        assert desk(RECEIPT).view.step is step
    assert desk(RECEIPT).view.line_count == 2


def test_the_draft_is_gone_once_it_is_posted(backend, keeper, desk):
    at = desk(RECEIPT)
    at.enter("A1", "BOLT")
    at.post()
    assert backend.run(entry.drafts, keeper, None) == ()
    with pytest.raises(errors.Stale):
        at.enter("BOLT")


def test_a_quantity_can_be_set_after_the_scan(desk):
    at = desk(RECEIPT)
    at.enter("A1", "BOLT", "BOLT", "=7")
    assert at.lines() == [("BOLT", 7, "pcs", "", "A1")]
    at.undo()
    assert at.lines() == [("BOLT", 2, "pcs", "", "A1")]


def test_undo_takes_back_one_scan_at_a_time(desk):
    at = desk(RECEIPT)
    at.enter("A1", "BOLT", "BOLT", "NUT")
    at.undo()
    assert at.lines() == [("BOLT", 2, "pcs", "", "A1")]
    at.undo()
    at.undo()
    with pytest.raises(errors.NothingToUndo):
        at.undo()


def test_undo_takes_back_a_pending_quantity_or_lot_question_first(desk):
    at = desk(RECEIPT)
    at.enter("A1", "BOLT", "5", "LOTTED")
    at.undo()
    assert (at.view.step, at.view.pending_quantity, at.view.line_count) == (Step.ITEM, None, 1)


def test_scanning_another_location_moves_the_work_there(desk, on_hand):
    at = desk(RECEIPT)
    at.enter("A1", "BOLT", "A2", "BOLT")
    at.post()
    assert on_hand() == {("BOLT", "A1", ""): 1, ("BOLT", "A2", ""): 1}


def test_a_new_lot_is_made_on_the_spot_with_its_expiry(desk, on_hand):
    at = desk(RECEIPT)
    at.enter("A1", "MILK", "M9")
    assert at.view.step is Step.EXPIRES
    at.enter("2027-03-01", "MILK", "")
    at.post()
    assert on_hand(lot="M9") == {("MILK", "A1", "M9"): 2}


@pytest.mark.usefixtures("stocked")
def test_issue_proposes_the_lot_that_expires_first(desk, on_hand):
    at = desk(ISSUE)
    at.enter("A1", "MILK")
    assert at.view.default == "M1"
    at.enter("")
    at.post()
    assert on_hand(sku="MILK") == {("MILK", "A1", "M1"): 4}


@pytest.mark.usefixtures("stocked")
def test_more_than_is_on_hand_is_refused_at_the_shelf(desk):
    at = desk(ISSUE)
    at.enter("A1", "29", "BOLT", "BOLT")
    with pytest.raises(errors.NotEnoughStock, match="30 on hand, 31 wanted"):
        at.enter("BOLT")
    assert at.lines() == [("BOLT", 30, "pcs", "", "CUSTOMER")]


@pytest.mark.usefixtures("stocked")
def test_a_transfer_can_have_several_legs(desk, on_hand):
    at = desk(TRANSFER)
    at.enter("A1", "A2", "10", "BOLT")
    at.post()
    at = desk(TRANSFER)
    at.enter("A1", "A2", "5", "BOLT", "A2", "A1", "2", "BOLT")
    at.post()
    assert on_hand(sku="BOLT") == {("BOLT", "A1", ""): 17, ("BOLT", "A2", ""): 13}


@pytest.mark.usefixtures("stocked")
def test_goods_are_not_at_the_target_before_the_transfer_is_posted(desk):
    at = desk(TRANSFER)
    at.enter("A1", "A2", "BOLT", "A2", "A1")
    with pytest.raises(errors.NotEnoughStock, match="at A2: 0 on hand"):
        at.enter("BOLT")


@pytest.mark.usefixtures("stocked")
def test_an_adjustment_moves_the_way_that_its_reason_says(desk, on_hand):
    at = desk(ADJUSTMENT)
    at.enter("A1", "damaged", "2", "BOLT")
    at.post()
    assert on_hand(sku="BOLT") == {("BOLT", "A1", ""): 28}
    at = desk(ADJUSTMENT)
    at.enter("A1", "1", "3", "BOLT")
    at.post()
    assert on_hand(sku="BOLT") == {("BOLT", "A1", ""): 31}


REFUSED = [
    (RECEIPT, [], "BOLT", "BOLT is a product code, but a location code is asked for here."),
    (RECEIPT, [], "NOWHERE", "Unknown location NOWHERE. Scan the label on the shelf."),
    (RECEIPT, [], "SHUT", "Location SHUT is closed. Use another location."),
    (RECEIPT, [], "ZONE", "ZONE (zone) holds no stock. Scan a bin."),
    (RECEIPT, [], "CUSTOMER", "Receipt: CUSTOMER (customer) cannot be used there. Use another location."),
    (RECEIPT, ["A1"], "99999999", "99999999 is not known here, and as a GTIN its last digit would be 5. Scan again."),
    (RECEIPT, ["A1"], "OLD", "Product OLD is inactive. Ask the administrator to activate it."),
    (RECEIPT, ["A1"], "SHUT", "Location SHUT is closed. Use another location."),
    (RECEIPT, ["A1"], "0", "0 is not a quantity. Enter a number above 0, with at most 6 decimals."),
    (RECEIPT, ["A1", "BOLT"], "=-1", "-1 is not a quantity. Enter a number above 0, with at most 6 decimals."),
    (RECEIPT, ["A1", "BOLT"], "=1e30", "1e30 is too much: a quantity is at most 999,999,999."),
    (RECEIPT, ["A1", "BOLT"], "=many", "many is not a quantity. Enter a number above 0, with at most 6 decimals."),
    (RECEIPT, ["A1"], "=2", "There is no line yet whose quantity could be set. Scan an item first."),
    (RECEIPT, ["A1", "2"], "SERIAL", "Product SERIAL is tracked by serial number: move 1 at a time, each with its own "
     "number."),
    (RECEIPT, ["A1", "LOTTED"], "", "Product LOTTED is tracked by lot: the lot is missing. Enter the lot number."),
    (RECEIPT, ["A1", "LOTTED"], "BOLT", "BOLT is a product code, but a lot number is asked for here."),
    (RECEIPT, ["A1", "LOTTED"], "A2", "A2 is a location code, but a lot number is asked for here."),
    (RECEIPT, ["A1", "MILK", "NEW"], "", "Lot NEW of MILK is new: its expiry date is missing. Enter it as YYYY-MM-DD."),
    (RECEIPT, ["A1", "MILK", "NEW"], "never", "never is not a date. Enter it as YYYY-MM-DD."),
    (RECEIPT, ["A1", "MILK"], "GONE", "Lot GONE of MILK expired on 2026-06-01 and is not received. Check the date "
     "on the label. Only admin may take it."),
    (ISSUE, ["A1"], "BOLT", "Not enough stock of BOLT at A1: 0 on hand, 1 wanted. Take less, or use another location."),
    (ISSUE, ["A1", "LOTTED"], "L9", "Product LOTTED has no lot L9. Check the lot label."),
    (TRANSFER, ["A1"], "A1", "From and to are both A1. Choose two different locations."),
    (ADJUSTMENT, ["A1"], "WHIM", "Unknown reason WHIM. Use one of: FOUND, LOST, DAMAGED, EXPIRED, SAMPLE, RETURNED, "
     "OPENING."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "before", "text", "sentence"), REFUSED)
def test_a_refusal_says_what_to_do_and_leaves_the_draft_as_it_was(backend, keeper, desk, kind, before, text, sentence):
    at = desk(kind)
    if before:
        at.enter(*before)
    saved = desk(kind).view
    with pytest.raises(errors.Refused) as refusal:
        at.enter(text)
    assert refusal.value.text() == sentence
    assert desk(kind).view == saved


def test_a_label_is_never_taken_for_a_reference(desk):
    at = desk(RECEIPT)
    at.enter("A1", "BOLT")
    at.go(Step.REFERENCE)
    with pytest.raises(errors.WrongEntry, match="BOLT is a product code, but a reference"):
        at.enter("BOLT")
    at.enter("PO-7", "ACME", "left at the gate")
    with pytest.raises(errors.PostingAsked):
        at.enter("BOLT")
    assert (at.view.step, at.view.reference, at.view.partner) == (Step.CONFIRM, "PO-7", "ACME")


def test_an_empty_document_is_not_posted(desk):
    at = desk(RECEIPT)
    at.enter("A1")
    with pytest.raises(errors.EmptyDocument):
        at.post()


def test_drafts_are_ones_own(backend, desk, other_keeper):
    desk(RECEIPT).enter("A1", "BOLT")
    other = Desk(backend, other_keeper, RECEIPT)
    assert (other.view.step, other.view.line_count) == (Step.TARGET, 0)


def test_finance_has_no_movement_entry(backend, finance):
    with pytest.raises(errors.NotAllowed, match="Post receipts"):
        Desk(backend, finance, RECEIPT)


def test_the_draft_survives_signing_in_again(backend, desk):
    desk(RECEIPT).enter("A1", "BOLT")
    again = Desk(backend, signed_in(backend, "ken", "another terminal"), RECEIPT)
    assert again.lines() == [("BOLT", 1, "pcs", "", "A1")]


def test_the_last_document_is_named_before_it_is_undone(backend, keeper, desk):
    assert backend.run(entry.last_document, keeper, None) is None
    at = desk(RECEIPT)
    at.enter("A1", "BOLT")
    number = at.post().number
    last = backend.run(entry.last_document, keeper, None)
    assert (last.number, last.kind, last.lines, last.reversed_by) == (number, RECEIPT, 1, "")


def seen_at(desk):
    """A request of the screen that shows this desk's draft."""
    return DraftRef(desk.kind, desk.view.draft_id, desk.view.seen)


def test_a_scan_is_never_taken_at_a_place_that_another_terminal_chose(desk, backend, keeper, clock):
    here = desk(RECEIPT)
    here.enter("A1", "BOLT")
    clock.advance(seconds=1)
    there = desk(RECEIPT)
    there.enter("A2")
    with pytest.raises(errors.DraftChanged, match="was changed at another terminal"):
        backend.run(entry.answer, keeper, Answer(RECEIPT, here.view.draft_id, "BOLT", here.view.seen))
    assert there.lines() == [("BOLT", 1, "pcs", "", "A1")]
    clock.advance(seconds=1)
    backend.run(entry.answer, keeper, Answer(RECEIPT, there.view.draft_id, "BOLT", there.view.seen))
    assert there.lines() == [("BOLT", 1, "pcs", "", "A1"), ("BOLT", 1, "pcs", "", "A2")]


@pytest.mark.parametrize("ended", ["post", "discard"])
def test_what_became_of_a_draft_at_another_terminal_is_told_and_the_next_draft_is_not_touched(
    desk, backend, keeper, ended
):
    here = desk(RECEIPT)
    here.enter("A1", "BOLT")
    backend.run(getattr(entry, ended), keeper, here.ref)
    following = desk(RECEIPT)
    following.enter("A2")
    told = "was posted as R-2026-000001" if ended == "post" else "was thrown away at another terminal"
    for case in (entry.post, entry.undo_line, entry.discard, entry.lines):
        with pytest.raises(errors.Stale, match=told):
            backend.run(case, keeper, seen_at(here))
    with pytest.raises(errors.Stale, match=told):
        backend.run(entry.answer, keeper, Answer(RECEIPT, here.view.draft_id, "BOLT", here.view.seen))
    assert (desk(RECEIPT).view.target, desk(RECEIPT).view.line_count) == ("A2", 0)
