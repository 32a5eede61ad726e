"""Whoever waits for somebody else's work learns for whom, and where."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.conftest import _with_catalog
from tests.support.ledger import ISSUE, document, line, picture, receive, stock
from tests.support.threads import held_open, until_somebody_waits
from tests.support.warehouse import signed_in
from wms_tui.db.waiting import mark_of
from wms_tui.domain import database_errors as errors
from wms_tui.services import movements
from wms_tui.services.backend import Backend

LOCK = "SELECT 1 FROM balance JOIN location ON location.id = location_id WHERE code = 'A1' FOR UPDATE OF balance"


@pytest.fixture
def url_of_server(postgres_databases):
    with postgres_databases.copy_of("catalog", _with_catalog) as url:
        yield url


def locks_a1(tx):
    tx.connection.exec_driver_sql(LOCK).all()


@pytest.fixture
def mine(url_of_server, clock):
    with closing(Backend.open(url_of_server, clock)) as backend:
        yield backend


@pytest.fixture
def theirs(url_of_server, clock):
    with closing(Backend.open(url_of_server, clock)) as backend:
        yield backend


def test_who_holds_the_location_is_told_with_its_code(mine, theirs):
    ken, kim = signed_in(mine, "ken"), signed_in(theirs, "kim")
    receive(mine, ken, "BOLT", 5)

    assert mine.held_up() is None
    with held_open(theirs, locks_a1, mark_of(kim.user_id)) as release, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(mine.run, movements.post, ken, document(ISSUE, line("BOLT", 2, source="A1")))
        while (held_up := mine.held_up()) is None or not held_up.place:
            assert not waiting.done()
        assert (held_up.holder, held_up.place) == ("kim", "A1")
        release()
        waiting.result(30)
    assert mine.held_up() is None
    assert stock(mine) == {("BOLT", "A1"): 3}


def test_another_program_is_told_by_its_own_name(mine, theirs):
    ken = signed_in(mine, "ken")
    receive(mine, ken, "BOLT", 5)

    def hold(tx):
        tx.plain("SET LOCAL application_name = 'nightly report'")
        tx.connection.exec_driver_sql(LOCK).all()

    with held_open(theirs, hold) as release, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(mine.run, movements.post, ken, document(ISSUE, line("BOLT", 2, source="A1")))
        until_somebody_waits(mine)
        while (held_up := mine.held_up()) is None:
            assert not waiting.done()
        assert held_up.holder == "nightly report"
        release()
        waiting.result(30)


def test_a_wait_goes_on_in_several_tries_and_is_counted_as_one(url_of_server, clock, theirs):
    with closing(Backend.open(url_of_server, clock, busy_seconds=4)) as mine:
        ken, kim = signed_in(mine, "ken"), signed_in(theirs, "kim")
        receive(mine, ken, "BOLT", 5)
        with held_open(theirs, locks_a1, mark_of(kim.user_id)) as release, ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(mine.run, movements.post, ken, document(ISSUE, line("BOLT", 2, source="A1")))
            while (held_up := mine.held_up()) is None or held_up.seconds < 2:  # a try takes one second
                assert not waiting.done()
            assert (held_up.holder, held_up.place) == ("kim", "A1")
            release()
            waiting.result(30)
        assert stock(mine) == {("BOLT", "A1"): 3}


def test_between_two_tries_nobody_waits_behind_one_who_waits(url_of_server, clock, theirs):
    with closing(Backend.open(url_of_server, clock, busy_seconds=4)) as mine:
        ken, kim = signed_in(mine, "ken"), signed_in(theirs, "kim")
        receive(mine, ken, "BOLT", 5, target="A2")
        receive(mine, ken, "NUT", 5)
        both = document(ISSUE, line("BOLT", 1, source="A2"), line("NUT", 1, source="A1"))
        with held_open(theirs, locks_a1) as release, ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(mine.run, movements.post, ken, both)
            until_somebody_waits(theirs)
            theirs.run(movements.post, kim, document(ISSUE, line("BOLT", 1, source="A2")))
            assert not waiting.done()
            release()
            waiting.result(30)
        assert stock(mine) == {("BOLT", "A2"): 3, ("NUT", "A1"): 4}


def refusal_of(backend, actor, what=errors.DatabaseBusy):
    """What somebody reads in the end whose place somebody else never leaves; nothing was written."""
    before = picture(backend)
    with pytest.raises(what) as refused:
        backend.run(movements.post, actor, document(ISSUE, line("BOLT", 2, source="A1")))
    assert picture(backend) == before
    return refused.value.text()


def test_in_the_end_it_is_told_who_is_in_the_way(url_of_server, clock, theirs):
    with closing(Backend.open(url_of_server, clock, busy_seconds=1)) as mine:
        ken, kim = signed_in(mine, "ken"), signed_in(theirs, "kim")
        receive(mine, ken, "BOLT", 5)
        with held_open(theirs, locks_a1, mark_of(kim.user_id)):
            began = time.monotonic()
            assert refusal_of(mine, ken) == "A1 is in use by kim. Nothing was saved. Try again."
            assert 0.9 < time.monotonic() - began < 5


def test_in_the_end_it_is_told_who_holds_a_whole_table(url_of_server, clock, theirs):
    with closing(Backend.open(url_of_server, clock, busy_seconds=1)) as mine:
        ken, kim = signed_in(mine, "ken"), signed_in(theirs, "kim")
        receive(mine, ken, "BOLT", 5)
        with held_open(theirs, lambda tx: tx.plain("LOCK TABLE counter IN EXCLUSIVE MODE"), mark_of(kim.user_id)):
            assert refusal_of(mine, ken) == "The database is in use by kim. Nothing was saved. Try again."


def test_an_embedded_database_tells_of_those_in_the_same_process(sqlite_files, clock):
    with (
        sqlite_files.copy_of("catalog", _with_catalog) as url,
        closing(Backend.open(url, clock, busy_seconds=2)) as backend,
    ):
        ken, kim = signed_in(backend, "ken"), signed_in(backend, "kim")
        receive(backend, ken, "BOLT", 5)
        assert backend.held_up() is None
        with held_open(backend, lambda tx: None, mark_of(kim.user_id)) as release, ThreadPoolExecutor(1) as pool:
            assert backend.held_up() is None
            waiting = pool.submit(backend.run, movements.post, ken, document(ISSUE, line("BOLT", 2, source="A1")))
            while (held_up := backend.held_up()) is None or not held_up.seconds:
                assert not waiting.done()
            assert (held_up.holder, held_up.place) == ("kim", "")
            release()
            waiting.result(30)
            assert backend.held_up() is None
        assert stock(backend) == {("BOLT", "A1"): 3}
        with held_open(backend, lambda tx: None, mark_of(kim.user_id)):
            assert refusal_of(backend, ken) == "The database is in use by kim. Nothing was saved. Try again."


def test_an_embedded_database_cannot_tell_of_another_process(sqlite_files, clock):
    with (
        sqlite_files.copy_of("catalog", _with_catalog) as url,
        closing(Backend.open(url, clock, busy_seconds=0.2)) as mine,
        closing(Backend.open(url, clock)) as theirs,
    ):
        ken = signed_in(mine, "ken")
        receive(mine, ken, "BOLT", 5)
        with held_open(theirs, lambda tx: None):
            assert "busy with another user's work" in refusal_of(mine, ken)
