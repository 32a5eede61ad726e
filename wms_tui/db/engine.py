"""Engines for SQLite files and PostgreSQL servers, set up to be durable and strict."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from wms_tui.db.addresses import parse
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

MOST_CONNECTIONS = 20
"""Connections that one process keeps to a PostgreSQL server: its sessions share them for the milliseconds of a
transaction, and four such processes fit into the 100 that a server admits unless told otherwise."""

_REACHING: dict[str, str | int] = {
    "connect_timeout": 10,
    "application_name": "wms",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""How a client finds out within a minute that its server is gone."""

_LIMITS = {
    "timezone": "UTC",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "120s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
"""What the server ends by itself, so that a client which hangs or is gone soon holds no lock."""


def open_engine(url: str, create: bool = False, busy_seconds: float = BUSY_SECONDS, lock_tries: int = 1) -> Engine:
    """An engine for ``sqlite:///…`` or ``postgresql://…``; transactions are begun and ended in plain SQL.

    ``create`` makes the folder and file of a SQLite database, readable by its owner alone. Whoever waits for a lock of
    a server tries ``lock_tries`` times, and has ``busy_seconds`` for all of them.
    Raises ``NotOurDatabase`` for a URL of another kind, ``DatabaseMissing`` where there is no file,
    ``DatabaseNotMade`` where none can be.
    """
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, create, busy_seconds)
    return _open_postgres(parsed, busy_seconds, lock_tries)


def _open_postgres(url: URL, busy_seconds: float, lock_tries: int) -> Engine:
    """What the URL says goes before what is set here."""
    named = url.query.get("options", "")
    ours = {
        **_REACHING,
        "options": f"{_options(busy_seconds / lock_tries)} {named if isinstance(named, str) else ' '.join(named)}",
    }
    engine = create_engine(
        url.difference_update_query(["options"]),
        isolation_level="AUTOCOMMIT",
        pool_size=MOST_CONNECTIONS,
        max_overflow=0,
        pool_timeout=busy_seconds,
        pool_use_lifo=True,  # a quiet hour keeps few connections busy, and the server may end the others
        pool_reset_on_return=None,  # whoever begins a transaction ends it
        connect_args={name: value for name, value in ours.items() if name == "options" or name not in url.query},
    )
    event.listen(engine, "do_connect", _listening)
    return engine


def _listening(_dialect: Any, _record: Any, arguments: Any, options: Any) -> Any:
    from wms_tui.db.listening import Listening

    return Listening.connect(*arguments, **options)


def _options(lock_seconds: float) -> str:
    limits = {**_LIMITS, "lock_timeout": f"{max(int(lock_seconds * 1000), 1)}"}
    return " ".join(f"-c {name}={value}" for name, value in limits.items())


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
        max_overflow=-1,  # what is given back is kept at hand, where nobody who waits for the pool would find it
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
