"""Whether a crowd is served faster in two parts or as a whole.

Parts keep a processor busy with one while the server is at the other; where others keep the processors busy, they only
cost more. So both ways are measured while there is a crowd, and the slower one is tried again now and then.
"""

from __future__ import annotations

CROWD = 16
"""From so many errands on they may be served in parts."""
SPAN = 512
"""Errands over which a way is measured."""
TRIED_EVERY = 8
"""Of so many spans one goes the slower way, to see whether it still is."""


class Pace:
    """For one thread at a time."""

    def __init__(self) -> None:
        self.in_parts = True
        self._speeds = {True: 0.0, False: 0.0}
        self._spans = self._served = 0
        self._since: float | None = None

    def served(self, errands: int, present: int, now: float) -> None:
        """So many of the errands that were present have been served; ``now`` is in seconds."""
        if present < CROWD:
            self._since = None  # whatever comes later is measured by itself
        elif self._since is None:
            self._since, self._served = now, 0
        else:
            self._served += errands
            if self._served >= SPAN and now > self._since:
                self._judge(self._served / (now - self._since))
                self._since, self._served = now, 0

    def _judge(self, speed: float) -> None:
        """``speed`` is errands a second, the way that was gone."""
        before = self._speeds[self.in_parts]
        self._speeds[self.in_parts] = (before + speed) / 2 if before else speed
        self._spans += 1
        is_trial = self._spans % TRIED_EVERY == 1
        self.in_parts = (self._speeds[True] >= self._speeds[False]) is not is_trial
