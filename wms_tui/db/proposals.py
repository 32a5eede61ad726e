"""Statements that find the lots to take: first expired first out, and of those that keep for ever the oldest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, bindparam, func, or_, select

from wms_tui.db.entry import SCAN
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import NO_LOT, Balance, Location, Lot, Movement, core
from wms_tui.db.transaction import Tx

BALANCE, LOCATION, LOT, MOVEMENT = core(Balance), core(Location), core(Lot), core(Movement)
MOST = 50
MOST_ARRIVALS = 500
"""So many of a product's last movements are looked at; what came before them is older than all."""


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


def _places() -> Select[Any]:
    return (
        select(LOCATION.c.id, LOCATION.c.code, BALANCE.c.quantity)
        .select_from(BALANCE)
        .join(LOCATION, LOCATION.c.id == BALANCE.c.location_id)
        .where(BALANCE.c.product_id == bindparam("product_id"), BALANCE.c.quantity > 0)
        .order_by(LOCATION.c.code)
    )


def _arrivals() -> Select[Any]:
    return (
        select(MOVEMENT.c.target_id, MOVEMENT.c.quantity)
        .where(MOVEMENT.c.product_id == bindparam("product_id"))
        .order_by(MOVEMENT.c.document_id.desc(), MOVEMENT.c.id.desc())
        .limit(MOST_ARRIVALS)
    )


PLACES = Prepared(_places)
ARRIVALS = Prepared(_arrivals)
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


def oldest_place(tx: Tx, product_id: int) -> tuple[str, Decimal] | None:
    """The location whose goods came there before those of all others, with what is on hand there.

    What came last is taken to be what is there, so the oldest of it came with the arrival that fills up the balance.
    """
    places = {key: (code, quantity) for key, code, quantity in tx.all(PLACES, product_id=product_id)}
    missing = {key: quantity for key, (_, quantity) in places.items()}
    filled: list[int] = []
    for target_id, quantity in tx.all(ARRIVALS, product_id=product_id) if len(places) > 1 else ():
        if missing.get(target_id, 0) > 0:
            missing[target_id] -= quantity
            filled += [target_id] if missing[target_id] <= 0 else []
    older = [key for key, quantity in missing.items() if quantity > 0]
    oldest = older[:1] or filled[-1:]
    return places[oldest[0]] if oldest else None
