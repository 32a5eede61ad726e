"""Two and more at work at once, held where a test wants them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from wms_tui.services.backend import Backend

PATIENCE = 30


@contextmanager
def held_open(backend: Backend, job: Callable[[Any], Any], bearing: str = "") -> Iterator[Callable[[], Any]]:
    """``job`` has run in a transaction that is still open; what is yielded lets it commit and answers its result.

    ``bearing`` is the mark of the user whose transaction it is.
    """
    done, go = threading.Event(), threading.Event()

    def work(tx: Any) -> Any:
        result = job(tx)
        done.set()
        assert go.wait(PATIENCE)
        return result

    with ThreadPoolExecutor(1) as pool:
        future: Future[Any] = pool.submit(backend.work, work, bearing=bearing)

        def release() -> Any:
            go.set()
            return future.result(PATIENCE)

        try:
            assert done.wait(PATIENCE), future.exception(0)
            yield release
        finally:
            go.set()


def until_somebody_waits(backend: Backend) -> None:
    """Return when a PostgreSQL session waits for another's lock; SQLite does not tell, so at once."""
    deadline = time.monotonic() + PATIENCE
    while not backend.work(_anybody_waits, writes=False):
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.01)


def _anybody_waits(tx: Any) -> bool:
    if tx.dialect.name == "sqlite":
        return True
    return tx.connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar_one() > 0


def all_at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """What each job answered or raised, all begun together."""
    barrier = threading.Barrier(len(jobs))

    def begin(job: Callable[[], Any]) -> Any:
        barrier.wait(PATIENCE)
        try:
            return job()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(begin, jobs))
