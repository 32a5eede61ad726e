"""Movement entry for a clerk: every answer is taken or refused whole, and saved in the draft at once."""

from __future__ import annotations

import secrets
from typing import Any

from wms_tui.db import catalog, history
from wms_tui.db import entry as drafts_db
from wms_tui.db.entry import DraftRow
from wms_tui.db.movements import REQUEST
from wms_tui.db.transaction import Tx
from wms_tui.domain import entry as rules
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.entry import (
    Answer,
    Answered,
    DraftRef,
    DraftSummary,
    EntryLine,
    EntryView,
    Go,
    LastDocument,
    OpenDraft,
    Outcome,
    OverrideLot,
    Step,
)
from wms_tui.domain.errors import DraftChanged, DraftGone, DraftPosted, Stale, UnknownProduct
from wms_tui.domain.lot_errors import TooOld
from wms_tui.domain.movements import KINDS, DocumentKind, Line, PostDocument, Posted
from wms_tui.services import movements
from wms_tui.services.codes import entered
from wms_tui.services.entry_common import at_items
from wms_tui.services.entry_items import take_back
from wms_tui.services.entry_lots import allowed_override
from wms_tui.services.entry_steps import HANDLERS
from wms_tui.services.entry_view import view_of
from wms_tui.services.lot_remarks import who_may
from wms_tui.services.use_cases import use_case


def _permission(request: Any) -> Permission:
    """The permission of the draft's kind."""
    return KINDS[request.kind].permission


@use_case(Permission.OWN_ACCOUNT, writes=False)
def drafts(tx: Tx, actor: Actor, _request: None) -> tuple[DraftSummary, ...]:
    """The operator's open drafts."""
    return tuple(
        DraftSummary(
            row.draft_id,
            DocumentKind(row.kind),
            Step(row.step),
            drafts_db.line_count(tx, row.draft_id),
            row.saved_at,
        )
        for row in drafts_db.drafts(tx, actor.user_id)
    )


@use_case(_permission)
def open_draft(tx: Tx, actor: Actor, request: OpenDraft) -> EntryView:
    """The operator's draft of a kind, where it was left, or a new one with its request id fixed."""
    row = drafts_db.draft(tx, actor.user_id, request.kind)
    if row is None:
        step = rules.first_step(request.kind)
        drafts_db.begin(tx, actor.user_id, request.kind, secrets.token_hex(16), step)
        row = drafts_db.draft(tx, actor.user_id, request.kind)
    assert row is not None
    return view_of(tx, row)


@use_case(_permission)
def answer(tx: Tx, actor: Actor, request: Answer) -> Answered:
    """Take one entered line at the current step. Raises ``Refused`` with what is wrong; then nothing was saved."""
    row = _draft(tx, actor, request)
    if request.override:
        row = row._replace(override=allowed_override(tx, actor, request.override))
    try:
        changed, outcome = HANDLERS[Step(row.step)](tx, row, entered(request.text))
    except TooOld as refusal:
        raise who_may(tx, actor, refusal) from None
    return _saved(tx, changed, outcome)


@use_case(_permission)
def override_lot(tx: Tx, actor: Actor, request: OverrideLot) -> EntryView:
    """Say why a lot of the draft is taken in spite of its expiry, where posting has refused it.

    Raises ``NotAllowed``; ``UnknownProduct``.
    """
    row = _draft(tx, actor, request)
    why = allowed_override(tx, actor, request.override)
    goods = catalog.found(tx, request.sku)
    if goods is None:
        raise UnknownProduct(code=request.sku)
    tx.run(drafts_db.OVERRIDE, draft=row.draft_id, product=goods.product_id, number=request.lot, why=why)
    return view_of(tx, drafts_db.save(tx, row))


@use_case(_permission)
def undo_line(tx: Tx, actor: Actor, request: DraftRef) -> Answered:
    """Take back the latest scan, or what was entered towards the next one. Raises ``NothingToUndo``."""
    row = _draft(tx, actor, request)
    return _saved(tx, *take_back(tx, row))


