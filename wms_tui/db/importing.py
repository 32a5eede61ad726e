"""Statements that bring in products and locations by the thousand: looked up in batches, written set by set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, insert, literal_column, or_, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.prepared import Prepared, PreparedMany, among
from wms_tui.db.tables import Balance, Barcode, Category, Location, Movement, Product, ProductUnit, Unit, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.measures import quality_of

PRODUCT, UNIT, CATEGORY, BARCODE = core(Product), core(Unit), core(Category), core(Barcode)
LOCATION, BALANCE, MOVEMENT, PRODUCT_UNIT = core(Location), core(Balance), core(Movement), core(ProductUnit)

CHANGEABLE = (
    "name",
    "category_id",
    "specification",
    "unit_id",
    "price",
    "cost",
    "tracking",
    "min_stock",
    "max_stock",
    "reorder_quantity",
    "lead_time_days",
    "shelf_life_days",
    "receipt_life_days",
    "issue_life_days",
)
"""The columns of a product that a file may set."""


@dataclass(frozen=True, slots=True)
class StoredProduct:
    """A product as it stands in the database, as far as a file may change it."""

    product_id: int
    sku: str
    name: str
    category_id: int | None
    specification: str
    unit_id: int
    price: Decimal | None
    cost: Decimal | None
    tracking: str
    min_stock: Decimal | None
    max_stock: Decimal | None
    reorder_quantity: Decimal | None = None
    lead_time_days: int | None = None
    shelf_life_days: int | None = None
    receipt_life_days: int | None = None
    issue_life_days: int | None = None


class StoredBarcode(NamedTuple):
    """A barcode with the product that it belongs to; ``quantity`` in base units."""

    code: str
    sku: str
    quantity: Decimal


class StoredLocation(NamedTuple):
    location_id: int
    code: str
    name: str
    kind: str
    parent_id: int | None


def _insert(table: Table, *left_out: str) -> Insert:
    """An INSERT of all columns but the id and those left out, which are NULL."""
    names = [column.name for column in table.c if column.name not in {"id", *left_out}]
    return insert(table).values({name: bindparam(name) for name in names})


PRODUCTS = PreparedMany(
    lambda names: select(PRODUCT.c.id, PRODUCT.c.sku, *(PRODUCT.c[name] for name in CHANGEABLE)).where(
        among(PRODUCT.c.sku, names)
    )
)
BARCODES = PreparedMany(
    lambda names: (
        select(BARCODE.c.code, PRODUCT.c.sku, BARCODE.c.quantity, PRODUCT_UNIT.c.factor)
        .join(PRODUCT, PRODUCT.c.id == BARCODE.c.product_id)
        .outerjoin(
            PRODUCT_UNIT,
            (PRODUCT_UNIT.c.product_id == PRODUCT.c.id) & (PRODUCT_UNIT.c.unit_id == BARCODE.c.unit_id),
        )
        .where(among(BARCODE.c.code, names))
    )
)
MOVED = PreparedMany(lambda names: select(MOVEMENT.c.product_id).where(among(MOVEMENT.c.product_id, names)).distinct())
STOCKED = PreparedMany(
    lambda names: (
        select(BALANCE.c.product_id).where(among(BALANCE.c.product_id, names), BALANCE.c.quantity > 0).distinct()
    )
)
USED = PreparedMany(
    lambda names: select(LOCATION.c.id).where(
        among(LOCATION.c.id, names),
        select(literal_column("1"))
        .where(or_(MOVEMENT.c.source_id == LOCATION.c.id, MOVEMENT.c.target_id == LOCATION.c.id))
        .exists(),
    )
)
UNITS = Prepared(lambda: select(UNIT.c.code, UNIT.c.id).order_by(UNIT.c.id))
CATEGORIES = Prepared(lambda: select(CATEGORY.c.path, CATEGORY.c.id))
LOCATIONS = Prepared(
    lambda: select(LOCATION.c.id, LOCATION.c.code, LOCATION.c.name, LOCATION.c.kind, LOCATION.c.parent_id)
)
ADD_UNIT = Prepared(
    lambda: insert(UNIT).values(code=bindparam("code"), name="", decimals=bindparam("decimals")).returning(UNIT.c.id)
)
ADD_CATEGORY = Prepared(lambda: _insert(CATEGORY).returning(CATEGORY.c.id))
ADD_PRODUCT = Prepared(lambda: _insert(PRODUCT, "active", "version").values(active=True, version=1))
CHANGE_PRODUCT = Prepared(
    lambda: (
        update(PRODUCT)
        .where(PRODUCT.c.id == bindparam("product_id"))
        .values({name: bindparam(name) for name in (*CHANGEABLE, "updated_at")} | {"version": PRODUCT.c.version + 1})
    )
)
ADD_BARCODE = Prepared(lambda: _insert(BARCODE, "unit_id"))
CHANGE_BARCODE = Prepared(
    lambda: (
        update(BARCODE)
        .where(BARCODE.c.code == bindparam("barcode"))
        .values(quantity=bindparam("quantity"), unit_id=None)
    )
)
ADD_LOCATION = Prepared(lambda: _insert(LOCATION, "closed").values(closed=False))
CHANGE_LOCATION = Prepared(
    lambda: (
        update(LOCATION)
        .where(LOCATION.c.id == bindparam("location_id"))
        .values(name=bindparam("name"), kind=bindparam("kind"), parent_id=bindparam("parent_id"))
    )
)


def products(tx: Tx, skus: Sequence[str]) -> dict[str, StoredProduct]:
    """The products that exist, by SKU."""
    return {row[1]: StoredProduct(*row) for row in tx.among(PRODUCTS, skus)}


def barcodes(tx: Tx, codes: Sequence[str]) -> dict[str, StoredBarcode]:
    """The barcodes that exist, by code."""
    rows = tx.among(BARCODES, codes)
    return {code: StoredBarcode(code, sku, quantity * (factor or 1)) for code, sku, quantity, factor in rows}


def moved(tx: Tx, product_ids: Sequence[int]) -> set[int]:
    """Which products the ledger has a movement of."""
    return {key for (key,) in tx.among(MOVED, product_ids)}


def stocked(tx: Tx, product_ids: Sequence[int]) -> set[int]:
    """Which products are on hand anywhere."""
    return {key for (key,) in tx.among(STOCKED, product_ids)}


def used(tx: Tx, location_ids: Sequence[int]) -> set[int]:
    """Which locations the ledger has a movement from or to."""
    return {key for (key,) in tx.among(USED, location_ids)}


def units(tx: Tx) -> dict[str, int]:
    """All units: code → id."""
    return dict(tx.all(UNITS))


def categories(tx: Tx) -> dict[str, int]:
    """All categories: path → id."""
    return dict(tx.all(CATEGORIES))


def locations(tx: Tx) -> dict[str, StoredLocation]:
    """All locations by code."""
    return {row[1]: StoredLocation(*row) for row in tx.all(LOCATIONS)}


def add_unit(tx: Tx, code: str) -> int:
    """A unit that measures may be divided, one that counts may not; the site can change that."""
    return _id(tx.one(ADD_UNIT, code=code, decimals=quality_of(code) is not None))


def add_category(tx: Tx, name: str, path: str, parent_id: int | None) -> int:
    return _id(tx.one(ADD_CATEGORY, name=name, path=path, parent_id=parent_id))


def _id(row: tuple[Any, ...] | None) -> int:
    assert row is not None
    return int(row[0])


def ids(tx: Tx, skus: Iterable[str]) -> dict[str, int]:
    """The ids of products that exist, by SKU."""
    return {sku: product.product_id for sku, product in products(tx, list(skus)).items()}
