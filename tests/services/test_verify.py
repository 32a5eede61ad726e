"""The audit: clean on what the program writes, and naming each row that plain SQL has spoiled."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.ledger import RECEIPT, document, line, picture
from tests.support.threads import held_open
from wms_tui.services import movements
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify


def spoil(backend, *statements):
    """Plain SQL with every guard of the database switched off."""
    with backend._engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            for (name,) in list(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))):
                connection.execute(text(f"DROP TRIGGER {name}"))
            connection.execute(text("PRAGMA foreign_keys = OFF"))
            connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
            for table in ("balance", "movement"):
                for constraint in (f"ck_{table}_quantity", "ck_movement_places"):
                    connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint}"))
            for constraint in ("request_id", "number", "reverses_id"):
                connection.execute(text(f"ALTER TABLE document DROP CONSTRAINT IF EXISTS uq_document_{constraint}"))
        for statement in statements:
            connection.execute(text(statement))
        connection.invalidate()


def problems(backend, name):
    """The problems of one check, as JSON has them: the same in full and since a checkpoint at which nothing was."""
    reports = [json.loads(json.dumps(verify(backend, full).as_dict())) for full in (True, False)]
    assert not any(report["ok"] for report in reports)
    found = [check["problems"] for report in reports for check in report["checks"] if check["name"] == name]
    assert found[0] == found[-1]
    return found[0]


ONE = 1_000_000
"""A quantity in plain SQL on SQLite; PostgreSQL has it divided."""


def scaled(backend, quantity):
    return quantity * ONE if backend.where.startswith("/") else quantity


def test_a_sound_database_has_no_problems(busy):
    report = verify(busy)
    assert report.ok, report.as_dict()
    rows = {check.name: check.rows for check in report.checks}
    assert rows["Balances equal the ledger"] == 4
    assert rows["Movements have two places and a quantity above 0"] == 8
    assert rows["Each document has its lines"] == 7


def test_an_empty_database_has_no_problems(backend):
    assert verify(backend).ok


CHECKPOINT = ("checkpoint", "checkpoint_sum", "checkpoint_series")


def test_the_audit_writes_nothing_but_its_checkpoint(busy):
    before = picture(busy)
    assert verify(busy, full=False).kept
    after = picture(busy)
    assert {name for name in after if after[name] != before[name]} == set(CHECKPOINT)
    assert not verify(busy, keeps=False).kept
    assert picture(busy) == after


def test_the_audit_sees_one_moment_while_others_write(busy, keeper):
    with held_open(busy, lambda tx: movements.post(tx, keeper, document(RECEIPT, line("BOLT", 1, target="A1")))):
        assert verify(busy, keeps=False).ok


AT_A1 = (
    "product_id = (SELECT id FROM product WHERE sku = 'BOLT') "
    "AND location_id = (SELECT id FROM location WHERE code = 'A1')"
)


def test_a_balance_that_differs_is_named(busy):
    spoil(busy, f"UPDATE balance SET quantity = {scaled(busy, 7)} WHERE {AT_A1}")
    assert problems(busy, "Balances equal the ledger") == [
        {"sku": "BOLT", "location": "A1", "expected": "8", "found": "7"}
    ]
    assert problems(busy, "Every product sums to zero over all locations") == [
        {"sku": "BOLT", "expected": "0", "found": "-1"}
    ]


def test_a_balance_that_is_missing_is_named(busy):
    spoil(busy, "DELETE FROM balance WHERE lot_id <> 0")
    assert problems(busy, "Balances equal the ledger") == [
        {"sku": "LOTTED", "location": "A1", "lot": "L1", "expected": "5", "found": "none"}
    ]


def test_a_balance_that_the_ledger_does_not_know_is_named(busy):
    product = "(SELECT id FROM product WHERE sku = 'NUT')"
    place = "(SELECT id FROM location WHERE code = 'A2')"
    spoil(busy, f"INSERT INTO balance (product_id, location_id, lot_id, quantity) VALUES ({product}, {place}, 0, 1)")
    (problem,) = problems(busy, "Balances equal the ledger")
    assert (problem["sku"], problem["location"], problem["expected"]) == ("NUT", "A2", "0")


def test_a_movement_that_was_changed_is_found_out(busy):
    spoil(busy, f"UPDATE movement SET quantity = {scaled(busy, 11)} WHERE id = 1")
    assert problems(busy, "Balances equal the ledger") == [
        {"sku": "BOLT", "location": "A1", "expected": "9", "found": "8"}
    ]


def test_a_movement_that_was_deleted_is_found_out(busy):
    spoil(busy, "DELETE FROM movement WHERE document_id = (SELECT id FROM document WHERE number = 'A-2026-000001')")
    assert problems(busy, "Balances equal the ledger") == [
        {"sku": "FLOUR", "location": "AISLE", "expected": "0", "found": "0.000001"}
    ]
    assert problems(busy, "Each document has its lines") == [
        {"number": "A-2026-000001", "expected": ">= 1", "found": "0"}
    ]


def test_a_line_that_was_deleted_is_found_out(busy):
    document = "(SELECT id FROM document WHERE number = 'T-2026-000001')"
    spoil(busy, f"DELETE FROM movement WHERE document_id = {document} AND line = 1")
    assert problems(busy, "Each document has its lines") == [
        {"number": "T-2026-000001", "expected": "lines 1 to 1", "found": "lines 2 to 2"}
    ]


def test_a_negative_balance_is_named(busy):
    spoil(busy, f"UPDATE balance SET quantity = {scaled(busy, -3)} WHERE {AT_A1}")
    assert problems(busy, "No stock is negative") == [{"sku": "BOLT", "location": "A1", "expected": "0", "found": "-3"}]


def test_a_balance_at_a_place_without_stock_is_named(busy):
    spoil(
        busy,
        f"UPDATE balance SET location_id = (SELECT id FROM location WHERE code = 'CUSTOMER') WHERE {AT_A1}",
        "UPDATE balance SET location_id = 4711 WHERE lot_id <> 0",
    )
    assert problems(busy, "Balances stand only where stock is held") == [
        {"sku": "BOLT", "location": "CUSTOMER", "expected": "bin, aisle", "found": "customer"},
        {"sku": "LOTTED", "location": "#4711", "lot": "L1", "expected": "bin, aisle", "found": "?"},
    ]


def test_a_movement_to_a_zone_is_named(busy):
    spoil(busy, "UPDATE movement SET target_id = (SELECT id FROM location WHERE code = 'ZONE') WHERE id = 1")
    assert problems(busy, "Movements touch only places that take part in them") == [
        {"sku": "BOLT", "location": "ZONE", "number": "R-2026-000001", "found": "zone"}
    ]


def test_a_movement_without_a_distance_or_a_quantity_is_named(busy):
    spoil(
        busy,
        "UPDATE movement SET target_id = source_id WHERE id = 1",
        "UPDATE movement SET quantity = 0 WHERE id = 2",
    )
    assert problems(busy, "Movements have two places and a quantity above 0") == [
        {
            "sku": "BOLT",
            "location": "SUPPLIER",
            "number": "R-2026-000001",
            "expected": "two places",
            "found": "one place",
        },
        {
            "sku": "BOLT",
            "location": "SUPPLIER",
            "number": "R-2026-000002",
            "expected": "quantity > 0",
            "found": "quantity <= 0",
        },
    ]


def test_another_products_lot_is_named(busy):
    spoil(busy, "UPDATE movement SET lot_id = (SELECT id FROM lot WHERE number = 'M1') WHERE id = 1")
    assert problems(busy, "Lots belong to the product that is moved") == [
        {"sku": "BOLT", "location": "A1", "lot": "M1", "number": "R-2026-000001", "expected": "BOLT", "found": "MILK"}
    ]


def copy_of_document(backend, **changes):
    """An INSERT that repeats document 1 with other values."""
    columns = ["number", "kind", "reference", "partner", "note", "user_id", "terminal", "happened_at", "posted_at"]
    columns += ["request_id", "request_hash", "reverses_id"]
    values = ", ".join(changes.get(column, column) for column in columns)
    return f"INSERT INTO document ({', '.join(columns)}) SELECT {values} FROM document WHERE id = 1"


UNIQUE_NO_MORE = """
    UPDATE sqlite_master SET sql = replace(sql, 'UNIQUE (request_id)', 'UNIQUE (request_id, id)')
    WHERE name = 'document'
