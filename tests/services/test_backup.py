"""Backup, restore and moving: what comes back is what was there, on either engine, or nothing is changed."""

import io
import json
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from tests.conftest import worked_in
from tests.support.ledger import (
    ADJUSTMENT,
    RECEIPT,
    TRANSFER,
    document,
    issue,
    line,
    picture,
    post,
    receive,
    reverse,
    stock,
)
from tests.support.threads import held_open
from tests.support.warehouse import signed_in
from wms_tui.db import backup_text, schema
from wms_tui.db.tables import Location, Product, metadata
from wms_tui.domain import backup_errors as errors
from wms_tui.domain import database_errors, file_errors
from wms_tui.domain.backup import Consent
from wms_tui.domain.catalog import CatalogQuery
from wms_tui.services import catalog as catalog_service
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.services.backup import backup, copy, restore
from wms_tui.services.owner import owned
from wms_tui.services.verify import verify

STRANGE = (
    "tab\there",
    "back\\slash \\N \\t",
    "two\nlines\r\n",
    "\b\f\v",
    "",
    "\\N",
    "牛奶 🥛",
    "a'b\"c%s|$1",
    "\u200e\x7f",
)
"""Names that a text format could stumble over."""


@pytest.fixture
def worked(backend):
    """A warehouse at work, with names of every sort, and quantities at both ends."""
    return backend


def _work(backend):
    keeper = signed_in(backend, "ken")
    receive(backend, keeper, "BOLT", "999999999")
    post(backend, keeper, RECEIPT, line("LOTTED", "0.000001", target="A1", lot="L1"), note="a\tb\\c\n")
    post(backend, keeper, TRANSFER, line("BOLT", 3, source="A1", target="A2"))
    post(backend, keeper, ADJUSTMENT, line("FLOUR", "0.123456", target="AISLE", reason="FOUND"))
    reverse(backend, keeper, issue(backend, keeper, "BOLT", 8).number)

    def job(tx):
        child = Location(code="CHILD", kind="bin")
        tx.session.add(child)
        tx.session.flush()
        parent = Location(code="LATER", kind="zone")
        tx.session.add(parent)
        tx.session.flush()
        child.parent_id = parent.id
        for number, name in enumerate(STRANGE):
            tx.session.add(_product(tx, f"S{number}", name))
        tx.session.flush()

    backend.work(job)


url = worked_in("worked", _work)


def _product(tx, sku, name):
    cost = Decimal("-0.0001") if sku == "S0" else Decimal("123456789.1234")
    moment = datetime(2026, 3, 1, 23, 59, 59, 1, tzinfo=UTC)
    return Product(sku=sku, name=name, unit_id=1, cost=cost, created_at=moment, updated_at=tx.now)


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request):
    """An empty database of either engine, whatever the other one is."""
    fixture = "sqlite_files" if request.param == "sqlite" else "postgres_databases"
    with request.getfixturevalue(fixture).empty() as url:
        yield url


@pytest.fixture
def file(tmp_path):
    return str(tmp_path / "monday.wms")


def picture_at(url, clock):
    with closing(Backend.open(url, clock)) as there:
        return picture(there)


def test_a_backup_comes_back_on_either_engine_row_by_row(worked, url, other_url, file, clock):
    done = backup(url, file)
    assert done.report.ok
    assert done.contents.rows == sum(len(rows) for rows in picture(worked).values())
    assert Path(file).stat().st_mode & 0o777 == 0o600
    restored = restore(other_url, file)
    assert restored.report.ok
    assert restored.contents == done.contents
    assert picture_at(other_url, clock) == picture(worked)


def test_a_restored_file_has_every_trigger_of_a_new_one(worked, url, file, sqlite_url, tmp_path):
    def triggers(url):
        with owned(url) as connection:
            return connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
            ).all()

    backup(url, file, checks=False)
    restore(f"sqlite:///{tmp_path}/restored.sqlite", file)
    assert triggers(f"sqlite:///{tmp_path}/restored.sqlite") == triggers(sqlite_url)


def test_work_goes_on_in_a_restored_database(worked, url, other_url, file, clock):
    backup(url, file, checks=False)
    restore(other_url, file)
    with closing(Backend.open(other_url, clock)) as there:
        keeper = signed_in(there, "ken")
        before = stock(there)[("BOLT", "A2")]
        posted = receive(there, keeper, "BOLT", 2, target="A2")
        assert posted.number == "R-2026-000003"
        assert stock(there)[("BOLT", "A2")] == before + 2
        found = there.run(catalog_service.search, signed_in(there, "ada"), CatalogQuery("牛奶"))
        assert {row.sku for row in found.rows} == {"MILK", "S6"}
        for statement in ("UPDATE movement SET line = 2", "DELETE FROM audit_event", "DELETE FROM document"):
            with pytest.raises(Exception, match="append-only"):
                there.work(lambda tx, sql=statement: tx.plain(sql))
        assert verify(there).ok


