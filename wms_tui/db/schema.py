"""The schema's version: what a database has, what this program needs, and getting from one to the other."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from wms_tui.db.engine import APPLICATION_ID
from wms_tui.domain import database_errors as errors

HEAD = "0012"
"""The newest migration, as a number of four digits; a test holds it against the files."""

VERSION_TABLE = "wms_schema_version"
MIGRATIONS = Path(__file__).parent / "migrations"


def current(connection: Connection, where: str) -> str | None:
    """The database's version, or None for an empty one. Raises ``NotOurDatabase`` for another program's."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
        return str(version) if version else None
    if tables or _is_foreign_file(connection):
        raise errors.NotOurDatabase(where=where)
    return None


def check(connection: Connection, where: str) -> None:
    """Refuse a database that this program cannot work on: empty, older or newer."""
    version = current(connection, where)
    if version is None:
        raise errors.DatabaseEmpty(where=where)
    if version > HEAD:
        raise errors.DatabaseTooNew(where=where)
    if version < HEAD:
        raise errors.DatabaseTooOld(where=where)


def upgrade(engine: Engine, where: str) -> tuple[str | None, str]:
    """Bring the database to ``HEAD`` in one transaction; answers the versions before and after."""
    from wms_tui.db.grants import grant_again, granted
    from wms_tui.db.seed import seed

    with engine.connect() as connection:
        before = current(connection, where)
        if before is not None and before >= HEAD:
            check(connection, where)
            return before, before
        prepare(connection)
        begin(connection)
        try:
            before = current(connection, where)
            run_migrations(connection)
            if before is None:
                seed(connection)
            grant_again(connection, granted(connection))
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            with suppress(DBAPIError):  # SQLite has rolled back already where the disk failed
                connection.exec_driver_sql("ROLLBACK")
            raise
    return before, HEAD


def run_migrations(connection: Connection, version: str = "head") -> None:
    """Bring the tables to a version; the caller owns the transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def prepare(connection: Connection) -> None:
    """What can only be set outside a transaction."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def begin(connection: Connection) -> None:
    """One upgrade or restore at a time: whoever comes second waits, and finds the work done."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    else:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")


def _is_foreign_file(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
    return mark not in {0, APPLICATION_ID}