"""


def test_a_request_that_was_posted_twice_is_named(busy):
    if busy.where.startswith("/"):
        spoil(busy, "PRAGMA writable_schema = ON", UNIQUE_NO_MORE)
    spoil(busy, copy_of_document(busy, number="'R-2026-000009'"))
    (problem,) = problems(busy, "Each request was posted once")
    assert problem["number"] == "R-2026-000001 … R-2026-000009"


def test_a_gap_in_the_numbers_is_named(busy):
    spoil(busy, copy_of_document(busy, number="'R-2026-000006'", request_id="'other'"))
    assert problems(busy, "Document numbers have no gaps") == [
        {"number": "R-2026-000006", "expected": "4", "found": "6"}
    ]
    assert problems(busy, "Counters stand at the last number") == [{"number": "R-2026", "expected": "6", "found": "3"}]


def test_a_series_that_does_not_begin_at_one_is_named(busy):
    spoil(busy, "UPDATE document SET number = 'I-2027-000002' WHERE kind = 'issue'")
    assert problems(busy, "Document numbers have no gaps") == [
        {"number": "I-2027-000002", "expected": "1", "found": "2"}
    ]
    assert problems(busy, "Counters stand at the last number") == [
        {"number": "I-2026", "expected": "0", "found": "1"},
        {"number": "I-2027", "expected": "2", "found": "none"},
    ]


@pytest.mark.parametrize("number", ["I-2026-000009", "R-26-1", "", "R-2026-00000x", "r-2026-000001", "R-2026-1"])
def test_a_number_that_is_none_is_named(busy, number):
    spoil(busy, f"UPDATE document SET number = '{number}' WHERE id = 1")
    (problem,) = problems(busy, "Document numbers say kind, year and count")
    assert problem.get("number", "") == number
    assert problem["expected"] == "R-YYYY-NNNNNN"


REVERSAL = "(SELECT id FROM document WHERE kind = 'reversal')"


@pytest.mark.parametrize("column", ["quantity", "entered_quantity", "line", "lot_id", "source_id", "unit_id"])
def test_a_reversal_that_does_not_mirror_is_named(busy, column):
    other = "(SELECT id FROM location WHERE code = 'A2')" if column == "source_id" else f"{column} + 1"
    spoil(busy, f"UPDATE movement SET {column} = {other} WHERE document_id = {REVERSAL}")
    line_number = 2 if column == "line" else 1
    assert problems(busy, "Reversals mirror their originals") == [
        {"number": "V-2026-000001", "expected": "line 1 of I-2026-000001", "found": "no such line"},
        {"number": "V-2026-000001", "expected": "no such line", "found": f"line {line_number}"},
    ]


def test_a_reversal_of_nothing_is_named(busy):
    spoil(busy, "UPDATE document SET reverses_id = NULL")
    assert problems(busy, "Reversals mirror their originals") == [
        {"number": "V-2026-000001", "expected": "reversal of another document", "found": "reversal of nothing"}
    ]


def test_missing_triggers_are_named(busy):
    assert verify(busy).ok
    if busy.where.startswith("/"):
        spoil(busy)
        tables = ("document", "movement", "audit_event", "seal", "seal_piece")
        wanted = {f"{table}_no_{verb}" for table in tables for verb in ("update", "delete", "replace")}
    else:
        with busy._engine.connect() as connection:
            connection.execute(text("DROP TRIGGER document_append_only ON document"))
            connection.execute(text("ALTER TABLE movement DISABLE TRIGGER USER"))
        wanted = {"document_append_only", "movement_append_only"}
    assert {problem["number"] for problem in problems(busy, "The ledger refuses changes")} == wanted


def test_sums_beyond_64_bits_are_taken_exactly(busy):
    most = 9_000_000_000_000_000_000 if busy.where.startswith("/") else 9_000_000_000_000
    columns = (
        "document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id, entered_quantity, user_id, at"
    )
    for number in range(3):
        values = (
            columns.replace("line", str(number + 10)).replace("entered_quantity", "1").replace(" quantity", f" {most}")
        )
        spoil(busy, f"INSERT INTO movement ({columns}) SELECT {values} FROM movement WHERE id = 1")
    assert problems(busy, "Balances equal the ledger") == [
        {"sku": "BOLT", "location": "A1", "expected": "27000000000008", "found": "8"}
    ]
    assert problems(busy, "Every product sums to zero over all locations") == [
        {"sku": "BOLT", "expected": "0", "found": "-27000000000000"}
    ]


def test_many_problems_are_cut_off_and_said_to_be(busy):
    spoil(busy, *[copy_of_document(busy, number=f"'bad {n}'", request_id=f"'r {n}'") for n in range(1002)])
    (check,) = [c for c in verify(busy).checks if c.name == "Document numbers say kind, year and count"]
    assert (len(check.problems), check.more) == (1000, True)


def test_a_binary_float_among_the_numbers_of_sqlite_is_named(sqlite_url):
    with closing(Backend.open(sqlite_url)) as backend:
        with backend._engine.connect() as connection:
            columns = "sku, name, specification, unit_id, cost, tracking, active, version, created_at, updated_at"
            values = "'X', '', '', 1, 0.5, 'none', 1, 1, '', ''"
            connection.execute(text(f"INSERT INTO product ({columns}) VALUES ({values})"))
        assert problems(backend, "Numbers are exact") == [
            {"number": "product.cost", "expected": "integer", "found": "real"}
        ]


def test_a_broken_reference_in_sqlite_is_named(sqlite_url):
    with closing(Backend.open(sqlite_url)) as backend:
        spoil(backend, "INSERT INTO role_permission (role_id, permission) VALUES (99, 'x')")
        (problem,) = problems(backend, "References lead somewhere")
        assert problem["number"].startswith("role_permission")
        assert problem["expected"] == "row of role"


OTHER_COLUMN = """
    UPDATE sqlite_master SET sql = replace(sql, '(user_id)', '(terminal)') WHERE name = 'ix_session_user_id'
