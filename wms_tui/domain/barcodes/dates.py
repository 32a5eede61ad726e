"""Days and moments in GS1 codes: two digits of a year, and day 00 for the end of a month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from functools import lru_cache


def full_year(two_digits: int, today: date) -> int:
    """The year that two digits mean: up to 49 years ahead, or up to 50 back (GS1 General Specifications, 7.12)."""
    ahead = two_digits - today.year % 100
    century = today.year - today.year % 100
    return century + two_digits + (-100 if ahead >= 51 else 100 if ahead <= -50 else 0)


@lru_cache(maxsize=4096)
def day_of(digits: str, today: date) -> date:
    """``YYMMDD`` as a day; DD 00 is the last one of the month. Raises ``ValueError``."""
    year, month, day = full_year(int(digits[:2]), today), int(digits[2:4]), int(digits[4:6])
    return date(year, month, day or monthrange(year, month)[1])


def moment_of(digits: str, today: date) -> datetime:
    """``YYMMDDHH``, with minutes and seconds where they are given; in the local time of whoever printed it."""
    hour, minute, second = (int(digits[at : at + 2] or 0) for at in (6, 8, 10))
    return datetime.combine(day_of(digits[:6], today), time(hour, minute, second))


@lru_cache(maxsize=4096)
def is_day(digits: str, whole_month: bool) -> bool:
    """Whether six digits are a day in some century."""
    month, day = int(digits[2:4]), int(digits[4:6])
    if not 1 <= month <= 12:
        return False
    return day <= monthrange(2000 + int(digits[:2]), month)[1] and (day > 0 or whole_month)


def is_hour(digits: str) -> bool:
    return int(digits[:2]) < 24 and int(digits[2:4]) < 60
