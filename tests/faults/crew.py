"""The driver's side of the workers."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from tests.faults.journal import Entry, entries, records
from tests.support.forks import PATIENCE, Parent

WORKERS = "tests.faults.worker"
"""The parent of the workers."""
WORKER = "worker"


class Worker:
    """One process at work."""

    def __init__(self, parent: Parent, orders: dict[str, Any]) -> None:
        self._parent = parent
        self.path = Path(orders["journal"])
        self.status: int | None = None
        self.pid = parent.fork(WORKER, orders)

    def kill(self) -> None:
        """As a power cut or an impatient administrator does: at once."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait()

    def wait(self, seconds: float = PATIENCE) -> int:
        """The exit status. A worker that has not come to its end by then is a failure."""
        if self.status is None:
            self.status = self._parent.wait(self.pid, seconds)
        assert self.status is not None, f"{self.path.stem} hangs: {self.records()[-3:]}"
        return self.status

    def until(self, acknowledged: int, seconds: float = PATIENCE) -> None:
        """Return when so many documents are acknowledged, or the worker is over."""
        deadline = time.monotonic() + seconds
        while self.acknowledged() < acknowledged:
            self.status = self.status if self.status is not None else self._parent.wait(self.pid, 0.002)
            if self.status is not None:
                return
            assert time.monotonic() < deadline, f"{self.path.stem}: {self.acknowledged()} of {acknowledged}"

    def acknowledged(self) -> int:
        return sum("posted" in record for record in self.records())

    def records(self) -> list[dict[str, Any]]:
        return records(self.path)

    def entries(self) -> dict[str, Entry]:
        return entries(self.records())
