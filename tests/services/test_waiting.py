"""Whoever waits for somebody else's work learns for whom, and where."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.conftest import _with_catalog
from tests.support.ledger import ISSUE, document, line, receive, stock
from tests.support.threads import held_open, until_somebody_waits
from tests.support.warehouse import signed_in
from wms_tui.services import movements
from wms_tui.services.backend import Backend

LOCK = "SELECT 1 FROM balance JOIN location ON location.id = location_id WHERE code = 'A1' FOR UPDATE OF balance"


@pytest.fixture
def url_of_server(postgres_databases):
    with postgres_databases.copy_of("catalog", _with_catalog) as url:
        yield url


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

    def hold(tx):
        tx.plain(f"SET LOCAL application_name = 'wms user {kim.user_id}'")
        tx.connection.exec_driver_sql(LOCK).all()

    assert mine.held_up() is None
    with held_open(theirs, hold) as release, ThreadPoolExecutor(1) as pool:
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


def test_an_embedded_database_cannot_tell(sqlite_url, clock):
    with closing(Backend.open(sqlite_url, clock)) as backend:
        assert backend.held_up() is None
