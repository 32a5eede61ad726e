"""Today's figures for the home screen."""

from __future__ import annotations

from datetime import timedelta

from wms_tui.db import counting_review, home
from wms_tui.db.prepared import Prepared
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.enquiry import Figures, Today
from wms_tui.domain.movements import DocumentKind
from wms_tui.services.door import holds
from wms_tui.services.setup import stored
from wms_tui.services.use_cases import use_case


@use_case(Permission.STOCK_VIEW, writes=False)
def figures(tx: Tx, actor: Actor, request: Today) -> Figures:
    """Documents posted since ``request.since``, products below minimum, lots about to expire, counts at work."""
    soon = request.day + timedelta(days=stored(tx).expiry_days)
    return Figures(
        documents={DocumentKind(kind): count for kind, count in home.posted_since(tx, request.since)},
        low_stock=home.low_stock(tx),
        expiring_lots=home.expiring_lots(tx, soon),
        counts_to_approve=_number(tx, actor, counting_review.AWAITING, Permission.COUNT_REVIEW),
        counts_under_way=_number(tx, actor, counting_review.UNDER_WAY, Permission.COUNT),
    )


def _number(tx: Tx, actor: Actor, statement: Prepared, permission: Permission) -> int:
    """What a statement counts, nothing for who may not see it."""
    row = tx.one(statement) if holds(tx, actor, permission) else None
    return int(row[0]) if row else 0