def test_a_database_moves_to_the_other_engine(worked, url, other_url, clock):
    told = []
    moved = copy(url, other_url, progress=lambda done, total: told.append((done, total)))
    assert moved.report.ok
    assert picture_at(other_url, clock) == picture(worked)
    assert told[-1] == (moved.contents.rows, moved.contents.rows)


def test_a_copy_goes_only_into_an_empty_database(worked, url, bare_url, file):
    assert copy(url, bare_url).report.ok
    with pytest.raises(database_errors.NotFresh):
        copy(url, bare_url)
    with pytest.raises(database_errors.NotFresh):
        copy(url, url)


def test_the_same_rows_are_the_same_bytes_on_both_engines(worked, url, other_url, file, tmp_path):
    first = backup(url, file).contents
    restore(other_url, file)
    assert backup(other_url, str(tmp_path / "again.wms")).contents == first


def test_a_backup_sees_one_moment_and_keeps_nobody_waiting(worked, url, file, clock, keeper, monkeypatch):
    from wms_tui.db import backup_reading

    plain = backup_reading.dumped
    posted = []

    def dumped(connection, table):
        yield from plain(connection, table)
        if table.name == "document" and not posted:
            posted.append(receive(worked, keeper, "NUT", 1))

    before = len(picture(worked)["movement"])
    monkeypatch.setattr(backup_reading, "dumped", dumped)
    contents = backup(url, file).contents
    assert posted
    assert contents.table("movement").rows == before
    assert stock(worked)[("NUT", "A1")] == 1


def test_a_file_that_is_there_is_not_overwritten(worked, url, file):
    Path(file).write_text("precious")
    with pytest.raises(errors.BackupInTheWay) as refused:
        backup(url, file)
    assert refused.value.text() == f"There is a file {file} already. Name another file, or replace it with --force."
    assert Path(file).read_text() == "precious"
    backup(url, file, replaces=True)
    assert zipfile.is_zipfile(file)


def test_a_backup_that_fails_leaves_no_file(worked, url, file, tmp_path, monkeypatch):
    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    with pytest.raises(errors.FileError) as refused, monkeypatch.context() as patched:
        patched.setattr(zipfile.ZipFile, "writestr", full)
        backup(url, file)
    assert "No space left on device" in refused.value.text()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(errors.FileError):
        backup(url, str(tmp_path / "no folder" / "file"))


def test_a_restore_over_data_is_refused_until_it_is_wanted(worked, url, file):
    backup(url, file, checks=False)
    before = picture(worked)
    with pytest.raises(errors.HoldsData) as refused:
        restore(url, file)
    assert refused.value.text() == (
        f"{worked.where} holds 6 documents and was not touched. Nothing in it is newer than the backup. "
        "To replace all of it: --force"
    )
    assert picture(worked) == before
    assert restore(url, file, Consent.REPLACE).report.ok
    assert picture(worked) == before


def test_a_newer_database_is_never_overwritten_silently(worked, url, file, keeper):
    backup(url, file, checks=False)
    at_backup = picture(worked)
    receive(worked, keeper, "NUT", 1)
    number = receive(worked, keeper, "NUT", 1).number
    before = picture(worked)
    for consent in (Consent.NOTHING, Consent.REPLACE):
        with pytest.raises(errors.HoldsNewer) as refused:
            restore(url, file, consent)
        assert refused.value.text() == (
            f"{worked.where} was not touched. It holds 2 documents that the backup does not (the last is {number} of "
            "2026-06-15 10:00 UTC) and 2 newer audit events. To lose them: --discard-newer"
        )
    assert picture(worked) == before
    restored = restore(url, file, Consent.DISCARD_NEWER)
    assert (restored.before.lost_documents, restored.before.last) == (2, number)
    assert picture(worked) == at_backup


def test_newer_audit_events_alone_are_told_as_well(worked, url, file):
    backup(url, file, checks=False)
    signed_in(worked, "kim")
    with pytest.raises(errors.HoldsNewerEvents) as refused:
        restore(url, file, Consent.REPLACE)
    assert "but 1 audit events are newer than it" in refused.value.text()


def test_another_history_counts_as_newer(worked, url, file, keeper):
    """A database that was restored and worked on has other documents under the same numbers."""
    backup(url, file, checks=False)
    post(worked, keeper, RECEIPT, line("NUT", 1, target="A1"), note="one history")
    later = file + "2"
    backup(url, later, checks=False)
    restore(url, file, Consent.DISCARD_NEWER)
    post(worked, signed_in(worked, "ken"), RECEIPT, line("NUT", 1, target="A1"), note="another")
    with pytest.raises(errors.HoldsNewer) as refused:
        restore(url, later, Consent.REPLACE)
    assert "It holds 1 documents" in refused.value.text()


