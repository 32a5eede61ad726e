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
from typing import Any

from wms_tui.domain.access import Actor
from wms_tui.services.pacing import Pace

MOST = 128
"""Errands that are carried out at once."""

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

    With a ``pace`` a crowd may be served in two parts: while one is carried out the other is made ready.
    """

    def __init__(self, carry_out: Callable[[Sequence[Errand]], None], pace: Pace | None = None) -> None:
        self._carry_out, self._pace = carry_out, pace
        self._lock = threading.Lock()
        self._gathered = threading.Condition(self._lock)
        self._waiting: deque[Errand] = deque()
        self._gathers = False
        self._parts = self._under_way = 0
        self._expected = 0
        self._until = 0.0

    def run(self, errand: Errand) -> Errand:
        """The errand after it was carried out with others, or left for its caller."""
        with self._lock:
            if alone := not (self._parts or self._waiting or self._gathers or self._expected > 1):
                self._parts = self._under_way = 1
            else:
                leads = self._hand_in(errand)
        if alone:
            self._serve([errand], errand)
        elif leads or errand.wait():
            self._lead(errand)
        return errand

    def _hand_in(self, errand: Errand) -> bool:
        """Whether this one leads now."""
        self._waiting.append(errand)
        if leads := self._next_leader() is not None:
            self._waiting.rotate()  # it is awake
        else:
            errand.lie_down()
        if 1 < self._expected == len(self._waiting):
            self._gathered.notify()
        return leads

    def _next_leader(self) -> Errand | None:
        """The first who waits, if it is time for another part; nobody else takes what is waiting until then."""
        if self._gathers or not self._waiting:
            return None
        self._gathers = not self._parts or (self._parts == 1 and 0 < self._part <= len(self._waiting))
        return self._waiting[0] if self._gathers else None

    @property
    def _part(self) -> int:
        """How many make a part, 0 while nobody is served in parts. A second part of fewer costs more than it gains."""
        return min(self._pace.part, MOST) if self._pace is not None else 0

    def _lead(self, own: Errand) -> None:
        with self._lock:
            batch, following = self._gather(), self._next_leader()
        _call(following)
        self._serve(batch, own)

    def _serve(self, batch: Sequence[Errand], own: Errand) -> None:
        began = time.monotonic()
        try:
            self._carry_out(batch)
        finally:
            with self._lock:
                self._end(batch, began, time.monotonic())
                following = self._next_leader()
            for errand in batch:
                if errand is not own:
                    errand.wake()
            _call(following)

    def _end(self, batch: Sequence[Errand], began: float, now: float) -> None:
        """Who has been served is expected to come again; a crowd with all who came meanwhile, or enough for a part."""
        self._expected, self._until = len(batch), now + MOMENT
        if self._pace is not None:
            self._pace.served(len(batch), len(self._waiting) + self._under_way, began, now)
            self._expected += len(self._waiting)
        self._expected = min(self._expected, self._part or MOST)
        self._parts, self._under_way = self._parts - 1, self._under_way - len(batch)

    def _gather(self) -> list[Errand]:
        """Wait for those who are expected, for the moment that they need, and take who is there."""
        if self._expected > 1 and not self._parts and (left := self._until - time.monotonic()) > 0:
            self._gathered.wait_for(lambda: len(self._waiting) >= self._expected, left)
        share = min(self._part or MOST, len(self._waiting))
        batch = [self._waiting.popleft() for _ in range(share)]
        self._gathers = False
        self._parts, self._under_way = self._parts + 1, self._under_way + len(batch)
        return batch


def _call(leader: Errand | None) -> None:
    if leader is not None:
        leader.wake(leads=True)
