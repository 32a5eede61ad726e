"""What the database can do to us: each fault has its sentence, and leaves nothing half-written."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.support.clock import Clock
from tests.support.ledger import RECEIPT, document, line, picture, receive, stock
from tests.support.mounts import make_read_only, small_disk
from tests.support.processes import begun, ended
from tests.support.threads import held_open
from tests.support.warehouse import add_catalog, signed_in
from wms_tui.db.transaction import Tx
from wms_tui.domain import database_errors as errors
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify


def path_of(url):
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def stocked(sqlite_url, clock):
    """A SQLite database with ten bolts in it, closed."""
    with closing(Backend.open(sqlite_url, clock)) as backend:
        add_catalog(backend)
        receive(backend, signed_in(backend, "ken"), "BOLT", 10)
    return sqlite_url


def test_a_database_opened_read_only_is_read_but_not_written(stocked, clock):
    with closing(Backend.open(stocked, clock)) as writer:
        keeper = signed_in(writer, "ken")
    with closing(Backend.open(f"sqlite:///file:{path_of(stocked)}?mode=ro&uri=true", clock)) as backend:
        assert stock(backend) == {("BOLT", "A1"): 10}
        with pytest.raises(errors.DatabaseReadOnly) as refused:
            receive(backend, keeper, "BOLT", 1)
        assert "is read-only. Nothing was saved." in refused.value.text()
        assert str(path_of(stocked)) in refused.value.text()
    with closing(Backend.open(stocked, clock)) as backend:
        assert stock(backend) == {("BOLT", "A1"): 10}


def test_a_read_only_disk_is_read_but_not_written(stocked, clock, tmp_path):
    with small_disk(tmp_path / "disk", "16m") as folder:
        shutil.copyfile(path_of(stocked), folder / "wms.sqlite")
        url = f"sqlite:///{folder / 'wms.sqlite'}"
        with closing(Backend.open(url, clock)) as backend:
            keeper = signed_in(backend, "ken")
        make_read_only(folder)
        with pytest.raises(errors.DatabaseReadOnly), closing(Backend.open(url, clock)) as backend:
            receive(backend, keeper, "BOLT", 1)


def test_a_read_only_server_is_read_but_not_written(postgres_url, clock):
    with closing(Backend.open(postgres_url, clock)) as backend:
        add_catalog(backend)
        keeper = signed_in(backend, "ken")
        before = picture(backend)
    with psycopg.connect(postgres_url, autocommit=True) as server:
        name = server.info.dbname
        server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with closing(Backend.open(postgres_url, clock)) as backend:
        with pytest.raises(errors.DatabaseReadOnly):
            receive(backend, keeper, "BOLT", 1)
        assert picture(backend) == before


def fill(backend, keeper):
    """Post until the disk is full; answers how many documents were acknowledged."""
    for number in range(100_000):
        try:
            backend.run(
                movements.post, keeper, document(RECEIPT, *[line("BOLT", 1, target="A1")] * 50, note="n" * 2000)
            )
        except errors.DatabaseFull as full:
            assert full.text() == "The disk is full. Nothing was saved. Free some space and try again."
            return number
    raise AssertionError("the disk never filled")


def check_nothing_lost(backend, posted):
    assert stock(backend) == {("BOLT", "A1"): 10 + 50 * posted}
    assert verify(backend).ok


def test_a_full_disk_loses_nothing_that_was_acknowledged(stocked, clock, tmp_path):
    with small_disk(tmp_path / "disk", "2m") as folder:
        shutil.copyfile(path_of(stocked), folder / "wms.sqlite")
        with closing(Backend.open(f"sqlite:///{folder / 'wms.sqlite'}", clock)) as backend:
            keeper = signed_in(backend, "ken")
            posted = fill(backend, keeper)
            assert posted > 0
            check_nothing_lost(backend, posted)
        for leftover in folder.iterdir():
            shutil.copyfile(leftover, tmp_path / leftover.name)
    with closing(Backend.open(f"sqlite:///{tmp_path / 'wms.sqlite'}", clock)) as backend:
        check_nothing_lost(backend, posted)
        receive(backend, keeper, "BOLT", 50)
        check_nothing_lost(backend, posted + 1)


def test_a_database_at_its_largest_says_that_the_disk_is_full(stocked, clock, monkeypatch):
    pages = path_of(stocked).stat().st_size // 4096 + 12
    monkeypatch.setattr("wms_tui.db.engine._PRAGMAS", (f"PRAGMA max_page_count = {pages}",))
    with closing(Backend.open(stocked, clock)) as backend:
        keeper = signed_in(backend, "ken")
        check_nothing_lost(backend, fill(backend, keeper))


@pytest.mark.usefixtures("catalog")
def test_a_writer_that_waits_too_long_is_told_so(backend, url, clock, keeper):
    receive(backend, keeper, "BOLT", 10)
    before = picture(backend)
    request = document(RECEIPT, line("BOLT", 1, target="A1"))
    with (
        closing(Backend.open(url, clock, busy_seconds=0.1)) as hurried,
        held_open(backend, lambda tx: movements.post(tx, keeper, request)) as release,
    ):
        with pytest.raises(errors.DatabaseBusy) as refused:
            receive(hurried, keeper, "BOLT", 5)
        assert refused.value.text().endswith("Nothing was saved. Try again.")
        assert picture(hurried) == before
        release()
        receive(hurried, keeper, "BOLT", 5)
    assert stock(backend) == {("BOLT", "A1"): 16}


def test_reading_goes_on_while_somebody_writes(backend, keeper, catalog):
    with held_open(backend, lambda tx: movements.post(tx, keeper, document(RECEIPT, line("BOLT", 1, target="A1")))):
        assert stock(backend) == {}


def damaged(url, offset, length):
    with path_of(url).open("r+b") as file:
        file.seek(offset)
        file.write(b"\xa5" * length)


def test_a_damaged_file_is_reported_as_damaged(stocked, clock):
    with closing(Backend.open(stocked, clock)) as backend:
        keeper = signed_in(backend, "ken")
    damaged(stocked, 4096, path_of(stocked).stat().st_size - 4096)
    with pytest.raises(errors.DatabaseDamaged) as refused, closing(Backend.open(stocked, clock)) as backend:
        receive(backend, keeper, "BOLT", 1)
    assert refused.value.text() == (f"The database file {path_of(stocked)} is damaged. Stop work and restore a backup.")


def test_a_file_cut_short_is_reported_as_damaged(stocked, clock):
    os.truncate(path_of(stocked), 8192)
    with pytest.raises(errors.DatabaseError), closing(Backend.open(stocked, clock)) as backend:
        signed_in(backend, "ken")


def test_a_connection_that_the_server_ended_is_replaced(postgres_url, clock):
    with closing(Backend.open(postgres_url, clock)) as backend:
        add_catalog(backend)
        keeper = signed_in(backend, "ken")
        with psycopg.connect(postgres_url, autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        receive(backend, keeper, "BOLT", 1)
        assert stock(backend) == {("BOLT", "A1"): 1}


def test_a_connection_lost_in_the_middle_leaves_nothing(postgres_url, clock):
    with closing(Backend.open(postgres_url, clock)) as backend:
        add_catalog(backend)
        keeper = signed_in(backend, "ken")
        before = picture(backend)
        backend.lost_seconds = 0.5

        def job(tx):
            movements.post(tx, keeper, document(RECEIPT, line("BOLT", 1, target="A1")))
            tx.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

        with pytest.raises(errors.DatabaseUnavailable) as refused:
            backend.work(job)
        assert "nothing is posted twice" in refused.value.text()
        assert picture(backend) == before


def test_a_server_that_is_not_there_says_so(clock):
    with pytest.raises(errors.DatabaseUnavailable) as refused:
        Backend.open("postgresql://wms:secret@127.0.0.1:9/wms", clock)
    assert "cannot be reached" in refused.value.text()
    assert "secret" not in refused.value.text()


DIED = 9


def doomed(url, fatal, lot):
    """Posts, and dies before a statement."""
    backend = Backend.open(url, Clock())
    keeper = signed_in(backend, "ken")
    statements = 0

    def counted(method):
        def run(self, *arguments, **values):
            nonlocal statements
            statements += 1
            if statements == fatal:
                os._exit(DIED)
            return method(self, *arguments, **values)

        return run

    for name in ("plain", "run", "all", "native", "numbered", "each", "many", "columns"):
        setattr(Tx, name, counted(getattr(Tx, name)))
    backend.run(movements.post, keeper, received(lot))
    os._exit(0)


def received(lot):
    return document(RECEIPT, line("BOLT", 1, target="A1"), line("LOTTED", 2, target="A2", lot=lot), key="killed")


@pytest.mark.usefixtures("catalog")
@pytest.mark.parametrize("lot", ["L1", "a lot that is made on the way"])
def test_a_process_killed_between_any_two_statements_posts_all_or_nothing(backend, url, keeper, lot):
    nothing, everything = {}, {("BOLT", "A1"): 1, ("LOTTED", "A2", lot): 2}
    at_once = not url.startswith("sqlite")
    for fatal in (1, 2, 3, 4) if at_once else (2, 5, 8, 10, 11, 12, 13, 14, 15, 99):
        died = ended(begun(doomed, url, fatal, lot))
        assert died in {0, DIED}
        assert stock(backend) == (everything if died == 0 else nothing)
        assert verify(backend).ok
        if died == 0:
            break
    assert died == 0
    assert fatal == 4 if at_once else fatal > 10
    assert backend.run(movements.post, keeper, received(lot)).again
    assert stock(backend) == everything
