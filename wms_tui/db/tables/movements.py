"""The ledger: documents and movements are only ever appended; balances follow in the same transaction."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, Index, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key, refers
from wms_tui.db.types import Moment, Money, Quantity

NO_LOT = 0
"""The lot of goods that are not tracked: a row of its own, since NULL is never equal to NULL in a unique key."""


class Lot(SQLModel, table=True):
    """A lot of one product. Lot 0 belongs to no product and stands for goods without a lot."""

    __table_args__ = (
        UniqueConstraint("product_id", "number"),
        CheckConstraint("(id = 0) = (product_id IS NULL)", name="product"),
    )

    id: int | None = key()
    product_id: int | None = refers("product.id", optional=True)
    number: str = column(String(80))
    manufactured: date | None = column(Date, default=None)
    expires: date | None = column(Date, default=None)


class Reason(SQLModel, table=True):
    """Why stock was adjusted, and which way: ``in`` or ``out`` of the location."""

    __table_args__ = (CheckConstraint("direction IN ('in', 'out')", name="direction"),)

    id: int | None = key()
    code: str = column(String(40), unique=True)
    name: str = column(String(200))
    direction: str = column(String(3))
    active: bool = Field(default=True)


class Counter(SQLModel, table=True):
    """The last document number given out for a kind and year, such as ``R-2026``."""

    name: str = column(String(20), primary=True)
    value: int = Field()


class Document(SQLModel, table=True):
    """A posted document. ``happened_at`` is when the goods moved, ``posted_at`` when it was written here."""

    __table_args__ = (
        Index("ix_document_kind_id", "kind", "id"),
        Index("ix_document_reference", "reference", postgresql_ops={"reference": "text_pattern_ops"}),
        Index("ix_document_user_id_id", "user_id", "id"),
    )

    id: int | None = key()
    number: str = column(String(24), unique=True)
    kind: str = column(String(12))
    reference: str = column(String(200), default="")
    partner: str = column(String(200), default="")
    note: str = column(Text, default="")
    user_id: int = refers("user.id")
    terminal: str = column(String(200), default="")
    happened_at: datetime = column(Moment, index=True)
    posted_at: datetime = column(Moment, index=True)
    request_id: str = column(String(120), unique=True)
    request_hash: str = column(String(64))
    reverses_id: int | None = Field(
        default=None, foreign_key="document.id", unique=True, nullable=True, sa_type=key().sa_type
    )


class Movement(SQLModel, table=True):
    """A quantity of one product and lot, from one location to another; immutable.

    ``quantity`` is in base units; ``entered_quantity`` counts ``unit_id`` as the operator entered it.
    """

    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("source_id <> target_id", name="places"),
        Index("ix_movement_product_id_document_id", "product_id", "document_id"),
        Index("ix_movement_source_id_document_id", "source_id", "document_id"),
        Index("ix_movement_target_id_document_id", "target_id", "document_id"),
    )

    id: int | None = key()
    document_id: int = refers("document.id", index=True)
    line: int = Field()
    product_id: int = refers("product.id")
    lot_id: int = refers("lot.id")
    source_id: int = refers("location.id")
    target_id: int = refers("location.id")
    quantity: Decimal = column(Quantity)
    unit_id: int = refers("unit.id")
    entered_quantity: Decimal = column(Quantity)
    unit_cost: Decimal | None = column(Money, default=None)
    reason_id: int | None = refers("reason.id", optional=True)
    user_id: int = refers("user.id")
    at: datetime = column(Moment)


class Balance(SQLModel, table=True):
    """On hand of a product and lot at a real location; equals the sum of its movements."""

    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity"),
        Index("ix_balance_location_id_product_id", "location_id", "product_id"),
        Index("ix_balance_lot_id", "lot_id"),
        {"sqlite_with_rowid": False},
    )

    product_id: int = refers("product.id", primary=True)
    location_id: int = refers("location.id", primary=True)
    lot_id: int = refers("lot.id", primary=True)
    quantity: Decimal = column(Quantity)
