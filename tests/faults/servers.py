"""Servers of the faults' own, which may be stopped: durable, started once and used by one trial after the other."""

from __future__ import annotations

import atexit
import itertools
import time
from contextlib import closing
from functools import cache

import psycopg
from sqlalchemy import make_url

from tests.faults.trial import furnish
from tests.support.postgres import Server, Standby

TEMPLATE = "furnished"
FOLLOWS_WITHIN = 30.0
_SERIAL = itertools.count(1)


@cache
def durable_server() -> Server:
    """The server that is stopped and started again. A database in it outlives that."""
    server = Server(durable=True)
    atexit.register(server.stop)
    return server


class Pair:
    """A primary, and a standby without which nothing is committed."""

    def __init__(self) -> None:
        self.primary: Server = Server(durable=True)
        self.standby: Standby | None = None
        atexit.register(self.stop)

    def new_database(self) -> str:
        """A furnished database on both; the URL names both and leads to the one that takes writes."""
        url = new_database(self.primary)
        self.standby = Standby(self.primary)
        with psycopg.connect(self.primary.url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
            _wait_for_sync(connection)
        hosts = f"127.0.0.1:{self.primary.port},127.0.0.1:{self.standby.port}"
        return f"postgresql://postgres@{hosts}/{make_url(url).database}?target_session_attrs=read-write"

    def fail_over(self) -> None:
        """Promote the standby of a primary that is gone. It serves the next trial as primary."""
        assert self.standby is not None
        self.standby.promote()
        self.primary.stop()
        self.primary, self.standby = self.standby, None

    def stop(self) -> None:
        for server in filter(None, (self.primary, self.standby)):
            server.stop()


@cache
def pair() -> Pair:
    """The servers that fail over."""
    return Pair()


def new_database(server: Server) -> str:
    """A furnished database, made as a copy of the server's first one. Those of earlier trials are thrown away.

    Copied through the log instead, a sequence of the copy falls back to where it was when the server crashes.
    """
    with closing(psycopg.connect(server.url, autocommit=True)) as connection:
        names = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        for name in names:
            if name.startswith("trial"):
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        if TEMPLATE not in names:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
            furnish(_url_of(server, TEMPLATE))
        name = f"trial{next(_SERIAL)}"
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
    return _url_of(server, name)


def _url_of(server: Server, name: str) -> str:
    return make_url(server.url).set(database=name).render_as_string(hide_password=False)


def _wait_for_sync(connection: psycopg.Connection) -> None:
    deadline = time.monotonic() + FOLLOWS_WITHIN
    while not connection.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchall():
        assert time.monotonic() < deadline, "the standby does not follow"
        time.sleep(0.05)
