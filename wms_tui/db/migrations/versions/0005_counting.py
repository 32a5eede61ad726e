"""Counting: plans, their locations, the counters' desks, counted lines, every scan and every unknown code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wms_tui.db import types

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    create_count_plan()
    create_count_scope()
    create_count_bin()
    create_count_desk()
    create_count_line()
    create_count_scan()
    create_count_unknown()


def create_count_plan() -> None:
    op.create_table(
        "count_plan",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("anywhere", sa.Boolean(), nullable=False),
        sa.Column("filtered", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.String(length=120), nullable=False),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("approved_by", types.Key, nullable=True),
        sa.Column("approved_at", types.Moment(), nullable=True),
        sa.Column("document_id", types.Key, nullable=True),
        sa.CheckConstraint("state IN ('counting', 'review', 'posted', 'cancelled')", name=op.f("ck_count_plan_state")),
        sa.ForeignKeyConstraint(["approved_by"], ["user.id"], name="fk_count_plan_approved_by_user"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_count_plan_document_id_document"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_count_plan_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_count_plan"),
        sa.UniqueConstraint("request_id", name="uq_count_plan_request_id"),
    )
    op.create_index("ix_count_plan_state_id", "count_plan", ["state", "id"])


def create_count_scope() -> None:
    op.create_table(
        "count_scope",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("plan_id", types.Key, nullable=False),
        sa.Column("product_id", types.Key, nullable=True),
        sa.Column("category_id", types.Key, nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["count_plan.id"], name="fk_count_scope_plan_id_count_plan"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_count_scope_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_count_scope"),
    )
    op.create_index("ix_count_scope_plan_id", "count_scope", ["plan_id"])


def create_count_bin() -> None:
    op.create_table(
        "count_bin",
        sa.Column("plan_id", types.Key, nullable=False),
        sa.Column("location_id", types.Key, nullable=False),
        sa.Column("user_id", types.Key, nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("done_at", types.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_count_bin_location_id_location"),
        sa.ForeignKeyConstraint(["plan_id"], ["count_plan.id"], name="fk_count_bin_plan_id_count_plan"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_count_bin_user_id_user"),
        sa.PrimaryKeyConstraint("plan_id", "location_id", name="pk_count_bin"),
    )


def create_count_desk() -> None:
    op.create_table(
        "count_desk",
        sa.Column("plan_id", types.Key, nullable=False),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("location_id", types.Key, nullable=True),
        sa.Column("pending_quantity", types.Quantity, nullable=True),
        sa.Column("pending_code", sa.String(length=120), nullable=False),
        sa.Column("pending_lot", sa.String(length=80), nullable=False),
        sa.Column("saved_at", types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_count_desk_location_id_location"),
        sa.ForeignKeyConstraint(["plan_id"], ["count_plan.id"], name="fk_count_desk_plan_id_count_plan"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_count_desk_user_id_user"),
        sa.PrimaryKeyConstraint("plan_id", "user_id", name="pk_count_desk"),
    )


def create_count_line() -> None:
    op.create_table(
        "count_line",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("plan_id", types.Key, nullable=False),
        sa.Column("location_id", types.Key, nullable=False),
        sa.Column("product_id", types.Key, nullable=False),
        sa.Column("lot_id", types.Key, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("counted", types.Quantity, nullable=True),
        sa.Column("expected", types.Quantity, nullable=False),
        sa.Column("position", types.Key, nullable=False),
        sa.Column("before", types.Quantity, nullable=True),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.Column("implied", sa.Boolean(), nullable=False),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_count_line_counted")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_count_line_location_id_location"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_count_line_lot_id_lot"),
        sa.ForeignKeyConstraint(["plan_id"], ["count_plan.id"], name="fk_count_line_plan_id_count_plan"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_count_line_product_id_product"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_count_line_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_count_line"),
        sa.UniqueConstraint(
            "plan_id", "location_id", "product_id", "lot_id", name="uq_count_line_plan_id_location_id_product_id_lot_id"
        ),
    )
    op.create_index("ix_count_line_plan_id_location_id_at", "count_line", ["plan_id", "location_id", "at"])


def create_count_scan() -> None:
    op.create_table(
        "count_scan",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("plan_id", types.Key, nullable=False),
        sa.Column("line_id", types.Key, nullable=False),
        sa.Column("location_id", types.Key, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("unit_id", types.Key, nullable=False),
        sa.Column("factor", types.Quantity, nullable=False),
        sa.Column("quantity", types.Quantity, nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["count_line.id"], name="fk_count_scan_line_id_count_line"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_count_scan_location_id_location"),
        sa.ForeignKeyConstraint(["plan_id"], ["count_plan.id"], name="fk_count_scan_plan_id_count_plan"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_count_scan_unit_id_unit"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_count_scan_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_count_scan"),
    )
    op.create_index("ix_count_scan_line_id", "count_scan", ["line_id"])
    op.create_index("ix_count_scan_plan_id_location_id_id", "count_scan", ["plan_id", "location_id", "id"])


def create_count_unknown() -> None:
    op.create_table(
        "count_unknown",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("plan_id", types.Key, nullable=False),
        sa.Column("location_id", types.Key, nullable=True),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_count_unknown_location_id_location"),
        sa.ForeignKeyConstraint(["plan_id"], ["count_plan.id"], name="fk_count_unknown_plan_id_count_plan"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_count_unknown_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_count_unknown"),
    )
    op.create_index("ix_count_unknown_plan_id", "count_unknown", ["plan_id"])
