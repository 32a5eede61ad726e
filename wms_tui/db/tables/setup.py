"""What a site sets up for itself: the partners it deals with, and its settings."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, Text
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key


class Partner(SQLModel, table=True):
    """Somebody goods come from or go to. Documents keep the name as it was entered."""

    __table_args__ = (CheckConstraint("kind IN ('supplier', 'customer', 'both')", name="kind"),)

    id: int | None = key()
    code: str = column(String(80), unique=True)
    name: str = column(String(200))
    kind: str = column(String(10))
    active: bool = Field(default=True)


class Setting(SQLModel, table=True):
    """A value that holds for the whole site; what may be set stands in ``domain.setup``."""

    name: str = column(String(40), primary=True)
    value: str = column(Text)
