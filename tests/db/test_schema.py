"""The migrations make what the models say, and the ledger they make refuses changes."""

from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from tests.support.ledger import RECEIPT, line, picture, post, receive, reverse
from wms_tui.db import schema
from wms_tui.db.tables import metadata
from wms_tui.services.backend import Backend
from wms_tui.services.seals import seal


def test_head_is_the_newest_migration():
    files = sorted((Path(schema.MIGRATIONS) / "versions").glob("[0-9]*.py"))
    assert files[-1].name[:4] == schema.HEAD
    for before, after in pairwise(files):
        assert f'down_revision = "{before.name[:4]}"' in after.read_text(encoding="utf-8")


def of_the_models(name, kind, parents):
    """The search index is spelled differently on each engine, and is no model."""
    return not (kind == "table" and name.startswith(("product_search", "product_piece"))) and name != "ix_product_sku_c"


def test_migrations_make_what_the_models_say(bare_url):
    with closing(Backend.open(bare_url)) as backend:

        def compare(tx):
            options = {"compare_type": True, "version_table": schema.VERSION_TABLE, "include_name": of_the_models}
            context = MigrationContext.configure(tx.connection, opts=options)
            return compare_metadata(context, metadata)

        assert backend.work(compare) == []


def test_constraints_are_named_as_the_models_name_them(bare_url):
    with closing(Backend.open(bare_url)) as backend:

        def look(tx):
            found = inspect(tx.connection)
            return {
                check["name"]
                for table in metadata.tables
                for check in found.get_check_constraints(table)
                if check["name"]
            }

        found = backend.work(look, writes=False)
    wanted = {
        str(constraint.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert found == wanted


@pytest.fixture
def ledger(backend, catalog, keeper):
    number = post(backend, keeper, RECEIPT, line("BOLT", 5, target="A1"), line("NUT", 5, target="A1")).number
    receive(backend, keeper, "NUT", 1)
    reverse(backend, keeper, number)
    seal(backend, "owner")
    return backend


CHANGES = {
    "update": "UPDATE {table} SET id = id",
    "update a text": "UPDATE {table} SET {column} = 'x'",
    "update to null": "UPDATE {table} SET {column} = NULL WHERE id = 1",
    "delete one": "DELETE FROM {table} WHERE id = 1",
    "delete all": "DELETE FROM {table}",
}
TABLES = {
    "document": "note",
    "movement": "unit_cost",
    "audit_event": "subject",
    "seal": "hash",
    "seal_piece": "hash",
}


def refuse(backend, statement):
    before = picture(backend)
    with pytest.raises(DBAPIError, match="append-only"):
        backend.work(lambda tx: tx.connection.execute(text(statement)))
    assert picture(backend) == before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("table", TABLES)
def test_plain_sql_cannot_change_the_ledger(ledger, table, change):
    column = TABLES[table]
    if table == "movement" and "'x'" in change:
        change = change.replace("'x'", "1")
    refuse(ledger, change.format(table=table, column=column))


@pytest.mark.parametrize("table", TABLES)
def test_emptying_a_table_of_the_ledger_is_refused(ledger, table):
    if ledger.where.startswith("/"):
        refuse(ledger, f"DELETE FROM {table} WHERE 1")
    else:
        refuse(ledger, f"TRUNCATE {table} CASCADE")


UPSERTS = {
    "sqlite": ["INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1", "REPLACE INTO {table} {select}"],
    "postgresql": ["INSERT INTO {table} {select} ON CONFLICT (id) DO UPDATE SET id = excluded.id"],
}


@pytest.mark.parametrize("table", TABLES)
def test_an_insert_cannot_replace_a_row_of_the_ledger(ledger, table):
    dialect = "sqlite" if ledger.where.startswith("/") else "postgresql"
    for statement in UPSERTS[dialect]:
        refuse(ledger, statement.format(table=table, select=f"SELECT * FROM {table} WHERE id = 1"))


COLUMNS = (
    "number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at, request_id, request_hash, "
    "reverses_id"
)


@pytest.mark.parametrize("unique", ["number", "request_id", "reverses_id"])
def test_sqlite_cannot_replace_a_document_by_another_key(ledger, unique):
    if not ledger.where.startswith("/"):
        pytest.skip("INSERT OR REPLACE is SQLite's alone")
    others = {"number": "'other number'", "request_id": "'other request'", "reverses_id": "NULL"}
    values = ", ".join(name if name == unique or name not in others else others[name] for name in COLUMNS.split(", "))
    refuse(ledger, f"INSERT OR REPLACE INTO document ({COLUMNS}) SELECT {values} FROM document WHERE id = 3")


BROKEN = {
    "negative balance": "UPDATE balance SET quantity = -1",
    "no quantity": "INSERT INTO movement {columns} SELECT {zero} FROM movement WHERE id = 1",
    "no such product": "UPDATE balance SET product_id = 4711",
    "no such kind of location": "UPDATE location SET kind = 'shelf'",
    "a second product of one SKU": "UPDATE product SET sku = 'BOLT'",
    "a second barcode of one code": "UPDATE barcode SET code = 'BOLT-BAG'",
    "a lot of no product": "UPDATE lot SET product_id = NULL",
    "a factor of nothing": "UPDATE product_unit SET factor = 0",
}


@pytest.mark.parametrize("statement", BROKEN.values(), ids=BROKEN)
def test_rows_that_make_no_sense_are_refused_by_the_database_itself(ledger, statement):
    columns = "document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id, entered_quantity"
    names = f"{columns}, user_id, at"
    before = picture(ledger)
    filled = statement.format(columns=f"({names})", zero=names.replace(" quantity", " 0", 1))
    with pytest.raises(DBAPIError, match=r"(?i)constraint|violates"):
        ledger.work(lambda tx: tx.connection.execute(text(filled)))
    assert picture(ledger) == before
