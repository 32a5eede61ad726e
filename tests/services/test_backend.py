"""The one door: permission, transaction, retries, audit events; and what it opens and what it does not."""

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from tests.support.ledger import (
    ADJUSTMENT,
    ISSUE,
    RECEIPT,
    TRANSFER,
    document,
    issue,
    line,
    picture,
    post,
    receive,
    stock,
)
from tests.support.threads import all_at_once
from tests.support.warehouse import signed_in
from wms_tui.db.schema import HEAD
from wms_tui.domain import database_errors as errors
from wms_tui.domain.access import Permission
from wms_tui.domain.errors import NotAllowed, NotEnoughStock
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.services.use_cases import use_case
from wms_tui.services.verify import verify

KINDS = {
    RECEIPT: line("BOLT", target="A2"),
    ISSUE: line("BOLT", source="A1"),
    TRANSFER: line("BOLT", source="A1", target="A2"),
    ADJUSTMENT: line("BOLT", target="A1", reason="FOUND"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_role_posts_what_it_may(backend, catalog, admin, keeper, finance, kind):
    receive(backend, keeper, "BOLT", 10)
    for actor in (admin, keeper):
        assert post(backend, actor, kind, KINDS[kind]).kind == kind
    before = picture(backend)
    with pytest.raises(NotAllowed) as refused:
        post(backend, finance, kind, KINDS[kind])
    assert refused.value.text() == f"Your role finance may not do this (Post {kind}s). Ask the administrator."
    assert picture(backend) == before


def test_a_site_can_take_one_permission_from_a_role(backend, catalog, keeper):
    receive(backend, keeper, "BOLT", 10)
    take = text("DELETE FROM role_permission WHERE permission = 'movement.issue'")
    backend.work(lambda tx: tx.connection.execute(take))
    with pytest.raises(NotAllowed):
        issue(backend, keeper, "BOLT", 1)
    assert receive(backend, keeper, "BOLT", 1).lines == 1


def test_what_the_operators_copy_of_the_permissions_says_does_not_count(backend, catalog, finance):
    from dataclasses import replace

    with pytest.raises(NotAllowed):
        receive(backend, replace(finance, permissions=frozenset(Permission), role="admin"), "BOLT", 1)


def test_posting_writes_who_did_it_and_where(backend, catalog, keeper):
    number = receive(backend, keeper, "BOLT", 1).number
    event = picture(backend)["audit_event"][-1]
    assert (event.action, event.subject, event.user_id, event.terminal) == ("post", number, keeper.user_id, "test")
    (movement,) = picture(backend)["movement"]
    assert movement.user_id == keeper.user_id


def test_a_use_case_that_fails_leaves_nothing_of_itself_or_its_notes(backend, catalog, keeper):
    @use_case(Permission.RECEIVE)
    def fails(tx, actor, request):
        movements.post(tx, actor, document(RECEIPT, line("BOLT", target="A1")))
        tx.note("something", "else")
        raise ZeroDivisionError

    before = picture(backend)
    with pytest.raises(ZeroDivisionError):
        backend.run(fails, keeper, None)
    assert picture(backend) == before


def test_use_cases_compose_in_one_transaction(backend, catalog, keeper):
    @use_case(Permission.RECEIVE)
    def both(tx, actor, request):
        movements.post(tx, actor, document(RECEIPT, line("BOLT", 1, target="A1")))
        return movements.post(tx, actor, document(ISSUE, line("BOLT", 2, source="A1")))

    before = picture(backend)
    with pytest.raises(NotEnoughStock):
        backend.run(both, keeper, None)
    assert picture(backend) == before


def test_a_part_can_fail_on_its_own(backend, catalog, keeper):
    @use_case(Permission.RECEIVE)
    def first_of_two(tx, actor, request):
        movements.post(tx, actor, document(RECEIPT, line("BOLT", 1, target="A1")))
        with pytest.raises(NotEnoughStock), tx.savepoint():
            movements.post(tx, actor, document(RECEIPT, line("NUT", 1, target="A1")))
            movements.post(tx, actor, document(ISSUE, line("BOLT", 2, source="A1")))

    backend.run(first_of_two, keeper, None)
    assert stock(backend) == {("BOLT", "A1"): 1}
    assert [event.action for event in picture(backend)["audit_event"]].count("post") == 1
    assert receive(backend, keeper, "BOLT", 1).number == "R-2026-000002"
    assert verify(backend).ok


def test_writers_that_deadlock_are_tried_again(postgres_url, clock):
    with closing(Backend.open(postgres_url, clock)) as backend:
        tries = itertools.count(1)

        def job(tx):
            if next(tries) < 3:
                tx.connection.exec_driver_sql("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$")
            return "done"

        assert backend.work(job) == "done"


def test_retries_end_and_say_so(postgres_url, clock, monkeypatch):
    monkeypatch.setattr("wms_tui.services.retrying.FIRST_PAUSE", 0.0)
    with closing(Backend.open(postgres_url, clock)) as backend:
        raise_it = "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"
        with pytest.raises(errors.DatabaseBusy):
            backend.work(lambda tx: tx.connection.exec_driver_sql(raise_it))


def test_a_fault_of_the_program_is_not_dressed_up(backend):
    with pytest.raises(Exception, match="nowhere") as raised:
        backend.work(lambda tx: tx.connection.exec_driver_sql("SELECT 1 FROM nowhere"))
    assert not hasattr(raised.value, "template")


HOT = 40


def test_eight_threads_never_take_more_than_there_is(backend, catalog, keeper):
    receive(backend, keeper, "BOLT", HOT)

    def taker():
        taken = 0
        for _ in range(HOT // 4):
            try:
                issue(backend, keeper, "BOLT", 1)
            except NotEnoughStock:
                continue
            taken += 1
        return taken

    taken = all_at_once([taker] * 8)
    assert sum(taken) == HOT
    assert stock(backend) == {}
    numbers = [row.number for row in picture(backend)["document"] if row.kind == ISSUE]
    assert sorted(numbers) == [f"I-2026-{count:06d}" for count in range(1, HOT + 1)]
    assert verify(backend).ok


def test_transfers_to_and_fro_at_once_all_go_through(backend, catalog, keeper):
    for code, place in itertools.product(("BOLT", "NUT"), ("A1", "A2")):
        receive(backend, keeper, code, 100, target=place)

    def mover(source, target, codes):
        def move():
            for _ in range(10):
                post(backend, keeper, TRANSFER, *[line(code, 1, source=source, target=target) for code in codes])

        return move

    there, back = mover("A1", "A2", ("BOLT", "NUT")), mover("A2", "A1", ("NUT", "BOLT"))
    assert all_at_once([there, back] * 4) == [None] * 8
    assert set(stock(backend).values()) == {100}
    assert verify(backend).ok


def test_new_lots_made_at_once_are_one_lot(backend, catalog, keeper):
    jobs = [lambda: receive(backend, keeper, "LOTTED", 1, lot="BRAND NEW")] * 8
    assert {answer.lines for answer in all_at_once(jobs)} == {1}
    assert stock(backend) == {("LOTTED", "A1", "BRAND NEW"): 8}


# What is opened and what is not


def refused(url, error=errors.DatabaseError):
    with pytest.raises(error) as caught:
        Backend.open(url)
    return caught.value.text()


def shown(url):
    return url.removeprefix("sqlite:///")


def test_a_prepared_database_opens_and_preparing_again_changes_nothing(bare_url):
    with closing(Backend.open(bare_url)) as backend:
        before = picture(backend)
        assert Backend.prepare(bare_url) == (HEAD, HEAD)
        assert Backend.version(bare_url) == HEAD
        assert picture(backend) == before


def test_several_programs_may_prepare_one_database_at_once(empty_url):
    answers = all_at_once([lambda: Backend.prepare(empty_url)] * 4)
    assert sorted(answers, key=str) == [(HEAD, HEAD)] * 3 + [(None, HEAD)]
    with closing(Backend.open(empty_url)) as backend:
        assert len(picture(backend)["role"]) == 3


def test_an_empty_database_is_not_opened(empty_url):
    if empty_url.startswith("sqlite"):
        Path(shown(empty_url)).touch()
    assert "is empty. Run: wms init" in refused(empty_url, errors.DatabaseEmpty)


def test_a_missing_file_is_not_made_by_opening(tmp_path):
    assert "Make it with: wms init" in refused(f"sqlite:///{tmp_path / 'none.sqlite'}", errors.DatabaseMissing)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("version", "sentence"), [("9999", "newer version"), ("0001", "needs an upgrade")])
def test_a_database_of_another_version_is_not_opened(bare_url, version, sentence):
    with closing(Backend.open(bare_url)) as backend:
        change = text(f"UPDATE wms_schema_version SET version_num = '{version}'")
        backend.work(lambda tx: tx.connection.execute(change))
    assert sentence in refused(bare_url)
    if version > HEAD:
        with pytest.raises(errors.DatabaseTooNew):
            Backend.prepare(bare_url)


FOREIGN = {
    "another program's tables": ["CREATE TABLE song (id INTEGER)"],
    "another program's Alembic": [
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('0002')",
    ],
    "tables with our names": ["CREATE TABLE product (id INTEGER)", "CREATE TABLE movement (id INTEGER)"],
}


@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_another_programs_database_is_left_alone(empty_url, statements):
    if empty_url.startswith("sqlite"):
        connection = sqlite3.connect(shown(empty_url), isolation_level=None)
    else:
        connection = psycopg.connect(empty_url, autocommit=True)
    with closing(connection):
        for statement in statements:
            connection.execute(statement)
    for attempt in (Backend.open, Backend.prepare, Backend.version):
        with pytest.raises(errors.NotOurDatabase) as caught:
            attempt(empty_url)
        assert "is not a warehouse database. Name another one with --db." in caught.value.text()


def test_another_programs_empty_file_is_left_alone(tmp_path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 4711")
        connection.execute("PRAGMA user_version = 1")
    assert "is not a warehouse database" in refused(f"sqlite:///{path}")


@pytest.mark.parametrize("content", [b"This is a letter, not a database." * 200, b"PK\x03\x04" * 2000])
def test_a_file_of_another_kind_is_left_alone(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    for attempt in (Backend.open, Backend.prepare):
        with pytest.raises(errors.NotOurDatabase):
            attempt(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_folder_is_no_database(tmp_path):
    assert str(tmp_path) in refused(f"sqlite:///{tmp_path}")
    with pytest.raises(errors.DatabaseError):
        Backend.prepare(f"sqlite:///{tmp_path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(errors.DatabaseUnavailable, match="file"):
        Backend.prepare(f"sqlite:///{tmp_path}/file/below/wms.sqlite")


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://u:secret@h/d", "sqlite://", "sqlite:///:memory:", "postgresql+nope://", "http://x"]
)
def test_urls_of_no_database_of_ours_are_refused(url):
    sentence = refused(url)
    assert "is not a warehouse database" in sentence or "cannot be reached" in sentence
    assert "secret" not in sentence


def test_a_new_sqlite_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "deep" / "down" / "wms.sqlite"
    Backend.prepare(f"sqlite:///{path}")
    with closing(Backend.open(f"sqlite:///{path}")) as backend:
        signed_out = backend.work(
            lambda tx: tx.connection.exec_driver_sql("PRAGMA journal_mode").scalar(), writes=False
        )
        assert signed_out == "wal"
        backend.work(lambda tx: tx.connection.execute(text("UPDATE unit SET name = 'x'")))
        modes = {found.name: oct(found.stat().st_mode & 0o777) for found in path.parent.iterdir()}
    assert set(modes.values()) == {"0o600"}
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"


def test_every_connection_to_sqlite_is_durable_and_strict(sqlite_url):
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema", "busy_timeout")
    with closing(Backend.open(sqlite_url)) as backend:

        def look(tx):
            return {name: tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas}

        for settings in all_at_once([lambda: backend.work(look, writes=False)] * 3):
            assert settings == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "recursive_triggers": 1,
                "trusted_schema": 0,
                "busy_timeout": 10000,
            }


def test_sessions_on_postgresql_keep_utc_and_a_limit_on_waiting(postgres_url):
    with closing(Backend.open(postgres_url)) as backend:

        def look(tx):
            names = ("TimeZone", "lock_timeout", "application_name", "synchronous_commit")
            return [tx.connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names[:3]]

        assert backend.work(look, writes=False) == ["UTC", "2500ms", "wms"]


def test_passwords_in_urls_are_not_shown(postgres_url):
    with closing(Backend.open(postgres_url)) as backend:
        assert "wms_test" in backend.where
    backend = Backend("postgresql://wms:secret@db/wms")
    assert backend.where == "postgresql://wms:***@db/wms"


def test_signing_in_on_a_second_backend_is_seen_by_the_first(backend, url, clock, catalog):
    with closing(Backend.open(url, clock)) as other:
        actor = signed_in(other, "ken")
    assert receive(backend, actor, "BOLT", 1).lines == 1
