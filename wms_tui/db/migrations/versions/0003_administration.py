"""Administration: price history, partners, settings, a user's theme, role versions, and the permissions that go along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wms_tui.db import types

revision = "0003"
down_revision = "0002"

NEW_PERMISSIONS = {
    "admin": (
        "count.approve",
        "count.review",
        "count.work",
        "partner.edit",
        "price.edit",
        "role.manage",
        "setup.edit",
    ),
    "keeper": ("count.work",),
    "finance": ("count.approve", "count.review", "price.edit"),
}


def upgrade() -> None:
    op.add_column("role", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("user", sa.Column("theme", sa.String(length=8), nullable=False, server_default=""))
    create_setup()
    create_price_change()
    grant()


def create_setup() -> None:
    op.create_table(
        "partner",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('supplier', 'customer', 'both')", name=op.f("ck_partner_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_partner"),
        sa.UniqueConstraint("code", name="uq_partner_code"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )


def create_price_change() -> None:
    op.create_table(
        "price_change",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("product_id", types.Key, nullable=False),
        sa.Column("field", sa.String(length=10), nullable=False),
        sa.Column("before", types.Exact(4), nullable=True),
        sa.Column("after", types.Exact(4), nullable=True),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.CheckConstraint("field IN ('price', 'cost')", name=op.f("ck_price_change_field")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_price_change_product_id_product"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_price_change_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_price_change"),
    )
    op.create_index("ix_price_change_product_id_id", "price_change", ["product_id", "id"])


def grant() -> None:
    """Give the roles that came with the program what they hold from now on; a new database has no roles yet."""
    for role, permissions in NEW_PERMISSIONS.items():
        for permission in permissions:
            op.execute(
                "INSERT INTO role_permission (role_id, permission) "
                f"SELECT id, '{permission}' FROM role WHERE name = '{role}'"
            )
