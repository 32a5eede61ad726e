"""The line falls silent and nobody closes it: that is noticed soon, and what was on its way comes to nothing."""

import time
from contextlib import closing

import psycopg
import pytest

from tests.conftest import _with_catalog
from tests.support.ledger import ISSUE, document, line, receive, reverse, stock
from tests.support.proxy import Proxy
from tests.support.warehouse import signed_in
from wms_tui.db import listening
from wms_tui.domain import database_errors as errors
from wms_tui.domain.errors import NotEnoughStock
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify


@pytest.fixture
def straight(postgres_databases, clock):
    """The way of everybody else."""
    with postgres_databases.copy_of("catalog", _with_catalog) as url, closing(Backend.open(url, clock)) as backend:
        backend.url = url
        yield backend


@pytest.fixture
def line_to_server(straight, monkeypatch):
    monkeypatch.setattr(listening, "SILENT_SECONDS", 0.5)
    monkeypatch.setitem(listening._IN_HASTE, "connect_timeout", 2)
    with closing(Proxy(straight.url)) as proxy:
        yield proxy


@pytest.fixture
def backend(line_to_server, clock):
    with closing(Backend.open(f"{line_to_server.url}?connect_timeout=2", clock)) as backend:
        yield backend


@pytest.mark.parametrize("goes_alone", [False, True])
def test_a_line_that_was_forgotten_between_two_documents_is_replaced(backend, line_to_server, goes_alone):
    keeper = signed_in(backend, "ken")
    received = receive(backend, keeper, "BOLT", 1)
    line_to_server.forget()
    began = time.monotonic()
    if goes_alone:
        reverse(backend, keeper, received.number)
    else:
        receive(backend, keeper, "BOLT", 1)
    assert time.monotonic() - began < 5
    assert sum(stock(backend).values()) == (0 if goes_alone else 2)


def test_a_partition_is_outlasted(backend, line_to_server, monkeypatch):
    keeper = signed_in(backend, "ken")
    receive(backend, keeper, "BOLT", 1)
    line_to_server.silence()
    monkeypatch.setattr(time, "sleep", lambda _: line_to_server.heal())
    receive(backend, keeper, "BOLT", 1)
    assert stock(backend) == {("BOLT", "A1"): 2}
    assert verify(backend).ok


def test_a_partition_that_stays_is_told_in_a_bounded_time(backend, line_to_server, monkeypatch):
    keeper = signed_in(backend, "ken")
    receive(backend, keeper, "BOLT", 1)
    monkeypatch.setattr(backend, "lost_seconds", 0.5)
    line_to_server.silence()
    began = time.monotonic()
    with pytest.raises(errors.DatabaseUnavailable):
        receive(backend, keeper, "BOLT", 1)
    assert time.monotonic() - began < 15


def test_what_was_refused_is_not_posted_when_the_first_try_arrives_late(backend, straight, line_to_server):
    keeper, other = signed_in(backend, "ken"), signed_in(straight, "kim")
    receive(straight, other, "BOLT", 5)
    backend.run(movements.post, keeper, document(ISSUE, line("BOLT", 5, source="A1")))
    line_to_server.forget()
    with pytest.raises(NotEnoughStock):
        backend.run(movements.post, keeper, document(ISSUE, line("BOLT", 3, source="A1"), key="late"))
    receive(straight, other, "BOLT", 5)
    line_to_server.heal()
    time.sleep(0.5)
    assert stock(straight) == {("BOLT", "A1"): 5}


def test_an_open_transaction_behind_a_silent_line_holds_nobody_up(backend, straight, line_to_server):
    keeper, other = signed_in(backend, "ken"), signed_in(straight, "kim")

    def holding(tx):
        tx.plain("SELECT 1 FROM counter FOR UPDATE")
        line_to_server.forget()
        tx.plain("SELECT 1")

    receive(straight, other, "BOLT", 1)
    backend.lost_seconds = -1
    with pytest.raises(errors.DatabaseUnavailable):
        backend.work(holding)
    receive(backend, keeper, "LOTTED", 1, lot="a new one")
    began = time.monotonic()
    receive(straight, other, "BOLT", 1)
    assert time.monotonic() - began < 8


def test_an_answer_that_takes_long_is_waited_for(backend):
    assert backend.work(lambda tx: tx.native("SELECT 7, pg_sleep(1.5)", ()))[0][0] == 7


def test_a_server_that_admits_nobody_more_is_waited_for(backend, straight, postgres_databases):
    name = straight.url.rsplit("/", 1)[1]
    try:
        postgres_databases._connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        test_an_answer_that_takes_long_is_waited_for(backend)
    finally:
        postgres_databases._connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.mark.parametrize("said", ["致命错误: 对不起, 已经有太多的客户", "FATAL: sorry, too many clients already"])
def test_a_server_that_is_full_is_known_in_every_language(backend, monkeypatch, said):
    backend.work(lambda tx: None)

    def full(*_arguments, **_options):
        raise psycopg.OperationalError(said)

    monkeypatch.setattr(listening._Hasty, "connect", full)
    test_an_answer_that_takes_long_is_waited_for(backend)


def test_what_says_so_and_is_not_there_is_given_up(backend, line_to_server, monkeypatch):
    """A message alone is not believed."""
    backend.lost_seconds = -1
    backend.work(lambda tx: None)

    def gone(*_arguments, **_options):
        raise psycopg.OperationalError("FATAL: no such host")

    monkeypatch.setattr(listening._Hasty, "connect", gone)
    monkeypatch.setattr(listening, "REACHED_WITHIN", 0.3)

    def asked(tx):
        line_to_server.silence()
        tx.native("SELECT 7", ())

    with pytest.raises(errors.DatabaseUnavailable):
        backend.work(asked)
