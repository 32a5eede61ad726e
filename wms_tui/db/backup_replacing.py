"""Emptying a database of everything of ours, and building its tables anew at the version of a backup."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, inspect, literal, select, union_all

from wms_tui.db import schema
from wms_tui.db.backup_reading import columns
from wms_tui.db.tables import metadata
from wms_tui.domain.backup import Contents

DERIVED = ("product_piece", "product_search")
"""Tables that are no models, made by migrations and filled from others."""

FUNCTIONS = """
    SELECT oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND starts_with(proname, 'wms_')
"""


def lock(connection: Connection) -> None:
    """Keep everybody out until the end of the transaction; SQLite's ``BEGIN IMMEDIATE`` keeps writers out already."""
    if connection.dialect.name == "postgresql" and (names := _ours(connection)):
        connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


def rebuild(connection: Connection, version: str) -> None:
    """Drop all of our tables with their guards and make those of a version of the schema, empty."""
    _drop(connection)
    schema.run_migrations(connection, version)
    names = inspect(connection).get_table_names()
    found = [table for table in reversed(metadata.sorted_tables) if table.name in names]
    filled = union_all(*(select(literal(table.name)).where(exists().select_from(table)) for table in found))
    seeded = set(connection.execute(filled).scalars())
    for table in found:
        if table.name in seeded:
            connection.execute(delete(table))


def fits(connection: Connection, contents: Contents) -> bool:
    """Whether the tables have exactly the columns that the contents name."""
    return columns(connection) == {table.name: {name for name, _ in table.columns} for table in contents.tables}


def _ours(connection: Connection) -> str:
    found = set(inspect(connection).get_table_names())
    names = (*metadata.tables, *DERIVED, schema.VERSION_TABLE)
    return ", ".join(f'"{name}"' for name in names if name in found)


def _drop(connection: Connection) -> None:
    names = _ours(connection)
    if connection.dialect.name == "sqlite":
        for name in filter(None, names.split(", ")):
            connection.exec_driver_sql(f"DROP TABLE {name}")
        return
    if names:
        connection.exec_driver_sql(f"DROP TABLE {names} CASCADE")
    for (name,) in connection.exec_driver_sql(FUNCTIONS).all():
        connection.exec_driver_sql(f"DROP FUNCTION {name} CASCADE")
