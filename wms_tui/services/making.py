"""Documents as they would be written, made from what is remembered or was looked up for many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from wms_tui.db.balances import BalanceKey, Change
from wms_tui.db.entry_together import SeenDraft
from wms_tui.db.movements import DocumentRow, MovementRow
from wms_tui.db.movements_together import EndedDraft
from wms_tui.db.transaction import Tx
from wms_tui.domain import lots, posting
from wms_tui.domain.access import Actor
from wms_tui.domain.entry import DraftRef
from wms_tui.domain.errors import WmsError
from wms_tui.domain.locations import Place
from wms_tui.domain.movements import KINDS, DocumentKind, Line, MovementKind, PostDocument
from wms_tui.domain.products import Tracking
from wms_tui.domain.quantities import MOST_ON_HAND
from wms_tui.services.document_rows import posted_row
from wms_tui.services.planning import Planned
from wms_tui.services.remembering import Learned
from wms_tui.services.resolving import changes, resolve
from wms_tui.services.together import Errand
from wms_tui.services.ways import Usual


class Sent(NamedTuple):
    """A document that somebody wants posted, and the draft that it is."""

    errand: Errand
    document: PostDocument
    draft: SeenDraft | None = None

    @property
    def ended(self) -> EndedDraft | None:
        """The draft as it has to be found when it is posted."""
        draft = self.draft
        return EndedDraft(draft.draft_id, self.document.request_id, draft.saved_at) if draft else None


class Made(NamedTuple):
    """A document as it would be written; ``versions`` of its products by id, and its ``places`` by id."""

    sent: Sent
    document: DocumentRow
    rows: Sequence[MovementRow]
    changes: Mapping[BalanceKey, Change]
    versions: Mapping[int, int]
    places: Mapping[int, Place]


class _Extraordinary(Exception):
    """A document that goes the long way."""


def made_as_usual(tx: Tx, usual: Usual, errand: Errand) -> Made | None:
    """A document of one line like others before it; None where the long way has to be gone."""
    request = errand.request
    try:
        posting.check_document(request, tx.now)
        row = usual.row(request.lines[0])
        document = _document(tx, errand.actor, request)
    except WmsError:
        return None
    return Made(Sent(errand, request), document, (row,), usual.changes(row.quantity), usual.versions, usual.places)


def made_of_learned(tx: Tx, learned: Learned, errand: Errand) -> Made | None:
    """Any document; None where the long way has to be gone."""
    sent = _sent(errand, learned.drafts)
    if sent is not None:
        with suppress(WmsError, _Extraordinary), learned.known.whole():
            return _make(tx, learned, sent)
    return None


def _sent(errand: Errand, drafts: Mapping[int, SeenDraft]) -> Sent | None:
    """The document of an errand; None for a draft that is not the one that the operator saw."""
    request = errand.request
    if isinstance(request, PostDocument):
        return Sent(errand, request)
    draft = drafts.get(request.draft_id)
    if draft is None or not _is_seen(draft, errand.actor, request):
        return None
    return Sent(errand, draft.document, draft)


def _is_seen(draft: SeenDraft, actor: Actor, request: DraftRef) -> bool:
    is_ones_own = (draft.user_id, draft.document.kind) == (actor.user_id, request.kind)
    return is_ones_own and request.seen in {None, (draft.document.request_id, draft.saved_at)}


def _make(tx: Tx, learned: Learned, sent: Sent) -> Made:
    request, known = sent.document, learned.known
    posting.check_document(request, tx.now)
    rule = KINDS[request.kind]
    if any(_is_remarkable(known, rule, line) for line in request.lines):
        raise _Extraordinary
    today = lots.day_of(request.at or tx.now)
    rows = [resolve(tx, rule, known, line, today) for line in request.lines]
    changed = changes(rows, {place.location_id for place in known.places.values() if place.is_real})
    if any(max(change.net, change.needed) > MOST_ON_HAND for change in changed.values()):
        raise _Extraordinary
    touched = {row.source_id for row in rows} | {row.target_id for row in rows}
    by_id = {place.location_id: place for place in known.places.values() if place.location_id in touched}
    versions = {row.product_id: learned.versions[row.product_id] for row in rows}
    return Made(sent, _document(tx, sent.errand.actor, request), rows, changed, versions, by_id)


def _document(tx: Tx, actor: Actor, request: PostDocument) -> DocumentRow:
    return posted_row(tx.now, actor, request, posting.fingerprint(request.kind, request))


def _is_remarkable(known: Planned, rule: MovementKind, line: Line) -> bool:
    """Lots that the audit tells about, and serial numbers, which must be put to one place once."""
    if line.override or line.passed:
        return True
    return (
        bool(line.lot) and rule.kind is not DocumentKind.ISSUE and known.product(line.code).tracking is Tracking.SERIAL
    )
