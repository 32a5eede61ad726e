"""Devices: terminals that have a name of their own."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, Text
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key


class Device(SQLModel, table=True):
    """What is remembered of a terminal; ``keys`` is written by ``services.devices``. ``version`` counts its changes."""

    __table_args__ = (CheckConstraint("bell IN ('', 'on', 'off', 'taken', 'refused')", name="bell"),)

    id: int | None = key()
    name: str = column(String(40), unique=True)
    profile: str = column(String(20), default="")
    keys: str = column(Text, default="")
    escape_delay: int | None = Field(default=None)
    bell: str = column(String(10), default="")
    version: int = Field(default=1)
