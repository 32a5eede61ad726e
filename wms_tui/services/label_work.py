"""Working the queue off: job by job, each taken and settled in a transaction of its own, and none open in between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from wms_tui.domain.errors import WmsError
from wms_tui.domain.printing import Fault, JobState, TakenJob
from wms_tui.services import label_queue
from wms_tui.services.backend import Backend
from wms_tui.services.label_sending import send

Send = Callable[[str, int, bytes], Fault | None]
LONGEST_SLEEP = 60.0
SHORTEST_SLEEP = 0.5


def work_off(backend: Backend, send: Send = send, stop: Callable[[], bool] = lambda: False) -> list[JobState]:
    """Send all that is due now; answers what became of each job. Raises what the database raises."""
    backend.work(label_queue.give_up_abandoned)
    went = list[JobState]()
    while not stop():
        job = backend.work(label_queue.take)
        if job is None:
            break
        went.append(_carry_out(backend, job, send))
    return went


def _carry_out(backend: Backend, job: TakenJob, send: Send) -> JobState:
    try:
        fault = send(job.host, job.port, job.data.encode())
    except BaseException:
        backend.work(lambda tx: label_queue.settle(tx, job, Fault.BROKEN))
        raise
    return backend.work(lambda tx: label_queue.settle(tx, job, fault), repeatable=True)


def pause(backend: Backend) -> float | None:
    """Seconds until there may be something to send; None where nothing waits."""
    due = backend.work(label_queue.next_try, writes=False)
    if due is None:
        return None
    wait = (due - backend.clock()) / timedelta(seconds=1)
    return min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)


class Worker:
    """Works the queue off in a thread of its own, from ``wake`` on until nothing waits any more.

    An application that prints nothing has no such thread and asks the database nothing.
    """

    def __init__(self, backend: Backend, send: Send = send) -> None:
        self._backend = backend
        self._send = send
        self._lock = threading.Lock()
        self._awake = threading.Event()
        self._stopped = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """There is something to print."""
        with self._lock:
            self._awake.set()
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._run, name="labels", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Let the job that is being sent come to its end, and take no other."""
        with self._lock:
            self._stopped = True
            self._awake.set()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while not self._stopped:
            self._awake.clear()
            wait = self._work()
            with self._lock:
                if self._stopped or (wait is None and not self._awake.is_set()):
                    self._thread = None
                    return
            self._awake.wait(wait)

    def _work(self) -> float | None:
        """A database that is gone for a while is asked again; whoever works at a screen hears of it there."""
        try:
            work_off(self._backend, self._send, lambda: self._stopped)
            return pause(self._backend)
        except WmsError:
            return LONGEST_SLEEP
