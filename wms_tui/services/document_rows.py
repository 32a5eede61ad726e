"""The row of a document, out of what was asked for and who asks."""

from __future__ import annotations

from datetime import datetime

from wms_tui.db.history import FoundDocument
from wms_tui.db.movements import DocumentRow
from wms_tui.domain.access import Actor
from wms_tui.domain.movements import DocumentKind, PostDocument, ReverseDocument


def posted_row(now: datetime, actor: Actor, request: PostDocument, digest: str) -> DocumentRow:
    """Of a document that is posted now; ``digest`` tells its contents from others under the same request id."""
    return DocumentRow(
        request.kind.value,
        request.reference,
        request.partner,
        request.note,
        actor.user_id,
        actor.terminal,
        request.at or now,
        now,
        request.request_id,
        digest,
    )


def reversal_row(
    now: datetime, actor: Actor, request: ReverseDocument, digest: str, reversed_one: FoundDocument
) -> DocumentRow:
    """Of the reversal of a posted document."""
    return DocumentRow(
        kind=DocumentKind.REVERSAL.value,
        reference=reversed_one.reference,
        partner=reversed_one.partner,
        note=request.note,
        user_id=actor.user_id,
        terminal=actor.terminal,
        happened_at=now,
        posted_at=now,
        request_id=request.request_id,
        request_hash=digest,
        reverses_id=reversed_one.document_id,
    )
