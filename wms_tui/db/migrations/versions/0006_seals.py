"""Seals over the ledger, which refuse changes as the ledger does, and the checkpoint of the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wms_tui.db import types

revision = "0006"
down_revision = "0005"

APPEND_ONLY = {
    "seal": "id = NEW.id OR previous = NEW.previous OR hash = NEW.hash",
    "seal_piece": "id = NEW.id OR (sealed = NEW.sealed AND last_id = NEW.last_id)",
}


def upgrade() -> None:
    create_seal()
    create_seal_piece()
    create_checkpoint()
    create_checkpoint_sum()
    create_checkpoint_series()
    guard()


def create_seal() -> None:
    op.create_table(
        "seal",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("sealed_by", sa.String(length=200), nullable=False),
        sa.Column("document_last", types.Key, nullable=False),
        sa.Column("document_rows", types.Key, nullable=False),
        sa.Column("movement_last", types.Key, nullable=False),
        sa.Column("movement_rows", types.Key, nullable=False),
        sa.Column("audit_event_last", types.Key, nullable=False),
        sa.Column("audit_event_rows", types.Key, nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seal"),
        sa.UniqueConstraint("hash", name="uq_seal_hash"),
        sa.UniqueConstraint("previous", name="uq_seal_previous"),
    )


def create_seal_piece() -> None:
    op.create_table(
        "seal_piece",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("seal_id", types.Key, nullable=False),
        sa.Column("sealed", sa.String(length=20), nullable=False),
        sa.Column("last_id", types.Key, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["seal.id"], name="fk_seal_piece_seal_id_seal"),
        sa.PrimaryKeyConstraint("id", name="pk_seal_piece"),
        sa.UniqueConstraint("sealed", "last_id", name="uq_seal_piece_sealed_last_id"),
    )
    op.create_index("ix_seal_piece_seal_id", "seal_piece", ["seal_id"])


def create_checkpoint() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("version", types.Key, nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("document_id", types.Key, nullable=False),
        sa.Column("movement_id", types.Key, nullable=False),
        sa.Column("seal_id", types.Key, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_checkpoint_single")),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoint"),
    )


def create_checkpoint_sum() -> None:
    op.create_table(
        "checkpoint_sum",
        sa.Column("product_id", types.Key, nullable=False),
        sa.Column("location_id", types.Key, nullable=False),
        sa.Column("lot_id", types.Key, nullable=False),
        sa.Column("high", types.Quantity, nullable=False),
        sa.Column("low", types.Quantity, nullable=False),
        sa.PrimaryKeyConstraint("product_id", "location_id", "lot_id", name="pk_checkpoint_sum"),
        sqlite_with_rowid=False,
    )


def create_checkpoint_series() -> None:
    op.create_table(
        "checkpoint_series",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("documents", types.Key, nullable=False),
        sa.Column("highest", types.Key, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_checkpoint_series"),
    )


def guard() -> None:
    for table, same in APPEND_ONLY.items():
        if op.get_bind().dialect.name == "sqlite":
            _guard_sqlite(table, same)
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION wms_append_only()"
            )


def _guard_sqlite(table: str, same: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}")
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
    )