@use_case(_permission)
def go(tx: Tx, actor: Actor, request: Go) -> EntryView:
    """Go to another step by key and forget what was entered towards the next scan; from an expiry date to its lot.

    Where the order does not allow it, the draft stays as it is.
    """
    row = _draft(tx, actor, request)
    has_lines = drafts_db.last_seq(tx, row.draft_id) > 0
    if request.step is Step.LOT and row.step == Step.EXPIRES:
        row = drafts_db.save(tx, row._replace(pending_lot="", step=Step.LOT.value))
    elif rules.may_go(request.kind, Step(row.step), request.step, has_lines):
        row = at_items(row)._replace(step=request.step.value)
        row = drafts_db.save(tx, row)
    return view_of(tx, row)


@use_case(_permission, writes=False)
def lines(tx: Tx, actor: Actor, request: DraftRef) -> tuple[EntryLine, ...]:
    """All lines of the draft, in the order of entry."""
    return drafts_db.lines(tx, _draft(tx, actor, request).draft_id)


@use_case(_permission)
def discard(tx: Tx, actor: Actor, request: DraftRef) -> None:
    """Throw the draft away."""
    row = _draft(tx, actor, request)
    tx.note("discard draft", row.kind, before={"lines": drafts_db.line_count(tx, row.draft_id)})
    drafts_db.remove(tx, row.draft_id)


@use_case(_permission, repeatable=True, together=True)
def post(tx: Tx, actor: Actor, request: DraftRef) -> Posted:
    """Post the draft and remove it, in one transaction. Raises what ``movements.post`` does; then the draft stays."""
    row = _draft(tx, actor, request, hold=True)
    document = PostDocument(
        kind=request.kind,
        request_id=row.request_id,
        lines=tuple(_line(line) for line in drafts_db.lines(tx, row.draft_id)),
        reference=row.reference,
        partner=row.partner,
        note=row.note,
    )
    posted = movements.post(tx, actor, document)
    drafts_db.remove(tx, row.draft_id)
    return posted


@use_case(Permission.REVERSE_OWN, writes=False)
def last_document(tx: Tx, actor: Actor, _request: None) -> LastDocument | None:
    """The operator's last posted document, for the question whether to undo it."""
    row = tx.one(history.LAST_OF_USER, user_id=actor.user_id)
    if row is None:
        return None
    document_id, number, kind, posted_at, reversed_by = row
    lines_posted = history.line_count(tx, document_id)
    return LastDocument(number, DocumentKind(kind), lines_posted, posted_at, reversed_by or "")


def _draft(tx: Tx, actor: Actor, request: Any, hold: bool = False) -> DraftRow:
    """The operator's draft, if it is the one that was seen. Raises what became of it elsewhere, a ``Stale``."""
    row = drafts_db.draft(tx, actor.user_id, request.kind, hold)
    seen_id, seen_at = request.seen or (None, None)
    is_same = row is not None and row.draft_id == request.draft_id and seen_id in {None, row.request_id}
    if row is None or not is_same:
        raise _fate(tx, seen_id)
    if seen_at not in {None, row.saved_at}:
        raise DraftChanged
    return row


def _fate(tx: Tx, request_id: str | None) -> Stale:
    """What became of a draft that is there no more. An operator whose line dropped while posting learns it here."""
    posted = tx.one(REQUEST, request_id=request_id) if request_id else None
    return DraftPosted(number=posted[1]) if posted else DraftGone()


def _saved(tx: Tx, row: DraftRow, outcome: Outcome) -> Answered:
    return Answered(view_of(tx, drafts_db.save(tx, row)), outcome)


def _line(line: EntryLine) -> Line:
    return Line(
        code=line.sku,
        quantity=line.quantity,
        source=line.source,
        target=line.target,
        unit=line.unit,
        lot=line.lot or None,
        expires=line.expires,
        reason=line.reason or None,
        override=line.override or None,
        passed=line.passed or None,
        passed_at=line.passed_at or None,
        manufactured=line.manufactured,
    )
