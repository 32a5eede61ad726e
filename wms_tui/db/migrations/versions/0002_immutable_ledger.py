"""Documents, movements and audit events can only be appended, for plain SQL as well; and lot 0, the lot of no lot.

SQLite's INSERT OR REPLACE deletes without asking a DELETE trigger, so an insert over an existing row is refused, too.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = {
    "document": "id = NEW.id OR number = NEW.number OR request_id = NEW.request_id OR reverses_id = NEW.reverses_id",
    "movement": "id = NEW.id",
    "audit_event": "id = NEW.id",
}


def upgrade() -> None:
    op.execute("INSERT INTO lot (id, product_id, number) VALUES (0, NULL, '')")
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    for table, same in TABLES.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}")
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
        )


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION wms_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION wms_append_only()"
        )
