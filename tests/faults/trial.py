"""A fault as it is declared, and one trial of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import update

from tests.faults.crew import Worker
from tests.faults.documents import opening, request
from tests.faults.journal import Entry
from tests.faults.judgement import judge
from tests.faults.next_user import go_on, verified
from tests.support.forks import Parent
from tests.support.warehouse import PASSWORD, QUICK_HASHER, add_catalog, add_users, signed_in
from wms_tui.db.tables import User, core
from wms_tui.db.transaction import Tx
from wms_tui.services import movements
from wms_tui.services.backend import Backend

SQLITE, POSTGRES = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRES)
USERS = ("ken", "kim")


@dataclass
class Trial:
    """One trial: a fresh database ``url`` of an engine, a ``folder`` of its own, and all chance out of ``seed``.

    ``opened`` are documents that were posted without a worker. ``goes_on`` is unset by a fault after which nobody can
    work here any more, such as a damaged file. A fault whose database will be gone calls ``finish`` itself.
    ``outcome`` is what came of a fault that may end well in several ways; they are counted.
    """

    engine: str
    seed: int
    url: str
    folder: Path
    parent: Parent
    workers: list[Worker] = field(default_factory=list)
    written: list[Entry] = field(default_factory=list)
    goes_on: bool = True
    outcome: str = ""

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.written.append(opening())

    def start(self, documents: int = 20, **orders: Any) -> Worker:
        """A process that posts so many documents to ``url`` and ends.

        ``die=(point, number, microseconds)`` as in ``dying.py``; ``busy_seconds`` to wait for others; ``pause``
        seconds between documents; ``days`` by which its clock is off, document by document; ``timezone``; ``url`` where
        it is another way to the same database.
        """
        name = f"w{len(self.workers) + 1}"
        user = USERS[len(self.workers) % len(USERS)]
        given = {"url": self.url, "name": name, "user": user, "seed": self.random.randrange(10**9)}
        journal = str(self.folder / f"{name}.jsonl")
        worker = Worker(self.parent, {**given, "journal": journal, "documents": documents, **orders})
        self.workers.append(worker)
        return worker

    def finish(self) -> None:
        """Wait for all workers; then judge, let the next user go on, and judge again. Once: the frame calls it, too."""
        self.wait()
        if not self.goes_on:
            return
        self.goes_on = False
        entries = self.entries()
        judge(self.url, entries.values())
        go_on(self.url, entries, self.folder / "next.jsonl", self.random)
        judge(self.url, entries.values())
        verified(self.url)

    def wait(self) -> None:
        """Until every worker is over. A crash of one is a failure."""
        for worker in self.workers:
            worker.wait()
            crashes = [record["crashed"] for record in worker.records() if "crashed" in record]
            assert not crashes, crashes[0]

    def entries(self) -> dict[str, Entry]:
        """Everything that was to be posted, by request id."""
        known = {entry.request_id: entry for entry in self.written}
        for worker in self.workers:
            known |= worker.entries()
        return known

    def stop(self) -> None:
        for worker in self.workers:
            worker.kill()


Function = Callable[[Trial], None]


@dataclass(frozen=True)
class Fault:
    """What happens, on which engines, and how many trials the suite and the campaign run over all of them."""

    name: str
    title: str
    engines: tuple[str, ...]
    quick: int
    campaign: int
    function: Function


def furnish(url: str) -> None:
    """The database in which a trial begins: people, the small catalog, and enough stock."""
    Backend.prepare(url)
    with closing(Backend.open(url)) as backend:
        add_users(backend)
        add_catalog(backend)
        backend.work(_sign_in_quickly)
        backend.run(movements.post, signed_in(backend, "ada"), request(opening()))


def _sign_in_quickly(tx: Tx) -> None:
    """The same password under a hash that takes no time: no fault is about that."""
    tx.connection.execute(update(core(User)).values(password_hash=QUICK_HASHER.hash(PASSWORD)))
