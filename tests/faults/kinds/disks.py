"""The disk fills up, under posting and under a draft."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests.faults.documents import MILLIONTHS
from tests.faults.journal import Entry
from tests.faults.kinds.files import path_of
from tests.faults.trial import SQLITE, Fault, Trial
from tests.support.mounts import small_disk
from tests.support.warehouse import signed_in
from wms_tui.domain.access import Actor
from wms_tui.domain.database_errors import DatabaseFull
from wms_tui.domain.entry import Answer, DraftRef, EntryView, OpenDraft
from wms_tui.domain.movements import DocumentKind
from wms_tui.services import entry
from wms_tui.services.backend import Backend

RECEIPT = DocumentKind.RECEIPT


def full(trial: Trial) -> None:
    """Two writers fill a small disk; when it has room again the next user goes on there."""
    with _on_small_disk(trial) as ballast:
        for _ in range(2):
            trial.start(documents=60)
        trial.wait()
        told = [entry.refused for entry in trial.entries().values()]
        assert "DatabaseFull" in told, "the disk never filled"
        ballast.unlink()
        trial.finish()


def full_under_a_draft(trial: Trial) -> None:
    """The disk is full while a clerk scans: the draft holds what was taken, and is posted when there is room again."""
    with _on_small_disk(trial) as ballast:
        with closing(Backend.open(trial.url)) as backend:
            keeper = signed_in(backend, "ken")
            seen = _answer(backend, keeper, backend.run(entry.open_draft, keeper, OpenDraft(RECEIPT)), "A1")
            seen, taken = _scan(backend, keeper, seen, trial.random.randint(0, 20))
            _fill_up(ballast)
            seen, more = _scan(backend, keeper, seen, 10_000)
            assert len(more) < 10_000, "the disk never filled"
            _check_draft(backend, keeper, seen, taken + more)
        ballast.unlink()
        with closing(Backend.open(trial.url)) as backend:
            keeper = signed_in(backend, "ken")
            again = backend.run(entry.open_draft, keeper, OpenDraft(RECEIPT))
            assert again == seen, f"{again} is not where the clerk was: {seen}"
            again, rest = _scan(backend, keeper, again, 3)
            _check_draft(backend, keeper, again, taken + more + rest)
            trial.written.append(_receipt(again, taken + more + rest))
            trial.written[-1].number = backend.run(
                entry.post, keeper, DraftRef(RECEIPT, again.draft_id, again.seen)
            ).number
        trial.finish()


@contextmanager
def _on_small_disk(trial: Trial) -> Iterator[Path]:
    """The database on a disk with little room, and a file on it that makes room when it is removed."""
    path = path_of(trial.url)
    size = path.stat().st_size
    with small_disk(trial.folder / "disk", str(size * 4 + 2_000_000)) as folder:
        shutil.copyfile(path, folder / path.name)
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(size * 3 + trial.random.randrange(500_000, 1_500_000)))
        trial.url = f"sqlite:///{folder / path.name}"
        yield ballast


def _fill_up(ballast: Path) -> None:
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


def _answer(backend: Backend, keeper: Actor, seen: EntryView, text: str) -> EntryView:
    return backend.run(entry.answer, keeper, Answer(RECEIPT, seen.draft_id, text, seen.seen)).view


def _scan(backend: Backend, keeper: Actor, seen: EntryView, times: int) -> tuple[EntryView, list[str]]:
    """Scan until the disk is full; the draft as it was seen last, and what was taken."""
    taken: list[str] = []
    for number in range(times):
        sku = ("BOLT", "NUT")[number % 2]
        try:
            seen = _answer(backend, keeper, seen, sku)
        except DatabaseFull:
            break
        taken.append(sku)
    return seen, taken


def _check_draft(backend: Backend, keeper: Actor, seen: EntryView, taken: list[str]) -> None:
    lines = backend.run(entry.lines, keeper, DraftRef(RECEIPT, seen.draft_id, seen.seen))
    held = {line.sku: int(line.quantity) for line in lines}
    assert held == Counter(taken), f"the draft holds {held} instead of {Counter(taken)}"


def _receipt(seen: EntryView, taken: list[str]) -> Entry:
    """What the draft must become."""
    moves = [(sku, "", "SUPPLIER", "A1", quantity * MILLIONTHS) for sku, quantity in Counter(taken).items()]
    return Entry(seen.request_id, "receipt", moves)


FAULTS = (
    Fault("disk-full", "The disk fills up", (SQLITE,), quick=2, campaign=30, function=full),
    Fault(
        "draft-disk-full",
        "The disk fills up under a draft",
        (SQLITE,),
        quick=2,
        campaign=30,
        function=full_under_a_draft,
    ),
)
