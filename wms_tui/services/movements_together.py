"""Posting for many at once on a server: documents are made from what is remembered, and the server checks them.

Documents are sent as such or as drafts. Only what can be posted is posted here. Whatever is refused or out of the
ordinary is left to its own use case, which looks everything up anew and says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from wms_tui.db.balances import BalanceKey, Change
from wms_tui.db.entry_together import SeenDraft
from wms_tui.db.movements import DocumentRow, MovementRow
from wms_tui.db.movements_together import Batch, EndedDraft, post_all
from wms_tui.db.posting_alone import Alone, post_alone, way
from wms_tui.db.transaction import Tx
from wms_tui.domain import lots, posting
from wms_tui.domain.access import Actor
from wms_tui.domain.entry import DraftRef
from wms_tui.domain.errors import WmsError
from wms_tui.domain.movements import KINDS, PREFIXES, DocumentKind, Line, MovementKind, PostDocument, Posted
from wms_tui.domain.products import Tracking
from wms_tui.domain.quantities import MOST_ON_HAND
from wms_tui.services.document_rows import posted_row
from wms_tui.services.planning import Planned
from wms_tui.services.posting_alone import post_if_remembered
from wms_tui.services.remembering import Learned, Memory
from wms_tui.services.resolving import changes, resolve
from wms_tui.services.together import Errand


@dataclass(frozen=True, slots=True)
class _Sent:
    """A document that somebody wants posted, and the draft that it is."""

    errand: Errand
    document: PostDocument
    draft: SeenDraft | None = None

    @property
    def ended(self) -> EndedDraft | None:
        """The draft as it has to be found when it is posted."""
        draft = self.draft
        return EndedDraft(draft.draft_id, self.document.request_id, draft.saved_at) if draft else None


@dataclass(frozen=True, slots=True)
class _Made:
    """A document as it would be written."""

    sent: _Sent
    document: DocumentRow
    rows: list[MovementRow]
    changes: dict[BalanceKey, Change]


class _Extraordinary(Exception):
    """A document that goes the long way."""


def post_together(tx: Tx, memory: Memory, errands: Sequence[Errand]) -> None:
    """Post what can be posted of the errands in one statement, and answer those.

    Raises the driver's error where the statement failed; then nothing was written and nobody was answered.
    """
    if len(errands) == 1 and post_if_remembered(tx, memory, errands[0]):
        return
    usual = [errand for errand in errands if errand.request.kind in KINDS]
    documents = [errand.request for errand in usual if isinstance(errand.request, PostDocument)]
    drafts = {errand.request.draft_id for errand in usual if isinstance(errand.request, DraftRef)}
    learned = memory.learn(tx, documents, drafts)
    first: dict[str, _Sent] = {}
    for errand in usual:
        if sent := _sent(errand, learned.drafts):
            first.setdefault(sent.document.request_id, sent)
    made = [one for sent in first.values() if (one := _made(tx, learned, sent))]
    if made:
        written = _write(tx, made, learned)
        for one in made:
            document_id, number = written[one.document.request_id]
            one.sent.errand.answer(Posted(document_id, number, one.sent.document.kind, len(one.rows)))


def _write(tx: Tx, made: Sequence[_Made], learned: Learned) -> dict[str, tuple[int, str]]:
    """Request id → (id, number) of every document."""
    known, first = learned.known, made[0]
    if len(made) > 1 or len(first.rows) > 1 or known.made or known.dated:
        return post_all(tx, _batch(made, learned))
    return {first.document.request_id: post_alone(tx, _alone(first, learned))}


def _sent(errand: Errand, drafts: Mapping[int, SeenDraft]) -> _Sent | None:
    """The document of an errand; None for a draft that is not the one that the operator saw."""
    request = errand.request
    if isinstance(request, PostDocument):
        return _Sent(errand, request)
    draft = drafts.get(request.draft_id)
    if draft is None or not _is_seen(draft, errand.actor, request):
        return None
    return _Sent(errand, draft.document, draft)


def _is_seen(draft: SeenDraft, actor: Actor, request: DraftRef) -> bool:
    is_ones_own = (draft.user_id, draft.document.kind) == (actor.user_id, request.kind)
    return is_ones_own and request.seen in {None, (draft.document.request_id, draft.saved_at)}


def _made(tx: Tx, learned: Learned, sent: _Sent) -> _Made | None:
    """The document as it would be written; None where the long way has to be gone."""
    with suppress(WmsError, _Extraordinary), learned.known.whole():
        return _make(tx, learned.known, sent)
    return None


def _make(tx: Tx, known: Planned, sent: _Sent) -> _Made:
    request = sent.document
    posting.check_document(request, tx.now)
    rule = KINDS[request.kind]
    if any(_is_remarkable(known, rule, line) for line in request.lines):
        raise _Extraordinary
    today = lots.day_of(request.at or tx.now)
    rows = [resolve(tx, rule, known, line, today) for line in request.lines]
    changed = changes(rows, {place.location_id for place in known.places.values() if place.is_real})
    if any(max(change.net, change.needed) > MOST_ON_HAND for change in changed.values()):
        raise _Extraordinary
    digest = posting.fingerprint(request.kind, request)
    return _Made(sent, posted_row(tx.now, sent.errand.actor, request, digest), rows, changed)


def _is_remarkable(known: Planned, rule: MovementKind, line: Line) -> bool:
    """Lots that the audit tells about, and serial numbers, which must be put to one place once."""
    if line.override or line.passed:
        return True
    return (
        bool(line.lot) and rule.kind is not DocumentKind.ISSUE and known.product(line.code).tracking is Tracking.SERIAL
    )


def _alone(made: _Made, learned: Learned) -> Alone:
    (row,), rule, by_id = made.rows, KINDS[made.sent.document.kind], learned.known.by_id
    ends, version = (by_id[row.source_id], by_id[row.target_id]), learned.versions[row.product_id]
    return Alone(
        way(rule, row.product_id, version, row.lot_id, row.unit_id, *ends),
        made.document,
        made.sent.errand.actor.session_id,
        row.quantity,
        row.entered_quantity,
        row.unit_cost,
        row.reason_id,
        made.sent.ended,
    )


def _batch(made: Sequence[_Made], learned: Learned) -> Batch:
    batch = Batch(made=learned.known.made, dated=learned.known.dated)
    by_id = learned.known.by_id
    for one in made:
        request, actor, ended = one.sent.document, one.sent.errand.actor, one.sent.ended
        batch.documents.append((PREFIXES[request.kind], one.document, one.rows))
        batch.operators.add((actor.session_id, KINDS[request.kind].permission.value))
        batch.change(one.changes)
        if ended:
            batch.ended.append(ended)
        batch.goods |= {row.product_id: learned.versions[row.product_id] for row in one.rows}
        touched = {row.source_id for row in one.rows} | {row.target_id for row in one.rows}
        batch.places |= {key: (by_id[key].code, by_id[key].kind.value) for key in touched}
    return batch
