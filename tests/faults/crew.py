"""The driver's side of the workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.faults.journal import Entry, entries, records

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


class Parent:
    """The warm parent process of the workers; one serves many trials."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.worker"]
        streams: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, text=True, cwd=ROOT, **streams)

    def start(self, orders: dict[str, Any]) -> int:
        """The pid of a new worker."""
        pid: int = self._ask({"start": orders})
        return pid

    def open(self, orders: dict[str, Any]) -> int:
        """The pid of a new application; see ``application.py``."""
        pid: int = self._ask({"open": orders})
        return pid

    def wait(self, pid: int, seconds: float) -> int | None:
        """The exit status, negative for a signal; None where it is still at work."""
        status: int | None = self._ask({"wait": pid, "seconds": seconds})
        return status

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)

    def _ask(self, command: dict[str, Any]) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps(command), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())


class Worker:
    """One process at work."""

    def __init__(self, parent: Parent, orders: dict[str, Any]) -> None:
        self._parent = parent
        self.path = Path(orders["journal"])
        self.status: int | None = None
        self.pid = parent.start(orders)

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
