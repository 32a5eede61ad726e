"""Posting and reversing documents: the only way in which stock changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wms_tui.db import balances, catalog, history, locations, movements
from wms_tui.db.balances import BalanceKey, Change
from wms_tui.db.movements import DocumentRow, MovementRow
from wms_tui.db.tables import NO_LOT
from wms_tui.db.transaction import Tx
from wms_tui.domain import errors, lots, posting
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.lot_errors import SerialTwice, TooOld
from wms_tui.domain.movements import KINDS, PREFIXES, DocumentKind, PostDocument, Posted, ReverseDocument
from wms_tui.domain.products import Tracking
from wms_tui.domain.quantities import MOST_ON_HAND_SHOWN, plain
from wms_tui.domain.texts import N_
from wms_tui.services.document_rows import posted_row, reversal_row
from wms_tui.services.door import require
from wms_tui.services.lot_remarks import Remark, allow_overrides, check_serials, note, remarks, who_may
from wms_tui.services.resolving import Known, changes, resolve
from wms_tui.services.use_cases import Overtaken, use_case


def _permission(request: PostDocument) -> Permission:
    """The kind's own. Raises ``NotFound`` for a kind that is not entered by hand."""
    if request.kind not in KINDS:
        raise errors.NotFound(what=N_("movement kind"), code=request.kind)
    return KINDS[request.kind].permission


@use_case(_permission, repeatable=True, together=True)
def post(tx: Tx, actor: Actor, request: PostDocument) -> Posted:
    """Post a document, whole or not at all.

    The same request id again answers the document that it made; with other contents it raises ``RequestConflict``.
    """
    moved = move(tx, actor, request, Known())
    if isinstance(moved, Posted):
        return moved
    posted = _write(tx, moved.kind, moved.document, moved.rows)
    note(tx, posted.number, moved.remarks)
    return posted


@dataclass(frozen=True, slots=True)
class Balanced:
    """A document whose goods have changed places and which is still to be written in the same transaction."""

    kind: DocumentKind
    document: DocumentRow
    rows: list[MovementRow]
    remarks: list[Remark]


def move(tx: Tx, actor: Actor, request: PostDocument, known: Known) -> Posted | Balanced:
    """Check a document and change the balances, for files of many documents that are written at once."""
    posting.check_document(request, tx.now)
    digest = posting.fingerprint(request.kind, request)
    again = _posted_before(tx, request, digest)
    if again:
        return again
    rule = KINDS[request.kind]
    known.learn(tx, rule, request.lines)
    happened = request.at or tx.now
    today = lots.day_of(happened)
    allow_overrides(tx, actor, request.lines)
    try:
        rows = [resolve(tx, rule, known, line, today) for line in request.lines]
    except TooOld as refusal:
        raise who_may(tx, actor, refusal) from None
    real = {place.location_id for place in known.places.values() if place.is_real}
    try:
        _apply(tx, rows, real)
        if any(goods.tracking is Tracking.SERIAL for goods in known.goods.values()):
            _check_serials(tx, rows, real)
    except (errors.NotEnoughStock, SerialTwice):
        _stop_if_posted(tx, request, digest)
        raise
    document = posted_row(tx.now, actor, request, digest)
    return Balanced(request.kind, document, rows, remarks(tx, rule, known, request.lines, today))


def write_all(tx: Tx, documents: Sequence[Balanced]) -> list[Posted]:
    """Write documents whose goods have been moved, in a few statements."""
    written = movements.write_all(tx, [(PREFIXES[moved.kind], moved.document, moved.rows) for moved in documents])
    for moved, (_, number) in zip(documents, written, strict=True):
        tx.note("post", number)
        note(tx, number, moved.remarks)
    return [
        Posted(document_id, number, moved.kind, len(moved.rows))
        for moved, (document_id, number) in zip(documents, written, strict=True)
    ]


