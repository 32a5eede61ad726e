"""What stands in a database that a backup should go into, and what of it the backup does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from wms_tui.db.backup_reading import contents, dumped
from wms_tui.db.backup_text import cells, lines
from wms_tui.domain.backup import Contents, Source, Standing, TableFacts

IDENTITY = {"document": ("id", "request_id", "number", "posted_at"), "audit_event": ("id", "at", "action", "subject")}
"""What tells one row of the ledger from another, whatever database it stands in."""

Row = tuple[int, tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class Lost:
    """How many rows are in the database alone, and the last of them as ``IDENTITY`` has it."""

    rows: int = 0
    last: tuple[str | None, ...] = ()


def standing(connection: Connection, where: str, source: Source | None) -> Standing:
    """What the database holds, and how much of that a source does not. Memory stays flat at any size."""
    here = contents(connection, where)
    documents = _lost(connection, here, source, "document")
    events = _lost(connection, here, source, "audit_event")
    return Standing(
        documents=_rows(here, "document"),
        events=_rows(here, "audit_event"),
        users=_rows(here, "user"),
        lost_documents=documents.rows,
        lost_events=events.rows,
        last=documents.last[2] or "" if documents.rows else "",
        last_at=datetime.fromisoformat(documents.last[3] or "") if documents.rows else None,
    )


def _rows(here: Contents, name: str) -> int:
    table = here.table(name)
    return table.rows if table else 0


def _lost(connection: Connection, here: Contents, source: Source | None, name: str) -> Lost:
    ours, theirs = here.table(name), source.contents.table(name) if source else None
    if ours is None or not ours.rows:
        return Lost()
    held = _identities(theirs, source.chunks(theirs)) if source and theirs else iter(())
    rows, last = 0, tuple[str | None, ...]()
    for key, identity in _missing(_identities(ours, dumped(connection, ours)), held):
        rows, last = rows + 1, (str(key), *identity[1:])
    return Lost(rows, last)


def _identities(table: TableFacts, chunks: Iterator[bytes]) -> Iterator[Row]:
    names = [name for name, _ in table.columns]
    places = [names.index(name) for name in IDENTITY[table.name]]
    for line in lines(chunks):
        row = cells(line)
        yield int(row[places[0]] or 0), tuple(row[place] for place in places)


def _missing(ours: Iterator[Row], theirs: Iterator[Row]) -> Iterator[Row]:
    """The rows of the first that the second does not have; both are in the order of their keys."""
    other = next(theirs, None)
    for row in ours:
        while other is not None and other[0] < row[0]:
            other = next(theirs, None)
        if other != row:
            yield row
