"""Printers of labels with their queue, and the permission to print."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wms_tui.db import types

revision = "0007"
down_revision = "0006"

NEW_PERMISSIONS = {"admin": ("label.print",), "keeper": ("label.print",)}


def upgrade() -> None:
    create_label_printer()
    create_label_job()
    grant()


def create_label_printer() -> None:
    op.create_table(
        "label_printer",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(length=400), nullable=False),
        sa.Column("size", sa.String(length=20), nullable=False),
        sa.Column("dpi", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('zpl', 'pdf')", name=op.f("ck_label_printer_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_label_printer"),
        sa.UniqueConstraint("name", name="uq_label_printer_name"),
    )


def create_label_job() -> None:
    op.create_table(
        "label_job",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("printer_id", types.Key, nullable=False),
        sa.Column("request_id", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=20), nullable=False),
        sa.Column("next_try", types.Moment(), nullable=True),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("terminal", sa.String(length=200), nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("changed_at", types.Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'unsure', 'failed', 'cancelled')",
            name=op.f("ck_label_job_state"),
        ),
        sa.ForeignKeyConstraint(["printer_id"], ["label_printer.id"], name="fk_label_job_printer_id_label_printer"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_label_job_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_label_job"),
        sa.UniqueConstraint("request_id", name="uq_label_job_request_id"),
    )
    op.create_index("ix_label_job_printer_id", "label_job", ["printer_id"])
    op.create_index("ix_label_job_state_next_try", "label_job", ["state", "next_try"])


def grant() -> None:
    """Give the roles that came with the program what they hold from now on; a new database has no roles yet."""
    for role, permissions in NEW_PERMISSIONS.items():
        for permission in permissions:
            op.execute(
                "INSERT INTO role_permission (role_id, permission) "
                f"SELECT id, '{permission}' FROM role WHERE name = '{role}' AND NOT EXISTS ("
                f"SELECT 1 FROM role_permission WHERE role_id = role.id AND permission = '{permission}')"
            )
