"""Group commit: callers of one process hand in what they want written, and one of them carries it all out.

Whoever comes while nobody is at it leads: takes what has been handed in and answers each. The others sleep until they
are answered or it is their turn to lead. A caller who is alone pays for no handing over. Where several have just been
served, who leads next gives them a moment to come again: one after the other they would hold each other up for longer.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from wms_tui.domain.access import Actor

MOST = 128
"""Errands that are carried out at once."""

MOMENT = 0.002
"""Seconds for which as many as before are waited for, a fraction of what writing for them takes."""


class Errand:
    """What one caller wants done. Left unanswered, its own caller does it alone."""

    def __init__(self, case: Any, actor: Actor, request: Any) -> None:
        self.case, self.actor, self.request = case, actor, request
        self.answered = False
        self._answer: Any = None
        self._error: BaseException | None = None
        self._leads = False
        self._asleep = threading.Lock()
        self._asleep.acquire()

    def answer(self, receipt: Any) -> None:
        self._answer, self.answered = receipt, True

    def refuse(self, error: BaseException) -> None:
        self._error, self.answered = error, True

    def result(self) -> Any:
        """The receipt. Raises what it was refused with."""
        if self._error is not None:
            raise self._error
        return self._answer

    def wait(self) -> bool:
        """Sleep until woken; whether it is this one's turn to lead."""
        self._asleep.acquire()
        return self._leads

    def wake(self, leads: bool = False) -> None:
        self._leads = leads
        self._asleep.release()


class Together:
    """``carry_out`` is given some errands at a time, and answers those that it can."""

    def __init__(self, carry_out: Callable[[Sequence[Errand]], None]) -> None:
        self._carry_out = carry_out
        self._lock = threading.Lock()
        self._gathered = threading.Condition(self._lock)
        self._waiting: deque[Errand] = deque()
        self._led = False
        self._served = 0
        self._until = 0.0

    def run(self, errand: Errand) -> Errand:
        """The errand after it was carried out with others, or left for its caller."""
        with self._lock:
            self._waiting.append(errand)
            leads, self._led = not self._led, True
            if 1 < self._served == len(self._waiting):
                self._gathered.notify()
        if leads or errand.wait():
            self._lead(errand)
        return errand

    def _lead(self, own: Errand) -> None:
        with self._lock:
            self._gather()
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        try:
            self._carry_out(batch)
        finally:
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._led = following is not None
                self._served, self._until = len(batch), time.monotonic() + MOMENT
            for errand in batch:
                if errand is not own:
                    errand.wake()
            if following is not None:
                following.wake(leads=True)

    def _gather(self) -> None:
        """Wait for as many as were served just now, for the moment that they need to come again."""
        if self._served > 1 and (left := self._until - time.monotonic()) > 0:
            self._gathered.wait_for(lambda: len(self._waiting) >= self._served, left)
