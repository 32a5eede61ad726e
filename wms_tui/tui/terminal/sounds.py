"""What an operator hears: the terminal's bell, in a pattern for each outcome."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

Wait = Callable[[float, Callable[[], None]], object]
TAKEN = (0.0,)
REFUSED = (0.0, 0.15, 0.3)
NAMES: dict[str, tuple[float, ...]] = {"taken": TAKEN, "refused": REFUSED}


class Sounds:
    """Rings the terminal's bell in a pattern for each outcome; ``wait(seconds, ring)`` is the application's timer.

    ``bells`` names the outcomes that are to be heard.
    """

    def __init__(self, ring: Callable[[], None], wait: Wait, bells: Collection[str]) -> None:
        self._ring = ring
        self._wait = wait
        self.hear(bells)
        self._ringing = 0
        self.played = 0
        """How many outcomes there were, heard or not."""

    def hear(self, bells: Collection[str]) -> None:
        """These outcomes are heard from now on."""
        self._heard = {NAMES[name] for name in bells}

    def play(self, pattern: Sequence[float]) -> None:
        """Ring after each of these many seconds. A refusal that is still sounding is not started again."""
        self.played += 1
        if tuple(pattern) not in self._heard or (self._ringing and len(pattern) > 1):
            return
        for delay in pattern:
            if delay:
                self._ringing += 1
                self._wait(delay, self._ring_late)
            else:
                self._ring()

    def _ring_late(self) -> None:
        self._ringing -= 1
        self._ring()
