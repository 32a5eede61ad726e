"""Counting: plans, their locations, the counters' desks, counted lines and every scan."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key, refers
from wms_tui.db.types import Key, Moment, Quantity


class CountPlan(SQLModel, table=True):
    """What is to be counted. ``request_id`` is that of the document that its approval posts, once.

    ``anywhere``: products are counted wherever they are found; ``filtered``: only what the scope names is counted.
    """

    __tablename__ = "count_plan"
    __table_args__ = (
        CheckConstraint("state IN ('counting', 'review', 'posted', 'cancelled')", name="state"),
        Index("ix_count_plan_state_id", "state", "id"),
    )

    id: int | None = key()
    name: str = column(String(200))
    state: str = column(String(10))
    anywhere: bool = Field()
    filtered: bool = Field()
    request_id: str = column(String(120), unique=True)
    user_id: int = refers("user.id")
    created_at: datetime = column(Moment)
    approved_by: int | None = refers("user.id", optional=True)
    approved_at: datetime | None = column(Moment, default=None)
    document_id: int | None = refers("document.id", optional=True)


class CountScope(SQLModel, table=True):
    """A product or a category, with all below it, that a filtered plan counts.

    A category may be removed later, when nothing is in it any more: it is no foreign key.
    """

    __tablename__ = "count_scope"

    id: int | None = key()
    plan_id: int = refers("count_plan.id", index=True)
    product_id: int | None = refers("product.id", optional=True)
    category_id: int | None = Field(default=None, sa_type=Key, nullable=True)


class CountBin(SQLModel, table=True):
    """A location of a plan, with who counts or counted it. In round 2 and later it is counted again.

    ``whole``: what is not found there counts as zero; else only the lines that wait to be counted again do.
    """

    __tablename__ = "count_bin"

    plan_id: int = refers("count_plan.id", primary=True)
    location_id: int = refers("location.id", primary=True)
    user_id: int | None = refers("user.id", optional=True)
    round: int = Field(default=1)
    whole: bool = Field(default=True)
    done_at: datetime | None = column(Moment, default=None)


class CountDesk(SQLModel, table=True):
    """Where a counter stands in a plan, saved after every scan; ``pending_*`` is what waits for the next one."""

    __tablename__ = "count_desk"

    plan_id: int = refers("count_plan.id", primary=True)
    user_id: int = refers("user.id", primary=True)
    step: str = column(String(10))
    location_id: int | None = refers("location.id", optional=True)
    pending_quantity: Decimal | None = column(Quantity, default=None)
    pending_code: str = column(String(120), default="")
    pending_lot: str = column(String(80), default="")
    saved_at: datetime = column(Moment)


class CountLine(SQLModel, table=True):
    """What was counted of a product and lot at a location, in base units.

    ``expected`` is the balance at ``position``, the newest document then. ``counted`` is empty while the line waits to
    be counted again, ``before`` what was counted the round before. ``moved``: stock moved between two of its scans.
    ``implied``: nobody scanned it, the location was finished without it.
    """

    __tablename__ = "count_line"
    __table_args__ = (
        UniqueConstraint("plan_id", "location_id", "product_id", "lot_id"),
        CheckConstraint("counted >= 0", name="counted"),
        Index("ix_count_line_plan_id_location_id_at", "plan_id", "location_id", "at"),
    )

    id: int | None = key()
    plan_id: int = refers("count_plan.id")
    location_id: int = refers("location.id")
    product_id: int = refers("product.id")
    lot_id: int = refers("lot.id")
    round: int = Field()
    counted: Decimal | None = column(Quantity, default=None)
    expected: Decimal = column(Quantity)
    position: int = column(Key)
    before: Decimal | None = column(Quantity, default=None)
    moved: bool = Field(default=False)
    implied: bool = Field(default=False)
    user_id: int = refers("user.id")
    at: datetime = column(Moment)


class CountScan(SQLModel, table=True):
    """One scan or correction of a line; ``quantity`` counts ``unit_id``, which is ``factor`` base units.

    What was taken back stays, marked so.
    """

    __tablename__ = "count_scan"
    __table_args__ = (Index("ix_count_scan_plan_id_location_id_id", "plan_id", "location_id", "id"),)

    id: int | None = key()
    plan_id: int = refers("count_plan.id")
    line_id: int = refers("count_line.id", index=True)
    location_id: int = refers("location.id")
    round: int = Field()
    unit_id: int = refers("unit.id")
    factor: Decimal = column(Quantity)
    quantity: Decimal = column(Quantity)
    taken_back: bool = Field(default=False)
    user_id: int = refers("user.id")
    at: datetime = column(Moment)


class CountUnknown(SQLModel, table=True):
    """A code that nobody knows, scanned while counting."""

    __tablename__ = "count_unknown"

    id: int | None = key()
    plan_id: int = refers("count_plan.id", index=True)
    location_id: int | None = refers("location.id", optional=True)
    code: str = column(String(200))
    user_id: int = refers("user.id")
    at: datetime = column(Moment)
