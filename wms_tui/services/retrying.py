"""Whether a job that failed is begun again, and when: always a few times, and for a few seconds, at most."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from threading import Timer

from wms_tui.db import faults
from wms_tui.db.connections import Connections
from wms_tui.domain.errors import WmsError
from wms_tui.services.use_cases import Overtaken
from wms_tui.services.waiting import Work

ATTEMPTS = 6
FIRST_PAUSE = 0.01
LOCK_TRIES = 4
"""In how many parts one waits for a lock. In between, what is held is let go: nobody waits behind one who waits."""
LOST_SECONDS = 10.0
"""How long a lost server is looked for before its user hears of it: a restart or a failover takes a few seconds."""
LOST_PAUSE = 0.25


class Attempts:
    """The attempts at one job. ``lock_seconds`` is how long the server lets one wait for a lock.

    ``look`` finds out who is in whose way, while that can be seen.
    """

    def __init__(
        self, connections: Connections, work: Work, lost_seconds: float, lock_seconds: float, look: Callable[[], object]
    ) -> None:
        self._connections, self._work, self._look = connections, work, look
        self._lost_seconds, self._lock_seconds = lost_seconds, lock_seconds
        self._failed = self._locked = 0
        self._lost_until = 0.0

    def go_on_after(self, error: Exception) -> bool:
        """Whether to begin again, after a pause that has been made."""
        if faults.is_lost(error):
            return self._look_for_server()
        if faults.sqlstate(error) == faults.LOCKED:
            return self._wait_for_lock()
        self._failed += 1
        if self._failed == ATTEMPTS or not _may_retry(error, self._failed):
            return False
        _pause(self._failed)
        return True

    def _wait_for_lock(self) -> bool:
        self._locked += 1
        self._work.waited(self._lock_seconds)
        if self._locked == LOCK_TRIES:
            return False
        _pause(self._locked)
        asking = Timer(self._lock_seconds / 2, self._see_who_is_in_the_way)
        asking.daemon = True
        asking.start()
        return True

    def _see_who_is_in_the_way(self) -> None:
        """Asked while the job waits again: afterwards nobody knows any more."""
        if self._work.tx is None:
            return
        try:
            self._look()
        except WmsError:
            return  # then it is told without a name

    def _look_for_server(self) -> bool:
        """For the first time without a pause: other connections may be as they were."""
        now = time.monotonic()
        if not self._lost_until:
            self._connections.forget()
            self._lost_until = now + self._lost_seconds
            return True
        if now >= self._lost_until:
            return False
        time.sleep(LOST_PAUSE)
        return True


def _pause(failed: int) -> None:
    time.sleep(FIRST_PAUSE * 2**failed * random.uniform(0.5, 1.5))  # noqa: S311 - jitter is no secret


def _may_retry(error: Exception, failed: int) -> bool:
    """A constraint is worth one more try: a request sent twice at once finds itself posted the second time.

    So is a server that only reads: after a failover there is another one.
    """
    if isinstance(error, Overtaken):
        return True
    if isinstance(error, WmsError) or not faults.is_driver_error(error):
        return False
    once = faults.is_constraint(error) or faults.sqlstate(error) == faults.READ_ONLY
    return faults.sqlstate(error) in faults.RETRY or (once and failed == 1)
