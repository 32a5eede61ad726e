"""One transaction: what a use case is given to work with."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine
from sqlalchemy.pool import PoolProxiedConnection

from wms_tui.db.abandoned import Abandoned
from wms_tui.db.faults import READ_ONLY, is_lost, sqlstate
from wms_tui.db.prepared import SIZES, Prepared, PreparedMany

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Note:
    """An audit event in the making; ``before`` and ``after`` hold what changed."""

    action: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


class Tx:
    """An open transaction. Nothing in here commits; the door does.

    Prepared statements run on the driver; ``session`` is the ORM for the catalog, on the same connection.
    """

    def __init__(self, engine: Engine, pooled: PoolProxiedConnection, now: datetime) -> None:
        self.dialect = engine.dialect
        self.now = now.astimezone(UTC)
        self._engine = engine
        self._pooled = pooled
        self._driver: Any = pooled.dbapi_connection
        self._connection: Connection | None = None
        self._session: Session | None = None
        self._savepoints = 0
        self.notes: list[Note] = []
        self.wants: tuple[int, int, int] | None = None
        """The balance (product, location, lot) that is being changed, for whoever asks what is waited for."""

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's view of this transaction, for statements built where they are used."""
        if self._connection is None:
            self._connection = Connection(self._engine, self._pooled)
        return self._connection

    @property
    def pid(self) -> int:
        """The server's process behind this transaction."""
        return int(self._driver.info.backend_pid)

    @property
    def session(self) -> Session:
        """The ORM session of this transaction, made when first asked for."""
        if self._session is None:
            from sqlmodel import Session

            self._session = Session(self.connection, expire_on_commit=False)
        return self._session

    def plain(self, sql: str) -> None:
        """Run a statement without parameters or result."""
        if self.dialect.name == "sqlite":
            self._driver.execute(sql)
        else:
            self._driver.execute(sql, prepare=False)

    def unhurried(self) -> None:
        """Let this transaction's statements take as long as they need: an audit of everything is no runaway query."""
        if self.dialect.name == "postgresql":
            self.plain("SET LOCAL statement_timeout = 0")

    def run(self, statement: Prepared, **values: Any) -> int:
        """Run a statement and return how many rows it touched."""
        form = statement.form(self.dialect)
        return int(self._driver.execute(form.sql, form.arguments(values)).rowcount)

    def all(self, statement: Prepared, **values: Any) -> list[tuple[Any, ...]]:
        """All rows that a statement returns."""
        form = statement.form(self.dialect)
        return form.rows(self._driver.execute(form.sql, form.arguments(values)).fetchall())

    def native(self, sql: str, values: Any) -> list[tuple[Any, ...]]:
        """All rows of a statement in the driver's own spelling, with its own values."""
        rows: list[tuple[Any, ...]] = self._driver.execute(sql, values).fetchall()
        return rows

    def one(self, statement: Prepared, **values: Any) -> tuple[Any, ...] | None:
        """The first row that a statement returns, or None."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def each(self, *asked: tuple[Prepared, dict[str, Any]]) -> list[list[tuple[Any, ...]]]:
        """All rows of each statement. A server is asked all at once: one way there and back."""
        if self.dialect.name == "sqlite":
            return [self.all(statement, **values) for statement, values in asked]
        with self._driver.pipeline():
            forms = [(statement.form(self.dialect), values) for statement, values in asked]
            cursors = [(form, self._driver.execute(form.sql, form.arguments(values))) for form, values in forms]
        return [form.rows(cursor.fetchall()) for form, cursor in cursors]

    def many(self, statement: Prepared, rows: Sequence[dict[str, Any]]) -> int:
        """Run a statement once for each row of values; answers how many rows that touched."""
        if not rows:
            return 0
        form = statement.form(self.dialect)
        if len(rows) == 1:
            return int(self._driver.execute(form.sql, form.arguments(rows[0])).rowcount)
        cursor = self._driver.cursor()
        cursor.executemany(form.sql, form.arguments_of_many(rows))
        return int(cursor.rowcount)

    def among(self, statement: PreparedMany, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """All rows of a statement over a list of values."""
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(values), SIZES[-1]):
            prepared, arguments = statement.batch(values[start : start + SIZES[-1]])
            found += self.all(prepared, **arguments)
        return found

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can fail on its own: what it wrote is taken back and the error goes on."""
        self.flush()
        self._savepoints += 1
        name = f"part_{self._savepoints}"
        noted = len(self.notes)
        self.plain(f"SAVEPOINT {name}")
        try:
            yield
            self.flush()
        except BaseException:
            self.plain(f"ROLLBACK TO SAVEPOINT {name}")
            self.plain(f"RELEASE SAVEPOINT {name}")
            del self.notes[noted:]
            raise
        self.plain(f"RELEASE SAVEPOINT {name}")

    def note(
        self,
        action: str,
        subject: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep an audit event; the door writes it in this transaction."""
        self.notes.append(Note(action, subject, before, after))

    def flush(self) -> None:
        """Send what the ORM still holds back."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Let go of what the ORM holds; the connection is its lender's."""
        if self._session is not None:
            self._session.close()


class CommitUnknown(Exception):
    """The connection was lost while the transaction was being committed: it may be in the database or not."""


class Connections:
    """Lends the connections of an engine.

    SQLite's are kept at hand, since the pool's book-keeping costs as much as two statements; PostgreSQL's go back to
    the pool, which finds out whether the server is still there.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.abandoned = Abandoned()
        self._keeps = engine.dialect.name == "sqlite"
        self._at_hand: deque[PoolProxiedConnection] = deque()

    def take(self) -> PoolProxiedConnection:
        try:
            return self._at_hand.pop()
        except IndexError:
            return self._from_pool()

    def _from_pool(self) -> PoolProxiedConnection:
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


class StatementConnection:
    """One connection kept for statements each of which is a transaction of its own.

    They wait for a row that somebody holds no longer than ``LOCK_MS``: whoever uses it works for others as well.
    """

    LOCK_MS = 100

    def __init__(self, connections: Connections) -> None:
        self._engine = connections.engine
        self._abandoned = connections.abandoned
        self._kept: PoolProxiedConnection | None = None

    @contextmanager
    def lent(self, now: datetime) -> Iterator[Tx]:
        """For one at a time."""
        if self._kept is None:
            self._kept = self._engine.raw_connection()
            driver: Any = self._kept.dbapi_connection
            driver.prepare_threshold = 0
            Tx(self._engine, self._kept, now).plain(f"SET lock_timeout = {self.LOCK_MS}")
        try:
            yield Tx(self._engine, self._kept, now)
        except BaseException as error:
            self._drop_if_unfit(error)
            raise

    def _drop_if_unfit(self, error: BaseException) -> None:
        """A connection that is lost, in the middle of something, or to a server that only reads is not used again."""
        driver: Any = self._kept and self._kept.dbapi_connection
        self._abandoned.lose(driver, error)
        unfit = driver is None or driver.closed or driver.info.transaction_status or sqlstate(error) == READ_ONLY
        if self._kept is not None and unfit:
            kept, self._kept = self._kept, None
            kept.invalidate()

    def close(self) -> None:
        if self._kept is not None:
            kept, self._kept = self._kept, None
            kept.invalidate()


def _roll_back(tx: Tx, connection: PoolProxiedConnection) -> None:
    """Undo what is open; a connection that cannot is not used again."""
    try:
        tx.plain("ROLLBACK")
    except Exception:
        if connection.is_valid:
            connection.invalidate()
