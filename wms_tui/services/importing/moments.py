"""Dates and times as files write them: the year first, so that nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime

from wms_tui.domain.file_errors import AmbiguousDate, NotADate, NotATime

_DATE = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII
)
_YEAR_LAST = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2})", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?Z?$", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(.*)", re.ASCII)


def read_date(text: str, column: str) -> date:
    """``2026-03-05``, ``2026/3/5``, ``20260305`` or ``2026年3月5日``. Raises ``AmbiguousDate`` and ``NotADate``."""
    plain = _MIDNIGHT.sub("", unicodedata.normalize("NFKC", text).strip())
    if _YEAR_LAST.fullmatch(plain):
        raise AmbiguousDate(column=column, text=text)
    found = _DATE.fullmatch(plain)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
        return date(year, month, day)
    except ValueError as error:
        raise NotADate(column=column, text=text) from error


def read_moment(text: str, column: str) -> datetime:
    """An ISO 8601 time with or without zone (without: UTC), in UTC. Raises ``AmbiguousDate`` and ``NotATime``."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("T", " ", 1)
    day, _, clock = plain.partition(" ")
    if _YEAR_LAST.fullmatch(day):
        raise AmbiguousDate(column=column, text=text)
    try:
        moment = datetime.fromisoformat(f"{read_date(day, column).isoformat()}{_clock(clock.strip())}")
        return in_utc(moment)
    except (ValueError, OverflowError, NotADate) as error:
        raise NotATime(column=column, text=text) from error


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; one without a zone is in UTC already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _clock(text: str) -> str:
    """The clock part for ``fromisoformat``, its hour with two digits."""
    if not text:
        return ""
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError
    hour, minute, rest = found.groups()
    return f"T{hour.zfill(2)}:{minute}{rest.strip()}"
