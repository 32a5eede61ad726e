"""What a server still does for lost lines is ended, and nothing else of it."""

import time
from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest

from wms_tui.db.abandoned import Abandoned
from wms_tui.db.connections import Connections, StatementConnections
from wms_tui.db.engine import open_engine
from wms_tui.db.listening import Listening

LOST = psycopg.OperationalError("the line is lost")


@pytest.fixture
def lost(postgres_url):
    """The client's end of a line that the server believes in."""
    with closing(Listening.connect(postgres_url, autocommit=True)) as connection:
        yield connection


@pytest.fixture
def server(postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


def is_there(server, pid):
    return bool(server.execute("SELECT FROM pg_stat_activity WHERE pid = %s", (pid,)).fetchall())


def test_a_lost_line_is_ended_on_the_server_once(lost, server):
    abandoned = Abandoned()
    abandoned.lose(lost, LOST)
    abandoned.end(server)
    assert not is_there(server, lost.pid)
    server.close()
    abandoned.end(server)


def test_a_statement_of_its_own_waits_until_lost_lines_are_ended(lost, server, postgres_url):
    connections = Connections(open_engine(postgres_url))
    statements = StatementConnections(connections)
    connections.abandoned.lose(lost, LOST)
    assert statements.lend(datetime.now(UTC), lambda tx: tx.native("SELECT 1", ())) == [(1,)]
    assert not is_there(server, lost.pid)
    statements.close()
    connections.close()


def test_an_error_that_leaves_the_line_whole_ends_nothing(lost, server):
    abandoned = Abandoned()
    abandoned.lose(lost, psycopg.errors.LockNotAvailable("in use"))
    abandoned.end(server)
    assert is_there(server, lost.pid)


def test_a_later_process_of_the_same_number_is_let_be(lost, server):
    abandoned = Abandoned()
    lost.since = time.monotonic() - 3600
    abandoned.lose(lost, LOST)
    abandoned.end(server)
    assert is_there(server, lost.pid)


def test_what_could_not_be_ended_yet_is_ended_the_next_time(lost, server, postgres_url):
    abandoned = Abandoned()
    abandoned.lose(lost, LOST)
    with psycopg.connect(postgres_url) as other:
        other.close()
        with pytest.raises(psycopg.OperationalError):
            abandoned.end(other)
    abandoned.end(server)
    assert not is_there(server, lost.pid)
