"""The PostgreSQL server goes away under its writers, and comes back or is replaced."""

from __future__ import annotations

import signal
import time

from tests.faults.servers import durable_server, new_database, pair
from tests.faults.trial import POSTGRES, Fault, Trial
from wms_tui.services.backend import LOST_SECONDS

WRITERS = 3
DOCUMENTS = 15


def stopped(trial: Trial) -> None:
    """Stopped at once or fast, and started again: whoever was at work goes on without having noticed."""
    server = durable_server()
    trial.url = new_database(server)
    _begin(trial)
    began = time.monotonic()
    server.end(trial.random.choice((signal.SIGQUIT, signal.SIGQUIT, signal.SIGINT)))
    time.sleep(trial.random.uniform(0, 1))
    server.start()
    _went_on(trial, time.monotonic() - began)


def failed_over(trial: Trial) -> None:
    """The primary is killed and its synchronous standby promoted: the writers find it by the same address."""
    servers = pair()
    trial.url = servers.new_database()
    _begin(trial)
    began = time.monotonic()
    servers.primary.end(signal.SIGKILL)
    servers.fail_over()
    _went_on(trial, time.monotonic() - began)


def _begin(trial: Trial) -> None:
    """Return at some moment when all are at work."""
    for _ in range(WRITERS):
        trial.start(DOCUMENTS)
    for worker in trial.workers:
        worker.until(acknowledged=trial.random.randrange(1, DOCUMENTS // 2))
    time.sleep(trial.random.uniform(0, 0.02))


def _went_on(trial: Trial, away: float) -> None:
    """A call outlives a server that is back in time; only what cannot be asked for again may end in a doubt."""
    trial.wait()
    told = [record["said"] for worker in trial.workers for record in worker.records() if "said" in record]
    gave_up = [text for text in told if "DatabaseUnavailable" in text]
    assert not gave_up or away > LOST_SECONDS - 2, f"back after {away:.1f} s, and yet {gave_up}"


ENGINES = (POSTGRES,)
FAULTS = (
    Fault("server", "PostgreSQL is stopped and started under load", ENGINES, 3, 100, stopped),
    Fault("failover", "The primary is killed, its synchronous standby promoted", ENGINES, 1, 30, failed_over),
)
