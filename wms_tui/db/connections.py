"""Connections, and the transactions that are begun and ended on them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

from wms_tui.db.abandoned import Abandoned
from wms_tui.db.faults import READ_ONLY, is_lost, sqlstate
from wms_tui.db.transaction import Tx

Lent = TypeVar("Lent")


class CommitUnknown(Exception):
    """The connection was lost while the transaction was being committed: it may be in the database or not."""


class Connections:
    """Lends the connections of an engine.

    SQLite's are kept at hand, since the pool's book-keeping costs as much as two statements.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.abandoned = Abandoned()
        self._keeps = engine.dialect.name == "sqlite"
        self.remembered: dict[str, Any] | None = {} if self._keeps else None
        self._at_hand: deque[PoolProxiedConnection] = deque()

    def take(self) -> PoolProxiedConnection:
        try:
            return self._at_hand.pop()
        except IndexError:
            return self.fresh()

    def fresh(self) -> PoolProxiedConnection:
        """One of the pool's, once the server has ended what it still does for lost ones."""
        connection = self.engine.raw_connection()
        try:
            self.abandoned.end(connection.dbapi_connection)
        except BaseException:
            connection.invalidate()
            raise
        return connection

    def give_back(self, connection: PoolProxiedConnection) -> None:
        if self._keeps and connection.is_valid:
            self._at_hand.append(connection)
        else:
            connection.close()

    def forget(self) -> None:
        """Give up the connections that are not lent: the server that they led to is gone, or only reads."""
        self.engine.dispose()

    def close(self) -> None:
        while self._at_hand:
            self._at_hand.pop().close()
        self.engine.dispose()


@contextmanager
def transaction(connections: Connections, now: datetime, writes: bool, bearing: str = "") -> Iterator[Tx]:
    """Begin, yield, then commit; or roll back and let the error go on. On a server it bears the name ``bearing``."""
    connection = connections.take()
    driver = connection.dbapi_connection
    try:
        tx = Tx(connections.engine, connection, now)
        tx.remembered = connections.remembered
        try:
            tx.plain(_begin(tx.dialect.name, writes, bearing))
            yield tx
            tx.flush()
            _commit(tx)
        except BaseException as error:
            connections.abandoned.lose(driver, error.__cause__ or error)
            _roll_back(tx, connection)
            if sqlstate(error) == READ_ONLY:  # after a failover the old server may still answer
                connection.invalidate()
                connections.forget()
            raise
        finally:
            tx.close()
    finally:
        connections.give_back(connection)


def _begin(dialect: str, writes: bool, bearing: str) -> str:
    if dialect == "sqlite":
        return "BEGIN IMMEDIATE" if writes else "BEGIN"
    return f"BEGIN; SET LOCAL application_name = '{bearing}'" if bearing else "BEGIN"


def _commit(tx: Tx) -> None:
    try:
        tx.plain("COMMIT")
    except Exception as error:
        if is_lost(error):
            raise CommitUnknown from error
        raise


_SETTINGS = "SET lock_timeout = {milliseconds}; SET plan_cache_mode = force_generic_plan"
"""Planning a statement anew for its values takes as long as running it, and finds the same plan."""


class StatementConnections:
    """Connections kept for statements each of which is a transaction of its own.

    They wait for a row that somebody holds no longer than ``LOCK_MS``: whoever uses one works for others as well.
    """

    LOCK_MS = 100

    def __init__(self, connections: Connections) -> None:
        self._connections, self._engine = connections, connections.engine
        self._abandoned = connections.abandoned
        self._at_hand: deque[PoolProxiedConnection] = deque()

    def lend(self, now: datetime, job: Callable[[Tx], Lent]) -> Lent:
        """What the job answers, which is given one of them."""
        connection = self._taken(now)
        try:
            answer = job(Tx(self._engine, connection, now))
        except BaseException as error:
            self._drop_if_unfit(connection, error)
            raise
        self._at_hand.append(connection)
        return answer

    def _taken(self, now: datetime) -> PoolProxiedConnection:
        with suppress(IndexError):
            return self._at_hand.pop()
        connection = self._connections.fresh()
        driver: Any = connection.dbapi_connection
        driver.prepare_threshold = 0
        try:
            Tx(self._engine, connection, now).plain(_SETTINGS.format(milliseconds=self.LOCK_MS))
        except BaseException as error:
            self._drop_if_unfit(connection, error)
            raise
        return connection

    def _drop_if_unfit(self, connection: PoolProxiedConnection, error: BaseException) -> None:
        """A connection that is lost, in the middle of something, or to a server that only reads is not used again.

        Nor are the others: they lead to the same server.
        """
        driver: Any = connection.dbapi_connection
        self._abandoned.lose(driver, error)
        if driver is None or driver.closed or driver.info.transaction_status or sqlstate(error) == READ_ONLY:
            connection.invalidate()
            self.close()
        else:
            self._at_hand.append(connection)

    def close(self) -> None:
        while self._at_hand:
            self._at_hand.pop().invalidate()


def _roll_back(tx: Tx, connection: PoolProxiedConnection) -> None:
    """Undo what is open; a connection that cannot is not used again."""
    try:
        tx.plain("ROLLBACK")
    except Exception:
        if connection.is_valid:
            connection.invalidate()
