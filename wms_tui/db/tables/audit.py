"""Who did what to what; only ever appended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlmodel import SQLModel

from wms_tui.db.tables.base import column, key, refers
from wms_tui.db.types import Moment


class AuditEvent(SQLModel, table=True):
    """One event: ``action`` on ``subject``; ``before`` and ``after`` are JSON objects of what changed."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject_id", "subject", "id"),)

    id: int | None = key()
    at: datetime = column(Moment)
    user_id: int | None = refers("user.id", optional=True)
    terminal: str = column(String(200), default="")
    action: str = column(String(60))
    subject: str = column(String(200), default="")
    before: str = column(Text, default="")
    after: str = column(Text, default="")
