"""Posting a document of one line whose product and places are remembered: what a scanner sends most of the day.

It needs neither the batch of ``movements_together`` nor its look-ups; what is out of the ordinary is left to that.
"""

from __future__ import annotations

from wms_tui.db.posting_alone import Alone, post_alone
from wms_tui.db.transaction import Tx
from wms_tui.domain import posting
from wms_tui.domain.access import Actor
from wms_tui.domain.errors import WmsError
from wms_tui.domain.movements import PostDocument, Posted
from wms_tui.services import resolving
from wms_tui.services.document_rows import posted_row
from wms_tui.services.remembering import Memory
from wms_tui.services.together import Errand
from wms_tui.services.ways import Usual


def post_if_remembered(tx: Tx, memory: Memory, errand: Errand) -> bool:
    """Post and answer the errand, or leave it. Raises the driver's error where nothing was written."""
    request = errand.request
    if not isinstance(request, PostDocument) or len(request.lines) != 1:
        return False
    usual = memory.usual(request.kind, request.lines[0])
    if usual is None:
        return False
    try:
        alone = _made(tx, usual, errand.actor, request)
    except WmsError:
        return False
    document_id, number = post_alone(tx, alone)
    errand.answer(Posted(document_id, number, request.kind, 1))
    return True


def _made(tx: Tx, usual: Usual, actor: Actor, request: PostDocument) -> Alone:
    """Raises what is wrong with the document."""
    posting.check_document(request, tx.now)
    amounts = resolving.amounts(usual.goods, request.lines[0], usual.factor, usual.pack)
    document = posted_row(tx.now, actor, request, posting.fingerprint(request.kind, request))
    return Alone(usual.way, document, actor.session_id, *amounts)
