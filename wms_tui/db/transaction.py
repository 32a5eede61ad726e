"""One transaction: what a use case is given to work with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine
from sqlalchemy.pool import PoolProxiedConnection

from wms_tui.db.prepared import SIZES, Form, Prepared, PreparedMany
from wms_tui.db.repeating import Column

if TYPE_CHECKING:
    from sqlmodel import Session

    from wms_tui.domain.products import Goods


@dataclass(frozen=True, slots=True)
class Note:
    """An audit event in the making; ``before`` and ``after`` hold what changed."""

    action: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


Asked = tuple[Prepared, dict[str, Any]]
"""A statement and its values."""


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
        self.remembered: dict[str, tuple[Goods, tuple[Any, ...]]] | None = None
        """See ``remembered``; None on a server."""

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's view of this transaction, for statements built where they are used."""
        if self._connection is None:
            self._connection = Connection(self._engine, self._pooled)
        return self._connection

    @property
    def pid(self) -> int:
        """The server's process behind this transaction."""
        return int(self._driver.pid)

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

    def numbered(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The same on PostgreSQL, with ``$1`` for the first value."""
        rows: list[tuple[Any, ...]] = self._driver.numbered(sql, values).fetchall()
        return rows

    def one(self, statement: Prepared, **values: Any) -> tuple[Any, ...] | None:
        """The first row that a statement returns, or None."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def each(self, *asked: Asked) -> list[list[tuple[Any, ...]]]:
        """All rows of each statement, one after the other. A server is asked all at once: one way there and back."""
        if self.dialect.name == "sqlite":
            return [self.all(statement, **values) for statement, values in asked]
        forms = [(statement.form(self.dialect), values) for statement, values in asked]
        with self._driver.pipeline() if len(asked) > 1 else nullcontext():
            cursors = [(form, self._driver.execute(form.sql, form.arguments(values))) for form, values in forms]
        return [form.rows(cursor.fetchall()) if cursor.description else [] for form, cursor in cursors]

    def many(self, statement: Prepared, rows: Sequence[dict[str, Any]]) -> int:
        """Run a statement once for each row of values; answers how many rows that touched."""
        if not rows:
            return 0
        form = statement.form(self.dialect)
        if len(rows) == 1:
            return int(self._driver.execute(form.sql, form.arguments(rows[0])).rowcount)
        return self._run_each(form, form.columns_of_rows(rows))

    def columns(self, statement: Prepared, columns: Mapping[str, Column], **shared: Any) -> int:
        """``many`` for values that are given column by column, with what all rows share: a thousand take half the time.

        There is at least one column, and all are of one length.
        """
        if len(next(iter(columns.values()))) == 1:
            return self.run(statement, **shared, **{name: values[0] for name, values in columns.items()})
        form = statement.form(self.dialect)
        return self._run_each(form, form.columns(columns, shared))

    def _run_each(self, form: Form, columns: Sequence[Column]) -> int:
        touched, done = form.repeated.run(self._driver.execute, columns) if form.repeated else (0, 0)
        if done < len(columns[0]):
            cursor = self._driver.cursor()
            cursor.executemany(form.sql, form.each([column[done:] for column in columns]))
            touched += int(cursor.rowcount)
        return touched

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