"""


def test_a_broken_index_in_sqlite_is_named(sqlite_url):
    with closing(Backend.open(sqlite_url)) as backend:
        with backend._engine.connect() as connection:
            connection.execute(text("PRAGMA writable_schema = ON"))
            connection.execute(text(OTHER_COLUMN))
            connection.execute(
                text(
                    "INSERT INTO session (id, user_id, terminal, started_at) "
                    "SELECT 'a', id, 'somewhere', created_at FROM user LIMIT 1"
                )
            )
            connection.invalidate()
        found = problems(backend, "The database file is sound")
        assert any("ix_session_user_id" in problem["found"] for problem in found)


def test_a_damaged_sqlite_file_fails_checks_instead_of_ending_the_audit(sqlite_url):
    with closing(Backend.open(sqlite_url)) as backend:
        with backend._engine.connect() as connection:
            sql = text("SELECT rootpage FROM sqlite_master WHERE name = 'document'")
            page = connection.execute(sql).scalar_one()
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            connection.invalidate()
        with Path(sqlite_url.removeprefix("sqlite:///")).open("r+b") as file:
            file.seek((page - 1) * 4096)
            file.write(b"\xa5" * 4096)
        found = [problem.found for check in verify(backend).checks for problem in check.problems]
        assert any("malformed" in said for said in found)


def test_a_quantity_as_entered_that_was_changed_is_named(busy):
    spoil(busy, f"UPDATE movement SET entered_quantity = {scaled(busy, 11)} WHERE id = 1")
    assert problems(busy, "What was entered in the base unit is what was moved") == [
        {"sku": "BOLT", "location": "A1", "number": "R-2026-000001", "expected": "10", "found": "11"}
    ]


def test_a_location_under_itself_is_named(busy):
    spoil(busy, "UPDATE location SET parent_id = id WHERE code = 'A1'")
    assert problems(busy, "Locations form a tree") == [
        {"location": "A1", "expected": "under a root", "found": "under itself"}
    ]
