"""The application's role on PostgreSQL: it does all the work, and the server itself keeps it from the ledger."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.ledger import ADJUSTMENT, TRANSFER, issue, line, post, receive, reverse, stock
from tests.support.warehouse import add_catalog, signed_in
from wms_tui.db import grants, schema
from wms_tui.db.tables import metadata
from wms_tui.domain import database_errors as errors
from wms_tui.domain.privileges import BadDatabaseRole, RoleAbsent, RoleTooStrong, ServerOnly
from wms_tui.services.backend import Backend
from wms_tui.services.privileges import Granted, grant
from wms_tui.services.verify import verify

ROLE = 'wms-"clerk"-%s'
HERE = Path(__file__).parent
AT_WORK = [
    *("access", "audit", "catalog", "catalog_editing", "counting", "counting_at_once", "counting_review", "entry"),
    *("exactly_once", "exporting", "history_pages", "legs", "looking_up", "movements", "reversing", "role_table"),
    *("roles", "setup", "expiry", "first_expired", "serials", "devices"),
]
"""Files of tests of what is done at work, without ``test_``."""
OWNERS = "TestAudit or test_the_price_history_cannot_be_changed or test_verify_names"
"""Tests that try what the owner alone may try."""
LEDGER = ("document", "movement", "audit_event", "price_change")


def as_role(url, role=ROLE):
    return make_url(url).set(username=role).render_as_string(hide_password=False)


@pytest.fixture
def server(postgres_url):
    """The owner's connection; roles made here are gone afterwards."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        before = roles(connection)
        yield connection
        for name in roles(connection) - before:
            quoted = connection.execute("SELECT quote_ident(%s)", [name]).fetchone()[0]
            connection.execute(f"DROP OWNED BY {quoted}")
            connection.execute(f"DROP ROLE {quoted}")


def roles(connection):
    return {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}


@pytest.fixture
def granted_url(postgres_url, server, clock):
    """The database under the application's role."""
    with closing(Backend.open(postgres_url, clock)) as owner:
        add_catalog(owner)
    assert grant(postgres_url, ROLE) == Granted(ROLE, made=True)
    return as_role(postgres_url)


def test_the_role_does_a_days_work(granted_url, clock):
    with closing(Backend.open(granted_url, clock)) as backend:
        keeper = signed_in(backend, "ken")
        receive(backend, keeper, "BOLT", 10)
        post(backend, keeper, TRANSFER, line("BOLT", 4, source="A1", target="A2"))
        post(backend, keeper, ADJUSTMENT, line("BOLT", 1, target="A1", reason="FOUND"))
        reverse(backend, keeper, issue(backend, keeper, "BOLT", 2).number)
        assert stock(backend) == {("BOLT", "A1"): 7, ("BOLT", "A2"): 4}
        assert verify(backend).ok


REFUSED = (
    "UPDATE {table} SET id = id",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "DROP TRIGGER {table}_append_only ON {table}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION wms_append_only()",
    "DROP TABLE {table} CASCADE",
    "CREATE RULE mine AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "GRANT UPDATE ON {table} TO CURRENT_USER",
)
BEYOND = (
    "CREATE TABLE mine (id int)",
    "UPDATE wms_schema_version SET version_num = '9999'",
    "CREATE OR REPLACE FUNCTION wms_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    "SET session_replication_role = replica",
    "CREATE ROLE another",
    "TRUNCATE balance",
)


def test_the_server_itself_refuses_the_role(granted_url):
    """A grant by somebody who may not give is a warning to PostgreSQL; it must have given nothing."""
    allowed = []
    with psycopg.connect(granted_url, autocommit=True) as connection:
        for statement in (*(sql.format(table=table) for sql in REFUSED for table in LEDGER), *BEYOND):
            try:
                connection.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                continue
            allowed.append(statement)
        for table in LEDGER:
            for check in (
                "has_any_column_privilege(%s, 'UPDATE')",
                "has_table_privilege(%s, 'DELETE, TRUNCATE, TRIGGER')",
            ):
                assert connection.execute(f"SELECT {check}", [table]).fetchone() == (False,)
    assert [statement for statement in allowed if not statement.startswith("GRANT")] == []


def test_the_role_owns_nothing_and_each_table_was_thought_of(granted_url, server):
    owned = server.execute(
        "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = %s)", [ROLE]
    )
    assert owned.fetchone() == (0,)
    held = dict(
        server.execute(
            "SELECT relname, array_agg(privilege_type ORDER BY privilege_type) "
            "FROM pg_class, aclexplode(relacl) JOIN pg_roles ON pg_roles.oid = grantee "
            "WHERE rolname = %s AND relkind = 'r' GROUP BY relname",
            [ROLE],
        ).fetchall()
    )
    reading, adding = ["SELECT"], ["INSERT", "SELECT"]
    working = ["DELETE", "INSERT", "SELECT", "UPDATE"]
    assert set(held) == {*metadata.tables, "product_search", schema.VERSION_TABLE}
    assert held.pop(schema.VERSION_TABLE) == reading
    kept = {table for table, is_kept in server.execute(grants.TABLES).fetchall() if is_kept}
    assert kept >= set(LEDGER)
    assert held == {table: adding if table in kept else working for table in held}


