"""The days of the demonstration's history, and a clock that goes through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DAYS = 150
OPENS, CLOSES = time(8), time(17, 30)
WEEKDAYS = (1.2, 1.0, 0.95, 1.0, 1.3, 0.5, 0.0)
"""How busy Monday to Sunday are."""
GROWTH = 0.5
"""By how much more is asked for at the end than at the beginning."""
LEAST_DAY = timedelta(hours=4)
JUST_NOW = timedelta(minutes=10)


class Now:
    """A clock that stands where it was set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Day:
    """A working day: when it begins and ends, how busy it is, and how many days before the last it is."""

    begins: datetime
    ends: datetime
    busy: float
    before: int

    @property
    def date(self) -> date:
        return self.begins.date()

    def at(self, part: float) -> datetime:
        """The moment at which so much of the day is over, to the second."""
        return (self.begins + part * (self.ends - self.begins)).replace(microsecond=0)


def days(now: datetime) -> Iterator[Day]:
    """The working days until now. The last one is always worked, as long as it has lasted, and ends a little before."""
    for before in range(DAYS, 0, -1):
        begins = datetime.combine((now - timedelta(days=before)).date(), OPENS, now.tzinfo)
        busy = WEEKDAYS[begins.weekday()] * (1 + GROWTH * (1 - before / DAYS))
        if busy:
            yield Day(begins, datetime.combine(begins.date(), CLOSES, now.tzinfo), busy, before)
    ends = min(now - JUST_NOW, datetime.combine(now.date(), CLOSES, now.tzinfo))
    yield Day(min(ends - LEAST_DAY, datetime.combine(now.date(), OPENS, now.tzinfo)), ends, 1 + GROWTH, 0)
