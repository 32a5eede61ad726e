"""Devices: what is remembered of a terminal by its name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wms_tui.db import types

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("profile", sa.String(length=20), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("escape_delay", sa.Integer(), nullable=True),
        sa.Column("bell", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("bell IN ('', 'on', 'off', 'taken', 'refused')", name=op.f("ck_device_bell")),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("name", name="uq_device_name"),
    )
