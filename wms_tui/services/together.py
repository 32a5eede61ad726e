"""Group commit: callers of one process hand in what they want written, and one of them carries it all out.

Whoever comes while nobody is at it leads: takes what has been handed in and answers each. The others sleep until they
are answered or it is their turn to lead. A caller who is alone pays for no handing over. Where several have just been
served, who leads next gives them a moment to come again: one after the other they would hold each other up for longer.
A crowd may be served in parts, so that one part is made ready while the server is at another.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from wms_tui.domain.access import Actor

MOST = 128
"""Errands that are carried out at once."""

CROWD = 16
"""From so many errands on they are carried out in parts."""

MOMENT = 0.002
"""Seconds for which as many as before are waited for, a fraction of what writing for them takes."""


class Errand:
    """What one caller wants done. Left unanswered, its own caller does it alone."""

    answered = False
    _answer: Any = None
    _error: BaseException | None = None
    _leads = False
    _asleep: threading.Lock

    def __init__(self, case: Any, actor: Actor, request: Any) -> None:
        self.case, self.actor, self.request = case, actor, request

    def answer(self, receipt: Any) -> None:
        self._answer, self.answered = receipt, True

    def refuse(self, error: BaseException) -> None:
        self._error, self.answered = error, True

    def result(self) -> Any:
        """The receipt. Raises what it was refused with."""
        if self._error is not None:
            raise self._error
        return self._answer

    def lie_down(self) -> None:
        """Done before anybody can wake it."""
        self._asleep = threading.Lock()
        self._asleep.acquire()

    def wait(self) -> bool:
        """Sleep until woken; whether it is this one's turn to lead."""
        self._asleep.acquire()
        return self._leads

    def wake(self, leads: bool = False) -> None:
        self._leads = leads
        self._asleep.release()


class Together:
    """``carry_out`` is given some errands at a time, and answers those that it can.

    With ``at_once`` above one, a crowd is served in parts: while one is carried out the next is made ready.
    """

    def __init__(self, carry_out: Callable[[Sequence[Errand]], None], at_once: int = 1) -> None:
        self._carry_out, self._at_once = carry_out, at_once
        self._lock = threading.Lock()
        self._gathered = threading.Condition(self._lock)
        self._waiting: deque[Errand] = deque()
        self._gathers = False
        self._parts = self._under_way = 0
        self._served = 0
        self._until = 0.0

    def run(self, errand: Errand) -> Errand:
        """The errand after it was carried out with others, or left for its caller."""
        with self._lock:
            if alone := not (self._parts or self._waiting or self._gathers or self._served > 1):
                self._parts = self._under_way = 1
            else:
                leader = self._hand_in(errand)
        if alone:
            self._serve([errand], errand)
        elif leader is errand:
            self._lead(errand)
        else:
            _call(leader)
            if errand.wait():
                self._lead(errand)
        return errand

    def _hand_in(self, errand: Errand) -> Errand | None:
        """Who leads now."""
        self._waiting.append(errand)
        leader = self._next_leader()
        if leader is not errand:
            errand.lie_down()
        if 1 < self._served == len(self._waiting):
            self._gathered.notify()
        return leader

    def _next_leader(self) -> Errand | None:
        """Who has waited longest, if it is time for another part; nobody else takes what is waiting until then."""
        if self._gathers or not self._waiting:
            return None
        self._gathers = not self._parts or (self._parts < self._at_once and self._present >= CROWD)
        return self._waiting[0] if self._gathers else None

    @property
    def _present(self) -> int:
        return len(self._waiting) + self._under_way

    def _lead(self, own: Errand) -> None:
        with self._lock:
            batch, following = self._gather(), self._next_leader()
        _call(following)
        self._serve(batch, own)

    def _serve(self, batch: Sequence[Errand], own: Errand) -> None:
        try:
            self._carry_out(batch)
        finally:
            with self._lock:
                self._parts, self._under_way = self._parts - 1, self._under_way - len(batch)
                self._served, self._until = len(batch), time.monotonic() + MOMENT
                following = self._next_leader()
            for errand in batch:
                if errand is not own:
                    errand.wake()
            _call(following)

    def _gather(self) -> list[Errand]:
        """Wait for as many as were served just now, for the moment that they need to come again, and take them."""
        if self._served > 1 and (left := self._until - time.monotonic()) > 0:
            self._gathered.wait_for(lambda: len(self._waiting) >= self._served, left)
        batch = [self._waiting.popleft() for _ in range(self._share())]
        self._gathers = False
        self._parts, self._under_way = self._parts + 1, self._under_way + len(batch)
        return batch

    def _share(self) -> int:
        """How many of those who wait are served next."""
        crowd = self._at_once > 1 and self._present >= CROWD
        most = min(MOST, ceil(self._present / self._at_once)) if crowd else MOST
        return min(most, len(self._waiting))


def _call(leader: Errand | None) -> None:
    if leader is not None:
        leader.wake(leads=True)