def test_a_restore_waits_for_nobodys_half_of_a_document(worked, url, file, keeper):
    backup(url, file, checks=False)
    request = document(RECEIPT, line("NUT", 1, target="A1"))
    with held_open(worked, lambda tx: movements.post(tx, keeper, request)) as release:
        import threading

        refused = []

        def try_it():
            try:
                restore(url, file, Consent.REPLACE)
            except errors.HoldsNewer as error:
                refused.append(error)

        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        release()
        thread.join(30)
    assert refused
    assert stock(worked)[("NUT", "A1")] == 1


@pytest.fixture
def small(sqlite_url, file, clock):
    """A small database and its backup, as bytes."""
    with closing(Backend.open(sqlite_url, clock)) as backend:
        signed_in(backend, "ken")
        backup(sqlite_url, file, checks=False)
        yield backend, Path(file).read_bytes()


def test_a_file_cut_short_is_refused_and_nothing_changes(small, sqlite_url, file):
    backend, whole = small
    before = picture(backend)
    for length in range(0, len(whole), 197):
        Path(file).write_bytes(whole[:length])
        with pytest.raises((errors.BackupDamaged, errors.NotABackup)) as refused:
            restore(sqlite_url, file, Consent.DISCARD_NEWER)
        assert "Nothing was changed" in refused.value.text()
    assert picture(backend) == before


def test_any_flipped_byte_is_found_or_does_no_harm(small, sqlite_url, file):
    """A ZIP file has bytes that nobody reads, such as its dates."""
    backend, whole = small
    before, found = picture(backend), 0
    for place in range(0, len(whole), 211):
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        Path(file).write_bytes(flipped)
        try:
            restore(sqlite_url, file, Consent.DISCARD_NEWER)
        except (errors.BackupDamaged, errors.NotABackup, errors.BackupTooNew):
            found += 1
        assert picture(backend) == before
    assert found > len(whole) // 211 // 2


def test_a_failed_restore_leaves_no_new_file(worked, url, file, tmp_path):
    backup(url, file, checks=False)
    Path(file).write_bytes(Path(file).read_bytes()[:100])
    with pytest.raises(errors.BackupDamaged):
        restore(f"sqlite:///{tmp_path}/new.sqlite", file)
    assert not (tmp_path / "new.sqlite").exists()


@pytest.mark.parametrize("contents", [b"", b"plain text", b"SQLite format 3\0"])
def test_another_file_is_no_backup(url, tmp_path, contents):
    path = tmp_path / "other"
    path.write_bytes(contents)
    with pytest.raises(errors.NotABackup):
        restore(url, str(path), Consent.DISCARD_NEWER)


def test_files_that_cannot_be_read_say_so(url, tmp_path):
    with pytest.raises(file_errors.FileMissing):
        restore(url, str(tmp_path / "none"))
    with pytest.raises(file_errors.FileIsFolder):
        restore(url, str(tmp_path))
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as archive:
        archive.writestr("hello", "")
    with pytest.raises(errors.NotABackup):
        restore(url, str(tmp_path / "some.zip"))


