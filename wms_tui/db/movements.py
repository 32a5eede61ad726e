"""The ledger's statements: the only ones that write documents and movements."""

from __future__ import annotations

from collections import Counter as Counts
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.prepared import Prepared, PreparedMany, among, upsert
from wms_tui.db.tables import Counter, Document, Lot, Movement, Reason, core
from wms_tui.db.transaction import Tx

COUNTER, DOCUMENT = core(Counter), core(Document)
MOVEMENT, LOT, REASON = core(Movement), core(Lot), core(Reason)


def _all_but_id(table: Table) -> dict[str, Any]:
    return {column.name: bindparam(column.name) for column in table.c if column.name != "id"}


def _count(dialect: str, taken: Any = 1) -> Insert:
    proposed = upsert(dialect, COUNTER).values(name=bindparam("name"), value=taken)
    return proposed.on_conflict_do_update(
        index_elements=["name"], set_={"value": COUNTER.c.value + proposed.excluded.value}
    ).returning(COUNTER.c.value)


NEXT_NUMBER = Prepared.by_dialect(_count)
NEXT_NUMBERS = Prepared.by_dialect(lambda dialect: _count(dialect, bindparam("taken")))
REQUEST = Prepared(
    lambda: select(DOCUMENT.c.id, DOCUMENT.c.number, DOCUMENT.c.kind, DOCUMENT.c.request_hash).where(
        DOCUMENT.c.request_id == bindparam("request_id")
    )
)
ADD_DOCUMENT = Prepared(lambda: insert(DOCUMENT).values(_all_but_id(DOCUMENT)).returning(DOCUMENT.c.id))
ADD_DOCUMENTS = Prepared(lambda: insert(DOCUMENT).values(_all_but_id(DOCUMENT)))
DOCUMENT_IDS = PreparedMany(
    lambda names: select(DOCUMENT.c.request_id, DOCUMENT.c.id).where(among(DOCUMENT.c.request_id, names))
)
ADD_MOVEMENT = Prepared(
    lambda: insert(MOVEMENT).values(
        {column.name: bindparam(column.name) for column in MOVEMENT.c if column.name != "id"}
    )
)
ADD_LOT = Prepared(
    lambda: (
        insert(LOT)
        .values({name: bindparam(name) for name in ("product_id", "number", "expires", "manufactured")})
        .returning(LOT.c.id)
    )
)
SET_EXPIRES = Prepared(
    lambda: (
        update(LOT).where(LOT.c.id == bindparam("lot_id"), LOT.c.expires.is_(None)).values(expires=bindparam("expires"))
    )
)
REASONS = Prepared(
    lambda: select(REASON.c.id, REASON.c.code, REASON.c.name, REASON.c.direction, REASON.c.active).order_by(REASON.c.id)
)

ADD_REASON = Prepared(
    lambda: insert(REASON).values(
        code=bindparam("code"), name=bindparam("name"), direction=bindparam("direction"), active=True
    )
)
REASON_CODE_LENGTH = 40
REASON_NAME_LENGTH = 200


class DocumentRow(NamedTuple):
    """A document about to be written."""

    kind: str
    reference: str
    partner: str
    note: str
    user_id: int
    terminal: str
    happened_at: datetime
    posted_at: datetime
    request_id: str
    request_hash: str
    reverses_id: int | None = None


class MovementRow(NamedTuple):
    """A movement about to be written, in base units."""

    product_id: int
    lot_id: int
    source_id: int
    target_id: int
    quantity: Decimal
    unit_id: int
    entered_quantity: Decimal
    unit_cost: Decimal | None
    reason_id: int | None


class NewLot(NamedTuple):
    """A lot that is to be made."""

    product_id: int
    number: str
    expires: date | None
    manufactured: date | None = None


def write(tx: Tx, prefix: str, document: DocumentRow, movements: Sequence[MovementRow]) -> tuple[int, str]:
    """Append a document and its movements; answers its id and number. The counter is taken last of all locks."""
    document_id, number = write_document(tx, prefix, document)
    add_movements(tx, document_id, document, movements)
    return document_id, number


def add_movements(tx: Tx, document_id: int, document: DocumentRow, movements: Sequence[MovementRow]) -> None:
    """Append the movements of a document, at least one."""
    columns = dict(zip(MovementRow._fields, zip(*movements, strict=True), strict=True))
    lines = range(1, len(movements) + 1)
    shared = {"document_id": document_id, "user_id": document.user_id, "at": document.happened_at}
    tx.columns(ADD_MOVEMENT, {"line": lines, **columns}, **shared)


def write_document(tx: Tx, prefix: str, document: DocumentRow) -> tuple[int, str]:
    """Append a document whose movements the caller writes; answers its id and number."""
    number = _next_number(tx, prefix, document.posted_at.year)
    row = tx.one(ADD_DOCUMENT, number=number, **_document_values(document))
    assert row is not None
    return row[0], number


Unwritten = tuple[str, DocumentRow, Sequence[MovementRow]]
"""A prefix, a document and its movements."""


def write_all(tx: Tx, documents: Sequence[Unwritten]) -> list[tuple[int, str]]:
    """``write`` for many documents in a few statements; answers the id and number of each, in their order."""
    numbers = _numbers(tx, [f"{prefix}-{document.posted_at.year}" for prefix, document, _ in documents])
    rows = [_document_values(document) for _, document, _ in documents]
    tx.many(ADD_DOCUMENTS, [{**row, "number": number} for row, number in zip(rows, numbers, strict=True)])
    found = tx.among(DOCUMENT_IDS, [document.request_id for _, document, _ in documents])
    ids = dict(found)
    tx.many(
        ADD_MOVEMENT,
        [
            values
            for _, document, movements in documents
            for values in _movement_values(ids[document.request_id], document, movements)
        ],
    )
    return [(ids[document.request_id], number) for (_, document, _), number in zip(documents, numbers, strict=True)]


def _document_values(document: DocumentRow) -> dict[str, Any]:
    return document._asdict()


def _movement_values(document_id: int, document: DocumentRow, movements: Sequence[MovementRow]) -> list[dict[str, Any]]:
    shared = {"document_id": document_id, "user_id": document.user_id, "at": document.happened_at}
    return [{**shared, "line": line, **movement._asdict()} for line, movement in enumerate(movements, 1)]


def _numbers(tx: Tx, counters: Sequence[str]) -> list[str]:
    """A number from each counter named, each counter being touched once: it would grow slower with every touch."""
    next_values: dict[str, int] = {}
    for name, taken in Counts(counters).items():
        row = tx.one(NEXT_NUMBERS, name=name, taken=taken)
        assert row is not None
        next_values[name] = row[0] - taken
    numbers = []
    for name in counters:
        next_values[name] += 1
        numbers.append(f"{name}-{next_values[name]:06d}")
    return numbers


def _next_number(tx: Tx, prefix: str, year: int) -> str:
    row = tx.one(NEXT_NUMBER, name=f"{prefix}-{year}")
    assert row is not None
    return f"{prefix}-{year}-{row[0]:06d}"


def add_lot(tx: Tx, lot: NewLot) -> int:
    """Make a lot; its id."""
    row = tx.one(ADD_LOT, **lot._asdict())
    assert row is not None
    return int(row[0])
