"""Products, their categories, units and barcodes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key, refers
from wms_tui.db.types import Moment, Money, Quantity


class Unit(SQLModel, table=True):
    """A unit of measure, such as pcs or kg. ``decimals`` tells whether goods may be counted in parts of it."""

    id: int | None = key()
    code: str = column(String(20), unique=True)
    name: str = column(String(100), default="")
    decimals: bool = Field(default=True)


class Category(SQLModel, table=True):
    """A node of the category tree; ``path`` joins the names from the root with a slash."""

    id: int | None = key()
    name: str = column(String(200))
    path: str = column(String(800), unique=True)
    parent_id: int | None = refers("category.id", index=True, optional=True)


class Product(SQLModel, table=True):
    """What is stocked. ``unit_id`` is the base unit in which the ledger counts; ``version`` rises with each change.

    ``receipt_life_days`` and ``issue_life_days`` are how long a lot must still keep to be received, or issued.
    """

    __table_args__ = (
        CheckConstraint("tracking IN ('none', 'lot', 'expiry', 'serial')", name="tracking"),
        Index("ix_product_category_id_sku", "category_id", "sku"),
    )

    id: int | None = key()
    sku: str = column(String(80), unique=True)
    name: str = column(String(400))
    category_id: int | None = refers("category.id", index=True, optional=True)
    specification: str = column(Text, default="")
    unit_id: int = refers("unit.id")
    price: Decimal | None = column(Money, default=None)
    cost: Decimal | None = column(Money, default=None)
    tracking: str = column(String(10), default="none")
    shelf_life_days: int | None = Field(default=None)
    receipt_life_days: int | None = Field(default=None)
    issue_life_days: int | None = Field(default=None)
    min_stock: Decimal | None = column(Quantity, default=None)
    max_stock: Decimal | None = column(Quantity, default=None)
    reorder_quantity: Decimal | None = column(Quantity, default=None)
    lead_time_days: int | None = Field(default=None)
    active: bool = Field(default=True)
    version: int = Field(default=1)
    created_at: datetime = column(Moment)
    updated_at: datetime = column(Moment)


class ProductUnit(SQLModel, table=True):
    """Another unit of a product: one of it is ``factor`` base units."""

    __tablename__ = "product_unit"
    __table_args__ = (UniqueConstraint("product_id", "unit_id"), CheckConstraint("factor > 0", name="factor"))

    id: int | None = key()
    product_id: int = refers("product.id")
    unit_id: int = refers("unit.id")
    factor: Decimal = column(Quantity)


class Barcode(SQLModel, table=True):
    """A scannable code of a product; one scan moves ``quantity`` of ``unit_id`` (the base unit where it is empty)."""

    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: int | None = key()
    code: str = column(String(120), unique=True)
    product_id: int = refers("product.id", index=True)
    unit_id: int | None = refers("unit.id", optional=True)
    quantity: Decimal = column(Quantity, default=Decimal(1))


class PriceChange(SQLModel, table=True):
    """A product's price or cost as it was and as it became; only ever appended."""

    __tablename__ = "price_change"
    __table_args__ = (
        CheckConstraint("field IN ('price', 'cost')", name="field"),
        Index("ix_price_change_product_id_id", "product_id", "id"),
    )

    id: int | None = key()
    product_id: int = refers("product.id")
    field: str = column(String(10))
    before: Decimal | None = column(Money, default=None)
    after: Decimal | None = column(Money, default=None)
    user_id: int = refers("user.id")
    at: datetime = column(Moment)
