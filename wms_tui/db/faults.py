"""What the drivers say went wrong, as the errors that people read."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from wms_tui.domain import database_errors as errors
from wms_tui.domain.errors import BadCharacters, WmsError

_SQLITE: tuple[tuple[str, type[errors.DatabaseError]], ...] = (
    ("readonly", errors.DatabaseReadOnly),
    ("read-only", errors.DatabaseReadOnly),
    ("disk is full", errors.DatabaseFull),
    ("locked", errors.DatabaseBusy),
    ("busy", errors.DatabaseBusy),
    ("not a database", errors.NotOurDatabase),
    ("malformed", errors.DatabaseDamaged),
    ("could not decode", errors.DatabaseDamaged),
    ("disk i/o error", errors.DatabaseUnavailable),
    ("unable to open", errors.DatabaseUnavailable),
)

READ_ONLY = "25006"
"""SQLSTATE of a write to a server, or in a transaction, that only reads."""

LOCKED = "55P03"
"""SQLSTATE of a lock that did not come free in time."""

_POSTGRES: dict[str, type[errors.DatabaseError]] = {
    READ_ONLY: errors.DatabaseReadOnly,
    "53100": errors.DatabaseFull,
    "40001": errors.DatabaseBusy,
    "40P01": errors.DatabaseBusy,
    LOCKED: errors.DatabaseBusy,
    "57014": errors.DatabaseSlow,
    "42501": errors.DatabaseForbidden,
    "53300": errors.DatabaseUnavailable,
    "3D000": errors.DatabaseUnavailable,
    "28P01": errors.DatabaseUnavailable,
    "28000": errors.DatabaseUnavailable,
}
"""By SQLSTATE; classes 08 and 57P are connections that are gone."""

IDLE_TOO_LONG = "25P03"
"""SQLSTATE of a connection that the server ended since its transaction did nothing for too long."""

RETRY = frozenset({"40001", "40P01"})
"""SQLSTATEs after which the same transaction may succeed."""


def driver_error(error: BaseException) -> BaseException:
    """The driver's own exception, out of what SQLAlchemy wraps around it."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def sqlstate(error: BaseException) -> str:
    """PostgreSQL's code of an error, or an empty string."""
    return getattr(driver_error(error), "sqlstate", None) or ""


DRIVER_ERRORS = (SQLAlchemyError, sqlite3.Error, UnicodeError)
"""What SQLite's driver and SQLAlchemy raise."""


def is_driver_error(error: BaseException) -> bool:
    """Whether an exception came from the database driver or SQLAlchemy."""
    return isinstance(error, DRIVER_ERRORS) or _is_psycopg(error)


def is_constraint(error: BaseException) -> bool:
    """Whether a constraint or one of our triggers refused a row."""
    return isinstance(driver_error(error), sqlite3.IntegrityError) or sqlstate(error).startswith("23")


def is_lost(error: BaseException) -> bool:
    """Whether the connection to a server was lost, or none could be made for the moment."""
    return _is_psycopg(driver_error(error)) and _from_postgres(driver_error(error)) is errors.DatabaseUnavailable


def is_bad_data(error: BaseException) -> bool:
    """Whether a value cannot be what its column holds."""
    return isinstance(driver_error(error), sqlite3.DataError) or sqlstate(error).startswith("22")


def first_line(error: BaseException) -> str:
    """What the driver said, in one line."""
    return (str(driver_error(error)).splitlines() or [""])[0]


def translate(error: BaseException, where: str) -> WmsError | None:
    """Our error for the driver's, or None where the program itself is wrong and must not hide it."""
    cause = driver_error(error)
    if isinstance(cause, PoolTimeout):
        return errors.DatabaseCrowded()
    if _is_bad_text(cause):
        return BadCharacters()
    if isinstance(cause, UnicodeDecodeError):
        return errors.DatabaseDamaged(where=where)
    kind = _from_sqlite(cause, where) if isinstance(cause, sqlite3.Error) else _from_postgres(cause)
    return kind(where=where) if kind else None


def _from_sqlite(cause: sqlite3.Error, where: str) -> type[errors.DatabaseError] | None:
    said = str(cause).lower()
    if "unable to open" in said and _is_on_read_only_disk(Path(where)):
        return errors.DatabaseReadOnly
    return next((kind for words, kind in _SQLITE if words in said), None)


def _is_on_read_only_disk(path: Path) -> bool:
    """In WAL mode SQLite cannot even read where it may not make its shared-memory file."""
    return path.exists() and not os.access(path.parent, os.W_OK)


def _from_postgres(cause: BaseException) -> type[errors.DatabaseError] | None:
    if not _is_psycopg(cause):
        return None
    state = sqlstate(cause)
    if state.startswith(("08", "57P")) or state == IDLE_TOO_LONG or (not state and _is_operational(cause)):
        return errors.DatabaseUnavailable
    return _POSTGRES.get(state)


def _is_operational(cause: BaseException) -> bool:
    """Whether the connection failed: without a code of the server's, as when reaching it takes too long."""
    return any(kind.__name__ == "OperationalError" for kind in type(cause).__mro__)


def _is_bad_text(cause: BaseException) -> bool:
    """Whether the driver could not even send a text: half a surrogate pair, or NUL to PostgreSQL."""
    unsent = _is_psycopg(cause) and type(cause).__name__ == "DataError" and not sqlstate(cause)
    return unsent or isinstance(cause, UnicodeEncodeError)


def _is_psycopg(error: BaseException) -> bool:
    return type(error).__module__.startswith("psycopg")
