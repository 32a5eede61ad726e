"""A SQLite file that another program keeps locked."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.faults.trial import SQLITE, Fault, Trial

BUSY_SECONDS = 0.1


def locked(trial: Trial) -> None:
    """Another program locks the file for longer or shorter than the writers wait."""
    path = path_of(trial.url)
    workers = [trial.start(documents=15, busy_seconds=BUSY_SECONDS, pause=0.005) for _ in range(2)]
    workers[0].until(acknowledged=2)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
        for _ in range(trial.random.randint(1, 3)):
            other.execute(f"BEGIN {trial.random.choice(('IMMEDIATE', 'EXCLUSIVE'))}")
            time.sleep(trial.random.uniform(0, 3 * BUSY_SECONDS))
            other.execute(trial.random.choice(("COMMIT", "ROLLBACK")))
            time.sleep(trial.random.uniform(0, 0.02))


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


FAULTS = (Fault("locked", "Another program locks the SQLite file", (SQLITE,), quick=10, campaign=500, function=locked),)
