"""The database owner's work on a whole database: outside the door, since no operator does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from wms_tui.db import faults
from wms_tui.db.addresses import shown
from wms_tui.db.engine import open_engine
from wms_tui.domain.errors import WmsError


@contextmanager
def owned(url: str, create: bool = False) -> Iterator[Connection]:
    """A connection whose statements may take as long as they need. Raises the ``WmsError`` of what goes wrong."""
    engine = open_engine(url, create)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET statement_timeout = 0")
                connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 0")
            yield connection
    except Exception as error:
        if isinstance(error, WmsError) or not faults.is_driver_error(error):
            raise
        raise faults.translate(error, shown(url)) or error from error
    finally:
        engine.dispose()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


@contextmanager
def whole(connection: Connection, begin: Callable[[Connection], None] = _begin) -> Iterator[None]:
    """All of it or nothing."""
    begin(connection)
    try:
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        with suppress(DBAPIError):  # the connection may be gone, or SQLite have rolled back already
            connection.exec_driver_sql("ROLLBACK")
        raise
