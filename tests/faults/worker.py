"""The workers' side: a warm parent that forks a worker on request, since a Python start takes a second.

``python -m tests.faults.worker`` is the parent; see ``tests/support/forks.py``.
"""

from __future__ import annotations

import os
import time
import traceback
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg  # noqa: F401 - warm before the fork

from tests.faults.crew import WORKER
from tests.faults.dying import die_at
from tests.faults.journal import Journal
from tests.faults.work import Work
from tests.support.forks import serve
from wms_tui.domain.errors import WmsError
from wms_tui.services.backend import Backend


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
    serve({WORKER: _be_a_worker})
