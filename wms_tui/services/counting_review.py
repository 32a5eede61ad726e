"""Reviewing a count: its differences, lines to be counted again, and approval, which posts it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from wms_tui.db import counting_posting as posting_db
from wms_tui.db import counting_review as db
from wms_tui.db import locations
from wms_tui.db.counting import SET_STATE, PlanRow
from wms_tui.db.counting_lines import number
from wms_tui.db.counting_scans import UNKNOWN_COUNT, took_part, unknown
from wms_tui.db.movements import DocumentRow
from wms_tui.db.transaction import Tx
from wms_tui.domain import counting_errors as errors
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.counting import STATE_NAMES, CountPlan, CountRef, CountsQuery, CountState, UnknownScan
from wms_tui.domain.counting_review import Approve, CountPosted, CountSummary, Recount, ReviewLine, ReviewQuery
from wms_tui.domain.enquiry import Page
from wms_tui.domain.errors import Refused, TooMuchStock, UnknownLocation
from wms_tui.domain.locations import LOSS_CODE
from wms_tui.domain.movements import PREFIXES, DocumentKind
from wms_tui.domain.quantities import MOST_ON_HAND_SHOWN, cents, plain
from wms_tui.services.counting import existing, listed_plans, one_plan, some, title
from wms_tui.services.door import holds
from wms_tui.services.lot_remarks import check_serials
from wms_tui.services.use_cases import use_case


@use_case(Permission.COUNT_REVIEW, writes=False)
def plans(tx: Tx, actor: Actor, request: CountsQuery) -> Page[CountPlan]:
    """Plans for whoever reviews them, the newest first."""
    return listed_plans(tx, request)


@use_case(Permission.COUNT_REVIEW, writes=False)
def summary(tx: Tx, actor: Actor, request: CountRef) -> CountSummary:
    """What a plan has come to. Values only for who may see cost."""
    plan = one_plan(tx, request.plan_id)
    row = tx.one(db.COUNTS, plan_id=plan.plan_id)
    lines, differing, waiting, moved = row if row else (0, 0, 0, 0)
    found = CountSummary(
        plan=plan,
        lines=lines,
        differing=differing,
        waiting=waiting,
        moved=moved,
        left_out=db.codes(tx, db.LEFT_OUT, plan.plan_id),
        unknown=number(tx, UNKNOWN_COUNT, plan_id=plan.plan_id),
        counters=db.codes(tx, db.COUNTERS, plan.plan_id),
    )
    if not holds(tx, actor, Permission.COST_VIEW):
        return found
    short, over = db.values(tx, plan.plan_id)
    return replace(found, short=cents(short), over=cents(over))


@use_case(Permission.COUNT_REVIEW, writes=False)
def lines(tx: Tx, actor: Actor, request: ReviewQuery) -> Page[ReviewLine]:
    """A part of a plan's lines beside the ledger, by location, product and lot."""
    existing(tx, request.plan_id)
    rows = db.lines(tx, request)
    sees_cost = holds(tx, actor, Permission.COST_VIEW)
    found = tuple(_line(row, sees_cost) for row in rows[: request.limit])
    last = found[-1] if len(rows) > request.limit else None
    return Page(found, (last.location, last.sku, last.lot) if last else None)


@use_case(Permission.COUNT_REVIEW, writes=False)
def unknown_codes(tx: Tx, actor: Actor, request: CountRef) -> tuple[UnknownScan, ...]:
    """Codes that nobody knows, scanned while counting, the latest first."""
    return unknown(tx, request.plan_id)


