"""One cell to one value. Each reader takes an ``Entry`` that is not empty and raises a refusal naming its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from wms_tui.domain.barcodes import is_mangled
from wms_tui.domain.display import DANGEROUS
from wms_tui.domain.errors import BadText
from wms_tui.domain.file_errors import (
    ControlCharacters,
    MangledCode,
    NotADate,
    NotATime,
    UnknownWord,
)
from wms_tui.domain.quantities import plain
from wms_tui.domain.spreadsheets import unguard
from wms_tui.services.importing import moments
from wms_tui.services.importing.columns import folded
from wms_tui.services.importing.sheets import Cell

EXACT_DIGITS = 15
"""A spreadsheet keeps no more digits of a number than these."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BLANK = " \t\r\n\u00a0\u3000"


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell, the header above it, and how its file writes decimals."""

    value: Cell
    column: str
    comma: bool | None = None

    def written(self) -> str:
        """The cell as text, without white space around it and without the guard of our own exports."""
        value = self.value
        if isinstance(value, str):
            return unguard(value.strip(_BLANK))
        if isinstance(value, bool):
            return str(value).upper()
        is_short = isinstance(value, Decimal) and abs(value.adjusted()) < EXACT_DIGITS
        return plain(value) if isinstance(value, Decimal) and is_short else str(value)


Reader = Callable[[Entry], Any]


def text(most: int) -> Reader:
    """Any text of at most this many characters, kept as it is."""

    def read(entry: Entry) -> str:
        written = entry.written()
        if _UNSTORABLE.search(written):
            raise ControlCharacters(column=entry.column, text=written)
        return at_most(written, most, entry)

    return read


def at_most(written: str, most: int, entry: Entry) -> str:
    if len(written) > most:
        raise BadText(field=entry.column, length=len(written), most=most)
    return written


def code(most: int) -> Reader:
    """A code: text without control characters that no spreadsheet has made a number or a date of."""

    def read(entry: Entry) -> str:
        return at_most(read_code(entry), most, entry)

    return read


def read_code(entry: Entry) -> str:
    written = entry.written()
    lost = isinstance(entry.value, int) and len(written.lstrip("-")) > EXACT_DIGITS
    if lost or isinstance(entry.value, date | time) or is_mangled(written):
        raise MangledCode(column=entry.column, text=written)
    if DANGEROUS.search(written):
        raise ControlCharacters(column=entry.column, text=written)
    return written


def day(entry: Entry) -> date:
    """A date; a time of day in it is refused unless it is midnight."""
    value = entry.value
    if isinstance(value, datetime):
        value = value.isoformat()
    if isinstance(value, date):
        return value
    if isinstance(value, bool | time | Decimal):
        raise NotADate(column=entry.column, text=entry.written())
    return moments.read_date(str(value), entry.column)


def moment(entry: Entry) -> datetime:
    """A time in UTC; one without a zone is in UTC."""
    value = entry.value
    if isinstance(value, datetime):
        return moments.in_utc(value)
    if isinstance(value, bool | time | Decimal):
        raise NotATime(column=entry.column, text=entry.written())
    return moments.read_moment(str(value), entry.column)


def word(known: Mapping[str, StrEnum]) -> Reader:
    """One of the words of a vocabulary."""

    def read(entry: Entry) -> StrEnum:
        found = known.get(folded(entry.written()))
        if found is None:
            values = dict.fromkeys(kind.value for kind in known.values())
            raise UnknownWord(column=entry.column, text=entry.written(), known=", ".join(values))
        return found

    return read
