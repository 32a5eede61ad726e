"""An INSERT of one row, spelt for many rows at a time: SQLite takes half the time of a statement for each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

ROWS = 50
"""Rows in one statement; more gain nothing."""

_ONE_ROW = re.compile(r" VALUES (\(\?(?:, \?)*\))")

Execute = Callable[[str, Sequence[Any]], Any]
"""How the driver runs a statement with parameters by place; answers a cursor."""


class Repeated:
    """The statement with its row of parameters ``ROWS`` times; what follows the rows stays as it is."""

    def __init__(self, sql: str, row: re.Match[str]) -> None:
        self._width = row[1].count("?")
        self.sql = f"{sql[: row.end()]}{f', {row[1]}' * (ROWS - 1)}{sql[row.end() :]}"

    @classmethod
    def of(cls, sql: str) -> Repeated | None:
        """None for a statement that cannot be repeated so."""
        row = _ONE_ROW.search(sql)
        return cls(sql, row) if row and sql.startswith("INSERT ") else None

    def run(self, execute: Execute, arguments: Sequence[Sequence[Any]]) -> tuple[int, Sequence[Sequence[Any]]]:
        """Run the statement with as many of the arguments as fill it: how many rows that touched, and what is left."""
        touched, whole = 0, len(arguments) - len(arguments) % ROWS
        for start in range(0, whole, ROWS):
            touched += execute(self.sql, self._in_a_row(arguments[start : start + ROWS])).rowcount
        return touched, arguments[whole:]

    def _in_a_row(self, arguments: Sequence[Sequence[Any]]) -> list[Any]:
        rest = arguments[0][self._width :]
        rows = [row[: self._width] for row in arguments] if rest else arguments
        return [*chain.from_iterable(rows), *rest]
