"""Engines for SQLite files and PostgreSQL servers, set up to be durable and strict."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from wms_tui.domain.database_errors import DatabaseMissing, DatabaseNotMade, NotOurDatabase

BUSY_SECONDS = 10.0
"""How long a writer waits for another one before it gives up."""

APPLICATION_ID = 0x574D5331
"""``WMS1`` in the header of our SQLite files."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -32768",
    "PRAGMA temp_store = MEMORY",
)

_SECRET = re.compile("//.*@")
"""User and password in a URL that cannot be understood."""


def open_engine(url: str, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine for ``sqlite:///…`` or ``postgresql://…``; transactions are begun and ended in plain SQL.

    ``create`` makes the folder and file of a SQLite database, readable by its owner alone.
    Raises ``NotOurDatabase`` for a URL of another kind, ``DatabaseMissing`` where there is no file,
    ``DatabaseNotMade`` where none can be.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, create, busy_seconds)
    parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(
        parsed,
        isolation_level="AUTOCOMMIT",
        pool_size=5,
        max_overflow=15,
        pool_pre_ping=True,
        pool_reset_on_return=None,  # whoever begins a transaction ends it
        connect_args={
            "connect_timeout": 10,
            "application_name": "wms",
            "options": f"-c timezone=UTC -c lock_timeout={int(busy_seconds * 1000)}",
        },
    )


def shown(url: str) -> str:
    """The URL as it may be shown: a file's path, or the server without its password."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return parsed.database or ":memory:"
    return parsed.render_as_string(hide_password=True)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        known = parsed.get_backend_name() in {"sqlite", "postgresql"}
    except (ArgumentError, ValueError) as error:
        raise NotOurDatabase(where=_SECRET.sub("//***@", url)) from error
    if not known:
        raise NotOurDatabase(where=parsed.render_as_string(hide_password=True))
    return parsed


def _open_sqlite(url: URL, create: bool, busy_seconds: float) -> Engine:
    path = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise NotOurDatabase(where="sqlite://")
    is_uri = url.database.startswith("file:")
    if not is_uri:
        _ensure_file(path, create)
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,  # whoever begins a transaction ends it
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _ensure_file(path: Path, create: bool) -> None:
    if path.exists():
        return
    if not create:
        raise DatabaseMissing(where=str(path))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseNotMade(where=str(path), why=error.strerror) from error


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)
