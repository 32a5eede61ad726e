"""Statements that change products, their units and barcodes, and the category tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import (
    AuditEvent,
    Barcode,
    Category,
    DraftScan,
    Movement,
    PriceChange,
    Product,
    ProductUnit,
    Unit,
    User,
    core,
)
from wms_tui.db.transaction import Tx

PRODUCT, UNIT, CATEGORY, BARCODE = core(Product), core(Unit), core(Category), core(Barcode)
PRODUCT_UNIT, PRICE, MOVEMENT, SCAN = core(ProductUnit), core(PriceChange), core(Movement), core(DraftScan)
EVENT, USER = core(AuditEvent), core(User)

ADD_PRICE = Prepared(
    lambda: insert(PRICE).values({name.name: bindparam(name.name) for name in PRICE.c if name.name != "id"})
)
ADD_BARCODE = Prepared(
    lambda: insert(BARCODE).values(
        code=bindparam("code"),
        product_id=bindparam("product_id"),
        unit_id=bindparam("unit_id"),
        quantity=bindparam("quantity"),
    )
)
REMOVE_BARCODE = Prepared(lambda: delete(BARCODE).where(BARCODE.c.code == bindparam("barcode")))
OWNER = Prepared(
    lambda: (
        select(PRODUCT.c.id, PRODUCT.c.sku)
        .join(BARCODE, BARCODE.c.product_id == PRODUCT.c.id)
        .where(BARCODE.c.code == bindparam("code"))
    )
)
OF_SKU = Prepared(lambda: select(PRODUCT.c.id, PRODUCT.c.name).where(PRODUCT.c.sku == bindparam("sku")))
UNITS = Prepared(lambda: select(UNIT.c.id, UNIT.c.code).order_by(UNIT.c.code))
SET_FACTOR = Prepared(
    lambda: (
        update(PRODUCT_UNIT)
        .where(PRODUCT_UNIT.c.product_id == bindparam("product"), PRODUCT_UNIT.c.unit_id == bindparam("unit"))
        .values(factor=bindparam("factor"))
    )
)
ADD_FACTOR = Prepared(
    lambda: insert(PRODUCT_UNIT).values(
        product_id=bindparam("product"), unit_id=bindparam("unit"), factor=bindparam("factor")
    )
)
REMOVE_FACTOR = Prepared(
    lambda: delete(PRODUCT_UNIT).where(
        PRODUCT_UNIT.c.product_id == bindparam("product"), PRODUCT_UNIT.c.unit_id == bindparam("unit")
    )
)
IN_BARCODES = Prepared(
    lambda: select(func.count()).where(
        BARCODE.c.product_id == bindparam("product"), BARCODE.c.unit_id == bindparam("unit")
    )
)
IN_DRAFTS = Prepared(
    lambda: select(func.count()).where(SCAN.c.product_id == bindparam("product"), SCAN.c.unit_id == bindparam("unit"))
)
CATEGORY_OF = Prepared(lambda: select(CATEGORY.c.id, CATEGORY.c.parent_id).where(CATEGORY.c.path == bindparam("path")))
CATEGORIES = Prepared(
    lambda: (
        select(CATEGORY.c.path, CATEGORY.c.name, func.count(PRODUCT.c.id))
        .outerjoin(PRODUCT, PRODUCT.c.category_id == CATEGORY.c.id)
        .group_by(CATEGORY.c.id, CATEGORY.c.path, CATEGORY.c.name)
    )
)
ADD_CATEGORY = Prepared(
    lambda: insert(CATEGORY).values(name=bindparam("name"), path=bindparam("path"), parent_id=bindparam("parent_id"))
)
SET_CATEGORY = Prepared(
    lambda: (
        update(CATEGORY)
        .where(CATEGORY.c.id == bindparam("category"))
        .values(name=bindparam("name"), path=bindparam("path"), parent_id=bindparam("parent_id"))
    )
)
INSIDE = Prepared(
    lambda: (
        select(CATEGORY.c.id, CATEGORY.c.path)
        .where(func.substr(CATEGORY.c.path, 1, func.length(bindparam("inside"))) == bindparam("inside"))
        .order_by(CATEGORY.c.path)
    )
)
SET_PATH = Prepared(
    lambda: update(CATEGORY).where(CATEGORY.c.id == bindparam("category")).values(path=bindparam("path"))
)
USED_CATEGORY = Prepared(
    lambda: select(func.count()).where(
        or_(
            select(PRODUCT.c.id).where(PRODUCT.c.category_id == bindparam("category")).exists(),
            select(CATEGORY.c.id).where(CATEGORY.c.parent_id == bindparam("category")).exists(),
        )
    )
)
REMOVE_CATEGORY = Prepared(lambda: delete(CATEGORY).where(CATEGORY.c.id == bindparam("category")))
LAST_EDITOR = Prepared(
    lambda: (
        select(USER.c.name)
        .join(EVENT, EVENT.c.user_id == USER.c.id)
        .where(EVENT.c.subject == bindparam("subject"))
        .order_by(EVENT.c.id.desc())
        .limit(1)
    )
)


class CategoryNode(NamedTuple):
    category_id: int
    parent_id: int | None


def add(tx: Tx, values: Mapping[str, Any]) -> int:
    """Write a product of these columns; its id."""
    statement = insert(PRODUCT).values(active=True, version=1, created_at=tx.now, updated_at=tx.now, **values)
    return int(tx.connection.execute(statement.returning(PRODUCT.c.id)).scalar_one())


def change(tx: Tx, product_id: int, version: int, values: Mapping[str, Any]) -> bool:
    """Change these columns of the product that still has this version; False if it has another one by now."""
    statement = (
        update(PRODUCT)
        .where(PRODUCT.c.id == product_id, PRODUCT.c.version == version)
        .values(version=version + 1, updated_at=tx.now, **values)
    )
    return tx.connection.execute(statement).rowcount == 1


def add_price(
    tx: Tx, product_id: int, field: str, before: Decimal | None, after: Decimal | None, user_id: int
) -> dict[str, Any]:
    """A row of the price history, as ``ADD_PRICE`` takes it."""
    return {
        "product_id": product_id,
        "field": field,
        "before": before,
        "after": after,
        "user_id": user_id,
        "at": tx.now,
    }


def write_prices(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    tx.many(ADD_PRICE, rows)


def of_sku(tx: Tx, sku: str) -> tuple[int, str] | None:
    """(id, name) of the product that has exactly this SKU."""
    row = tx.one(OF_SKU, sku=sku)
    return (row[0], row[1]) if row else None


def owner(tx: Tx, barcode: str) -> tuple[int, str] | None:
    """(id, SKU) of the product that a barcode belongs to."""
    row = tx.one(OWNER, code=barcode)
    return (row[0], row[1]) if row else None


def units(tx: Tx) -> dict[str, int]:
    """All units: code → id."""
    return {code: key for key, code in tx.all(UNITS)}


def category(tx: Tx, path: str) -> CategoryNode | None:
    row = tx.one(CATEGORY_OF, path=path)
    return CategoryNode(*row) if row else None


def number(tx: Tx, statement: Prepared, **values: Any) -> int:
    """What a statement counts."""
    row = tx.one(statement, **values)
    return int(row[0]) if row else 0


def last_editor(tx: Tx, sku: str) -> str:
    """Who last did something to this subject, by the audit."""
    row = tx.one(LAST_EDITOR, subject=sku)
    return str(row[0]) if row else ""