@use_case(Permission.COUNT_REVIEW)
def recount(tx: Tx, actor: Actor, request: Recount) -> CountPlan:
    """Have lines counted again; the plan is being counted until it is handed over once more.

    Raises ``NoLines``, and ``BeingCounted`` where somebody counts: what he has scanned so far must not be lost.
    """
    row = _open(tx, request.plan_id)
    if busy := db.in_work(tx, row.plan_id, request.line_ids):
        raise errors.BeingCounted(codes=some(busy))
    places = db.count_again(tx, row.plan_id, request.line_ids)
    if not places:
        raise errors.NoLines
    tx.run(SET_STATE, plan=row.plan_id, state=CountState.COUNTING.value)
    tx.note("recount", title(row), after={"lines": len(request.line_ids), "locations": places})
    return one_plan(tx, row.plan_id)


@use_case(Permission.COUNT_APPROVE, repeatable=True)
def approve(tx: Tx, actor: Actor, request: Approve) -> CountPosted:
    """Post the differences as one count document, once.

    Raises ``ApprovedByCounter`` for who took part, ``RecountNeeded``, ``ReviewChanged`` if other lines differ than the
    approver saw, ``GoodsMovedOn`` where less is on hand by now than is missing, ``SerialTwice``, ``NotInReview``.
    """
    row = existing(tx, request.plan_id, lock=True)
    if row.state == CountState.POSTED:
        return _posted_before(tx, row)
    if row.state != CountState.REVIEW:
        raise errors.NotInReview(state=STATE_NAMES[CountState(row.state)])
    if took_part(tx, row.plan_id, actor.user_id):
        raise errors.ApprovedByCounter
    unsettled = db.codes(tx, db.UNSETTLED, row.plan_id)
    if unsettled:
        raise errors.RecountNeeded(codes=some(unsettled))
    differing, possible = posting_db.lock(tx, row.plan_id)
    if differing != request.differing:
        raise errors.ReviewChanged(count=differing)
    if not possible:
        raise _impossible(tx, row)
    document_id, posted = _post(tx, actor, row) if differing else (None, "")
    posting_db.settle(tx, row.plan_id, actor.user_id, document_id)
    tx.note("approve count", title(row), after={"document": posted, "lines": differing})
    return CountPosted(posted, differing)


def _post(tx: Tx, actor: Actor, row: PlanRow) -> tuple[int, str]:
    loss = locations.found(tx, LOSS_CODE)
    if loss is None:
        raise UnknownLocation(code=LOSS_CODE)
    document = DocumentRow(
        kind=DocumentKind.COUNT.value,
        reference=f"#{row.plan_id}",
        partner="",
        note=row.name,
        user_id=actor.user_id,
        terminal=actor.terminal,
        happened_at=tx.now,
        posted_at=tx.now,
        request_id=row.request_id,
        request_hash=hashlib.sha256(row.request_id.encode()).hexdigest(),
    )
    posted = posting_db.post(tx, row.plan_id, PREFIXES[DocumentKind.COUNT], document, loss.location_id)
    check_serials(tx, posting_db.put(tx, row.plan_id))
    return posted


def _impossible(tx: Tx, row: PlanRow) -> Refused:
    sku, location, on_hand, change = posting_db.impossible(tx, row.plan_id)
    if change > 0:
        return TooMuchStock(sku=sku, location=location, most=MOST_ON_HAND_SHOWN)
    return errors.GoodsMovedOn(sku=sku, location=location, wanted=plain(-change), on_hand=plain(on_hand))


def _posted_before(tx: Tx, row: PlanRow) -> CountPosted:
    posted = one_plan(tx, row.plan_id).document
    counted = tx.one(db.COUNTS, plan_id=row.plan_id)
    return CountPosted(posted, int(counted[1]) if counted else 0, again=True)


def _open(tx: Tx, plan_id: int) -> PlanRow:
    row = existing(tx, plan_id, lock=True)
    if row.state not in {CountState.COUNTING, CountState.REVIEW}:
        raise errors.NotCounting(state=STATE_NAMES[CountState(row.state)])
    return row


def _line(row: tuple, sees_cost: bool) -> ReviewLine:
    *told, cost = row
    line = ReviewLine(*told)
    if not sees_cost or cost is None or line.difference is None:
        return line
    return replace(line, value=cents(line.difference * cost))
