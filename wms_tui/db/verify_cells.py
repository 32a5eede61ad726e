"""The audit's look at every cell of a SQLite file: a changed byte that leaves the file whole shows as a wrong cell.

SQLite holds any value in any column, and does not look whether a text is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer, String, Table
from sqlalchemy.exc import DBAPIError

from wms_tui.db.tables import metadata
from wms_tui.db.types import Exact, Moment
from wms_tui.db.verify import MOST_PROBLEMS
from wms_tui.db.verify_scope import Scope
from wms_tui.domain.texts import N_
from wms_tui.domain.verify import Checked, Problem

CELLS = N_("Every value is of its column's kind")
DATED = N_("Movements bear the moment and user of their document")

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_TIME = "[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]+00:00"
_NO_DAY = "typeof({0}) <> 'text' OR date(substr({0}, 1, 10), '+0 days') IS NOT substr({0}, 1, 10) OR {0} NOT GLOB "
_NO_TEXT = "typeof({0}) <> 'text' OR ({0} GLOB '*[^ -~]*' AND NOT wms_is_text(CAST({0} AS BLOB)))"
_WRONG: tuple[tuple[Any, str], ...] = (
    (Moment, f"{_NO_DAY} '{_DAY}T{_TIME}' OR time(substr({{0}}, 12, 8)) IS NULL"),
    (Date, f"{_NO_DAY} '{_DAY}'"),
    (Boolean, "{0} NOT IN (0, 1)"),
    (Integer, "typeof({0}) <> 'integer'"),
    (Exact, "typeof({0}) <> 'integer'"),
    (String, _NO_TEXT),
)
"""For each type of column, what a value is that it cannot hold."""

OTHERWISE = """
    SELECT document.number, movement.at, document.happened_at FROM {movements}
    JOIN document ON document.id = movement.document_id
    WHERE movement.at <> document.happened_at OR movement.user_id <> document.user_id ORDER BY document.id
"""


def cells(connection: Connection) -> Checked:
    """Look at every table that the program knows."""
    driver: Any = connection.connection.driver_connection
    driver.create_function("wms_is_text", 1, _is_text, deterministic=True)
    rows, problems = 0, []
    for table in metadata.tables.values():
        problems += _missing(connection, table) or list(_wrong(connection, table))
        if not problems:
            rows += int(connection.exec_driver_sql(f'SELECT COUNT(*) FROM "{table.name}"').scalar_one())
    return Checked(CELLS, rows, tuple(problems[:MOST_PROBLEMS]), len(problems) > MOST_PROBLEMS)


def is_sound(connection: Connection) -> bool:
    """Whether a SQLite file is whole and every value can be read. Reads all of it."""
    try:
        said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        return said == "ok" and cells(connection).ok
    except (DBAPIError, UnicodeDecodeError):
        return False


def dated(scope: Scope, connection: Connection) -> Checked:
    """A moment and a user are kept with a document and again with each of its lines."""
    dialect = connection.dialect.name
    found = connection.exec_driver_sql(scope.sql(OTHERWISE, dialect)).fetchmany(MOST_PROBLEMS + 1)
    problems = tuple(Problem(number=row[0], expected=str(row[2]), found=str(row[1])) for row in found)
    rows = int(connection.exec_driver_sql(scope.sql("SELECT COUNT(*) FROM {movements}", dialect)).scalar_one())
    return Checked(DATED, rows, problems[:MOST_PROBLEMS], len(problems) > MOST_PROBLEMS)


def _missing(connection: Connection, table: Table) -> list[Problem]:
    """Columns that the file does not call as the program does."""
    found = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
    missing = [column.name for column in table.c if column.name not in found]
    return [Problem(number=f"{table.name}.{name}", expected="column", found="none") for name in missing]


def _wrong(connection: Connection, table: Table) -> Iterator[Problem]:
    conditions = {column.name: _condition(column) for column in table.c}
    sums = ", ".join(f"COALESCE(SUM({condition}), 0)" for condition in conditions.values())
    counts = connection.exec_driver_sql(f'SELECT {sums} FROM "{table.name}"').one()
    for name, wrong in zip(conditions, counts, strict=True):
        if wrong:
            yield Problem(number=f"{table.name}.{name}", expected="0", found=str(wrong))


def _condition(column: Column[Any]) -> str:
    quoted = f'"{column.name}"'
    wrong = next(sql for kind, sql in _WRONG if isinstance(column.type, kind)).replace("{0}", quoted)
    return f"({quoted} IS NOT NULL AND ({wrong}))" if column.nullable else f"({quoted} IS NULL OR {wrong})"


def _is_text(value: bytes | None) -> bool:
    try:
        (value or b"").decode()
    except UnicodeDecodeError:
        return False
    return True
