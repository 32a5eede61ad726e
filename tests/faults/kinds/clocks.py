"""The clock is moved by days, over a new year and over the change to summer time."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.faults.trial import BOTH, Fault, Trial

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai")
CHANGES = (
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
    datetime(2026, 11, 1, 6, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 0, tzinfo=UTC),
)
"""Moments at which the clocks of Berlin or New York jump, or the year of document numbers changes somewhere."""


def moved(trial: Trial) -> None:
    """Two writers whose clocks jump, each on its own, forwards and back; each in a time zone of its own."""
    for _ in range(2):
        trial.start(documents=16, days=_jumps(trial), timezone=trial.random.choice(ZONES))


def _jumps(trial: Trial) -> list[float]:
    """By how many days the clock is off, document by document."""
    now = datetime.now(UTC)
    jumps: list[float] = [0.0]
    for _ in range(4):
        change = (trial.random.choice(CHANGES) - now).total_seconds() / 86400
        hour = trial.random.uniform(-1, 1) / 24
        jumps += [change + hour, change - hour, trial.random.uniform(-400, 400), 0.0]
    return jumps


FAULTS = (Fault("clock", "The clock jumps by days, over summer time, over a year", BOTH, 2, 20, moved),)
