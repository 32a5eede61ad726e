"""Printers of labels, and the queue before them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key, refers
from wms_tui.db.types import Moment


class LabelPrinter(SQLModel, table=True):
    """A label printer in the network, or a folder for PDF files; ``size`` as ``domain.label_sizes`` reads it."""

    __tablename__ = "label_printer"
    __table_args__ = (CheckConstraint("kind IN ('zpl', 'pdf')", name="kind"),)

    id: int | None = key()
    name: str = column(String(80), unique=True)
    kind: str = column(String(10))
    host: str = column(String(200), default="")
    port: int = Field()
    folder: str = column(String(400), default="")
    size: str = column(String(20))
    dpi: int = Field()
    active: bool = Field(default=True)


class LabelJob(SQLModel, table=True):
    """Labels as they are sent to a printer; ``domain.printing`` says how a job goes from state to state.

    ``data`` is ZPL, made out when the job was ordered: what is printed later or again is what was ordered.
    """

    __tablename__ = "label_job"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'unsure', 'failed', 'cancelled')",
            name="state",
        ),
        Index("ix_label_job_state_next_try", "state", "next_try"),
    )

    id: int | None = key()
    printer_id: int = refers("label_printer.id", index=True)
    request_id: str = column(String(120), unique=True)
    title: str = column(String(200))
    labels: int = Field()
    data: str = column(Text)
    state: str = column(String(10))
    tries: int = Field(default=0)
    fault: str = column(String(20), default="")
    next_try: datetime | None = column(Moment, default=None)
    user_id: int = refers("user.id")
    terminal: str = column(String(200), default="")
    created_at: datetime = column(Moment)
    changed_at: datetime = column(Moment)