def test_granting_again_changes_nothing_and_takes_back_what_was_added(granted_url, postgres_url, server):
    quoted = server.execute("SELECT quote_ident(%s)", [ROLE]).fetchone()[0]
    server.execute(f"GRANT ALL ON movement, wms_schema_version TO {quoted}")
    assert grant(postgres_url, ROLE) == Granted(ROLE, made=False)
    for table in ("movement", "wms_schema_version"):
        found = server.execute("SELECT has_table_privilege(%s, %s, 'UPDATE')", [ROLE, table]).fetchone()
        assert found == (False,)


def test_a_password_reaches_the_server_only_as_a_hash(postgres_url, server):
    grant(postgres_url, ROLE, "harbour lantern")
    (stored,) = server.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [ROLE]).fetchone()
    assert stored.startswith("SCRAM-SHA-256$")


LATER = {
    "unit": ["decimals"],
    "product": ["receipt_life_days", "issue_life_days"],
    "draft_scan": ["override", "passed", "passed_at", "manufactured"],
}
"""Columns that came after 0005."""


def test_an_upgrade_grants_the_tables_that_it_makes(granted_url, postgres_url, server):
    server.execute("DROP TABLE label_job, label_printer, device")
    server.execute("DROP INDEX ix_balance_lot_id")
    for table, columns in LATER.items():
        server.execute(f"ALTER TABLE {table} {', '.join(f'DROP COLUMN {column}' for column in columns)}")
    server.execute("DROP TABLE checkpoint_series, checkpoint_sum, checkpoint, seal_piece, seal CASCADE")
    server.execute("UPDATE wms_schema_version SET version_num = '0005'")
    with pytest.raises(errors.DatabaseForbidden) as refused:
        Backend.prepare(granted_url)
    assert "needs the owner's address" in refused.value.text()
    assert Backend.prepare(postgres_url) == ("0005", schema.HEAD)
    held = "SELECT has_table_privilege(%s, 'checkpoint', 'UPDATE'), has_table_privilege(%s, 'seal', 'UPDATE')"
    assert server.execute(held, [ROLE, ROLE]).fetchone() == (True, False)


def test_a_role_that_would_be_too_strong_is_refused(postgres_url, server):
    server.execute("CREATE ROLE wms_boss LOGIN SUPERUSER")
    server.execute("CREATE ROLE wms_writer LOGIN IN ROLE pg_write_all_data")
    server.execute("CREATE ROLE wms_deputy LOGIN")
    owner = server.execute("SELECT quote_ident(current_user)").fetchone()[0]
    server.execute(f"GRANT {owner} TO wms_deputy")
    for role in ("wms_boss", "wms_writer", "wms_deputy"):
        with pytest.raises(RoleTooStrong) as refused:
            grant(postgres_url, role)
        assert refused.value.text().startswith(f"The role {role} could change the ledger all the same")
        held = server.execute("SELECT count(*) FROM pg_class, aclexplode(relacl) WHERE grantee = %s::regrole", [role])
        assert held.fetchone() == (0,)


def test_only_the_owner_grants(granted_url):
    with pytest.raises(errors.DatabaseForbidden):
        grant(granted_url, "wms_other")
    with pytest.raises(errors.DatabaseForbidden):
        grant(granted_url, ROLE)


def test_an_owner_who_may_make_no_roles_is_told_who_can(postgres_url, server):
    server.execute("CREATE ROLE wms_owner LOGIN")
    server.execute("GRANT ALL ON SCHEMA public TO wms_owner")
    for (table,) in server.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ):
        server.execute(f'ALTER TABLE "{table}" OWNER TO wms_owner')
    with pytest.raises(RoleAbsent) as refused:
        grant(as_role(postgres_url, "wms_owner"), ROLE)
    assert "CREATE ROLE" in refused.value.text()
    server.execute("DROP OWNED BY wms_owner CASCADE")


@pytest.mark.parametrize("role", ["", "public", "pg_monitor", "r" * 64, "new\nline"])
def test_a_name_that_no_role_can_have_is_refused(postgres_url, role):
    with pytest.raises(BadDatabaseRole):
        grant(postgres_url, role)


def test_sqlite_knows_no_roles(sqlite_url):
    with pytest.raises(ServerOnly) as refused:
        grant(sqlite_url, ROLE)
    assert "wms db copy --to URL" in refused.value.text()


@pytest.mark.campaign
def test_all_that_the_tests_do_at_work_is_done_under_the_role(postgres_databases):
    """A minute and a half: the other tests of the services once more, under the role that a grant makes."""
    files = [str(HERE / f"test_{name}.py") for name in AT_WORK]
    command = [sys.executable, "-m", "pytest", "-q", "--granted", "-k", f"postgresql and not ({OWNERS})", *files]
    environment = {**os.environ, "WMS_TEST_DATABASE_URL": postgres_databases.url}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    print(done.stdout.splitlines()[-1])
