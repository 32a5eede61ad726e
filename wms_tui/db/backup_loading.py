"""Rows of a backup into a database whose tables are empty."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from wms_tui.db.backup_text import cells, lines, reader
from wms_tui.db.tables import metadata
from wms_tui.domain.backup import Contents, TableFacts

FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conrelid, conname
"""
PAST_THE_HIGHEST = """
    SELECT setval(sequence, greatest(highest, 1), highest >= 1) FROM (
        SELECT pg_get_serial_sequence('"{table}"', 'id') AS sequence, coalesce(max(id), 0) AS highest FROM "{table}"
    ) AS ids WHERE sequence IS NOT NULL
"""

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_no_replace' ORDER BY name"

Keys = list[tuple[str, str, str]]
Guards = list[tuple[str, str]]
"""Names of triggers and the statements that make them."""


def load(connection: Connection, table: TableFacts, chunks: Iterable[bytes]) -> None:
    """Append the rows of a table. ``table`` names columns that are there."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        _into_sqlite(driver, table, chunks)
    else:
        _into_postgres(driver, table, chunks)


def _into_postgres(driver: Any, table: TableFacts, chunks: Iterable[bytes]) -> None:
    names = ", ".join(f'"{name}"' for name, _ in table.columns)
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY \"{table.name}\" ({names}) FROM STDIN (ENCODING 'UTF8')") as copy,
    ):
        for chunk in chunks:
            copy.write(chunk)


def _into_sqlite(driver: sqlite3.Connection, table: TableFacts, chunks: Iterable[bytes]) -> None:
    names = ", ".join(f'"{name}"' for name, _ in table.columns)
    places = ", ".join("?" for _ in table.columns)
    sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'  # noqa: S608 - names are those of our tables
    driver.executemany(sql, _values(table, chunks))


def _values(table: TableFacts, chunks: Iterable[bytes]) -> Iterator[list[Any]]:
    readers = [(place, read) for place, (_, kind) in enumerate(table.columns) if (read := reader(kind))]
    for line in lines(chunks):
        row: list[Any] = cells(line)
        for place, read in readers:
            if row[place] is not None:
                row[place] = read(row[place])
        yield row


def drop_foreign_keys(connection: Connection) -> Keys:
    """Take the references away while rows come in: one check of all afterwards is faster, and order does not matter.

    On SQLite they are off already, and ``verify`` looks at them.
    """
    if connection.dialect.name == "sqlite":
        return []
    keys = [(table, name, told) for table, name, told in connection.exec_driver_sql(FOREIGN_KEYS)]
    for table, name, _ in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return keys


def add_foreign_keys(connection: Connection, keys: Keys) -> None:
    for table, name, told in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {told}")


def drop_guards(connection: Connection) -> Guards:
    """Take SQLite's triggers against INSERT OR REPLACE away while rows come in, where nobody replaces any.

    What is there twice is refused by the keys of the tables; the audit at the end looks whether the triggers are back.
    """
    if connection.dialect.name != "sqlite":
        return []
    guards = [(name, told) for name, told in connection.exec_driver_sql(GUARDS)]
    for name, _ in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return guards


def add_guards(connection: Connection, guards: Guards) -> None:
    for _, told in guards:
        connection.exec_driver_sql(told)


def advance(connection: Connection, contents: Contents) -> None:
    """Let new ids begin past the highest one."""
    for table in contents.tables:
        if ("id", "whole") in table.columns and connection.dialect.name == "postgresql":
            connection.exec_driver_sql(PAST_THE_HIGHEST.format(table=table.name))


def analyze(connection: Connection) -> None:
    """Let the planner know how large the tables are, before an audit joins them."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE " + ", ".join(f'"{name}"' for name in metadata.tables))
