"""The next user: finds the database as it was left, sends again what nobody acknowledged, and goes on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from random import Random

from tests.faults.documents import made
from tests.faults.journal import Entry, Journal
from tests.faults.work import send
from tests.support.warehouse import signed_in
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify


def go_on(url: str, entries: dict[str, Entry], path: Path, random: Random) -> None:
    """Post something new, send again all that is open and some that is not; raises ``AssertionError``."""
    with closing(Backend.open(url)) as backend:
        journal = Journal(path)
        actor, approver = signed_in(backend, "ada", "next"), signed_in(backend, "fay", "next")
        for entry in list(entries.values()):
            if entry.is_open and entry.resend:
                send(backend, actor, approver, journal, entry)
                assert not entry.is_open, f"{entry} could not be sent again: {path.read_text()[-500:]}"
        acknowledged = [entry for entry in entries.values() if entry.number and entry.resend]
        for entry in random.sample(acknowledged, min(3, len(acknowledged))):
            _send_once_more(backend, actor, approver, journal, entry)
        fresh = made(random, "next")
        entries[fresh.request_id] = fresh
        send(backend, actor, approver, journal, fresh)
        assert fresh.number or fresh.refused == "NotEnoughStock", (
            f"the next user cannot post: {path.read_text()[-500:]}"
        )


def _send_once_more(backend, actor, approver, journal: Journal, entry: Entry) -> None:
    before, entry.number = entry.number, ""
    send(backend, actor, approver, journal, entry)
    assert entry.number == before, f"{before}, sent once more, became {entry.number or entry.refused or 'nothing'}"


def verified(url: str) -> None:
    """``wms verify`` finds nothing."""
    with closing(Backend.open(url)) as backend:
        report = verify(backend)
    assert report.ok, [check for check in report.checks if not check.ok]
