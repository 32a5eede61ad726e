"""Addresses as libpq knows them, connections shared by many, limits on the server, and servers that go away."""

import threading
import time
from contextlib import closing
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.ledger import RECEIPT, document, line, picture, receive, reverse, stock
from tests.support.threads import all_at_once
from tests.support.warehouse import add_catalog, signed_in
from wms_tui.db import addresses, engine
from wms_tui.db.connections import transaction
from wms_tui.domain import database_errors as errors
from wms_tui.services import movements
from wms_tui.services.backend import Backend

SHOWN = {
    "postgresql://u:secret@h:5433/name?sslmode=require": "postgresql://u:***@h:5433/name",
    "postgres://u@h/name": "postgresql://u@h/name",
    "postgresql://u:secret@h1:5432,h2:5433/name?target_session_attrs=read-write": "postgresql://u:***@h1:5432,h2:5433/name",
    "postgresql://u@[::1]:1,[::2]/name?password=secret": "postgresql://u@[::1]:1,[::2]/name",
    "postgresql:///name?host=/run/postgresql": "postgresql:///run/postgresql/name",
    "sqlite:////srv/wms.sqlite": "/srv/wms.sqlite",
}


@pytest.mark.parametrize("url", SHOWN)
def test_an_address_is_shown_without_its_password_and_parameters(url):
    assert addresses.shown(url) == SHOWN[url]


def arguments(url):
    """What the driver is given for a URL."""
    opened = engine.open_engine(url)
    _, given = opened.dialect.create_connect_args(opened.url)
    return given


def test_several_hosts_and_ssl_reach_the_driver():
    url = "postgresql://u:p%40ss@h1:5432,h2/name?target_session_attrs=read-write&sslmode=verify-full"
    given = arguments(url)
    assert (given["host"], given["port"], given["password"]) == ("h1,h2", "5432,", "p@ss")
    assert (given["target_session_attrs"], given["sslmode"], given["dbname"]) == ("read-write", "verify-full", "name")


@pytest.mark.parametrize(
    "url", ["postgresql://u:secret@h:one/n", "postgresql://u:secret@h1,h2:x:y/n", "mysql://u:secret@h/n"]
)
def test_an_address_that_cannot_be_understood_is_refused_without_its_password(url):
    with pytest.raises(errors.NotOurDatabase) as refused:
        Backend.open(url)
    assert "secret" not in refused.value.text()


def beside_a_dead_server(url, **parameters):
    """The same database, after a host on which nobody answers."""
    parsed = make_url(url)
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    hosts = f"127.0.0.1:9,{parsed.host}:{parsed.port}"
    secret = f":{quote(parsed.password)}" if parsed.password else ""
    return f"postgresql://{parsed.username}{secret}@{hosts}/{parsed.database}?{query}"


def test_the_next_server_is_asked_where_the_first_does_not_answer(postgres_url, clock):
    url = beside_a_dead_server(postgres_url, target_session_attrs="read-write", sslmode="prefer")
    with closing(Backend.open(url, clock)) as backend:
        add_catalog(backend)
        receive(backend, signed_in(backend, "ken"), "BOLT", 1)
        assert stock(backend) == {("BOLT", "A1"): 1}


def test_a_server_that_only_reads_is_not_taken_for_the_one_that_writes(postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"ALTER DATABASE {server.info.dbname} SET default_transaction_read_only = on")
    with pytest.raises(errors.DatabaseUnavailable):
        Backend.open(beside_a_dead_server(postgres_url, target_session_attrs="read-write"))


def setting(backend, name):
    return backend.work(lambda tx: tx.connection.exec_driver_sql(f"SHOW {name}").scalar_one(), writes=False)


def test_the_server_ends_what_takes_too_long(postgres_url):
    with closing(Backend.open(postgres_url)) as backend:
        limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "timezone")
        assert [setting(backend, name) for name in limits] == ["1min", "2500ms", "2min", "UTC"]


def test_the_address_may_set_other_limits(postgres_url):
    url = f"{postgres_url}?options=-c%20statement_timeout%3D1000&application_name=night"
    with closing(Backend.open(url)) as backend:
        assert [setting(backend, name) for name in ("statement_timeout", "timezone")] == ["1s", "UTC"]
        assert setting(backend, "application_name") == "night"


def test_a_statement_that_takes_too_long_says_so(postgres_url):
    url = f"{postgres_url}?options=-c%20statement_timeout%3D50"
    with closing(Backend.open(url)) as backend:
        with pytest.raises(errors.DatabaseSlow) as refused:
            backend.work(lambda tx: tx.plain("SELECT pg_sleep(10)"))
        assert refused.value.text().startswith("The database took too long to answer. Nothing was saved.")
        backend.work(lambda tx: (tx.unhurried(), tx.plain("SELECT pg_sleep(0.1)")))


