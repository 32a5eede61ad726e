"""Where serial numbers are: each in one place, once, whoever moves them at the same time."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from wms_tui.db.prepared import PreparedMany, among
from wms_tui.db.tables import Balance, Location, Lot, Product, core
from wms_tui.db.transaction import Tx

BALANCE, LOCATION, LOT, PRODUCT = core(Balance), core(Location), core(Lot), core(Product)


def _held(names: list[str]) -> Select[Any]:
    """The serial numbers among lots. Nobody else puts one of them anywhere before the end of the transaction."""
    return (
        select(LOT.c.id)
        .join(PRODUCT, PRODUCT.c.id == LOT.c.product_id)
        .where(among(LOT.c.id, names), PRODUCT.c.tracking == "serial")
        .order_by(LOT.c.id)
        .with_for_update(of=LOT, key_share=True)
    )


def _places(names: list[str]) -> Select[Any]:
    return (
        select(LOT.c.id, PRODUCT.c.sku, LOT.c.number, LOCATION.c.id, LOCATION.c.code, BALANCE.c.quantity)
        .select_from(BALANCE)
        .join(LOT, LOT.c.id == BALANCE.c.lot_id)
        .join(PRODUCT, PRODUCT.c.id == BALANCE.c.product_id)
        .join(LOCATION, LOCATION.c.id == BALANCE.c.location_id)
        .where(among(BALANCE.c.lot_id, names), BALANCE.c.quantity > 0)
        .order_by(LOT.c.id, LOCATION.c.id)
    )


HELD = PreparedMany(_held)
PLACES = PreparedMany(_places)

Twice = tuple[str, str, str]
"""SKU, serial number, and the code of the location where it is beside the one that it was put to."""


def twice(tx: Tx, put: Iterable[tuple[int, int]]) -> Twice | None:
    """The first of the (lot, location) pairs just put whose lot is a serial number and is now on hand more than once.

    Asked after the balances were changed. What others have put meanwhile is waited for, and counts.
    """
    places = dict(put)
    held = [key for (key,) in tx.among(HELD, sorted(places))] if places else []
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in tx.among(PLACES, held) if held else ():
        found.setdefault(row[0], []).append(row)
    for lot_id, rows in found.items():
        if sum((row[5] for row in rows), Decimal(0)) > 1:
            other = next((row for row in rows if row[3] != places[lot_id]), rows[0])
            return other[1], other[2], other[4]
    return None


def where(tx: Tx, lot_id: int) -> str:
    """The code of a location where a lot is on hand, empty where it is nowhere."""
    rows = tx.among(PLACES, [lot_id])
    return str(rows[0][4]) if rows else ""
