"""Statements behind the exports."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from wms_tui.db.balances import BALANCE
from wms_tui.db.documents import BASE_UNIT, ORIGINAL, SOURCE, TARGET
from wms_tui.db.history import DOCUMENT
from wms_tui.db.movements import LOT, MOVEMENT, REASON
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import Barcode, Category, Location, Product, ProductUnit, Unit, User, core

PRODUCT, UNIT, PRODUCT_UNIT, BARCODE = core(Product), core(Unit), core(ProductUnit), core(Barcode)
CATEGORY, LOCATION, USER = core(Category), core(Location), core(User)
PARENT = LOCATION.alias("parent")


def _barcodes() -> Any:
    return (
        select(BARCODE.c.product_id, BARCODE.c.code, BARCODE.c.quantity, PRODUCT_UNIT.c.factor)
        .outerjoin(
            PRODUCT_UNIT,
            (PRODUCT_UNIT.c.product_id == BARCODE.c.product_id) & (PRODUCT_UNIT.c.unit_id == BARCODE.c.unit_id),
        )
        .order_by(BARCODE.c.id)
    )


def _products() -> Any:
    return (
        select(
            PRODUCT.c.id,
            PRODUCT.c.sku,
            PRODUCT.c.name,
            CATEGORY.c.path,
            PRODUCT.c.specification,
            UNIT.c.code,
            PRODUCT.c.price,
            PRODUCT.c.cost,
            PRODUCT.c.tracking,
            PRODUCT.c.min_stock,
            PRODUCT.c.max_stock,
            PRODUCT.c.reorder_quantity,
            PRODUCT.c.lead_time_days,
            PRODUCT.c.shelf_life_days,
            PRODUCT.c.receipt_life_days,
            PRODUCT.c.issue_life_days,
        )
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .outerjoin(CATEGORY, CATEGORY.c.id == PRODUCT.c.category_id)
        .order_by(PRODUCT.c.sku)
    )


def _stock() -> Any:
    return (
        select(PRODUCT.c.sku, LOCATION.c.code, LOT.c.number, LOT.c.expires, BALANCE.c.quantity, PRODUCT.c.cost)
        .select_from(BALANCE)
        .join(PRODUCT, PRODUCT.c.id == BALANCE.c.product_id)
        .join(LOCATION, LOCATION.c.id == BALANCE.c.location_id)
        .join(LOT, LOT.c.id == BALANCE.c.lot_id)
        .where(BALANCE.c.quantity > 0)
        .order_by(PRODUCT.c.sku, LOCATION.c.code, LOT.c.number)
    )


def _movements() -> Any:
    return (
        select(
            MOVEMENT.c.id,
            DOCUMENT.c.request_id,
            DOCUMENT.c.kind,
            PRODUCT.c.sku,
            MOVEMENT.c.entered_quantity,
            UNIT.c.code,
            SOURCE.c.code,
            TARGET.c.code,
            LOT.c.number,
            LOT.c.expires,
            DOCUMENT.c.reference,
            DOCUMENT.c.partner,
            REASON.c.code,
            DOCUMENT.c.note,
            LOT.c.manufactured,
            DOCUMENT.c.happened_at,
            DOCUMENT.c.number,
            MOVEMENT.c.line,
            MOVEMENT.c.quantity,
            BASE_UNIT.c.code,
            USER.c.name,
            DOCUMENT.c.posted_at,
            ORIGINAL.c.number,
            MOVEMENT.c.unit_cost,
        )
        .select_from(MOVEMENT)
        .join(DOCUMENT, DOCUMENT.c.id == MOVEMENT.c.document_id)
        .join(PRODUCT, PRODUCT.c.id == MOVEMENT.c.product_id)
        .join(UNIT, UNIT.c.id == MOVEMENT.c.unit_id)
        .join(BASE_UNIT, BASE_UNIT.c.id == PRODUCT.c.unit_id)
        .join(SOURCE, SOURCE.c.id == MOVEMENT.c.source_id)
        .join(TARGET, TARGET.c.id == MOVEMENT.c.target_id)
        .join(LOT, LOT.c.id == MOVEMENT.c.lot_id)
        .join(USER, USER.c.id == DOCUMENT.c.user_id)
        .outerjoin(REASON, REASON.c.id == MOVEMENT.c.reason_id)
        .outerjoin(ORIGINAL, ORIGINAL.c.id == DOCUMENT.c.reverses_id)
        .where(MOVEMENT.c.id > bindparam("after"))
        .order_by(MOVEMENT.c.id)
        .limit(bindparam("most"))
    )


BARCODES = Prepared(_barcodes)
PRODUCTS = Prepared(_products)
LOCATIONS = Prepared(
    lambda: (
        select(LOCATION.c.code, LOCATION.c.name, LOCATION.c.kind, PARENT.c.code)
        .outerjoin(PARENT, PARENT.c.id == LOCATION.c.parent_id)
        .order_by(LOCATION.c.code)
    )
)
STOCK = Prepared(_stock)
MOVEMENTS = Prepared(_movements)
