"""A draft as its screen shows it."""

from __future__ import annotations

from wms_tui.db import catalog, locations, stock
from wms_tui.db import entry as drafts
from wms_tui.db.entry import DraftRow
from wms_tui.db.transaction import Tx
from wms_tui.domain.entry import Choice, EntryLine, EntryView, Offer, OnHand, Proposal, Step
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.posting import KnownReason
from wms_tui.domain.products import Goods, Tracking
from wms_tui.domain.scanned import code_of
from wms_tui.services import entry_lots
from wms_tui.services.resolving import reasons


def view_of(tx: Tx, row: DraftRow) -> EntryView:
    """Everything that the screen needs, read in the draft's own transaction."""
    latest = drafts.lines(tx, row.draft_id, latest=True)
    pending = catalog.found(tx, code_of(row.pending_code)) if row.pending_code else None
    reason = reason_of(tx, row)
    proposal = _proposal(tx, row, pending, latest)
    return EntryView(
        draft_id=row.draft_id,
        request_id=row.request_id,
        kind=DocumentKind(row.kind),
        step=Step(row.step),
        source=_code(tx, row.source_id),
        target=_code(tx, row.target_id),
        reason=reason.code if reason else "",
        direction=reason.direction if reason else None,
        reference=row.reference,
        partner=row.partner,
        note=row.note,
        pending_quantity=row.pending_quantity,
        pending_sku=pending.sku if pending else "",
        pending_name=pending.name if pending else "",
        pending_lot=row.pending_lot,
        line_count=drafts.line_count(tx, row.draft_id),
        lines=latest,
        on_hand=_on_hand(tx, row, pending, latest),
        choices=choices_of(tx, row, pending),
        default=default_lot(proposal.offer),
        saved_at=row.saved_at,
        earlier=proposal.earlier,
        pending_serial=pending is not None and pending.tracking is Tracking.SERIAL,
    )


def _proposal(tx: Tx, row: DraftRow, pending: Goods | None, latest: tuple[EntryLine, ...]) -> Proposal:
    """What the question has looked up already, else looked up now."""
    if pending is None:
        return Proposal(None, None)
    return row.proposal or entry_lots.proposal(tx, row, pending, latest)


def reason_of(tx: Tx, row: DraftRow) -> KnownReason | None:
    """The reason that the draft's next line will carry."""
    if row.reason_id is None:
        return None
    return next((reason for reason in reasons(tx).values() if reason.reason_id == row.reason_id), None)


def place_at_work(row: DraftRow) -> int | None:
    """The real location that the clerk stands at: where goods are put in a receipt, else where they are taken."""
    return row.target_id if row.kind == DocumentKind.RECEIPT else row.source_id


def choices_of(tx: Tx, row: DraftRow, pending: Goods | None) -> tuple[Choice, ...]:
    """What the step offers: the reasons, or the lots on hand, first expired first."""
    if row.step == Step.REASON:
        return tuple(Choice(reason.code, reason.name) for reason in reasons(tx).values())
    place = place_at_work(row)
    if row.step == Step.LOT and pending and place:
        lots = stock.lots_here(tx, pending.product_id, place)
        return tuple(Choice(number, "", expires, quantity) for number, expires, quantity in lots)
    return ()


def default_lot(offered: Offer | None) -> str:
    """The lot that an empty line takes."""
    return offered.lot if offered else ""


def _code(tx: Tx, location_id: int | None) -> str:
    return locations.place(tx, location_id).code if location_id else ""


def _on_hand(tx: Tx, row: DraftRow, pending: Goods | None, latest: tuple[EntryLine, ...]) -> OnHand | None:
    """Stock of the product asked about, or of the one scanned last."""
    place = place_at_work(row)
    goods = pending or (catalog.found(tx, latest[0].sku) if latest else None)
    if place is None or goods is None:
        return None
    here, total = stock.here_and_total(tx, goods.product_id, place)
    return OnHand(goods.sku, goods.name, goods.unit, _code(tx, place), here, total)
