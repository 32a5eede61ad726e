"""A SQLite file that another program keeps locked, and one in which a byte has changed."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from tests.faults.trial import SQLITE, Fault, Trial
from tests.support.warehouse import signed_in
from wms_tui.db.tables import metadata
from wms_tui.domain.enquiry import HistoryQuery, StockQuery
from wms_tui.domain.errors import WmsError
from wms_tui.services import history, stock
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify

BUSY_SECONDS = 0.1
ONLY_SEALED: dict[str, tuple[str, ...]] = {
    "document": ("reference", "partner", "note", "terminal", "request_hash"),
    "movement": ("unit_cost",),
    "audit_event": ("user_id", "terminal", "action", "subject", "before", "after"),
}
"""Free texts and costs are kept once: that a letter of one was changed nothing tells but a seal over the row."""


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


def flipped(trial: Trial) -> None:
    """A byte of a file at rest changes: it is found, or nothing that anybody reads is another number."""
    trial.start(documents=8)
    trial.wait()
    path = path_of(trial.url)
    before = contents(path)
    flip(trial, path)
    trial.goes_on = False
    if found(trial.url):
        return
    changed = differences(before, contents(path))
    assert not changed, f"nobody finds that {changed}"


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def flip(trial: Trial, path: Path) -> None:
    """Half of the time anywhere, half of the time where something is written."""
    content = bytearray(path.read_bytes())
    where = trial.random.randrange(len(content))
    while trial.random.random() < 0.5 and not content[where]:
        where = trial.random.randrange(len(content))
    content[where] ^= trial.random.randint(1, 255)
    path.write_bytes(content)


def found(url: str) -> str:
    """What the program says when it is opened, read and verified; empty where it says nothing."""
    try:
        with closing(Backend.open(url)) as backend:
            report = verify(backend)
            if not report.ok:
                return next(check.name for check in report.checks if not check.ok)
            actor = signed_in(backend, "ada")
            backend.run(stock.on_hand, actor, StockQuery(limit=1000))
            for row in backend.run(history.page, actor, HistoryQuery()).rows:
                backend.run(history.detail, actor, row.number)
    except WmsError as error:
        return error.text()
    return ""


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table by its key, texts as bytes; without sessions, and what only a seal holds."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        return {
            name: connection.execute(_rows(table)).fetchall()
            for name, table in metadata.tables.items()
            if name != "session"
        }


def _rows(table: Table) -> str:
    kept = [f'"{column.name}"' for column in table.c if column.name not in ONLY_SEALED.get(table.name, ())]
    return f'SELECT {", ".join(kept)} FROM "{table.name}" ORDER BY {", ".join(table.primary_key.columns.keys())}'


def differences(before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    """The rows that changed."""
    return [
        f"{name}: {old} is {new}"
        for name, rows in before.items()
        for old, new in zip(rows, after[name], strict=False)
        if old != new
    ]


FAULTS = (
    Fault("locked", "Another program locks the SQLite file", (SQLITE,), quick=10, campaign=500, function=locked),
    Fault("flipped", "A byte of the SQLite file changes", (SQLITE,), quick=10, campaign=500, function=flipped),
)
