"""A byte of a SQLite file, or of its write-ahead log, has changed.

What becomes of it is counted: it did no harm, was reported, or the end of the log was lost by it. SQLite drops a log
from the first frame on whose checksum is wrong, as it drops what a power cut left half written; whoever keeps the hash
of a seal elsewhere is told of it where something sealed is gone, and of what came after the seal nobody can know.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from tests.faults.judgement import judge
from tests.faults.kinds.files import path_of
from tests.faults.trial import SQLITE, Fault, Trial
from tests.support.warehouse import signed_in
from wms_tui.db.tables import metadata
from wms_tui.domain.enquiry import HistoryQuery, StockQuery
from wms_tui.domain.errors import WmsError
from wms_tui.domain.seals import COLUMNS
from wms_tui.services import history, stock
from wms_tui.services.backend import Backend
from wms_tui.services.seals import seal
from wms_tui.services.verify import verify

ONLY_SEALED: dict[str, tuple[str, ...]] = {
    "document": ("reference", "partner", "note", "terminal", "request_hash"),
    "movement": ("unit_cost",),
    "audit_event": ("user_id", "terminal", "action", "subject", "before", "after"),
}
"""Free texts and costs are kept once: that a letter of one was changed nothing tells but a seal over the row."""
SECRETS: dict[str, tuple[str, ...]] = {"user": ("password_hash", "pin_hash")}
"""No seal covers these; a changed one lets nobody in, and so is told to whoever it is about."""
NO_HARM, REPORTED, LOST = "no harm", "reported", "lost by the damage"

Rows = dict[str, list[tuple[Any, ...]]]


def flipped(trial: Trial) -> None:
    """A byte of a file at rest changes: it is found, or nothing that anybody reads is another number."""
    trial.start(documents=8)
    trial.wait()
    _judge_the_file(trial, (), ONLY_SEALED | SECRETS)


def flipped_sealed(trial: Trial) -> None:
    """The same under a seal whose hash is kept elsewhere: it is found, or nothing but a secret is other than it was.

    Half of the time it is a byte of a text that is sealed.
    """
    trial.start(documents=8)
    trial.wait()
    hashes = (sealed(trial.url),)
    aimed = trial.random.random() < 0.5
    _judge_the_file(trial, hashes, SECRETS, _in_a_sealed_text(trial) if aimed else None)


def _in_a_sealed_text(trial: Trial) -> int:
    """Where in the file a byte of one is."""
    path = path_of(trial.url)
    tables = contents(path, {})
    cells = [cell for name in COLUMNS for row in tables[name] for cell in row]
    texts = [cell for cell in cells if isinstance(cell, bytes) and len(cell) > 3]
    text = trial.random.choice(texts)
    places = [found.start() for found in re.finditer(re.escape(text), path.read_bytes())]
    return trial.random.choice(places) + trial.random.randrange(len(text))


def _judge_the_file(
    trial: Trial, hashes: tuple[str, ...], left_out: dict[str, tuple[str, ...]], where: int | None = None
) -> None:
    path = path_of(trial.url)
    before = contents(path, left_out)
    flip(trial, path, where)
    trial.goes_on = False
    trial.outcome = REPORTED if found(trial.url, hashes) else NO_HARM
    if trial.outcome == NO_HARM:
        changed = differences(before, contents(path, left_out))
        assert not changed, f"nobody finds that {changed}"


def flipped_log(trial: Trial) -> None:
    """A byte of the log changes: it is found, or the file is as it was after one of its last documents, and right.

    Nothing that a seal covers goes without a word. Half of the time a part of the log is in the file already.
    """
    with _unclosed(trial) as held:
        trial.start(documents=trial.random.randint(1, 8))
        trial.wait()
        sealed_hash = sealed(trial.url)
        sealed_ids = _request_ids(path_of(trial.url))
        if trial.random.random() < 0.5:
            held.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        trial.start(documents=trial.random.randint(0, 8))
        trial.wait()
        path = _image(path_of(trial.url), trial.folder / "image")
    before = contents(path_of(trial.url), {})
    trial.url = f"sqlite:///{path}"
    flip(trial, path.with_name(f"{path.name}-wal"))
    twin = _image(path, trial.folder / "twin")
    trial.goes_on = False
    if found(trial.url, (sealed_hash,)):
        trial.outcome = REPORTED
    else:
        _judge_the_log(trial, before, contents(twin, {}), set(sealed_ids))


def _judge_the_log(trial: Trial, before: Rows, after: Rows, sealed_ids: set[str]) -> None:
    """What nobody reports must be a beginning of what was written, and right; ``after`` is as it was before a look."""
    for name in COLUMNS:
        kept = before[name][: len(after[name])]
        assert after[name] == kept, f"nobody finds that {differences({name: kept}, after)}"
    entries = trial.entries()
    lost = entries.keys() - set(_request_ids(path_of(trial.url)))
    assert not lost & sealed_ids, f"nobody finds that sealed documents are gone: {lost}"
    for request_id in lost:
        entries[request_id].number = ""
    judge(trial.url, entries.values())
    trial.outcome = LOST if any(len(after[name]) < len(before[name]) for name in COLUMNS) else NO_HARM
    if trial.outcome == NO_HARM:
        assert after["balance"] == before["balance"], f"nobody finds that {differences(before, after)}"


@contextmanager
def _unclosed(trial: Trial) -> Iterator[sqlite3.Connection]:
    """A connection that is there all the time, so that nobody who closes takes the log into the file."""
    with closing(sqlite3.connect(path_of(trial.url), isolation_level=None)) as held:
        held.execute("PRAGMA journal_mode = WAL").fetchall()
        held.execute("SELECT COUNT(*) FROM document").fetchall()
        yield held


def _image(path: Path, folder: Path) -> Path:
    """The file and its log as a power cut would leave them."""
    folder.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        shutil.copyfile(path.with_name(name), folder / name)
    return folder / path.name


def _request_ids(path: Path) -> list[str]:
    """Of the documents, in the order in which they were posted."""
    with closing(sqlite3.connect(path)) as connection:
        return [request_id for (request_id,) in connection.execute("SELECT request_id FROM document ORDER BY id")]


def sealed(url: str) -> str:
    """Seal all that is there; the hash."""
    with closing(Backend.open(url)) as backend:
        return seal(backend, "owner").hash


def flip(trial: Trial, path: Path, where: int | None = None) -> None:
    """Where it is told; else half of the time anywhere, half of the time where something is written."""
    content = bytearray(path.read_bytes())
    if where is None:
        where = trial.random.randrange(len(content))
        while trial.random.random() < 0.5 and not content[where]:
            where = trial.random.randrange(len(content))
    content[where] ^= trial.random.randint(1, 255)
    path.write_bytes(content)


def found(url: str, hashes: tuple[str, ...] = ()) -> str:
    """What the program says when it is opened, read and verified in full; empty where it says nothing."""
    try:
        with closing(Backend.open(url)) as backend:
            report = verify(backend, full=True, hashes=hashes)
            if not report.ok:
                return next(check.name for check in report.checks if not check.ok)
            actor = signed_in(backend, "ada")
            backend.run(stock.on_hand, actor, StockQuery(limit=1000))
            for row in backend.run(history.page, actor, HistoryQuery()).rows:
                backend.run(history.detail, actor, row.number)
    except WmsError as error:
        return error.text()
    return ""


def contents(path: Path, left_out: dict[str, tuple[str, ...]]) -> Rows:
    """Every row of every table by its key, texts as bytes; without sessions, and the columns that are left out."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        return {
            name: connection.execute(_rows(table, left_out.get(name, ()))).fetchall()
            for name, table in metadata.tables.items()
            if name != "session"
        }


def _rows(table: Table, left_out: tuple[str, ...]) -> str:
    kept = [f'"{column.name}"' for column in table.c if column.name not in left_out]
    return f'SELECT {", ".join(kept)} FROM "{table.name}" ORDER BY {", ".join(table.primary_key.columns.keys())}'


def differences(before: Rows, after: Rows) -> list[str]:
    """The rows that changed."""
    return [
        f"{name}: {old} is {new}"
        for name, rows in before.items()
        for old, new in zip(rows, after[name], strict=False)
        if old != new
    ]


FAULTS = (
    Fault("flipped", "A byte of the SQLite file changes", (SQLITE,), quick=10, campaign=500, function=flipped),
    Fault(
        "flipped-sealed",
        "A byte of the SQLite file changes under a seal",
        (SQLITE,),
        quick=10,
        campaign=500,
        function=flipped_sealed,
    ),
    Fault(
        "flipped-log",
        "A byte of SQLite's write-ahead log changes",
        (SQLITE,),
        quick=10,
        campaign=500,
        function=flipped_log,
    ),
)