def rewritten(file, change):
    """The backup with its manifest and texts changed, as somebody would who knows the format."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    change(manifest, members)
    for table in manifest["tables"]:
        tally = backup_text.Tally([members[f"tables/{table['name']}.tsv"]]).spend()
        table["rows"], table["sha256"] = tally.rows, tally.sha256
    members["manifest.json"] = json.dumps(manifest).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    Path(file).write_bytes(held.getvalue())


def test_a_backup_of_a_newer_program_is_refused(worked, url, file):
    backup(url, file, checks=False)
    rewritten(file, lambda manifest, _members: manifest.update(schema="9999"))
    with pytest.raises(errors.BackupTooNew) as refused:
        restore(url, file, Consent.DISCARD_NEWER)
    assert "Upgrade the program first." in refused.value.text()


@pytest.fixture(scope="module")
def columns_of_0004(tmp_path_factory):
    """The tables that there were before counting, with their columns."""
    with owned(f"sqlite:///{tmp_path_factory.mktemp('old')}/old.sqlite", create=True) as connection:
        schema.run_migrations(connection, "0004")
        found = inspect(connection)
        return {table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()}


LATER = "('label.print', 'expiry.override')"
"""Permissions that came with later versions."""


def as_of_0004(backend, columns):
    """Have the database be as that version had made it."""

    def back(tx):
        for table in reversed(metadata.sorted_tables):
            if table.name not in columns:
                tx.connection.execute(text(f"DROP TABLE {table.name}"))
                continue
            for column in table.columns:
                if column.name not in columns[table.name]:
                    tx.connection.execute(text(f'ALTER TABLE "{table.name}" DROP COLUMN {column.name}'))
        tx.connection.execute(text(f"DELETE FROM role_permission WHERE permission IN {LATER}"))
        tx.connection.execute(text("UPDATE wms_schema_version SET version_num = '0004'"))

    backend.work(back)


def test_a_backup_of_an_older_version_is_restored_and_upgraded(worked, url, other_url, file, clock, columns_of_0004):
    before = picture(worked)
    as_of_0004(worked, columns_of_0004)
    backup(url, file, checks=False)
    restored = restore(other_url, file)
    assert (restored.contents.schema, restored.report.ok) == ("0004", True)
    assert Backend.version(other_url) == schema.HEAD
    assert picture_at(other_url, clock) == before


def test_an_older_database_is_backed_up_before_its_upgrade(worked, url, file, columns_of_0004):
    as_of_0004(worked, columns_of_0004)
    done = backup(url, file)
    assert (done.contents.schema, done.report.ok) == ("0004", True)


def test_rows_that_contradict_each_other_are_refused(worked, url, file):
    backup(url, file, checks=False)
    before = picture(worked)

    def orphan(_manifest, members):
        members["tables/barcode.tsv"] += b"777\tORPHAN\t4711\t\\N\t1.000000\n"

    rewritten(file, orphan)
    with pytest.raises((errors.Contradiction, errors.Unsound)):
        restore(url, file, Consent.DISCARD_NEWER)
    assert picture(worked) == before


@pytest.mark.parametrize("row", [b"x\n", b"1\tBOLT\n", b"999\t\\N\n", b"999\tBOLT\t1\t1\t-1.000000\n", b"9\\q\n"])
def test_rows_that_the_tables_cannot_hold_are_refused(worked, url, file, row):
    backup(url, file, checks=False)
    before = picture(worked)

    def spoil(_manifest, members):
        members["tables/barcode.tsv"] += row

    rewritten(file, spoil)
    with pytest.raises(errors.Contradiction) as refused:
        restore(url, file, Consent.DISCARD_NEWER)
    assert refused.value.text().startswith("The rows of barcode cannot be brought into a sound database")
    assert picture(worked) == before


def test_a_backup_of_a_bad_database_says_so_and_comes_back_only_when_that_is_accepted(
    worked, url, other_url, file, clock
):
    wrong = (
        "UPDATE balance SET quantity = quantity + 1 WHERE product_id = (SELECT id FROM product WHERE sku = 'LOTTED')"
    )
    worked.work(lambda tx: tx.plain(wrong))
    done = backup(url, file)
    assert not done.report.ok
    with pytest.raises(errors.Unsound) as refused:
        restore(other_url, file)
    assert not refused.value.report.ok
    assert "so nothing was changed" in refused.value.text()
    restored = restore(other_url, file, accepts_problems=True)
    assert not restored.report.ok
    assert picture_at(other_url, clock) == picture(worked)


def test_a_number_that_is_not_exact_is_never_rounded(sqlite_url, file):
    with closing(Backend.open(sqlite_url)) as backend:
        backend.work(lambda tx: tx.plain("UPDATE location SET closed = 0.5 WHERE id = 1"))
    with pytest.raises(errors.NotExact) as refused:
        backup(sqlite_url, file)
    assert "wms verify" in refused.value.text()


def test_a_damaged_file_in_the_way_is_left_and_named(worked, url, file, tmp_path):
    backup(url, file, checks=False)
    target = tmp_path / "broken.sqlite"
    restore(f"sqlite:///{target}", file)
    content = bytearray(target.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    target.write_bytes(content)
    with pytest.raises(errors.DamagedInTheWay) as refused:
        restore(f"sqlite:///{target}", file, Consent.DISCARD_NEWER)
    assert "Rename it, then restore again." in refused.value.text()


def test_every_column_has_a_kind():
    kinds = {backup_text.kind_of(column) for table in metadata.tables.values() for column in table.columns}
    assert kinds >= {"whole", "text", "moment", "day", "truth", "decimal 6", "decimal 4"}


def test_texts_survive_their_escapes():
    for name in STRANGE:
        escaped = name
        for plain, told in backup_text.ESCAPES.items():
            escaped = escaped.replace(plain, told)
        assert backup_text.cells(escaped.encode()) == [name]
    assert backup_text.cells(b"\\N\t") == [None, ""]
    assert list(backup_text.lines([b"a", b"b\nc", b"\n", b""])) == [b"ab", b"c"]
