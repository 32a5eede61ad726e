"""The audit's plain SQL, run by the driver alone: no row on a sound database, a row wherever somebody has been."""

import hashlib
import sqlite3

import psycopg
import pytest

from tests.services.test_verify import spoil
from wms_tui.db.audit_sql import lines_of_a_piece, statements
from wms_tui.services.seals import seal


def rows(url, dialect):
    """What each statement returns, by the check's name, where it returns anything."""
    if dialect == "sqlite":
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    else:
        connection = psycopg.connect(url, autocommit=True)
    try:
        found = {one.name: connection.execute(one.sql).fetchall() for one in statements(dialect)}
    finally:
        connection.close()
    return {name: result for name, result in found.items() if result}


@pytest.fixture
def sealed(busy):
    seal(busy, "owner")
    return busy


@pytest.fixture
def dialect(url):
    return url.split(":")[0]


def test_a_sound_database_returns_no_row(sealed, url, dialect):
    assert rows(url, dialect) == {}


BOLT = "product_id = (SELECT id FROM product WHERE sku = 'BOLT')"
TAMPERED = {
    "Every product sums to zero over all locations": f"UPDATE balance SET quantity = quantity + 1 WHERE {BOLT}",
    "Balances equal the ledger": f"UPDATE balance SET quantity = quantity + 1 WHERE {BOLT}",
    "No stock is negative": f"UPDATE balance SET quantity = -1 WHERE {BOLT}",
    "Balances stand only where stock is held": "UPDATE location SET kind = 'zone' WHERE code = 'A1'",
    "Movements touch only places that take part in them": "UPDATE location SET kind = 'zone' WHERE code = 'A1'",
    "Movements have two places and a quantity above 0": "UPDATE movement SET target_id = source_id WHERE id = 1",
    "What was entered in the base unit is what was moved": "UPDATE movement SET entered_quantity = 7 WHERE id = 1",
    "Locations form a tree": "UPDATE location SET parent_id = id WHERE code = 'A1'",
    "Lots belong to the product that is moved": "UPDATE movement SET lot_id = 1 WHERE id = 1",
    "Each document has its lines": "DELETE FROM movement WHERE id = 1",
    "Document numbers say kind, year and count": "UPDATE document SET number = 'x' WHERE id = 1",
    "Document numbers have no gaps": "UPDATE document SET number = 'R-2026-000009' WHERE id = 1",
    "Counters stand at the last number": "UPDATE counter SET value = value + 1",
    "Reversals mirror their originals": "UPDATE document SET reverses_id = NULL",
    "The chain of seals is whole": "UPDATE seal SET previous = 'x'",
    "What was sealed is as it was": "DELETE FROM audit_event WHERE id = 2",
}


@pytest.mark.parametrize(("name", "statement"), TAMPERED.items(), ids=TAMPERED)
def test_what_somebody_changed_returns_a_row(sealed, url, dialect, name, statement):
    spoil(sealed, statement)
    assert name in rows(url, dialect)


def test_triggers_that_are_gone_return_a_row(sealed, url, dialect):
    if dialect == "sqlite":
        spoil(sealed)
    else:
        sealed.work(lambda tx: tx.plain("ALTER TABLE seal DISABLE TRIGGER USER"))
    assert "The ledger refuses changes" in rows(url, dialect)


@pytest.mark.parametrize(
    "statement", ["UPDATE movement SET unit_cost = 7 WHERE id = 2", "UPDATE seal SET sealed_by = 'x'"]
)
def test_postgresql_hashes_by_itself(sealed, url, dialect, statement):
    if dialect == "sqlite":
        pytest.skip("SQLite has no SHA-256")
    spoil(sealed, statement)
    assert {"The chain of seals is whole", "What was sealed is as it was"} & set(rows(url, dialect))


def test_the_lines_of_a_piece_are_what_it_is_the_hash_of(sealed, url, dialect):
    for table in ("document", "movement", "audit_event"):
        lines, stored = sealed.work(
            lambda tx, table=table: (
                tx.connection.exec_driver_sql(lines_of_a_piece(dialect, table)).scalars().all(),
                tx.connection.exec_driver_sql(f"SELECT hash FROM seal_piece WHERE sealed = '{table}'").scalar(),
            )
        )
        assert hashlib.sha256(b"".join(lines)).hexdigest() == stored
