"""Statements behind the stock enquiry: balances now, or summed from the ledger as of a moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select, true, tuple_, union_all
from sqlalchemy.sql.selectable import CTE, Subquery

from wms_tui.db.tables import Balance, Location, Lot, Movement, Product, Unit, core
from wms_tui.db.transaction import Tx
from wms_tui.db.types import Quantity
from wms_tui.domain.enquiry import StockQuery
from wms_tui.domain.locations import REAL

BALANCE, LOCATION, LOT = core(Balance), core(Location), core(Lot)
MOVEMENT, PRODUCT, UNIT = core(Movement), core(Product), core(Unit)


def stock(tx: Tx, query: StockQuery) -> list[tuple[Any, ...]]:
    """(sku, name, location, lot, expires, quantity, unit, cost) in the order of sku, location and lot."""
    held = _as_of(query) if query.as_of else BALANCE
    key = tuple_(PRODUCT.c.sku, LOCATION.c.code, LOT.c.number)
    statement = (
        select(
            PRODUCT.c.sku,
            PRODUCT.c.name,
            LOCATION.c.code,
            LOT.c.number,
            LOT.c.expires,
            held.c.quantity,
            UNIT.c.code,
            PRODUCT.c.cost,
        )
        .select_from(PRODUCT)
        .join(held, held.c.product_id == PRODUCT.c.id)
        .join(LOCATION, LOCATION.c.id == held.c.location_id)
        .join(LOT, LOT.c.id == held.c.lot_id)
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .where(held.c.quantity != 0, *_filters(query))
        .order_by(PRODUCT.c.sku, LOCATION.c.code, LOT.c.number)
        .limit(query.limit + 1)
    )
    if query.after:
        statement = statement.where(PRODUCT.c.sku >= query.after[0], key > tuple_(*query.after))
    return [tuple(row) for row in tx.connection.execute(statement)]


def _filters(query: StockQuery) -> list[Any]:
    filters: list[Any] = []
    if query.sku:
        filters.append(PRODUCT.c.sku == query.sku)
    if query.location:
        filters.append(LOCATION.c.id.in_(select(below(query.location).c.id)))
    if query.lot:
        filters.append(LOT.c.number == query.lot)
    for word in query.text.split():
        filters.append(or_(*(column.icontains(word, autoescape=True) for column in (PRODUCT.c.sku, PRODUCT.c.name))))
    return filters


def below(code: str) -> CTE:
    """A location and everything under it in the tree."""
    tree = select(LOCATION.c.id).where(LOCATION.c.code == code).cte("tree", recursive=True)
    return tree.union(select(LOCATION.c.id).join(tree, LOCATION.c.parent_id == tree.c.id))


def _as_of(query: StockQuery) -> Subquery:
    """Balances as the ledger had them at a moment."""
    sides = [
        select(
            MOVEMENT.c.product_id,
            MOVEMENT.c.lot_id,
            place.label("location_id"),
            (MOVEMENT.c.quantity if sign > 0 else -MOVEMENT.c.quantity).label("change"),
        )
        .join(LOCATION, LOCATION.c.id == place)
        .where(MOVEMENT.c.at <= query.as_of, LOCATION.c.kind.in_([kind.value for kind in REAL]), _of_product(query))
        for place, sign in ((MOVEMENT.c.target_id, 1), (MOVEMENT.c.source_id, -1))
    ]
    change = union_all(*sides).subquery("change")
    total = func.sum(change.c.change, type_=Quantity)
    keys = (change.c.product_id, change.c.location_id, change.c.lot_id)
    return select(*keys, total.label("quantity")).group_by(*keys).subquery("held")


def _of_product(query: StockQuery) -> Any:
    """Only the product asked for, so that its index is used."""
    if not query.sku:
        return true()
    return MOVEMENT.c.product_id == select(PRODUCT.c.id).where(PRODUCT.c.sku == query.sku).scalar_subquery()
