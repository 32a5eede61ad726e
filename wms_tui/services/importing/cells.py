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
    BadBarcode,
    ControlCharacters,
    MangledCode,
    NotADate,
    NotANumber,
    NotATime,
    NumberOutOfRange,
    TooManyPlaces,
    UnknownWord,
)
from wms_tui.domain.quantities import (
    MONEY_PLACES,
    MOST,
    MOST_SHOWN,
    QUANTITY_PLACES,
    check_quantity,
    has_places,
    parse_quantity,
    plain,
)
from wms_tui.domain.spreadsheets import unguard
from wms_tui.services.importing import decimals, moments
from wms_tui.services.importing.columns import folded
from wms_tui.services.importing.sheets import Cell

EXACT_DIGITS = 15
"""A spreadsheet keeps no more digits of a number than these."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BETWEEN_BARCODES = re.compile(r"[|;,\s；，、｜]+")
_PACK = re.compile(r"([^*×]+)[*×](\d+(?:\.\d+)?)", re.ASCII)
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


@dataclass(frozen=True, slots=True)
class PackedBarcode:
    """A barcode and how many base units one scan of it moves."""

    code: str
    quantity: Decimal = Decimal(1)


def text(most: int) -> Reader:
    """Any text of at most this many characters, kept as it is."""

    def read(entry: Entry) -> str:
        written = entry.written()
        if _UNSTORABLE.search(written):
            raise ControlCharacters(column=entry.column, text=written)
        return _at_most(written, most, entry)

    return read


def _at_most(written: str, most: int, entry: Entry) -> str:
    if len(written) > most:
        raise BadText(field=entry.column, length=len(written), most=most)
    return written


def code(most: int) -> Reader:
    """A code: text without control characters that no spreadsheet has made a number or a date of."""

    def read(entry: Entry) -> str:
        return _at_most(_code(entry), most, entry)

    return read


def _code(entry: Entry) -> str:
    written = entry.written()
    lost = isinstance(entry.value, int) and len(written.lstrip("-")) > EXACT_DIGITS
    if lost or isinstance(entry.value, date | time) or is_mangled(written):
        raise MangledCode(column=entry.column, text=written)
    if DANGEROUS.search(written):
        raise ControlCharacters(column=entry.column, text=written)
    return written


def barcodes(most: int) -> Reader:
    """Several barcodes separated by ``|``, ``;``, comma or space, each with what it packs: ``6901234567892*24``."""

    def read(entry: Entry) -> tuple[PackedBarcode, ...]:
        return tuple(_barcode(part, most, entry) for part in _BETWEEN_BARCODES.split(_code(entry)) if part)

    return read


def _barcode(part: str, most: int, entry: Entry) -> PackedBarcode:
    if is_mangled(part):
        raise MangledCode(column=entry.column, text=part)
    if "*" not in part and "×" not in part:
        return PackedBarcode(_at_most(part, most, entry))
    found = _PACK.fullmatch(part)
    if found is None:
        raise BadBarcode(column=entry.column, text=part)
    return PackedBarcode(_at_most(found.group(1), most, entry), check_quantity(Decimal(found.group(2)), part))


def number(entry: Entry) -> Decimal:
    """A number as the file writes them."""
    value = entry.value
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str):
        raise NotANumber(column=entry.column, text=entry.written())
    return decimals.read_number(decimals.plain_form(entry.written()), entry.column, entry.comma)


def quantity(entry: Entry) -> Decimal:
    """A quantity above 0."""
    try:
        return check_quantity(number(entry), entry.written())
    except NotANumber:
        return parse_quantity(entry.written())


def level(places: int) -> Reader:
    """A number from 0 with at most this many decimals."""

    def read(entry: Entry) -> Decimal:
        value = number(entry)
        if not value.is_finite() or not 0 <= value <= MOST:
            raise NumberOutOfRange(column=entry.column, text=entry.written(), most=MOST_SHOWN)
        if not has_places(value, places):
            raise TooManyPlaces(column=entry.column, text=entry.written(), places=places)
        return value

    return read


on_hand = level(QUANTITY_PLACES)
money = level(MONEY_PLACES)


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
