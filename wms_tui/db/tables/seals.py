"""What the audit remembers: seals over the ledger, only ever appended, and the checkpoint of the last clean audit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key, refers
from wms_tui.db.types import Key, Moment, Quantity


class Seal(SQLModel, table=True):
    """A hash over all rows since the seal before, chained on it; ``domain.seals`` says over what exactly.

    It covers the ids up to ``…_last`` of each table that no earlier seal covers, which are ``…_rows`` rows.
    """

    id: int | None = key()
    format: int = Field()
    at: datetime = column(Moment)
    sealed_by: str = column(String(200))
    document_last: int = column(Key)
    document_rows: int = column(Key)
    movement_last: int = column(Key)
    movement_rows: int = column(Key)
    audit_event_last: int = column(Key)
    audit_event_rows: int = column(Key)
    previous: str = column(String(64), unique=True)
    hash: str = column(String(64), unique=True)


class SealPiece(SQLModel, table=True):
    """A part of a seal: the rows of ``sealed`` (a table's name) after those of the piece before, up to ``last_id``.

    ``marks`` has eight digits of each row's own hash, by which the row that was changed is found.
    """

    __tablename__ = "seal_piece"
    __table_args__ = (UniqueConstraint("sealed", "last_id"),)

    id: int | None = key()
    seal_id: int = refers("seal.id", index=True)
    sealed: str = column(String(20))
    last_id: int = column(Key)
    rows: int = Field()
    hash: str = column(String(64))
    marks: str = column(Text)


class Checkpoint(SQLModel, table=True):
    """How far the ledger was found clean: all documents, movements and seals up to these ids. There is one at most.

    While ``ready`` is not set, its sums are being written and nothing may be concluded from them.
    """

    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int | None = key()
    version: int = column(Key)
    ready: bool = Field()
    at: datetime = column(Moment)
    document_id: int = column(Key)
    movement_id: int = column(Key)
    seal_id: int = column(Key)


class CheckpointSum(SQLModel, table=True):
    """The sum of the movements up to the checkpoint: ``high`` × 10^9 + ``low``, since SQLite adds up 64 bits only."""

    __tablename__ = "checkpoint_sum"
    __table_args__ = ({"sqlite_with_rowid": False},)

    product_id: int = column(Key, primary=True)
    location_id: int = column(Key, primary=True)
    lot_id: int = column(Key, primary=True)
    high: Decimal = column(Quantity)
    low: Decimal = column(Quantity)


class CheckpointSeries(SQLModel, table=True):
    """The documents up to the checkpoint of one kind and year, such as ``R-2026``: how many, and the highest number."""

    __tablename__ = "checkpoint_series"

    name: str = column(String(20), primary=True)
    documents: int = column(Key)
    highest: int = column(Key)
