"""A database as the source of a backup: every row of every table, as it is at one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, inspect

from wms_tui.db import schema
from wms_tui.db.backup_text import ESCAPES, kind_of
from wms_tui.db.tables import metadata
from wms_tui.domain.backup import Contents, TableFacts
from wms_tui.domain.backup_errors import ColumnUnknown
from wms_tui.domain.database_errors import DatabaseEmpty, DatabaseTooNew

ROWS, BYTES = 2000, 1 << 16
"""How much is handed on at a time."""


class DatabaseSource:
    """Rows of an open transaction, which sees one moment of the database."""

    def __init__(self, connection: Connection, where: str) -> None:
        self._connection = connection
        self.contents = contents(connection, where)

    def chunks(self, table: TableFacts) -> Iterator[bytes]:
        return dumped(self._connection, table)


def begin_reading(connection: Connection) -> None:
    """Begin a transaction that sees one moment and keeps nobody from writing."""
    connection.exec_driver_sql("BEGIN")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def contents(connection: Connection, where: str) -> Contents:
    """The tables that the database has of ours, parents first.

    Raises ``DatabaseEmpty``, ``DatabaseTooNew``, and ``ColumnUnknown`` for an older one with what is gone since.
    """
    version = schema.current(connection, where)
    if version is None:
        raise DatabaseEmpty(where=where)
    if version > schema.HEAD:
        raise DatabaseTooNew(where=where)
    found = columns(connection)
    tables = []
    for table in metadata.sorted_tables:
        if table.name in found:
            if gone := found[table.name] - set(table.columns.keys()):
                raise ColumnUnknown(where=where, column=f"{table.name}.{min(gone)}")
            kinds = tuple((c.name, kind_of(c)) for c in table.columns if c.name in found[table.name])
            rows = connection.exec_driver_sql(f'SELECT COUNT(*) FROM "{table.name}"').scalar_one()  # noqa: S608
            tables.append(TableFacts(table.name, kinds, int(rows)))
    return Contents(version, tuple(tables))


def columns(connection: Connection) -> dict[str, set[str]]:
    """The columns of each table that the database has."""
    found = inspect(connection).get_multi_columns()  # one question for all of them
    return {
        name: {str(column["name"]) for column in found[None, name]} for name in metadata.tables if (None, name) in found
    }


def dumped(connection: Connection, table: TableFacts) -> Iterator[bytes]:
    """The rows of a table as text, in the order of its primary key. ``table`` names columns that are there."""
    driver: Any = connection.connection.driver_connection
    return _from_sqlite(driver, table) if connection.dialect.name == "sqlite" else _from_postgres(driver, table)


def _order(table: TableFacts, collation: str) -> str:
    """Texts by their bytes on both engines; tables without a key are no tables of ours."""
    kinds = dict(table.columns)
    keys = [column.name for column in metadata.tables[table.name].primary_key]
    return ", ".join(f'"{key}"{collation if kinds[key] == "text" else ""}' for key in keys)


def _from_postgres(driver: Any, table: TableFacts) -> Iterator[bytes]:
    told = ", ".join(_postgres_cell(name, kind) for name, kind in table.columns)
    order = _order(table, ' COLLATE "C"')
    sql = f"COPY (SELECT {told} FROM \"{table.name}\" ORDER BY {order}) TO STDOUT (ENCODING 'UTF8')"  # noqa: S608
    held, size = list[bytes](), 0
    with driver.cursor() as cursor, cursor.copy(sql) as copy:
        for row in copy:
            held.append(bytes(row))
            size += len(row)
            if size >= BYTES:
                yield b"".join(held)
                held, size = [], 0
    if held:
        yield b"".join(held)


def _postgres_cell(name: str, kind: str) -> str:
    if kind == "moment":
        return f"""to_char("{name}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
    if kind == "day":
        return f"""to_char("{name}", 'YYYY-MM-DD')"""
    return f'"{name}"::int' if kind == "truth" else f'"{name}"'


def _from_sqlite(driver: sqlite3.Connection, table: TableFacts) -> Iterator[bytes]:
    """SQLite puts each row together itself, which is several times faster than Python."""
    driver.create_function("wms_inexact", 1, _inexact, deterministic=True)
    told = " || char(9) || ".join(f"coalesce({_sqlite_cell(name, kind)}, '\\N')" for name, kind in table.columns)
    found = driver.execute(f'SELECT {told} FROM "{table.name}" ORDER BY {_order(table, "")}')  # noqa: S608
    while rows := found.fetchmany(ROWS):
        yield ("\n".join([line for (line,) in rows]) + "\n").encode()


def _inexact(value: Any) -> None:
    """SQLite tells its caller only that a function has failed."""
    raise ValueError(value)


INEXACT = "user-defined function raised exception"
"""What SQLite says where ``wms_inexact`` was called."""


def _sqlite_cell(name: str, kind: str) -> str:
    column = f'"{name}"'
    if kind in {"whole", "truth"}:
        return _integer(column, f"CAST({column} AS TEXT)")
    if kind.startswith("decimal "):
        places = int(kind.split()[1])
        scale = 10**places
        digits = f"(abs({column}) / {scale}) || printf('.%0{places}d', abs({column}) % {scale})"
        return _integer(column, f"CASE WHEN {column} < 0 THEN '-' ELSE '' END || {digits}")
    return _escaped(column) if kind == "text" else column


def _escaped(column: str) -> str:
    """Most texts need no escape, and one look is faster than seven replacements."""
    told = column
    for plain, escaped in ESCAPES.items():
        told = f"replace({told}, char({ord(plain)}), '{escaped}')"
    breaking = ", ".join(str(ord(plain)) for plain in ESCAPES)
    return f"CASE WHEN {column} GLOB '*[' || char({breaking}) || ']*' THEN {told} ELSE {column} END"


def _integer(column: str, told: str) -> str:
    """A binary float in a column of integers is refused, never rounded."""
    kinds = f"CASE typeof({column}) WHEN 'integer' THEN {told} WHEN 'null' THEN NULL"
    return f"{kinds} ELSE wms_inexact({column}) END"
