"""Expiry dates as people type them, and as labels print them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from wms_tui.domain.barcodes.dates import day_of, full_year, is_day
from wms_tui.domain.errors import AmbiguousDate, BadDate

_PLAUSIBLE = range(1990, 2100)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MARK = re.compile(r"[-/. ]|年|月")
_NAMED = re.compile(rf"(?:(\d{{1,2}})[-/. ]?)?({'|'.join(_MONTHS)})[A-Z]*[-/. ]?(\d{{4}}|\d\d)", re.ASCII)


def parse_expiry(text: str, today: date) -> date:
    """A day, or the end of a month.

    ``2027-01-31``, ``2027/1/31``, ``20270131``, ``31.01.2027``, ``2027年1月31日``, ``31 JAN 2027``, ``270131``
    as GS1 labels print it (day 00 is the end of the month); ``2027-01``, ``01/2027``, ``JAN 2027`` for the end of a
    month. Raises ``BadDate``, and ``AmbiguousDate`` for what may be two days, such as ``03/04/2027`` or ``27.01.31``.
    """
    written = text.strip().upper().removesuffix("日").removesuffix("月")
    days = sorted(set(_days(written, today)))
    if len(days) > 1:
        raise AmbiguousDate(text=text, first=days[0], second=days[1])
    if not days:
        raise BadDate(text=text)
    return days[0]


def _days(written: str, today: date) -> list[date]:
    """All days that it may mean."""
    if named := _NAMED.fullmatch(written):
        return _day(_year(named[3], today), _MONTHS.index(named[2]) + 1, int(named[1] or 0))
    if written.isascii() and written.isdecimal():
        return _from_digits(written, today)
    parts = [part.strip() for part in _MARK.split(written)]
    if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts):
        return []
    if len(parts) == 2:
        return _month(*parts)
    return _in_order(parts, "/" in written, today) if len(parts) == 3 else []


def _from_digits(digits: str, today: date) -> list[date]:
    if len(digits) == 8:
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]) or 32)
    if len(digits) == 6 and is_day(digits, whole_month=True):
        return [day_of(digits, today)]
    return []


def _month(first: str, second: str) -> list[date]:
    """The end of a month, its year in four digits."""
    if len(first) == 4:
        return _day(int(first), int(second))
    return _day(int(second), int(first)) if len(second) == 4 else []


def _in_order(parts: list[str], slashed: bool, today: date) -> list[date]:
    """Three numbers: a year of four digits decides the order; slashes may put the month first."""
    one, two, three = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return _day(one, two, three or 32)
    if len(parts[2]) == 4:
        return _day(three, two, one or 32) + (_day(three, one, two or 32) if slashed else [])
    if any(len(part) > 2 for part in parts):
        return []
    last, first = full_year(three % 100, today), full_year(one % 100, today)
    found = _day(last, two, one or 32) + _day(first, two, three or 32)
    return found + (_day(last, one, two or 32) if slashed else [])


def _year(digits: str, today: date) -> int:
    return int(digits) if len(digits) == 4 else full_year(int(digits), today)


def _day(year: int, month: int, day: int = 0) -> list[date]:
    """The day, the last one of the month for 0; nothing for what is none, or no date of goods."""
    if year not in _PLAUSIBLE or not 1 <= month <= 12 or not 0 <= day <= monthrange(year, month)[1]:
        return []
    return [date(year, month, day or monthrange(year, month)[1])]
