"""Up to which ids the ledger is settled: no row that anybody still writes can come in below them.

SQLite has one writer at a time, so ids are in the order of commits. PostgreSQL gives out an id when a row is written,
and a row with a lower id may be committed later. Whoever writes holds a lock on the table and on its sequence until the
end of his transaction: once those are gone who wrote when the highest id was read, all ids up to it are settled.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

TABLES = ("document", "movement", "audit_event")
HIGHEST = "SELECT " + ", ".join(f"(SELECT COALESCE(MAX(id), 0) FROM {table})" for table in TABLES)
WATCHED = ", ".join(f"'{table}'::regclass, pg_get_serial_sequence('{table}', 'id')::regclass" for table in TABLES)
WRITERS = f"""
    SELECT DISTINCT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation IN ({WATCHED}) AND mode = 'RowExclusiveLock' AND granted
    AND pid IS DISTINCT FROM pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Heights:
    """The highest id of each table of the ledger."""

    document: int
    movement: int
    audit_event: int

    def of(self, table: str) -> int:
        return int(getattr(self, table))


def heights(connection: Connection) -> Heights:
    """The highest ids that are committed now."""
    return Heights(*connection.exec_driver_sql(HIGHEST).one())


def writers(connection: Connection) -> frozenset[str]:
    """The transactions, other than this one, that may have taken an id of the ledger; none on SQLite."""
    if connection.dialect.name == "sqlite":
        return frozenset()
    return frozenset(connection.exec_driver_sql(WRITERS).scalars())
