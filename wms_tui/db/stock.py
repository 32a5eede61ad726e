"""Statements that read balances."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, case, distinct, func, select

from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import Balance, Lot, core
from wms_tui.db.transaction import Tx

BALANCE, LOT = core(Balance), core(Lot)


def _sum(column: Any) -> Any:
    return func.coalesce(func.sum(column, type_=BALANCE.c.quantity.type), 0, type_=BALANCE.c.quantity.type)


def _here_and_total() -> Select[Any]:
    here = case((BALANCE.c.location_id == bindparam("location_id"), BALANCE.c.quantity), else_=None)
    return select(_sum(here), _sum(BALANCE.c.quantity)).where(BALANCE.c.product_id == bindparam("product_id"))


def _held() -> Select[Any]:
    places = func.count(distinct(BALANCE.c.location_id))
    held = (BALANCE.c.product_id == bindparam("product_id"), BALANCE.c.quantity > 0)
    return select(_sum(BALANCE.c.quantity), places).where(*held)


def _lots_here() -> Select[Any]:
    return (
        select(LOT.c.number, LOT.c.expires, BALANCE.c.quantity)
        .join(LOT, LOT.c.id == BALANCE.c.lot_id)
        .where(
            BALANCE.c.product_id == bindparam("product_id"),
            BALANCE.c.location_id == bindparam("location_id"),
            BALANCE.c.quantity > 0,
        )
        .order_by(LOT.c.expires.is_(None), LOT.c.expires, LOT.c.id)
        .limit(20)
    )


HELD = Prepared(_held)
HERE_AND_TOTAL = Prepared(_here_and_total)
LOTS_HERE = Prepared(_lots_here)


def here_and_total(tx: Tx, product_id: int, location_id: int) -> tuple[Decimal, Decimal]:
    """On hand of a product at one location and in all, in base units."""
    row = tx.one(HERE_AND_TOTAL, product_id=product_id, location_id=location_id)
    return (row[0], row[1]) if row else (Decimal(0), Decimal(0))


def held(tx: Tx, product_id: int) -> tuple[Decimal, int]:
    """All that is on hand of a product, in base units, and in how many locations."""
    row = tx.one(HELD, product_id=product_id)
    return (row[0], int(row[1])) if row else (Decimal(0), 0)


def lots_here(tx: Tx, product_id: int, location_id: int) -> list[tuple[str, date | None, Decimal]]:
    """Lots on hand at a location, first expired first out: (number, expiry, quantity)."""
    return [
        (number, expires, quantity)
        for number, expires, quantity in tx.all(LOTS_HERE, product_id=product_id, location_id=location_id)
    ]
