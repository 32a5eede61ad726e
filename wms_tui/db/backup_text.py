"""Rows as text that means the same on both engines: the text format of PostgreSQL's COPY.

One row a line, cells between tabs, ``\\N`` for NULL. The same rows are the same bytes wherever they come from, so one
hash compares tables of two engines. Kinds of columns:

========== ==============================================================
whole      digits
decimal n  digits with exactly n decimals
moment     2026-06-15T10:00:00.000000+00:00
day        2026-06-15
truth      1 or 0
text       with ``\\\\``, ``\\t``, ``\\n``, ``\\r``, ``\\b``, ``\\f``, ``\\v`` for what would break a line
========== ==============================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, String

from wms_tui.db.types import Exact, Moment

NULL = "\\N"
ESCAPES = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
_BACK = {escaped: plain for plain, escaped in ESCAPES.items()}
_ESCAPED = re.compile(r"\\(.)")


class Tally:
    """Passes pieces of text on, and knows their rows and hash in the end."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self._hash = sha256()
        self.rows = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._hash.update(chunk)
            self.rows += chunk.count(b"\n")
            yield chunk

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def spend(self) -> Tally:
        """Read all of it."""
        for _ in self:
            pass
        return self


def kind_of(column: Column[Any]) -> str:
    """The kind of a column. Raises ``TypeError`` for a type that nobody has thought of here."""
    kind = column.type
    if isinstance(kind, Exact):
        return f"decimal {kind.places}"
    for type_, name in ((Moment, "moment"), (Boolean, "truth"), (Date, "day"), (Integer, "whole"), (String, "text")):
        if isinstance(kind, type_):
            return name
    raise TypeError(f"{column} cannot be written to a backup")


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Whole rows without their line ends."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    if rest:
        raise ValueError("the last line has no end")


def cells(line: bytes) -> list[str | None]:
    """The texts of one row."""
    return [None if cell == NULL else _unescaped(cell) for cell in line.decode().split("\t")]


def _unescaped(cell: str) -> str:
    return _ESCAPED.sub(lambda found: _BACK[found[0]], cell) if "\\" in cell else cell


def reader(kind: str) -> Callable[[str], Any] | None:
    """What makes SQLite's value of a text; None where it is the text itself."""
    if kind in {"whole", "truth"}:
        return int
    if kind.startswith("decimal "):
        return lambda cell: int(cell.replace(".", "", 1))
    return None
