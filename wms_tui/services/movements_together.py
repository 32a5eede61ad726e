"""Posting for many at once on a server: documents are made from what is remembered, and the server checks them.

Documents are sent as such or as drafts. Only what can be posted is posted here. Whatever is refused or out of the
ordinary is left to its own use case, which looks everything up anew and says why.
"""

from __future__ import annotations

from collections.abc import Sequence

from wms_tui.db.movements_together import Batch, post_all
from wms_tui.db.posting_alone import Alone, post_alone, way
from wms_tui.db.transaction import Tx
from wms_tui.domain.entry import DraftRef
from wms_tui.domain.locations import Place
from wms_tui.domain.movements import KINDS, PostDocument, Posted
from wms_tui.services.making import Made, made_as_usual, made_of_learned
from wms_tui.services.planning import Planned
from wms_tui.services.posting_alone import post_if_remembered
from wms_tui.services.remembering import Learned, Memory
from wms_tui.services.together import Errand
from wms_tui.services.ways import Usual


def post_together(tx: Tx, memory: Memory, errands: Sequence[Errand]) -> None:
    """Post what can be posted of the errands in one statement, and answer those.

    Raises the driver's error where the statement failed; then nothing was written and nobody was answered.
    """
    if len(errands) == 1 and post_if_remembered(tx, memory, errands[0]):
        return
    usual = [_usual(memory, errand) for errand in errands]
    learned = _learn(tx, memory, [errand for errand, one in zip(errands, usual, strict=True) if one is None])
    made: dict[str, Made] = {}
    for errand, one in zip(errands, usual, strict=True):
        document = made_as_usual(tx, one, errand) if one else learned and made_of_learned(tx, learned, errand)
        if document:
            made.setdefault(document.document.request_id, document)
    if made:
        written = _write(tx, list(made.values()), learned.known if learned else Planned())
        for request_id, (sent, _, rows, *_) in made.items():
            document_id, number = written[request_id]
            sent.errand.answer(Posted(document_id, number, sent.document.kind, len(rows)))


def _usual(memory: Memory, errand: Errand) -> Usual | None:
    request = errand.request
    if isinstance(request, PostDocument) and len(request.lines) == 1:
        return memory.usual(request.kind, request.lines[0])
    return None


def _learn(tx: Tx, memory: Memory, errands: Sequence[Errand]) -> Learned | None:
    """What the errands name that are not usual, if there are any."""
    requests = [errand.request for errand in errands if errand.request.kind in KINDS]
    if not requests:
        return None
    documents = [request for request in requests if isinstance(request, PostDocument)]
    return memory.learn(tx, documents, {request.draft_id for request in requests if isinstance(request, DraftRef)})


def _write(tx: Tx, made: Sequence[Made], planned: Planned) -> dict[str, tuple[int, str]]:
    """Request id → (id, number) of every document."""
    first = made[0]
    if len(made) > 1 or len(first.rows) > 1 or planned.made or planned.dated:
        return post_all(tx, _batch(made, planned))
    return {first.document.request_id: post_alone(tx, _alone(first))}


def _alone(made: Made) -> Alone:
    (row,), rule = made.rows, KINDS[made.sent.document.kind]
    ends = made.places[row.source_id], made.places[row.target_id]
    return Alone(
        way(rule, row.product_id, made.versions[row.product_id], row.lot_id, row.unit_id, *ends),
        made.document,
        made.sent.errand.actor.session_id,
        row.quantity,
        row.entered_quantity,
        row.unit_cost,
        row.reason_id,
        made.sent.ended,
    )


def _batch(made: Sequence[Made], planned: Planned) -> Batch:
    batch, places = Batch(made=planned.made, dated=planned.dated), dict[int, Place]()
    for sent, document, rows, changes, versions, touched in made:
        rule = KINDS[sent.document.kind]
        batch.documents.append((rule.prefix, document, rows))
        batch.operators.add((sent.errand.actor.session_id, rule.permission.value))
        batch.change(changes)
        if sent.draft:
            batch.ended += filter(None, [sent.ended])
        batch.goods |= versions
        places |= touched
    batch.places = {key: (place.code, place.kind.value) for key, place in places.items()}
    return batch
