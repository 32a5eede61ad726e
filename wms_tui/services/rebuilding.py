"""The tables of a database made anew from a source of rows, in a transaction that the caller owns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from wms_tui.db import backup_loading as loading
from wms_tui.db import backup_replacing as replacing
from wms_tui.db import catalog_index, faults, schema
from wms_tui.db.backup_reading import dumped
from wms_tui.db.backup_text import Tally
from wms_tui.db.transaction import Tx
from wms_tui.domain import backup_errors as errors
from wms_tui.domain.backup import Contents, Progress, Source, TableFacts

INDEXED = 2000
"""Products whose search index is made at a time."""
PRODUCTS = text("SELECT id FROM product WHERE id > :after ORDER BY id LIMIT :most")
WRONG_ROWS = (ValueError, KeyError, IndexError, OverflowError)
"""What a text that nobody of ours wrote does to its reader."""


def rebuild(connection: Connection, source: Source, progress: Progress) -> Contents:
    """Everything of the source in tables of its version, read back and then upgraded; answers what came in.

    Raises ``Contradiction`` for rows that the tables refuse, ``NotTheSame`` for a table that reads back differently.
    """
    replacing.rebuild(connection, source.contents.schema)
    if not replacing.fits(connection, source.contents):
        raise errors.NotTheSame(table=schema.VERSION_TABLE)
    keys, guards = loading.drop_foreign_keys(connection), loading.drop_guards(connection)
    loaded = _Loading(connection, source, progress).all()
    loading.add_guards(connection, guards)
    try:
        loading.add_foreign_keys(connection, keys)
    except Exception as error:
        raise _explained(error, "*") from error
    loading.advance(connection, source.contents)
    if source.contents.schema < schema.HEAD:
        schema.run_migrations(connection)
    loading.analyze(connection)
    _index(connection)
    return Contents(source.contents.schema, loaded)


class _Loading:
    """All tables one after another, and how far they are."""

    def __init__(self, connection: Connection, source: Source, progress: Progress) -> None:
        self._connection = connection
        self._source = source
        self._progress = progress
        self._done = 0

    def all(self) -> tuple[TableFacts, ...]:
        return tuple(self._load(table) for table in self._source.contents.tables)

    def _load(self, table: TableFacts) -> TableFacts:
        given = Tally(self._source.chunks(table))
        try:
            loading.load(self._connection, table, self._watched(given))
        except Exception as error:
            raise _explained(error, table.name) from error
        if Tally(dumped(self._connection, table)).spend().sha256 != given.sha256:
            raise errors.NotTheSame(table=table.name)
        self._done += given.rows
        return replace(table, rows=given.rows, sha256=given.sha256)

    def _watched(self, given: Tally) -> Iterable[bytes]:
        for chunk in given:
            yield chunk
            self._progress(self._done + given.rows, self._source.contents.rows)


def _explained(error: Exception, table: str) -> Exception:
    """A refusal of the tables themselves; what else goes wrong is the driver's to tell."""
    refused = isinstance(error, WRONG_ROWS) or faults.is_constraint(error) or faults.is_bad_data(error)
    return errors.Contradiction(table=table, why=faults.first_line(error)) if refused else error


def _index(connection: Connection) -> None:
    """The search index is no part of a backup: it is made from the products."""
    tx = Tx(connection.engine, connection.connection, datetime.now(UTC))
    for keys in _products(connection):
        catalog_index.refresh(tx, keys)


def _products(connection: Connection) -> Iterator[list[int]]:
    after = 0
    while keys := list(connection.execute(PRODUCTS, {"after": after, "most": INDEXED}).scalars()):
        yield keys
        after = keys[-1]
