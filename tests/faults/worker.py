"""The workers' side: a warm parent that forks a worker on request, since a Python start takes a second.

``python -m tests.faults.worker`` reads commands, one JSON object a line, and answers each with one: ``{"start": {…}}``
and ``{"open": {…}}``, the application on a terminal, with the pid; ``{"wait": pid, "seconds": 5}`` with the exit
status, or null where it lives on. At the end of its input it kills the workers that are left.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg  # noqa: F401 - warm before the fork

from tests.faults.application import be_the_application
from tests.faults.dying import die_at
from tests.faults.journal import Journal
from tests.faults.work import Work
from wms_tui.domain.errors import WmsError
from wms_tui.services.backend import Backend


def main() -> None:
    gc.collect()
    gc.freeze()
    alive: set[int] = set()
    for line in sys.stdin:
        command = json.loads(line)
        print(json.dumps(_answer(command, alive)), flush=True)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _answer(command: dict[str, Any], alive: set[int]) -> int | None:
    if "start" in command:
        return _fork(_be_a_worker, command["start"], alive)
    if "open" in command:
        terminal = os.open(command["open"]["terminal"], os.O_RDWR | os.O_NOCTTY)
        pid = _fork(be_the_application, {**command["open"], "terminal": terminal}, alive)
        os.close(terminal)  # the child has it: at no moment did nobody
        return pid
    return _wait(command, alive)


def _fork(become: Callable[[dict[str, Any]], None], orders: dict[str, Any], alive: set[int]) -> int:
    pid = os.fork()
    if pid == 0:
        become(orders)
    alive.add(pid)
    return pid


def _wait(command: dict[str, Any], alive: set[int]) -> int | None:
    deadline = time.monotonic() + command["seconds"]
    while True:
        pid, status = os.waitpid(command["wait"], os.WNOHANG)
        if pid:
            alive.discard(pid)
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.002)


def _be_a_worker(orders: dict[str, Any]) -> None:
    """Never returns."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    journal = Journal(Path(orders["journal"]))
    status = 0
    try:
        _work(journal, orders)
    except WmsError as error:
        journal.said(f"{type(error).__name__}: {error.text()}")
    except BaseException:
        journal.crashed(traceback.format_exc())
        status = 1
    finally:
        os._exit(status)


def _work(journal: Journal, orders: dict[str, Any]) -> None:
    """``url``, ``user``, ``name``, ``seed``, ``documents`` and what else ``Trial.start`` was given."""
    if "timezone" in orders:
        os.environ["TZ"] = orders["timezone"]
        time.tzset()
    clock = WorkersClock(orders.get("days", ()))
    with closing(Backend.open(orders["url"], clock, orders.get("busy_seconds", 10.0))) as backend:
        work = Work(backend, journal, Random(orders["seed"]), orders["user"], orders["name"])
        if "die" in orders:
            die_at(*orders["die"])
        for _ in range(orders["documents"]):
            work.one()
            clock.next_document()
            time.sleep(orders.get("pause", 0))


class WorkersClock:
    """The real time, moved by the first of ``days`` during the first document, and so on; the last one stays."""

    def __init__(self, days: list[float]) -> None:
        self._days = list(days)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self._days[0] if self._days else 0)

    def next_document(self) -> None:
        if len(self._days) > 1:
            self._days.pop(0)


if __name__ == "__main__":
    main()
