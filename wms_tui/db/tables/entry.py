"""Drafts: the document that a user has begun and not yet posted, saved after every scan."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Date, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key, refers
from wms_tui.db.types import Moment, Quantity


class Draft(SQLModel, table=True):
    """One unfinished document of one user and kind, with the step at which it stands.

    ``request_id`` is fixed before the first try to post. ``pending_*`` hold what was entered for the next line.
    """

    __table_args__ = (UniqueConstraint("user_id", "kind"),)

    id: int | None = key()
    user_id: int = refers("user.id")
    kind: str = column(String(12))
    request_id: str = column(String(120), unique=True)
    step: str = column(String(12))
    source_id: int | None = refers("location.id", optional=True)
    target_id: int | None = refers("location.id", optional=True)
    reason_id: int | None = refers("reason.id", optional=True)
    reference: str = column(String(200), default="")
    partner: str = column(String(200), default="")
    note: str = column(Text, default="")
    pending_quantity: Decimal | None = column(Quantity, default=None)
    pending_code: str = column(String(120), default="")
    pending_lot: str = column(String(80), default="")
    created_at: datetime = column(Moment)
    saved_at: datetime = column(Moment)


class DraftScan(SQLModel, table=True):
    """One taken scan or correction; scans of the same goods and places add up to one line of the document.

    ``quantity`` counts ``unit_id`` and may be negative in a correction; ``factor`` is base units per unit.
    ``override`` is why a lot is taken that does not keep long enough; ``passed`` the lot that should have gone first,
    ``passed_at`` where that lay. ``manufactured`` is the production date on its label.
    """

    __tablename__ = "draft_scan"

    draft_id: int = refers("draft.id", primary=True)
    seq: int = Field(primary_key=True)
    product_id: int = refers("product.id")
    unit_id: int = refers("unit.id")
    factor: Decimal = column(Quantity)
    quantity: Decimal = column(Quantity)
    lot: str = column(String(80), default="")
    expires: date | None = column(Date, default=None)
    source_id: int = refers("location.id")
    target_id: int = refers("location.id")
    reason_id: int | None = refers("reason.id", optional=True)
    override: str = column(String(200), default="")
    passed: str = column(String(80), default="")
    passed_at: str = column(String(80), default="")
    manufactured: date | None = column(Date, default=None)
