"""Statements that find the lots to take: first expired first out, and of those that keep for ever the oldest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, bindparam, func, or_, select

from wms_tui.db.entry import SCAN
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import NO_LOT, Balance, Location, Lot, core
from wms_tui.db.transaction import Tx

BALANCE, LOCATION, LOT = core(Balance), core(Location), core(Lot)
MOST = 50


class HeldLot(NamedTuple):
    """What is on hand of a lot at a location, in base units."""

    lot_id: int
    number: str
    expires: date | None
    location_id: int
    location: str
    quantity: Decimal


def _lots() -> Select[Any]:
    return (
        select(LOT.c.id, LOT.c.number, LOT.c.expires, LOCATION.c.id, LOCATION.c.code, BALANCE.c.quantity)
        .select_from(BALANCE)
        .join(LOT, LOT.c.id == BALANCE.c.lot_id)
        .join(LOCATION, LOCATION.c.id == BALANCE.c.location_id)
        .where(
            BALANCE.c.product_id == bindparam("product_id"),
            BALANCE.c.quantity > 0,
            BALANCE.c.lot_id != NO_LOT,
            or_(LOT.c.expires.is_(None), LOT.c.expires >= bindparam("keeps_until", type_=Date)),
        )
        .order_by(LOT.c.expires.is_(None), LOT.c.expires, LOT.c.id, LOCATION.c.code)
        .limit(MOST)
    )


def _drafted() -> Select[Any]:
    taken = func.sum(SCAN.c.quantity, type_=SCAN.c.quantity.type)
    return (
        select(SCAN.c.lot, SCAN.c.source_id, SCAN.c.factor, taken)
        .where(SCAN.c.draft_id == bindparam("draft_id"), SCAN.c.product_id == bindparam("product_id"))
        .group_by(SCAN.c.lot, SCAN.c.source_id, SCAN.c.factor)
    )


ANYWHERE = Prepared(_lots)
HERE = Prepared(lambda: _lots().where(BALANCE.c.location_id == bindparam("location_id")))
DRAFTED = Prepared(_drafted)


def lots_left(
    tx: Tx, draft_id: int, product_id: int, keeps_until: date, location_id: int | None = None
) -> list[HeldLot]:
    """Lots on hand at a location, or anywhere, that keep until a day, in the order in which they should go.

    What the draft takes already is not counted as on hand.
    """
    asked = {"product_id": product_id, "keeps_until": keeps_until}
    rows = tx.all(ANYWHERE, **asked) if location_id is None else tx.all(HERE, **asked, location_id=location_id)
    taken: dict[tuple[str, int], Decimal] = {}
    for number, source_id, factor, quantity in tx.all(DRAFTED, draft_id=draft_id, product_id=product_id):
        taken[number, source_id] = taken.get((number, source_id), Decimal(0)) + factor * quantity
    held = (HeldLot(*row) for row in rows)
    left = (lot._replace(quantity=lot.quantity - taken.get((lot.number, lot.location_id), 0)) for lot in held)
    return [lot for lot in left if lot.quantity > 0]
