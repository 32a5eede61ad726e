"""The terminal is closed before, in and after the commit of what a clerk posts: the real application on a pty."""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing

from tests.faults.documents import MILLIONTHS
from tests.faults.journal import Entry
from tests.faults.kinds.files import path_of
from tests.faults.trial import SQLITE, Fault, Trial
from tests.terminal.harness import F8, RealTerminal, shows, sign_in
from tests.terminal.warm import WarmTerminal

BEFORE, DURING, AFTER = MOMENTS = ("before the commit", "during the commit", "after the commit")
POSTED = re.compile(r"(R-\d{4}-\d{6})\s+posted")
DRAFT = "SELECT request_id FROM draft WHERE kind = 'receipt'"
STEP = "SELECT step FROM draft WHERE kind = 'receipt'"
NUMBER = "SELECT number FROM document WHERE request_id = ?"
ENDS_WITHIN = 10.0


def hung_up(trial: Trial) -> None:
    """A clerk receives some lines and loses the line; the next start tells what came of it, and goes on from there."""
    moment = MOMENTS[trial.seed % len(MOMENTS)]
    scans = [trial.random.choice(("BOLT", "NUT")) for _ in range(trial.random.randint(1, 5))]
    _with_terminal(trial, lambda it: _work(trial, it, moment, scans))
    draft = trial.written[-1]
    number = _one(trial, NUMBER, draft.request_id)
    assert (moment, bool(number)) not in {(BEFORE, True), (AFTER, False)}, f"hung up {moment}, and it is {number}"
    _with_terminal(trial, lambda it: _next_start(trial, it, draft, number, len(set(scans))))


def _with_terminal(trial: Trial, work: Callable[[RealTerminal], None]) -> None:
    it = WarmTerminal(trial.folder, trial.url)
    try:
        it.wait_for("User name")
        it.send(sign_in("ken"))
        it.wait_for("ken (keeper)")
        work(it)
        it.hang_up()
        assert it.wait_for_end(ENDS_WITHIN) == 0, f"it ended with {it.process.returncode}"
        assert it.errors.read_text() == "", it.errors.read_text()
    finally:
        it.stop()


def _work(trial: Trial, it: RealTerminal, moment: str, scans: list[str]) -> None:
    it.send(b"1A1\r" + "".join(f"{sku}\r" for sku in scans).encode())
    it.wait_for(f"Taken {len(scans) + 1}")
    counted = Counter(scans)
    moves = [(sku, "", "SUPPLIER", "A1", quantity * MILLIONTHS) for sku, quantity in counted.items()]
    entry = Entry(_one(trial, DRAFT), "receipt", moves)
    trial.written.append(entry)
    if moment == BEFORE:
        it.send(trial.random.choice((b"", F8)))
        time.sleep(trial.random.uniform(0, 0.1))
    elif moment == DURING:
        it.send(F8 + F8)
        time.sleep(trial.random.uniform(0, 0.15))
    else:
        it.send(F8 + F8)
        entry.number = _number(it.wait_for(POSTED.search))


def _next_start(trial: Trial, it: RealTerminal, draft: Entry, number: str, lines: int) -> None:
    if number:
        it.send(b"1")
        it.wait_for(shows("Your last document", number))
        draft.number = number
        return
    it.wait_for("Not yet posted")
    it.send(b"1")
    it.wait_for(shows("Draft from", f"resumed, lines: {lines}."))
    it.send(F8 if _one(trial, STEP) == "reference" else F8 + F8)
    draft.number = _number(it.wait_for(POSTED.search))


def _number(screen: str) -> str:
    found = POSTED.search(screen)
    assert found is not None
    return found.group(1)


def _one(trial: Trial, sql: str, *values: str) -> str:
    """The first value that a statement finds, or nothing."""
    with closing(sqlite3.connect(path_of(trial.url))) as connection:
        row = connection.execute(sql, values).fetchone()
    return str(row[0]) if row else ""


FAULTS = (Fault("hung-up", "The terminal is closed before, in and after the commit", (SQLITE,), 20, 300, hung_up),)
