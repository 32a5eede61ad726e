"""Statements behind today's figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, distinct, func, select

from wms_tui.db.enquiry import BALANCE, LOT, PRODUCT
from wms_tui.db.history import DOCUMENT
from wms_tui.db.transaction import Tx


def posted_since(tx: Tx, since: datetime) -> list[tuple[str, int]]:
    """How many documents of each kind were posted since a moment."""
    statement = select(DOCUMENT.c.kind, func.count()).where(DOCUMENT.c.posted_at >= since).group_by(DOCUMENT.c.kind)
    return [(kind, count) for kind, count in tx.connection.execute(statement)]


def low_stock(tx: Tx) -> int:
    """Active products with less on hand than their minimum."""
    held = (
        select(func.coalesce(func.sum(BALANCE.c.quantity, type_=BALANCE.c.quantity.type), 0))
        .where(BALANCE.c.product_id == PRODUCT.c.id)
        .scalar_subquery()
    )
    low = (PRODUCT.c.min_stock.is_not(None), PRODUCT.c.active.is_(True), held < PRODUCT.c.min_stock)
    return _number(tx, select(func.count()).select_from(PRODUCT).where(*low))


def expiring_lots(tx: Tx, until: date) -> int:
    """Lots on hand that expire until a day, the expired ones included."""
    held = select(func.count(distinct(LOT.c.id))).join(BALANCE, BALANCE.c.lot_id == LOT.c.id)
    return _number(tx, held.where(LOT.c.expires <= until, BALANCE.c.quantity > 0))


def _number(tx: Tx, statement: Select[Any]) -> int:
    return int(tx.connection.execute(statement).scalar_one())