def test_a_transaction_that_stands_still_is_ended_and_says_so(postgres_url):
    url = f"{postgres_url}?options=-c%20idle_in_transaction_session_timeout%3D50"
    with closing(Backend.open(url)) as backend:
        backend.lost_seconds = 0.5

        def dawdle(tx):
            tx.plain("SELECT 1")
            time.sleep(0.5)
            tx.plain("SELECT 1")

        with pytest.raises(errors.DatabaseUnavailable):
            backend.work(dawdle)
        assert setting(backend, "timezone") == "UTC"


def test_a_hundred_at_once_share_the_connections_of_one_process(postgres_url, clock):
    with closing(Backend.open(postgres_url, clock)) as backend:
        add_catalog(backend)
        keeper = signed_in(backend, "ken")
        most = []

        def work():
            receive(backend, keeper, "BOLT", 1)
            most.append(backend._engine.pool.checkedout())

        assert [result for result in all_at_once([work] * 100) if result is not None] == []
        assert stock(backend) == {("BOLT", "A1"): 100}
        assert max(most) <= engine.MOST_CONNECTIONS
        with psycopg.connect(postgres_url) as server:
            used = server.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()").fetchone()
        assert used[0] <= engine.MOST_CONNECTIONS + 1


def test_a_hundred_at_once_in_one_file_find_a_connection(sqlite_url, clock):
    """Even when all of them hold one at the same moment."""
    with closing(Backend.open(sqlite_url, clock)) as backend:
        everybody = threading.Barrier(100)
        meet = lambda _tx: everybody.wait(10) >= 0  # noqa: E731
        assert all_at_once([lambda: backend.work(meet, writes=False)] * 100) == [True] * 100


def test_whoever_finds_every_connection_taken_is_told_so(postgres_url):
    with closing(Backend.open(postgres_url, busy_seconds=0.2)) as backend:
        go = threading.Event()
        holding = threading.Semaphore(0)

        def hold(_tx):
            holding.release()
            go.wait(30)

        threads = [threading.Thread(target=backend.work, args=(hold,)) for _ in range(engine.MOST_CONNECTIONS)]
        for thread in threads:
            thread.start()
        for _ in threads:
            assert holding.acquire(timeout=30)
        try:
            with pytest.raises(errors.DatabaseCrowded) as refused:
                setting(backend, "timezone")
            assert refused.value.text().startswith("Too many users work at this moment. Nothing was saved.")
        finally:
            go.set()
            for thread in threads:
                thread.join()
        assert setting(backend, "timezone") == "UTC"


def end_all_others(url):
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_after_the_server_ended_every_connection_everybodys_next_action_works(postgres_url, clock):
    with closing(Backend.open(postgres_url, clock)) as backend:
        add_catalog(backend)
        keeper = signed_in(backend, "ken")
        barrier = threading.Barrier(10)
        all_at_once([lambda: backend.work(lambda _tx: barrier.wait(30) and None)] * 10)
        assert backend._engine.pool.checkedin() == 10
        end_all_others(postgres_url)
        assert all_at_once([lambda: receive(backend, keeper, "BOLT", 1) and None] * 10) == [None] * 10
        assert stock(backend) == {("BOLT", "A1"): 10}


@pytest.mark.parametrize("goes_alone", [False, True])
def test_a_server_that_became_read_only_is_left_for_a_new_connection(postgres_url, clock, goes_alone):
    with closing(Backend.open(postgres_url, clock)) as backend:
        add_catalog(backend)
        keeper = signed_in(backend, "ken")
        received = receive(backend, keeper, "BOLT", 1)
        only_read = "SET default_transaction_read_only = on"
        with transaction(backend._connections, clock(), False) as tx:
            tx.plain(only_read)
        backend._statements.lend(clock(), lambda tx: tx.plain(only_read))
        if goes_alone:
            assert reverse(backend, keeper, received.number).number
        else:
            assert receive(backend, keeper, "BOLT", 1).number


def test_a_database_that_is_read_only_says_so(postgres_url, clock):
    with closing(Backend.open(postgres_url, clock)) as backend:
        add_catalog(backend)
        keeper = signed_in(backend, "ken")
        before = picture(backend)
    only_reads = f"{postgres_url}?options=-c%20default_transaction_read_only%3Don"
    with closing(Backend.open(only_reads, clock)) as backend:
        with pytest.raises(errors.DatabaseReadOnly):
            backend.run(movements.post, keeper, document(RECEIPT, line("BOLT", 1, target="A1")))
        assert picture(backend) == before