@use_case(Permission.REVERSE_OWN, repeatable=True)
def reverse(tx: Tx, actor: Actor, request: ReverseDocument) -> Posted:
    """Undo a posted document by a linked one that moves everything back.

    Raises ``NotFound``, ``AlreadyReversed``, ``NotReversible``, ``NotEnoughStock`` where the goods have moved on, and
    ``NotAllowed`` for somebody else's document without the permission.
    """
    found = history.document(tx, request.number)
    if found is None:
        raise errors.NotFound(what=N_("document"), code=request.number)
    digest = f"reversal of {found.number}"
    again = _posted_before(tx, request, digest)
    if again:
        return again
    _check_reversible(tx, actor, found)
    rows = [_turned(row) for row in history.rows(tx, found.document_id)]
    real = _open_places(tx, rows)
    try:
        _apply(tx, reversed(rows), real)
        _check_serials(tx, rows, real)
    except (errors.NotEnoughStock, SerialTwice):
        _stop_if_reversed(tx, found.number)
        raise
    document = reversal_row(tx.now, actor, request, digest, found)
    return _write(tx, DocumentKind.REVERSAL, document, rows)


def _posted_before(tx: Tx, request: PostDocument | ReverseDocument, digest: str) -> Posted | None:
    """What this request id made before, if anything."""
    row = tx.one(movements.REQUEST, request_id=request.request_id)
    if row is None:
        return None
    document_id, number, kind, known = row
    if known != digest:
        raise errors.RequestConflict(key=request.request_id, number=number)
    return Posted(document_id, number, DocumentKind(kind), history.line_count(tx, document_id), again=True)


def _stop_if_posted(tx: Tx, request: PostDocument, digest: str) -> None:
    """The goods may be gone because this very request was posted while this transaction waited for them."""
    if _posted_before(tx, request, digest):
        raise Overtaken


def _stop_if_reversed(tx: Tx, number: str) -> None:
    """The same for a reversal."""
    found = history.document(tx, number)
    if found and found.reversed_by:
        raise Overtaken


def _apply(tx: Tx, rows: Iterable[MovementRow], real: set[int]) -> None:
    """Change the balances as the movements do in their order. Raises ``NotEnoughStock``, ``TooMuchStock``."""
    changed = changes(rows, real)
    failed = balances.apply(tx, changed)
    if failed is not None:
        key, on_hand = failed
        raise _unbalanced(tx, key, changed[key], on_hand)


def _check_serials(tx: Tx, rows: Iterable[MovementRow], real: set[int]) -> None:
    """Raises ``SerialTwice``."""
    check_serials(tx, ((row.lot_id, row.target_id) for row in rows if row.lot_id != NO_LOT and row.target_id in real))


def _unbalanced(tx: Tx, key: BalanceKey, change: Change, on_hand: Decimal) -> errors.Refused:
    sku, location = catalog.sku(tx, key[0]), locations.place(tx, key[1]).code
    if on_hand >= change.needed:
        return errors.TooMuchStock(sku=sku, location=location, most=MOST_ON_HAND_SHOWN)
    return errors.NotEnoughStock(sku=sku, location=location, on_hand=plain(on_hand), wanted=plain(change.needed))


def _write(tx: Tx, kind: DocumentKind, document: DocumentRow, rows: Sequence[MovementRow]) -> Posted:
    document_id, number = movements.write(tx, PREFIXES[kind], document, rows)
    tx.note("post", number)
    return Posted(document_id, number, kind, len(rows))


def _check_reversible(tx: Tx, actor: Actor, found: history.FoundDocument) -> None:
    if found.reversed_by:
        raise errors.AlreadyReversed(number=found.number, by=found.reversed_by)
    if found.kind == DocumentKind.REVERSAL:
        raise errors.NotReversible(number=found.number)
    if found.user_id != actor.user_id:
        require(tx, actor, Permission.REVERSE_ANY)


def _turned(row: MovementRow) -> MovementRow:
    return row._replace(source_id=row.target_id, target_id=row.source_id)


def _open_places(tx: Tx, rows: Sequence[MovementRow]) -> set[int]:
    """The real locations among those that the rows touch. Raises ``ClosedLocation``."""
    touched = {key for row in rows for key in (row.source_id, row.target_id)}
    places = [locations.place(tx, key, hold=True) for key in sorted(touched)]
    for place in places:
        if place.closed:
            raise errors.ClosedLocation(code=place.code)
    return {place.location_id for place in places if place.is_real}
