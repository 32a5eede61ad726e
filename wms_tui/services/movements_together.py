"""Posting for many at once on a server: documents are made from what is remembered, and the server checks them.

Only what can be posted is posted here. Whatever is refused or out of the ordinary is left to ``movements.post``, which
looks everything up anew and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from wms_tui.db.balances import BalanceKey, Change
from wms_tui.db.movements import DocumentRow, MovementRow
from wms_tui.db.movements_together import Batch, post_all
from wms_tui.db.transaction import Tx
from wms_tui.domain import posting
from wms_tui.domain.errors import WmsError
from wms_tui.domain.movements import KINDS, PREFIXES, PostDocument, Posted
from wms_tui.domain.quantities import MOST_ON_HAND
from wms_tui.services.document_rows import posted_row
from wms_tui.services.remembering import Learned, Memory
from wms_tui.services.resolving import changes, resolve
from wms_tui.services.together import Errand


@dataclass(frozen=True, slots=True)
class _Made:
    """A document as it would be written."""

    errand: Errand
    document: DocumentRow
    rows: list[MovementRow]
    changes: dict[BalanceKey, Change]


def post_together(tx: Tx, memory: Memory, errands: Sequence[Errand]) -> None:
    """Post what can be posted of the errands in one statement, and answer those.

    Raises the driver's error where the statement failed; then nothing was written and nobody was answered.
    """
    first = {errand.request.request_id: errand for errand in reversed(errands) if errand.request.kind in KINDS}
    learned = memory.learn(tx, [errand.request for errand in first.values()])
    made = [one for errand in first.values() if (one := _made(tx, learned, errand))]
    if made:
        written = post_all(tx, _batch(made, learned))
        for one in made:
            document_id, number = written[one.document.request_id]
            one.errand.answer(Posted(document_id, number, one.errand.request.kind, len(one.rows)))


def _made(tx: Tx, learned: Learned, errand: Errand) -> _Made | None:
    """The document of an errand; None where the long way has to be gone."""
    with suppress(WmsError):
        return _make(tx, learned, errand)
    return None


def _make(tx: Tx, learned: Learned, errand: Errand) -> _Made | None:
    request: PostDocument = errand.request
    posting.check_document(request, tx.now)
    if _makes_a_lot(learned, request):
        return None
    rule, known = KINDS[request.kind], learned.known
    today = (request.at or tx.now).date()
    rows = [resolve(tx, rule, known, line, today) for line in request.lines]
    changed = changes(rows, {place.location_id for place in known.places.values() if place.is_real})
    if any(max(change.net, change.needed) > MOST_ON_HAND for change in changed.values()):
        return None
    digest = posting.fingerprint(request.kind, request)
    return _Made(errand, posted_row(tx.now, errand.actor, request, digest), rows, changed)


def _makes_a_lot(learned: Learned, request: PostDocument) -> bool:
    """Whether a line names a lot that is not there yet, or has an expiry date to learn."""
    for line in request.lines:
        goods = learned.known.goods.get(line.code)
        if line.lot and goods:
            lot = learned.known.lots.get((goods.product_id, line.lot.strip()))
            if lot is None or (lot.expires is None and line.expires is not None):
                return True
    return False


def _batch(made: Sequence[_Made], learned: Learned) -> Batch:
    batch = Batch()
    by_id = {place.location_id: place for place in learned.known.places.values()}
    for one in made:
        request, actor = one.errand.request, one.errand.actor
        batch.documents.append((PREFIXES[request.kind], one.document, one.rows))
        batch.operators.add((actor.session_id, KINDS[request.kind].permission.value))
        batch.change(one.changes)
        batch.goods |= {row.product_id: learned.versions[row.product_id] for row in one.rows}
        touched = {row.source_id for row in one.rows} | {row.target_id for row in one.rows}
        batch.places |= {key: (by_id[key].code, by_id[key].kind.value) for key in touched}
    return batch
