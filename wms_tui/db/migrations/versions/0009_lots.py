"""Lots: how long they must still keep, why one is taken all the same, and which one should have gone first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NEW_PERMISSIONS = {"admin": ("expiry.override",)}


def upgrade() -> None:
    op.add_column("product", sa.Column("receipt_life_days", sa.Integer(), nullable=True))
    op.add_column("product", sa.Column("issue_life_days", sa.Integer(), nullable=True))
    op.add_column("draft_scan", sa.Column("override", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("draft_scan", sa.Column("passed", sa.String(length=80), nullable=False, server_default=""))
    op.add_column("draft_scan", sa.Column("passed_at", sa.String(length=80), nullable=False, server_default=""))
    op.create_index("ix_balance_lot_id", "balance", ["lot_id"])
    grant()


def grant() -> None:
    """Give the role that came with the program what it holds from now on; a new database has no roles yet."""
    for role, permissions in NEW_PERMISSIONS.items():
        for permission in permissions:
            op.execute(
                "INSERT INTO role_permission (role_id, permission) "
                f"SELECT id, '{permission}' FROM role WHERE name = '{role}' AND NOT EXISTS ("
                f"SELECT 1 FROM role_permission WHERE role_id = role.id AND permission = '{permission}')"
            )
