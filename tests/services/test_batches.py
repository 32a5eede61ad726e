"""Group commit on SQLite: what happens to one errand, or to the file, while several share a transaction."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.conftest import _with_catalog
from tests.support.ledger import ISSUE, document, line, receive, stock
from tests.support.threads import held_open
from tests.support.warehouse import signed_in
from wms_tui.db.transaction import Tx
from wms_tui.domain import errors
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify

FULL, FAULTY = "database or disk is full", "disk I/O error"
MANY = 8


@pytest.fixture
def backend(sqlite_files, clock):
    with sqlite_files.copy_of("catalog", _with_catalog) as url, closing(Backend.open(url, clock)) as backend:
        receive(backend, signed_in(backend, "ken"), "BOLT", 100)
        yield backend


@pytest.fixture
def ken(backend):
    return signed_in(backend, "ken")


def in_one_batch(backend, ken, requests):
    """What each request was answered. The first keeps the others waiting, who then go together."""
    with held_open(backend, lambda tx: None) as release, ThreadPoolExecutor(len(requests)) as pool:
        answers = [pool.submit(backend.run, movements.post, ken, request) for request in requests]
        time.sleep(0.3)
        release()
        return [answer.exception(30) or answer.result() for answer in answers]


class Fault:
    """Instead of the statement that begins so and is the ``number``-th of its kind, an error; ``first`` does first."""

    def __init__(self, monkeypatch, begins, number, said, first):
        self.seen, self.struck = 0, 0
        plain = Tx.plain

        def struck(tx, sql):
            self.seen += sql.startswith(begins)
            if sql.startswith(begins) and self.seen == number:
                self.struck += 1
                if first:
                    plain(tx, first)
                raise sqlite3.OperationalError(said)
            plain(tx, sql)

        monkeypatch.setattr(Tx, "plain", struck)


def check_all_are_posted_once(backend, answers):
    assert sorted(answer.number for answer in answers) == [f"I-2026-{number:06}" for number in range(1, MANY + 1)]
    assert stock(backend) == {("BOLT", "A1"): 100 - MANY}
    assert verify(backend).ok


def issues(number=MANY):
    return [document(ISSUE, line("BOLT", 1, source="A1")) for _ in range(number)]


@pytest.mark.parametrize("said", [FULL, FAULTY])
@pytest.mark.parametrize("ended", ["ROLLBACK", ""])
def test_a_fault_of_the_file_gives_up_the_whole_batch_and_each_goes_alone(backend, ken, monkeypatch, said, ended):
    fault = Fault(monkeypatch, "RELEASE", 3, said, ended)
    answers = in_one_batch(backend, ken, issues())
    assert fault.struck == 1
    assert fault.seen == 3, "the others went on in what was left of the transaction"
    assert not any(answer.again for answer in answers)
    check_all_are_posted_once(backend, answers)


@pytest.mark.parametrize("done", ["COMMIT", "ROLLBACK", ""])
def test_a_commit_of_which_nobody_knows_is_asked_for_again_by_each(backend, ken, monkeypatch, done):
    fault = Fault(monkeypatch, "COMMIT", 3, FAULTY, done)  # after that of whoever kept them waiting, and the first's
    answers = in_one_batch(backend, ken, issues())
    assert fault.struck == 1
    assert [answer.again for answer in answers].count(True) == (MANY - 1 if done == "COMMIT" else 0)
    check_all_are_posted_once(backend, answers)


def test_a_text_that_no_file_can_hold_is_refused_alone(backend, ken):
    bad = document(ISSUE, line("BOLT", 1, source="A1"), reference="\ud800")
    *answers, refused = in_one_batch(backend, ken, [*issues(), bad])
    assert isinstance(refused, errors.BadCharacters)
    check_all_are_posted_once(backend, answers)
