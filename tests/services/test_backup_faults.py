"""A backup or restore that is killed leaves the old database or an empty one; roles and views outlive a restore."""

import os
import signal
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.ledger import picture, receive, stock
from tests.support.processes import begun, ended
from tests.support.warehouse import signed_in
from wms_tui.domain import database_errors
from wms_tui.domain.backup import Consent
from wms_tui.services import rebuilding, restoring
from wms_tui.services.backend import Backend
from wms_tui.services.backup import backup, copy, restore
from wms_tui.services.privileges import grant
from wms_tui.services.verify import verify


def die(*_arguments):
    os.kill(os.getpid(), signal.SIGKILL)


DEATHS = {
    "dropping": (rebuilding.replacing, "rebuild"),
    "indexing": (rebuilding, "_index"),
    "audit": (restoring, "audit"),
}


def doomed(action, url, file, fatal):
    """Dies when it comes to a place, or is told so many times how far it is."""
    calls = 0

    def counted(_done, _total):
        nonlocal calls
        calls += 1
        if str(calls) == fatal:
            die()

    if fatal in DEATHS:
        setattr(*DEATHS[fatal], die)
    if action == "backup":
        backup(url, file, True, True, counted)
    else:
        restore(url, file, Consent.DISCARD_NEWER, counted)


def killed(*arguments):
    assert ended(begun(doomed, *arguments)) == -signal.SIGKILL


@pytest.fixture
def file(tmp_path):
    return str(tmp_path / "monday.wms")


@pytest.fixture
def changed(backend, catalog, keeper, url, file):
    """A database at work that has gone on after its backup."""
    receive(backend, keeper, "BOLT", 1)
    backup(url, file, checks=False)
    receive(backend, keeper, "BOLT", 2)
    return backend


@pytest.mark.parametrize("fatal", ["dropping", "1", "12", "indexing", "audit"])
def test_a_killed_restore_leaves_the_old_database(changed, url, file, fatal, keeper):
    before = picture(changed)
    killed("restore", url, file, fatal)
    assert picture(changed) == before
    assert verify(changed).ok
    receive(changed, keeper, "BOLT", 4)
    assert stock(changed) == {("BOLT", "A1"): 7}
    assert restore(url, file, Consent.DISCARD_NEWER).report.ok
    assert stock(changed) == {("BOLT", "A1"): 1}


@pytest.mark.parametrize("fatal", ["12", "audit"])
def test_a_killed_restore_into_an_empty_database_leaves_it_empty(changed, empty_url, file, fatal, clock):
    killed("restore", empty_url, file, fatal)
    with pytest.raises(database_errors.DatabaseEmpty) as refused:
        Backend.open(empty_url, clock)
    assert "is empty. Run: wms init" in refused.value.text()
    assert restore(empty_url, file).report.ok


@pytest.mark.parametrize("fatal", ["1", "12", "audit"])
def test_a_killed_backup_leaves_the_file_that_was_there(changed, url, file, fatal):
    before = Path(file).read_bytes()
    killed("backup", url, file, fatal)
    assert Path(file).read_bytes() == before
    assert backup(url, file, replaces=True).report.ok


def test_open_programs_go_on_with_what_was_restored(changed, url, file):
    for _ in range(8):  # the driver prepares what is used often
        stock(changed)
        signed_in(changed, "kim")
    restore(url, file, Consent.DISCARD_NEWER)
    keeper = signed_in(changed, "ken")
    for _ in range(8):
        receive(changed, keeper, "BOLT", 1)
    assert stock(changed) == {("BOLT", "A1"): 9}
    assert verify(changed).ok


def test_an_auditors_views_outlive_a_restore(postgres_url, file):
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(
            "CREATE VIEW totals AS SELECT sku, sum(quantity) AS held FROM balance "
            "JOIN product ON product.id = product_id WHERE sku NOT LIKE 'OLD%' GROUP BY sku"
        )
        server.execute("CREATE VIEW above AS SELECT * FROM totals WHERE held > 1")
        server.execute("GRANT SELECT ON above TO PUBLIC")
        backup(postgres_url, file, checks=False)
        restore(postgres_url, file, Consent.DISCARD_NEWER)
        assert server.execute("SELECT count(*) FROM above").fetchone() == (0,)
        (granted,) = server.execute("SELECT relacl::text FROM pg_class WHERE relname = 'above'").fetchone()
        assert "=r/" in granted


def as_role(url, role):
    return make_url(url).set(username=role).render_as_string(hide_password=False)


@pytest.fixture
def plain_owner(postgres_databases):
    """An empty database of an owner who is no superuser."""
    with postgres_databases.empty() as url, psycopg.connect(url, autocommit=True) as server:
        server.execute("CREATE ROLE wms_plain_owner LOGIN")
        server.execute("CREATE ROLE wms_plain_clerk LOGIN")
        server.execute(f"ALTER DATABASE {server.info.dbname} OWNER TO wms_plain_owner")
        yield as_role(url, "wms_plain_owner")
        server.execute("DROP OWNED BY wms_plain_owner, wms_plain_clerk CASCADE")
        server.execute(f"ALTER DATABASE {server.info.dbname} OWNER TO CURRENT_USER")
        server.execute("DROP ROLE wms_plain_owner, wms_plain_clerk")


def test_the_owner_needs_no_superuser_and_granted_roles_stay_granted(changed, url, file, plain_owner, clock):
    assert copy(url, plain_owner).report.ok
    grant(plain_owner, "wms_plain_clerk")
    assert restore(plain_owner, file, Consent.DISCARD_NEWER).report.ok
    with closing(Backend.open(as_role(plain_owner, "wms_plain_clerk"), clock)) as backend:
        receive(backend, signed_in(backend, "ken"), "BOLT", 1)
        assert stock(backend) == {("BOLT", "A1"): 2}
        assert verify(backend).ok
        with pytest.raises(database_errors.DatabaseForbidden):
            backend.work(lambda tx: tx.plain("DELETE FROM movement"))
    assert backup(as_role(plain_owner, "wms_plain_clerk"), file, replaces=True).report.ok
    with pytest.raises(database_errors.DatabaseForbidden):
        restore(as_role(plain_owner, "wms_plain_clerk"), file, Consent.DISCARD_NEWER)
