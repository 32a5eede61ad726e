"""An INSERT of one row, spelt for many rows at a time: SQLite takes half the time of a statement for each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain, count
from typing import Any

ROWS = 50
"""Rows in one statement; more gain nothing."""

_ONE_ROW = re.compile(r" VALUES \((\?(?:, \?)*)\)")

Column = Sequence[Any]
"""The values of one parameter, row by row."""
Execute = Callable[[str, Sequence[Any]], Any]
"""How the driver runs a statement with parameters by place; answers a cursor."""


class Repeated:
    """The statement with its row ``ROWS`` times. What is the same in all rows is a parameter once."""

    def __init__(self, sql: str, row: re.Match[str]) -> None:
        self._before, self._after = sql[: row.start(1) - 1], sql[row.end(1) + 1 :]
        self._width = row[1].count("?")
        self._spelt: dict[tuple[bool, ...], str] = {}

    @classmethod
    def of(cls, sql: str) -> Repeated | None:
        """None for a statement that cannot be repeated so."""
        row = _ONE_ROW.search(sql)
        return cls(sql, row) if row and sql.startswith("INSERT ") else None

    def run(self, execute: Execute, columns: Sequence[Column]) -> tuple[int, int]:
        """Run the statement for as many rows as fill it: how many rows that touched, and for how many it was run."""
        size = len(columns[0])
        whole = size - size % ROWS
        touched = self._run(execute, columns, whole) if whole else 0
        return touched, whole

    def _run(self, execute: Execute, columns: Sequence[Column], whole: int) -> int:
        own, touched = columns[: self._width], 0
        varied = [True, *(not is_same(column) for column in own[1:])]
        sql = self._sql(tuple(varied))
        once = [column[0] for column, varies in zip(own, varied, strict=True) if not varies]
        rows = list(zip(*(column for column, varies in zip(own, varied, strict=True) if varies), strict=True))
        after = [column[0] for column in columns[self._width :]]
        for start in range(0, whole, ROWS):
            touched += execute(sql, [*once, *chain.from_iterable(rows[start : start + ROWS]), *after]).rowcount
        return touched

    def _sql(self, varied: tuple[bool, ...]) -> str:
        if varied not in self._spelt:
            once = count(1)
            shared = [None if varies else f"?{next(once)}" for varies in varied]
            each = count(next(once))
            rows = (", ".join(place or f"?{next(each)}" for place in shared) for _ in range(ROWS))
            self._spelt[varied] = f"{self._before}{', '.join(f'({row})' for row in rows)}{self._after}"
        return self._spelt[varied]


def is_same(column: Column) -> bool:
    """Whether it holds one value alone."""
    return column[0] == column[-1] and column.count(column[0]) == len(column)
