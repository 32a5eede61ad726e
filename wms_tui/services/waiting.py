"""Who is at work in this process, and who is in whose way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from operator import attrgetter

from wms_tui.db.locations import place
from wms_tui.db.transaction import Tx
from wms_tui.db.waiting import holders, name_of
from wms_tui.domain.database_errors import DatabaseBusy, DatabaseInUse, PlaceInUse
from wms_tui.domain.errors import WmsError
from wms_tui.domain.waiting import HeldUp

Look = Callable[[Tx], HeldUp | None]
Ask = Callable[[Look], HeldUp | None]
"""Looks in a transaction of its own."""


class Work:
    """One job, from before its transaction begins until it is done or given up."""

    def __init__(self, writes: bool, bearing: str) -> None:
        self.writes, self.bearing = writes, bearing
        self.tx: Tx | None = None
        self.since = time.monotonic()
        """When it began, or began to wait for a lock, if it was in vain once."""
        self.in_vain = False
        self.seen: HeldUp | None = None
        """Who was last found in its way."""

    @property
    def seconds(self) -> int:
        return int(time.monotonic() - self.since)

    def waited(self, seconds: float) -> None:
        """It has waited for a lock in vain, and will wait again."""
        if not self.in_vain:
            self.in_vain, self.since = True, time.monotonic() - seconds

    @contextmanager
    def inside(self, tx: Tx) -> Iterator[None]:
        self.tx = tx
        try:
            yield
        finally:
            self.tx = None


class AtWork:
    """All jobs of one process. Only a server tells of others; what is embedded, of none outside this process."""

    def __init__(self, embedded: bool) -> None:
        self._embedded = embedded
        self._jobs: set[Work] = set()

    @contextmanager
    def taken_up(self, writes: bool, bearing: str) -> Iterator[Work]:
        work = Work(writes, bearing)
        self._jobs.add(work)
        try:
            yield work
        finally:
            self._jobs.discard(work)

    def held_up(self, ask: Ask) -> HeldUp | None:
        """Who holds up a job, the longest; None where nobody does, or nobody can tell."""
        look = self._look_among_ourselves() if self._embedded else self._look_on_server()
        return ask(look) if look else None

    def refusal(self, work: Work, ask: Ask, busy: DatabaseBusy) -> DatabaseBusy:
        """What is told of a job that has waited for too long: who was in the way, if that is known."""
        if type(busy) is not DatabaseBusy:
            return busy
        with suppress(WmsError):
            held_up = self.held_up(ask) if self._embedded else work.seen
            if held_up is not None:
                return (PlaceInUse if held_up.place else DatabaseInUse)(**held_up.fields)
        return busy

    def _look_on_server(self) -> Look | None:
        at_work = {tx.pid: (work, tx.wants) for work in tuple(self._jobs) if (tx := work.tx)}

        def look(tx: Tx) -> HeldUp | None:
            found = []
            for pid, name, seconds in holders(tx, list(at_work)):
                work, key = at_work[pid]
                seconds = work.seconds if work.in_vain else seconds
                work.seen = HeldUp(name, seconds, place(tx, key[1]).code if key else "")
                found.append(work.seen)
            return max(found, key=attrgetter("seconds"), default=None)

        return look if at_work else None

    def _look_among_ourselves(self) -> Look | None:
        """There is one writer at a time, and whoever is still outside his transaction waits for him."""
        writers = [work for work in tuple(self._jobs) if work.writes]
        inside = [work for work in writers if work.tx]
        waiting = [work for work in writers if not work.tx]
        if not inside or not waiting:
            return None
        return lambda tx: HeldUp(name_of(tx, inside[0].bearing), max(work.seconds for work in waiting))
