"""Core statements compiled once and run on the driver itself.

SQLAlchemy's own execution costs several times the statement on SQLite (performance.md); compiling once keeps the SQL
portable and typed, and leaves the driver's speed.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Executable, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from wms_tui.db.repeating import Column, Repeated, is_same

Convert = Callable[[Any], Any] | None
Conversions = list[tuple[int, Callable[[Any], Any]]]
"""Place → how the value there is converted."""

NUMERIC_OID = 1700
"""PostgreSQL's code of NUMERIC, which SQLAlchemy's decimals ask for; no other type of ours looks at it."""


class Prepared:
    """One statement with named parameters; ``build`` makes it when it is first used, so that importing stays cheap."""

    def __init__(self, build: Callable[[], Executable]) -> None:
        self._build: Callable[[str], Executable] = lambda _dialect: build()
        self._forms: dict[str, Form] = {}

    @classmethod
    def by_dialect(cls, build: Callable[[str], Executable]) -> Prepared:
        """A statement that SQLAlchemy spells differently for each dialect; ``build`` is given its name."""
        prepared = cls.__new__(cls)
        prepared._build, prepared._forms = build, {}
        return prepared

    def form(self, dialect: Dialect) -> Form:
        """The statement in a dialect's SQL."""
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = Form(self._build(dialect.name), dialect)
        return form


class Form:
    """A statement in one dialect's SQL, with the conversions that its column types ask for."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # every executable compiles
        assert isinstance(compiled, SQLCompiler)
        self.sql = compiled.string
        by_place = compiled.positiontup if compiled.positional else None
        names = tuple(by_place or compiled.params)
        self._by_place = by_place is not None
        self._names = names
        self._pick = _picker(names)
        self._values = dict(compiled.params)
        self._binds = _conversions(_bind(compiled.binds[name].type, dialect) for name in names)
        self._results = _conversions(_result(column.type, dialect) for column in _columns(statement))
        self.repeated = Repeated.of(self.sql) if self._by_place else None

    def arguments(self, values: dict[str, Any]) -> Any:
        """The parameters as the driver takes them: a list by place, or a dictionary by name."""
        if len(values) < len(self._values):
            values = {**self._values, **values}
        picked = list(self._pick(values))
        for place, convert in self._binds:
            picked[place] = convert(picked[place])
        return picked if self._by_place else dict(zip(self._names, picked, strict=True))

    def columns_of_rows(self, rows: Sequence[dict[str, Any]]) -> list[Column]:
        """The parameters of some rows, column by column and converted."""
        picked = [self._pick(row if len(row) >= len(self._values) else {**self._values, **row}) for row in rows]
        return self._converted(list(zip(*picked, strict=True)))

    def columns(self, columns: Mapping[str, Column], shared: Mapping[str, Any]) -> list[Column]:
        """The parameters of rows that are given column by column, with what they all share."""
        size = len(next(iter(columns.values())))
        alike = {name: [value] * size for name, value in {**self._values, **shared}.items() if name not in columns}
        return self._converted([columns[name] if name in columns else alike[name] for name in self._names])

    def _converted(self, columns: list[Column]) -> list[Column]:
        for place, convert in self._binds:
            column = columns[place]
            columns[place] = [convert(column[0])] * len(column) if is_same(column) else list(map(convert, column))
        return columns

    def each(self, columns: Sequence[Column]) -> list[Any]:
        """The parameters of each row, as the driver takes them."""
        rows = zip(*columns, strict=True)
        return list(rows) if self._by_place else [dict(zip(self._names, row, strict=True)) for row in rows]

    def rows(self, fetched: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Rows as Python values."""
        return _by_column(fetched, self._results) if self._results and fetched else fetched


def _by_column(rows: list[tuple[Any, ...]], conversions: Conversions) -> list[tuple[Any, ...]]:
    """The rows with some of their columns converted."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, convert in conversions:
        columns[place] = map(convert, columns[place])
    return list(zip(*columns, strict=True))


def _conversions(converts: Iterable[Convert]) -> Conversions:
    """The places that need a conversion, with it."""
    return [(place, convert) for place, convert in enumerate(converts) if convert is not None]


def _picker(names: tuple[str, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """Takes the values of these names out of a dictionary."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _bind(type_: Any, dialect: Dialect) -> Convert:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _result(type_: Any, dialect: Dialect) -> Convert:
    return type_.dialect_impl(dialect).result_processor(dialect, NUMERIC_OID)


def _columns(statement: Any) -> list[Any]:
    if getattr(statement, "is_select", False):
        return list(statement.selected_columns)
    return list(getattr(statement, "_returning", ()) or ())


SIZES = (1, 2, 8, 64, 512)


class PreparedMany:
    """A statement over a list of values, prepared for a few lengths; shorter lists repeat their last value."""

    def __init__(self, build: Callable[[list[str]], Executable]) -> None:
        self._by_size = {size: Prepared(partial(build, names(size))) for size in SIZES}

    def batch(self, values: Sequence[Any]) -> tuple[Prepared, dict[str, Any]]:
        """The statement and parameters for at least one value and at most the largest size."""
        size = len(values)
        if size not in self._by_size:
            size = SIZES[bisect(SIZES, size)]
            values = [*values, *[values[-1]] * (size - len(values))]
        return self._by_size[size], dict(zip(names(size), values, strict=True))


@cache
def names(size: int) -> list[str]:
    """The parameter names of a list of this length."""
    return [f"v{place}" for place in range(size)]


def among(column: ColumnElement[Any], names: list[str]) -> ColumnElement[bool]:
    """``column IN (…)`` over the parameters of a list."""
    return column.in_([bindparam(name, type_=column.type) for name in names])


def upsert(dialect: str, table: Any) -> Any:
    """An INSERT that both engines let turn into an UPDATE."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
