"""Statements that read posted documents and their movements."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from wms_tui.db.movements import MOVEMENT, MovementRow
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import Document, core
from wms_tui.db.transaction import Tx

DOCUMENT = core(Document)
REVERSAL = DOCUMENT.alias("reversal")


class FoundDocument(NamedTuple):
    """A posted document as a reversal needs it."""

    document_id: int
    number: str
    kind: str
    reference: str
    partner: str
    user_id: int
    reversed_by: str | None


def _document() -> Select[Any]:
    return (
        select(
            DOCUMENT.c.id,
            DOCUMENT.c.number,
            DOCUMENT.c.kind,
            DOCUMENT.c.reference,
            DOCUMENT.c.partner,
            DOCUMENT.c.user_id,
            REVERSAL.c.number,
        )
        .outerjoin(REVERSAL, REVERSAL.c.reverses_id == DOCUMENT.c.id)
        .where(DOCUMENT.c.number == bindparam("number"))
    )


FIND = Prepared(_document)
ROWS = Prepared(
    lambda: (
        select(*(MOVEMENT.c[name] for name in MovementRow._fields))
        .where(MOVEMENT.c.document_id == bindparam("document_id"))
        .order_by(MOVEMENT.c.id)
    )
)
LAST_OF_USER = Prepared(
    lambda: (
        select(DOCUMENT.c.id, DOCUMENT.c.number, DOCUMENT.c.kind, DOCUMENT.c.posted_at, REVERSAL.c.number)
        .outerjoin(REVERSAL, REVERSAL.c.reverses_id == DOCUMENT.c.id)
        .where(DOCUMENT.c.user_id == bindparam("user_id"), DOCUMENT.c.kind != "reversal")
        .order_by(DOCUMENT.c.id.desc())
        .limit(1)
    )
)
LINE_COUNT = Prepared(
    lambda: select(func.count()).select_from(MOVEMENT).where(MOVEMENT.c.document_id == bindparam("document_id"))
)


def document(tx: Tx, number: str) -> FoundDocument | None:
    """A document by its number, small letters allowed."""
    row = tx.one(FIND, number=number.strip().upper())
    return FoundDocument(*row) if row else None


def rows(tx: Tx, document_id: int) -> list[MovementRow]:
    """The movements of a document, in its order."""
    return [MovementRow(*row) for row in tx.all(ROWS, document_id=document_id)]


def line_count(tx: Tx, document_id: int) -> int:
    row = tx.one(LINE_COUNT, document_id=document_id)
    return int(row[0]) if row else 0
