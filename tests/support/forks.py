"""A warm parent process that forks others on request, since a start of Python with all of the program takes a second.

The parent is a module that calls ``serve``. It reads commands, one JSON object a line, and answers each with one:
``{"fork": name, "orders": {…}}`` with the pid, and ``{"wait": pid, "seconds": 5}`` with the exit status, or null where
it lives on. The path of a ``terminal`` among the orders becomes its descriptor. At the end of its input the parent
kills the processes that are left.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
PARTS = 0.1
"""Seconds for which one question keeps the parent from others."""

Become = Callable[[dict[str, Any]], None]
"""What a new process does; it ends by ``os._exit``."""


class Parent:
    """The asking side; one parent serves many tests."""

    def __init__(self, module: str, environment: Mapping[str, str] | None = None) -> None:
        streams: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        command = [sys.executable, "-m", module]
        self._process = subprocess.Popen(command, text=True, cwd=ROOT, env=environment, **streams)
        self._one_at_a_time = threading.Lock()

    def fork(self, name: str, orders: dict[str, Any]) -> int:
        """The pid of a new process."""
        pid: int = self._ask({"fork": name, "orders": orders})
        return pid

    def wait(self, pid: int, seconds: float) -> int | None:
        """The exit status, negative for a signal; None where it is still at work."""
        deadline = time.monotonic() + seconds
        while True:
            left = max(0.0, deadline - time.monotonic())
            status: int | None = self._ask({"wait": pid, "seconds": min(left, PARTS)})
            if status is not None or left <= PARTS:
                return status

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)

    def _ask(self, command: dict[str, Any]) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        with self._one_at_a_time:
            print(json.dumps(command), file=self._process.stdin, flush=True)
            return json.loads(self._process.stdout.readline())


def serve(kinds: Mapping[str, Become]) -> None:
    """Be the parent, with everything imported that its children are to find."""
    gc.collect()
    gc.freeze()
    children = Children(kinds)
    for line in sys.stdin:
        print(json.dumps(children.answer(json.loads(line))), flush=True)
    children.kill()


class Children:
    """The processes that were forked; of each that is over the exit status is kept, for whoever asks again."""

    def __init__(self, kinds: Mapping[str, Become]) -> None:
        self._kinds = kinds
        self._alive: set[int] = set()
        self._ended: dict[int, int] = {}

    def answer(self, command: dict[str, Any]) -> int | None:
        if "fork" in command:
            return self._fork(self._kinds[command["fork"]], command["orders"])
        return self._wait(command["wait"], command["seconds"])

    def kill(self) -> None:
        for pid in self._alive:
            os.kill(pid, signal.SIGKILL)

    def _fork(self, become: Become, orders: dict[str, Any]) -> int:
        """A terminal is opened before: at no moment does nobody have it."""
        terminal = os.open(orders["terminal"], os.O_RDWR | os.O_NOCTTY) if "terminal" in orders else None
        pid = os.fork()
        if pid == 0:
            become({**orders, "terminal": terminal})
        if terminal is not None:
            os.close(terminal)
        self._alive.add(pid)
        return pid

    def _wait(self, child: int, seconds: float) -> int | None:
        deadline = time.monotonic() + seconds
        while child in self._alive:
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                self._alive.remove(pid)
                self._ended[pid] = os.waitstatus_to_exitcode(status)
            elif time.monotonic() >= deadline:
                return None
            else:
                time.sleep(0.002)
        return self._ended[child]
