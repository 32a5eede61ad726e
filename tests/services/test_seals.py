"""Seals: nothing that they cover can be changed, removed or inserted unnoticed, by whatever means."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from tests.services.test_verify import spoil
from tests.support.ledger import RECEIPT, document, line, picture, post, receive
from tests.support.threads import PATIENCE, all_at_once, held_open
from wms_tui.db import verify_seals
from wms_tui.db.seals import newest
from wms_tui.db.tables import metadata
from wms_tui.domain.seals import COLUMNS, NothingToSeal, StillBusy, hashes_in
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.services.seals import seal
from wms_tui.services.verify import verify

CHAIN, SEALED = "The chain of seals is whole", "What was sealed is as it was"


def found(backend, name, **options):
    """(number, expected, found) of the problems of one check."""
    (check,) = [check for check in verify(backend, **options).checks if check.name == name]
    return [(problem.number, problem.expected, problem.found) for problem in check.problems]


@pytest.fixture
def sealed(busy):
    """A busy warehouse under one seal."""
    seal(busy, "owner")
    return busy


class TestSealing:
    def test_a_seal_covers_every_row_and_chains_on_the_one_before(self, sealed, keeper):
        receive(sealed, keeper, "BOLT", 1)
        again = seal(sealed, "owner")
        first, second = picture(sealed)["seal"]
        assert (second.id, second.hash, second.previous) == (again.id, again.hash, first.hash)
        assert (first.sealed_by, first.previous) == ("owner", "")
        assert (first.document_rows, first.movement_rows) == (7, 8)
        assert (second.document_rows, second.movement_rows, second.audit_event_rows) == (1, 1, 1)
        assert verify(sealed).ok

    def test_many_rows_are_sealed_by_several_seals(self, busy, monkeypatch):
        monkeypatch.setattr("wms_tui.db.seals.ROWS_A_PIECE", 2)
        monkeypatch.setattr("wms_tui.services.seals.PIECES_A_SEAL", 3)
        told = []
        made = seal(busy, "owner", progress=lambda done, total: told.append((done, total)))
        tables = picture(busy)
        assert len(tables["seal"]) == made.id > 4
        assert made.rows == sum(len(tables[name]) for name in COLUMNS)
        assert told == sorted(told)
        assert told[-1][0] == told[-1][1]
        assert verify(busy).ok
        assert seal(busy, "owner").again

    def test_where_nothing_is_new_the_newest_seal_is_told_again(self, sealed):
        before = picture(sealed)
        again = seal(sealed, "somebody else")
        assert (again.id, again.by, again.again) == (1, "owner", True)
        assert picture(sealed) == before

    def test_an_empty_warehouse_has_nothing_to_seal(self, bare_url):
        backend = Backend.open(bare_url)
        with pytest.raises(NothingToSeal, match="nothing to seal"):
            seal(backend, "owner")
        backend.close()

    def test_two_who_seal_at_once_make_one_chain(self, sealed, keeper):
        receive(sealed, keeper, "BOLT", 1)
        made = all_at_once([lambda: seal(sealed, "one"), lambda: seal(sealed, "two")])
        assert {one.id for one in made} == {2}
        assert sorted(one.again for one in made) == [False, True]
        assert verify(sealed).ok

    def test_progress_comes_to_the_end(self, busy):
        told = []
        seal(busy, "owner", progress=lambda done, total: told.append((done, total)))
        assert told[-1][0] == told[-1][1] > 0


def outsiders_line(*values):
    """The format as its description says it, by other means."""
    fields = [b"-," if value is None else b"%d:%b," % (len(value.encode()), value.encode()) for value in values]
    return b"".join(fields) + b"\n"


def as_described(table, name, value):
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    if isinstance(value, Decimal):
        return str(int(value * (10**4 if name == "unit_cost" else 10**6)))
    return str(value)


def outsiders_hash(backend, seal_row):
    """A first seal over less than a piece of each table, from the rows as Python has them."""
    tables = picture(backend)
    parts, pieces = [], []
    for table, columns in COLUMNS.items():
        rows = sorted(tables[table], key=lambda row: row.id)
        lines = [outsiders_line(*(as_described(table, name, getattr(row, name)) for name in columns)) for row in rows]
        last, count = str(rows[-1].id), str(len(rows))
        parts.append(outsiders_line(table, last, count))
        pieces.append(outsiders_line(table, last, count, hashlib.sha256(b"".join(lines)).hexdigest()))
    head = outsiders_line("wms seal", "1", "1", as_described("seal", "at", seal_row.at), seal_row.sealed_by, "")
    return hashlib.sha256(b"".join([head, *parts, *pieces])).hexdigest()


class TestFormat:
    def test_an_outsider_computes_the_same_hash_on_both_engines(self, busy, keeper):
        cheap = line("FLOUR", "0.000001", target="A1", unit_cost=Decimal("0.0001"))
        post(busy, keeper, RECEIPT, cheap, note="牛奶 \\ 5:x,")
        made = seal(busy, "业主")
        (row,) = picture(busy)["seal"]
        assert made.hash == row.hash == outsiders_hash(busy, row)

    @pytest.mark.parametrize("table", COLUMNS)
    def test_every_column_is_sealed(self, table):
        assert COLUMNS[table] == tuple(column.name for column in metadata.tables[table].c)

    def test_hashes_are_found_in_what_was_printed(self):
        one, two = "a" * 64, "0123456789abcdef" * 4
        assert hashes_in(f"Seal 1: {one}\n\n{two.upper()}\n{one}, {one}0") == (one, two)


THEN = "'2020-01-01T00:00:00.000000+00:00'"
NUMBERS = {"line", "quantity", "entered_quantity", "unit_cost"}


def other_value(name):
    """SQL for another value of a column."""
    if name in {"at", "happened_at", "posted_at"}:
        return THEN
    is_number = name in NUMBERS or (name.endswith("_id") and name != "request_id")
    return f"COALESCE({name}, 0) + 1" if is_number else f"'x' || substr({name}, 2)"


def tampered(backend, *statements):
    """What is found after plain SQL with the triggers off, all of which is then taken back."""

    def job(tx):
        if tx.dialect.name == "sqlite":
            for (name,) in tx.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
                tx.plain(f"DROP TRIGGER {name}")
            tx.plain("PRAGMA defer_foreign_keys = ON")
        else:
            tx.plain("SET LOCAL session_replication_role = replica")
        for statement in statements:
            tx.plain(statement)
        found = verify_seals.rows(0, lambda _done, _total: None, tx.connection)
        tx.plain("ROLLBACK")
        tx.plain("BEGIN")
        return [(problem.number, problem.expected, problem.found) for problem in found.problems]

    return backend.work(job)


class TestTampering:
    @pytest.mark.parametrize("table", COLUMNS)
    def test_a_change_of_any_column_names_the_row(self, sealed, table):
        for name in COLUMNS[table][1:]:
            statement = f"UPDATE {table} SET {name} = {other_value(name)} WHERE id = 2"
            assert tampered(sealed, statement) == [(f"{table} #2", "as in seal 1", "changed")], name
        assert tampered(sealed) == []

    def test_null_is_told_from_an_empty_text(self, sealed):
        spoil(sealed, "UPDATE movement SET unit_cost = NULL WHERE id = 1")
        assert found(sealed, SEALED) == [("movement #1", "as in seal 1", "changed")]

    @pytest.mark.parametrize("table", COLUMNS)
    def test_a_removed_row_is_missed(self, sealed, table):
        spoil(sealed, f"DELETE FROM {table} WHERE id = 3")
        assert found(sealed, SEALED) == [(f"{table} after #2", "1 rows of seal 1", "removed")]

    @pytest.mark.parametrize(("place", "before"), [("-5", "below the first"), ("0", "as the first"), ("5", "in a gap")])
    def test_an_inserted_row_is_named(self, busy, place, before):
        columns = "document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id, entered_quantity"
        columns += ", user_id, at"
        spoil(busy, "DELETE FROM movement WHERE id = 5")
        seal(busy, "owner")
        spoil(busy, f"INSERT INTO movement (id, {columns}) SELECT {place}, {columns} FROM movement WHERE id = 2")
        assert found(busy, SEALED) == [(f"movement #{place}", "as in seal 1", "inserted")]

    def test_two_rows_that_changed_places_are_named(self, sealed):
        spoil(
            sealed,
            "UPDATE audit_event SET id = -1 WHERE id = 2",
            "UPDATE audit_event SET id = 2 WHERE id = 3",
            "UPDATE audit_event SET id = 3 WHERE id = -1",
        )
        assert found(sealed, SEALED) == [(f"audit_event #{n}", "as in seal 1", "changed") for n in (2, 3)]

    def test_a_row_in_any_of_many_pieces_is_named(self, busy, monkeypatch):
        monkeypatch.setattr("wms_tui.db.seals.ROWS_A_PIECE", 3)
        seal(busy, "owner")
        assert len(picture(busy)["seal_piece"]) > 6
        assert verify(busy).ok
        spoil(busy, "UPDATE movement SET reason_id = 2 WHERE id IN (3, 4, 8)", "DELETE FROM movement WHERE id = 7")
        changed = [(f"movement #{n}", "as in seal 1", "changed") for n in (3, 4)]
        assert found(busy, SEALED)[:2] == changed
        assert any(number == "movement #8" for number, _, _ in found(busy, SEALED))

    def test_a_blob_in_the_place_of_a_text_is_a_change(self, sealed):
        if not sealed.where.startswith("/"):
            pytest.skip("only SQLite keeps blobs among texts")
        spoil(sealed, "UPDATE document SET note = CAST(note AS BLOB) WHERE id = 1")
        assert found(sealed, SEALED) == [("document #1", "as in seal 1", "changed")]

    def test_changed_marks_are_told_and_hide_nothing(self, sealed):
        spoil(sealed, "UPDATE seal_piece SET marks = 'x' || substr(marks, 2) WHERE sealed = 'movement'")
        assert found(sealed, SEALED) == [("movement up to #8", "marks of seal 1", "other marks")]
        spoil(sealed, "UPDATE movement SET line = 9 WHERE id = 8")
        assert found(sealed, SEALED)

    def test_rows_after_the_seal_are_not_its_matter(self, sealed, keeper):
        receive(sealed, keeper, "BOLT", 1)
        assert verify(sealed).ok


@pytest.fixture
def thrice(sealed, keeper):
    """Three seals."""
    for _ in range(2):
        receive(sealed, keeper, "BOLT", 1)
        seal(sealed, "owner")
    return sealed


class TestChain:
    NUMBERS = ("format", "document_last", "movement_rows", "audit_event_last")
    CHANGES = (
        *(f"{name} = {name} + 1" for name in NUMBERS),
        *("sealed_by = 'x'", f"at = {THEN}", "previous = 'x'", "hash = 'x'"),
    )

    @pytest.mark.parametrize("change", CHANGES)
    def test_a_changed_seal_is_named(self, thrice, change):
        spoil(thrice, f"UPDATE seal SET {change} WHERE id = 2")
        assert "seal 2" in {number for number, _, _ in found(thrice, CHAIN)}

    @pytest.mark.parametrize("change", ["hash = 'x'", "rows = rows + 1", "last_id = last_id + 100", "seal_id = 3"])
    def test_a_changed_piece_is_named(self, thrice, change):
        spoil(thrice, f"UPDATE seal_piece SET {change} WHERE seal_id = 2 AND sealed = 'movement'")
        assert "seal 2" in {number for number, _, _ in found(thrice, CHAIN)}

    def test_a_removed_piece_is_named(self, thrice):
        spoil(thrice, "DELETE FROM seal_piece WHERE seal_id = 2 AND sealed = 'document'")
        assert ("seal 2", "document: 1 rows", "document: 0 rows") in found(thrice, CHAIN)

    def test_a_removed_seal_is_named(self, thrice):
        spoil(thrice, "DELETE FROM seal_piece WHERE seal_id = 2", "DELETE FROM seal WHERE id = 2")
        assert ("seal 2", "seal 3") in [problem[1:] for problem in found(thrice, CHAIN)]

    def test_a_removed_last_seal_is_missed_only_by_who_kept_its_hash(self, thrice):
        kept = thrice.work(lambda tx: newest(tx.connection))[1]
        spoil(thrice, "DELETE FROM seal_piece WHERE seal_id = 3", "DELETE FROM seal WHERE id = 3")
        assert found(thrice, CHAIN) == []
        assert found(thrice, CHAIN, hashes=[kept]) == [(f"seal {kept}", "a seal of this hash", "none")]

    def test_pieces_of_a_seal_that_is_gone_are_named(self, thrice):
        spoil(thrice, "DELETE FROM seal WHERE id = 3")
        assert ("seal 3", "none") in [problem[1:] for problem in found(thrice, CHAIN)]

    def test_history_that_was_sealed_anew_is_missed_only_by_who_kept_a_hash(self, thrice):
        kept = [row.hash for row in picture(thrice)["seal"]]
        spoil(thrice, "UPDATE audit_event SET terminal = 'x' WHERE id = 1")
        spoil(thrice, "DELETE FROM seal_piece", "DELETE FROM seal")
        seal(thrice, "owner")
        assert found(thrice, CHAIN) == found(thrice, SEALED) == []
        assert [expected for _, expected, _ in found(thrice, CHAIN, hashes=kept)] == ["a seal of this hash"] * 3

    def test_kept_hashes_of_a_sound_chain_are_found(self, thrice):
        kept = [row.hash for row in picture(thrice)["seal"]]
        assert found(thrice, CHAIN, hashes=kept) == []


class TestLateRows:
    """On PostgreSQL a row with a lower id may be committed after one with a higher id."""

    def test_a_seal_waits_for_who_writes_and_covers_what_he_wrote(self, busy, keeper, other_keeper):
        if busy.where.startswith("/"):
            pytest.skip("SQLite has one writer")
        slow = document(RECEIPT, line("BOLT", 1, target="A1"))
        with ThreadPoolExecutor(1) as pool, held_open(busy, lambda tx: movements.post(tx, keeper, slow)) as release:
            lower = busy.work(lambda tx: tx.connection.execute(text("SELECT last_value FROM movement_id_seq")).scalar())
            busy.work(lambda tx: tx.connection.execute(text(AN_EVENT)))
            sealing = pool.submit(seal, busy, "owner")
            with pytest.raises(TimeoutError):
                sealing.result(0.3)
            release()
            made = sealing.result(PATIENCE)
        row = picture(busy)["seal"][0]
        assert (row.id, row.hash) == (made.id, made.hash)
        assert verify(busy).ok
        receive(busy, keeper, "BOLT", 1)
        assert seal(busy, "owner").id == 2
        assert picture(busy)["seal"][1].movement_last > lower
        assert verify(busy).ok

    def test_a_seal_does_not_wait_for_ever(self, busy, keeper):
        if busy.where.startswith("/"):
            pytest.skip("SQLite has one writer")
        slow = document(RECEIPT, line("BOLT", 1, target="A1"))
        with held_open(busy, lambda tx: movements.post(tx, keeper, slow)):
            with pytest.raises(StillBusy, match=r"for 0\.1 seconds"):
                seal(busy, "owner", patience=0.1)
            assert picture(busy)["seal"] == []

    def test_a_seal_does_not_wait_for_who_only_reads(self, busy):
        def reads(tx):
            return tx.connection.execute(select(metadata.tables["movement"])).all()

        if busy.where.startswith("/"):
            pytest.skip("SQLite has one writer")
        with held_open(busy, reads):
            assert seal(busy, "owner", patience=0.1).id == 1


AN_EVENT = """
    INSERT INTO audit_event (at, terminal, action, subject, before, after) VALUES (now(), '', 'test', '', '', '')
"""
