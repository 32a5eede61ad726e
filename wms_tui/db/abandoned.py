"""What a server still does for lines that are lost.

A question may arrive there long after nobody waits for its answer, and a transaction lives on, with its locks, until
the server notices. So before anything is asked again, the server is told to end both: then what was lost is either
done or never will be.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from wms_tui.db.faults import is_lost

WAIT_MS = 5000
_END = """
SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity WHERE pid = %s AND usename = current_user
AND datname = current_database() AND backend_start <= clock_timestamp() - make_interval(secs => %s)
"""
"""The number of a process is used again by later ones, and means nothing to another server."""


class Abandoned:
    """The lost lines of one process, by the server's processes behind them."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}
        self._ending = threading.Lock()

    def lose(self, driver: Any, error: BaseException) -> None:
        """Remember the line of a driver's connection, if that is what the error says."""
        if getattr(driver, "pid", 0) and is_lost(error):
            self._since[driver.pid] = driver.since

    def end(self, driver: Any) -> None:
        """Have the server end them all, and return when it has. Raises what the driver does."""
        if not self._since:
            return
        with self._ending:
            for pid, since in list(self._since.items()):
                driver.execute(_END, (WAIT_MS, pid, time.monotonic() - since))
                del self._since[pid]
