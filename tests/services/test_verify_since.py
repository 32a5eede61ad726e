"""The audit since a checkpoint: it looks at what is new, skips no late row, and its checkpoint is what it says."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from tests.services.test_verify import copy_of_document, scaled, spoil
from tests.support.ledger import RECEIPT, document, issue, line, picture, receive
from tests.support.threads import PATIENCE, all_at_once, held_open
from wms_tui.db import checkpoint
from wms_tui.domain.database_errors import DatabaseReadOnly
from wms_tui.services import movements
from wms_tui.services.seals import seal
from wms_tui.services.verify import verify

SUMS = ("checkpoint_sum", "checkpoint_series")


def since(backend, **options):
    return verify(backend, full=False, **options)


def bad(report):
    return {check.name for check in report.checks if not check.ok}


@pytest.fixture
def checked(busy):
    """A warehouse with a past that was found clean."""
    assert since(busy).kept
    return busy


class TestSinceACheckpoint:
    def test_it_looks_at_what_is_new_alone(self, checked, keeper):
        receive(checked, keeper, "BOLT", 1)
        report = since(checked)
        assert report.ok
        assert report.since is not None
        rows = {check.name: check.rows for check in report.checks}
        assert rows["Movements have two places and a quantity above 0"] == 1
        assert rows["Each document has its lines"] == 1
        assert rows["Balances equal the ledger"] == 4
        assert rows["What was checked before is still there"] == 2

    def test_a_full_audit_looks_at_everything(self, checked):
        report = verify(checked)
        rows = {check.name: check.rows for check in report.checks}
        assert (report.since, rows["Movements have two places and a quantity above 0"]) == (None, 8)

    def test_without_a_checkpoint_it_looks_at_everything(self, backend):
        assert since(backend).since is None

    def test_any_balance_is_held_against_the_ledger(self, checked):
        spoil(checked, "UPDATE balance SET quantity = quantity + 1 WHERE lot_id <> 0")
        assert "Balances equal the ledger" in bad(since(checked))

    def test_a_changed_movement_before_it_is_left_to_the_full_audit_and_to_seals(self, checked):
        spoil(checked, f"UPDATE movement SET quantity = {scaled(checked, 11)} WHERE id = 1")
        assert bad(since(checked, keeps=False)) <= {"The ledger refuses changes"}
        assert "Balances equal the ledger" in bad(verify(checked))

    def test_a_line_added_to_an_old_document_is_found(self, checked):
        columns = "product_id, lot_id, source_id, target_id, quantity, unit_id, entered_quantity, user_id, at"
        spoil(
            checked,
            f"INSERT INTO movement (document_id, line, {columns}) SELECT document_id, 5, {columns} FROM movement "
            "WHERE id = 1",
        )
        assert {"Each document has its lines", "Balances equal the ledger"} <= bad(since(checked))

    def test_a_line_added_to_a_document_that_was_reversed_is_found(self, checked):
        columns = "product_id, lot_id, source_id, target_id, quantity, unit_id, entered_quantity, user_id, at"
        original = "(SELECT id FROM document WHERE kind = 'issue')"
        spoil(
            checked,
            f"INSERT INTO movement (document_id, line, {columns}) SELECT document_id, 2, {columns} FROM movement "
            f"WHERE document_id = {original}",
        )
        assert "Reversals mirror their originals" in bad(since(checked))

    def test_a_gap_after_it_is_named(self, checked):
        spoil(checked, copy_of_document(checked, number="'R-2026-000006'", request_id="'other'"))
        report = since(checked)
        (gaps,) = [check for check in report.checks if check.name == "Document numbers have no gaps"]
        assert [(problem.number, problem.expected) for problem in gaps.problems] == [("R-2026-000006", "4")]

    def test_an_older_ledger_under_it_is_found(self, checked):
        last = "(SELECT MAX(document_id) FROM movement)"
        spoil(checked, f"DELETE FROM movement WHERE document_id = {last}")
        assert "What was checked before is still there" in bad(since(checked))

    def test_seals_before_it_are_not_computed_again_unless_in_full(self, busy, keeper):
        seal(busy, "owner")
        assert since(busy).kept
        receive(busy, keeper, "BOLT", 1)
        seal(busy, "owner")
        sealed = [report.checks[-1].rows for report in (since(busy, keeps=False), verify(busy))]
        assert sealed[0] == 3
        assert sealed[1] > 20


class TestKeeping:
    def test_step_by_step_it_comes_to_what_a_full_audit_comes_to(self, checked, keeper):
        for number in range(3):
            receive(checked, keeper, "BOLT", number + 1)
            issue(checked, keeper, "BOLT", 1, source="A2")
            assert since(checked).kept
        stepwise = picture(checked)
        assert verify(checked).kept
        assert [picture(checked)[name] for name in SUMS] == [stepwise[name] for name in SUMS]

    def test_slices_of_any_size_come_to_the_same(self, checked, monkeypatch):
        whole = picture(checked)
        monkeypatch.setattr(checkpoint, "SLICE", 1)
        spoil_sums = "INSERT INTO checkpoint_sum (product_id, location_id, lot_id, high, low) VALUES ({}, 1, 0, 7, 7)"
        for product in (-1, 2, 4711):
            checked.work(lambda tx, product=product: tx.plain(spoil_sums.format(product)))
        assert verify(checked).kept
        assert [picture(checked)[name] for name in SUMS] == [whole[name] for name in SUMS]

    def test_it_is_kept_only_where_all_is_well(self, checked, keeper):
        receive(checked, keeper, "BOLT", 1)
        before = picture(checked)["checkpoint"]
        spoil(checked, "UPDATE counter SET value = value + 1")
        for full in (True, False):
            assert not verify(checked, full).kept
        assert picture(checked)["checkpoint"] == before

    def test_one_that_was_left_half_written_counts_for_nothing(self, checked, monkeypatch):
        monkeypatch.setattr(checkpoint, "finish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            since(checked)
        monkeypatch.undo()
        report = since(checked)
        assert (report.since, report.kept) == (None, True)
        assert since(checked).since is not None

    def test_two_at_once_leave_one_that_holds(self, checked, keeper):
        receive(checked, keeper, "BOLT", 1)
        jobs = [lambda: since(checked), lambda: verify(checked), lambda: since(checked)]
        assert all(report.ok for report in all_at_once(jobs))
        assert since(checked).ok
        stepwise = picture(checked)
        assert verify(checked).kept
        if stepwise["checkpoint"][0].ready:
            assert [picture(checked)[name] for name in SUMS] == [stepwise[name] for name in SUMS]

    def test_who_may_not_write_still_gets_the_report(self, checked, monkeypatch):
        def refuse(*_):
            raise DatabaseReadOnly(where="here")

        monkeypatch.setattr(checkpoint, "begin", refuse)
        report = since(checked)
        assert (report.ok, report.kept) == (True, False)

    def test_a_read_only_postgresql_still_gets_the_report(self, postgres_databases, postgres_url):
        from wms_tui.services.backend import Backend

        name = postgres_url.rsplit("/", 1)[1]
        postgres_databases._connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        backend = Backend.open(postgres_url)
        report = verify(backend)
        backend.close()
        assert (report.ok, report.kept) == (True, False)


class TestLateRows:
    """On PostgreSQL a row with a lower id may be committed after one with a higher id."""

    @pytest.fixture(autouse=True)
    def _on_postgresql(self, checked):
        if checked.where.startswith("/"):
            pytest.skip("SQLite has one writer")

    @staticmethod
    def overtaken(keeper):
        return document(RECEIPT, line("BOLT", 1, target="A1"))

    def test_no_checkpoint_is_kept_above_a_row_that_may_still_come(self, checked, keeper, other_keeper):
        slow = self.overtaken(keeper)
        with held_open(checked, lambda tx: movements.post(tx, keeper, slow)):
            report = since(checked, patience=0.1)
            assert (report.ok, report.kept) == (True, False)

    def test_a_late_row_is_waited_for_and_in_the_checkpoint(self, checked, keeper):
        slow = self.overtaken(keeper)
        with ThreadPoolExecutor(1) as pool, held_open(checked, lambda tx: movements.post(tx, keeper, slow)) as release:
            later_row_of_another_series(checked)
            audit = pool.submit(since, checked)
            with pytest.raises(TimeoutError):
                audit.result(0.3)
            release()
            assert audit.result(PATIENCE).kept
        rows = picture(checked)
        assert rows["checkpoint"][0].movement_id == max(row.id for row in rows["movement"])
        assert since(checked).ok
        assert verify(checked).ok

    def test_a_late_row_that_is_bad_is_found_by_the_next_one(self, checked, keeper):
        slow = self.overtaken(keeper)

        def late(tx):
            movements.post(tx, keeper, slow)
            tx.plain("UPDATE balance SET quantity = quantity + 1 WHERE lot_id = 0 AND quantity > 1")

        with held_open(checked, late) as release:
            later_row_of_another_series(checked)
            assert since(checked, patience=0.1).ok
            release()
        assert "Balances equal the ledger" in bad(since(checked))


ADJUSTED = """
    INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at,
        request_id, request_hash)
    SELECT 'A-2026-000002', kind, reference, partner, note, user_id, terminal, happened_at, posted_at, 'later', ''
    FROM document WHERE number = 'A-2026-000001'
"""
MOVED = """
    INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, user_id, at)
    SELECT (SELECT MAX(id) FROM document), line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, user_id, at
    FROM movement WHERE document_id = (SELECT id FROM document WHERE number = 'A-2026-000001')
"""
BALANCED = """
    UPDATE balance SET quantity = quantity + 0.000001 WHERE (product_id, location_id) =
        (SELECT product_id, target_id FROM movement WHERE document_id = (SELECT MAX(id) FROM document))
"""
COUNTED = "UPDATE counter SET value = 2 WHERE name = 'A-2026'"


def later_row_of_another_series(backend):
    """A whole document with higher ids than the one that is still open, of a kind whose counter nobody holds."""

    def job(tx):
        for statement in (ADJUSTED, MOVED, BALANCED, COUNTED):
            tx.connection.execute(text(statement))

    backend.work(job)
