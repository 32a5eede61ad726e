"""The typed location tree."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key, refers


class Location(SQLModel, table=True):
    """A place with a scannable code; see ``domain.locations`` for the kinds."""

    __table_args__ = (
        CheckConstraint(
            "kind IN ('warehouse', 'zone', 'aisle', 'bin', 'supplier', 'customer', 'loss', 'scrap', 'transit')",
            name="kind",
        ),
    )

    id: int | None = key()
    code: str = column(String(80), unique=True)
    name: str = column(String(200), default="")
    kind: str = column(String(12))
    parent_id: int | None = refers("location.id", index=True, optional=True)
    closed: bool = Field(default=False)
