"""Posting a document of one line whose product and places are remembered: what a scanner sends most of the day.

It needs neither the batch of ``movements_together`` nor its look-ups; what is out of the ordinary is left to that.
"""

from __future__ import annotations

from contextlib import suppress

from wms_tui.db.posting_alone import Alone, post_alone
from wms_tui.db.transaction import Tx
from wms_tui.domain import lots, posting
from wms_tui.domain.access import Actor
from wms_tui.domain.errors import WmsError
from wms_tui.domain.movements import KINDS, PostDocument, Posted
from wms_tui.domain.quantities import MOST_ON_HAND
from wms_tui.services.document_rows import posted_row
from wms_tui.services.remembering import Memory
from wms_tui.services.resolving import resolve
from wms_tui.services.together import Errand


def post_if_remembered(tx: Tx, memory: Memory, errand: Errand) -> bool:
    """Post and answer the errand, or leave it. Raises the driver's error where nothing was written."""
    request = errand.request
    if not isinstance(request, PostDocument) or len(request.lines) != 1 or request.kind not in KINDS:
        return False
    alone = None
    with suppress(WmsError):
        alone = _made(tx, memory, errand.actor, request)
    if alone is None:
        return False
    document_id, number = post_alone(tx, alone)
    errand.answer(Posted(document_id, number, request.kind, 1))
    return True


def _made(tx: Tx, memory: Memory, actor: Actor, request: PostDocument) -> Alone | None:
    """The document; None where it is out of the ordinary. Raises what is wrong with it."""
    rule, line = KINDS[request.kind], request.lines[0]
    recalled = memory.recall(rule, line)
    if recalled is None:
        return None
    known, version = recalled
    posting.check_document(request, tx.now)
    row = resolve(tx, rule, known, line, lots.day_of(request.at or tx.now))
    if row.quantity > MOST_ON_HAND:
        return None
    source, target = (known.places[code] for code in posting.default_codes(rule, line))
    return Alone(
        rule.prefix,
        posted_row(tx.now, actor, request, posting.fingerprint(request.kind, request)),
        row,
        actor.session_id,
        rule.permission.value,
        version,
        source,
        target,
    )
