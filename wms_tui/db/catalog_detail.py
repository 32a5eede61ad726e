"""Statements behind the detail of one product."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, case, cast, func, literal_column, select

from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import (
    Balance,
    Barcode,
    Category,
    Document,
    Location,
    Lot,
    Movement,
    PriceChange,
    ProductUnit,
    Unit,
    User,
    core,
)
from wms_tui.db.tables import Product as ProductTable
from wms_tui.db.transaction import Tx
from wms_tui.domain.catalog import LatestMove, PackUnit, PriceStep, Product, ProductBarcode, StockPlace
from wms_tui.domain.locations import REAL
from wms_tui.domain.products import Tracking

PRODUCT, UNIT, CATEGORY, PRODUCT_UNIT, BARCODE = (
    core(ProductTable),
    core(Unit),
    core(Category),
    core(ProductUnit),
    core(Barcode),
)
BALANCE, LOCATION, LOT, MOVEMENT = core(Balance), core(Location), core(Lot), core(Movement)
DOCUMENT, USER, PRICE = core(Document), core(User), core(PriceChange)
SOURCE, TARGET = LOCATION.alias("source"), LOCATION.alias("target")

MOST_PLACES = 200
LATEST = 20


def _product() -> Select[Any]:
    return (
        select(
            PRODUCT.c.id,
            PRODUCT.c.version,
            PRODUCT.c.sku,
            PRODUCT.c.name,
            func.coalesce(CATEGORY.c.path, ""),
            PRODUCT.c.specification,
            UNIT.c.code,
            PRODUCT.c.price,
            PRODUCT.c.cost,
            PRODUCT.c.tracking,
            PRODUCT.c.shelf_life_days,
            PRODUCT.c.receipt_life_days,
            PRODUCT.c.issue_life_days,
            PRODUCT.c.min_stock,
            PRODUCT.c.max_stock,
            PRODUCT.c.reorder_quantity,
            PRODUCT.c.lead_time_days,
            PRODUCT.c.active,
        )
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .outerjoin(CATEGORY, CATEGORY.c.id == PRODUCT.c.category_id)
        .where(PRODUCT.c.id == bindparam("product_id"))
    )


def _barcodes() -> Select[Any]:
    return (
        select(BARCODE.c.code, BARCODE.c.quantity, UNIT.c.code)
        .join(PRODUCT, PRODUCT.c.id == BARCODE.c.product_id)
        .join(UNIT, UNIT.c.id == func.coalesce(BARCODE.c.unit_id, PRODUCT.c.unit_id))
        .where(BARCODE.c.product_id == bindparam("product_id"))
        .order_by(BARCODE.c.id)
    )


def _moves() -> Select[Any]:
    return (
        select(
            MOVEMENT.c.at,
            DOCUMENT.c.number,
            SOURCE.c.code,
            TARGET.c.code,
            LOT.c.number,
            MOVEMENT.c.quantity,
            USER.c.name,
        )
        .join(DOCUMENT, DOCUMENT.c.id == MOVEMENT.c.document_id)
        .join(SOURCE, SOURCE.c.id == MOVEMENT.c.source_id)
        .join(TARGET, TARGET.c.id == MOVEMENT.c.target_id)
        .join(LOT, LOT.c.id == MOVEMENT.c.lot_id)
        .join(USER, USER.c.id == MOVEMENT.c.user_id)
        .where(MOVEMENT.c.product_id == bindparam("product_id"))
        .order_by(MOVEMENT.c.document_id.desc(), MOVEMENT.c.id.desc())
        .limit(LATEST)
    )


def _places() -> Select[Any]:
    return (
        select(LOCATION.c.code, LOT.c.number, LOT.c.expires, BALANCE.c.quantity)
        .join(LOCATION, LOCATION.c.id == BALANCE.c.location_id)
        .join(LOT, LOT.c.id == BALANCE.c.lot_id)
        .where(BALANCE.c.product_id == bindparam("product_id"), BALANCE.c.quantity > 0)
        .order_by(LOCATION.c.code, LOT.c.number)
        .limit(MOST_PLACES)
    )


def _prices() -> Select[Any]:
    return (
        select(PRICE.c.at, USER.c.name, PRICE.c.field, PRICE.c.before, PRICE.c.after)
        .join(USER, USER.c.id == PRICE.c.user_id)
        .where(PRICE.c.product_id == bindparam("product_id"))
        .order_by(PRICE.c.id.desc())
        .limit(LATEST)
    )


def _changes(dialect: str) -> Select[Any]:
    """What each day (UTC) changed of the stock in real locations."""
    real: list[ColumnElement[str]] = [literal_column(f"'{kind.value}'") for kind in sorted(REAL)]
    change = case((TARGET.c.kind.in_(real), MOVEMENT.c.quantity), else_=0) - case(
        (SOURCE.c.kind.in_(real), MOVEMENT.c.quantity), else_=0
    )
    day = (
        func.substr(cast(MOVEMENT.c.at, String), 1, 10)
        if dialect == "sqlite"
        else func.to_char(func.timezone("UTC", MOVEMENT.c.at), "YYYY-MM-DD")
    )
    return (
        select(day, func.sum(change, type_=MOVEMENT.c.quantity.type))
        .join(SOURCE, SOURCE.c.id == MOVEMENT.c.source_id)
        .join(TARGET, TARGET.c.id == MOVEMENT.c.target_id)
        .where(MOVEMENT.c.product_id == bindparam("product_id"), MOVEMENT.c.at >= bindparam("since"))
        .group_by(day)
    )


PRODUCT_BY_ID = Prepared(_product)
UNITS = Prepared(
    lambda: (
        select(UNIT.c.code, PRODUCT_UNIT.c.factor)
        .join(UNIT, UNIT.c.id == PRODUCT_UNIT.c.unit_id)
        .where(PRODUCT_UNIT.c.product_id == bindparam("product_id"))
        .order_by(PRODUCT_UNIT.c.factor, UNIT.c.code)
    )
)
BARCODES = Prepared(_barcodes)
PLACES = Prepared(_places)
MOVES = Prepared(_moves)
PRICES = Prepared(_prices)
CHANGES = Prepared.by_dialect(_changes)


def product(tx: Tx, product_id: int) -> Product:
    row = tx.one(PRODUCT_BY_ID, product_id=product_id)
    assert row is not None
    return replace(Product(*row), tracking=Tracking(row[9]))


def units(tx: Tx, product_id: int) -> tuple[PackUnit, ...]:
    """Its units other than the base unit, the smallest first."""
    return tuple(PackUnit(*row) for row in tx.all(UNITS, product_id=product_id))


def barcodes(tx: Tx, product_id: int) -> tuple[ProductBarcode, ...]:
    return tuple(ProductBarcode(*row) for row in tx.all(BARCODES, product_id=product_id))


def places(tx: Tx, product_id: int) -> tuple[StockPlace, ...]:
    return tuple(StockPlace(*row) for row in tx.all(PLACES, product_id=product_id))


def moves(tx: Tx, product_id: int) -> tuple[LatestMove, ...]:
    """The last movements, newest first."""
    return tuple(LatestMove(*row) for row in tx.all(MOVES, product_id=product_id))


def prices(tx: Tx, product_id: int) -> tuple[PriceStep, ...]:
    """The last changes of price and cost, newest first."""
    return tuple(PriceStep(*row) for row in tx.all(PRICES, product_id=product_id))


def changes_by_day(tx: Tx, product_id: int, since: datetime) -> dict[int, Decimal]:
    """By how much each day changed what is on hand; days as ordinals."""
    rows = tx.all(CHANGES, product_id=product_id, since=since)
    return {datetime.fromisoformat(day).toordinal(): change for day, change in rows}
