"""Whether a crowd is served faster in two parts or as a whole.

Parts keep a processor busy with one while the server is at the other; where others keep the processors busy, they only
cost more. So both ways are measured while there is a crowd, and the slower one is tried again now and then.
"""

from __future__ import annotations

from math import ceil

CROWD = 16
"""From so many errands on they may be served in parts."""
SPAN = 256
"""Errands over which a way is measured."""
PAUSE = 0.01
"""Seconds without work after which it is measured anew: nobody wanted anything, which is no slowness."""
TRIED_EVERY = 16
"""Of so many spans one goes the slower way, to see whether it still is; of fewer at the beginning, when all is cold."""


class Pace:
    """For one thread at a time."""

    def __init__(self) -> None:
        self.in_parts = True
        self._crowd = 0
        self._speeds = {True: 0.0, False: 0.0}
        self._served = 0
        self._until_trial, self._trials_apart = 1, 1
        self._since: float | None = None
        self._ended = 0.0

    @property
    def part(self) -> int:
        """How many errands make a part: half of the crowd. 0 where all are served as a whole."""
        return (self._crowd + 1) // 2 if self.in_parts and self._crowd >= CROWD else 0

    def served(self, errands: int, present: int, began: float, now: float) -> None:
        """So many of the errands that were present have been served, from ``began`` until ``now``, in seconds."""
        # some are always on their way back: a crowd has become smaller when it stays so
        self._crowd = max(present, self._crowd - ceil(self._crowd / 8))
        paused, self._ended = began - self._ended > PAUSE, now
        if present < CROWD:
            self._since = None
        elif self._since is None or paused:
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
        self._until_trial -= 1
        if is_trial := not self._until_trial:
            self._trials_apart = self._until_trial = min(2 * self._trials_apart, TRIED_EVERY)
        self.in_parts = (self._speeds[True] >= self._speeds[False]) is not is_trial
