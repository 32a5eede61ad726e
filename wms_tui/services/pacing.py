"""Whether a crowd is served faster in two parts or as a whole.

Parts keep a processor busy with one while the server is at the other; where others keep the processors busy, they only
cost more. So while there is a crowd the way that is not gone is tried now and then, between two measures of the other:
how fast the machine is changes more from one moment to the next than from one way to the other.
"""

from __future__ import annotations

from math import ceil

CROWD = 16
"""From so many errands on they may be served in parts."""
SPAN = 512
"""Errands over which a way is measured."""
MARGIN = 1.15
"""How much faster the whole has to be before parts are given up: less than that is chance as likely as not."""
PAUSE = 0.01
"""Seconds without work after which it is measured anew: nobody wanted anything, which is no slowness."""
REST = 16
"""At most so many spans between a trial that found nothing better and the next one; fewer in the beginning."""


class Pace:
    """For one thread at a time."""

    def __init__(self) -> None:
        self.in_parts = True
        self._crowd = 0
        self._speeds: list[float] = []
        self._rest, self._rests = 0, 1
        self._served = 0
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
        """``speed`` is errands a second, the way that was gone: this one, the other, this one again."""
        if self._rest:
            self._rest -= 1
            return
        self._speeds.append(speed)
        if len(self._speeds) < 3:
            self.in_parts = not self.in_parts
            return
        before, other, after = self._speeds
        self._speeds.clear()
        if is_better := 2 * other > (before + after) * (MARGIN if self.in_parts else 1):
            self.in_parts = not self.in_parts
        self._rests = 1 if is_better else min(2 * self._rests, REST)
        self._rest = self._rests
