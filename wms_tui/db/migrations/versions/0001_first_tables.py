"""The first tables: catalog, locations, ledger, people, audit and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wms_tui.db import types

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_catalog()
    create_locations()
    create_access()
    create_audit()
    create_movements()
    create_entry()


def create_catalog() -> None:
    op.create_table(
        "unit",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("code", name="uq_unit_code"),
    )
    op.create_table(
        "category",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("path", sa.String(length=800), nullable=False),
        sa.Column("parent_id", types.Key, nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name="fk_category_parent_id_category"),
        sa.PrimaryKeyConstraint("id", name="pk_category"),
        sa.UniqueConstraint("path", name="uq_category_path"),
    )
    op.create_index("ix_category_parent_id", "category", ["parent_id"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("sku", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("category_id", types.Key, nullable=True),
        sa.Column("specification", sa.Text(), nullable=False),
        sa.Column("unit_id", types.Key, nullable=False),
        sa.Column("price", types.Exact(4), nullable=True),
        sa.Column("cost", types.Exact(4), nullable=True),
        sa.Column("tracking", sa.String(length=10), nullable=False),
        sa.Column("shelf_life_days", sa.Integer(), nullable=True),
        sa.Column("min_stock", types.Exact(6), nullable=True),
        sa.Column("max_stock", types.Exact(6), nullable=True),
        sa.Column("reorder_quantity", types.Exact(6), nullable=True),
        sa.Column("lead_time_days", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("updated_at", types.Moment(), nullable=False),
        sa.CheckConstraint("tracking IN ('none', 'lot', 'expiry', 'serial')", name=op.f("ck_product_tracking")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name="fk_product_category_id_category"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_product_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_product"),
        sa.UniqueConstraint("sku", name="uq_product_sku"),
    )
    op.create_index("ix_product_category_id", "product", ["category_id"], unique=False)
    op.create_table(
        "product_unit",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("product_id", types.Key, nullable=False),
        sa.Column("unit_id", types.Key, nullable=False),
        sa.Column("factor", types.Exact(6), nullable=False),
        sa.CheckConstraint("factor > 0", name=op.f("ck_product_unit_factor")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_product_unit_product_id_product"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_product_unit_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_product_unit"),
        sa.UniqueConstraint("product_id", "unit_id", name="uq_product_unit_product_id_unit_id"),
    )
    op.create_table(
        "barcode",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("product_id", types.Key, nullable=False),
        sa.Column("unit_id", types.Key, nullable=True),
        sa.Column("quantity", types.Exact(6), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_barcode_quantity")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_barcode_product_id_product"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_barcode_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_barcode"),
        sa.UniqueConstraint("code", name="uq_barcode_code"),
    )
    op.create_index("ix_barcode_product_id", "barcode", ["product_id"], unique=False)


def create_locations() -> None:
    op.create_table(
        "location",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("parent_id", types.Key, nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('warehouse', 'zone', 'aisle', 'bin', 'supplier', 'customer', 'loss', 'scrap', 'transit')",
            name=op.f("ck_location_kind"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["location.id"], name="fk_location_parent_id_location"),
        sa.PrimaryKeyConstraint("id", name="pk_location"),
        sa.UniqueConstraint("code", name="uq_location_code"),
    )
    op.create_index("ix_location_parent_id", "location", ["parent_id"], unique=False)


def create_access() -> None:
    op.create_table(
        "role",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role"),
        sa.UniqueConstraint("name", name="uq_role_name"),
    )
    op.create_table(
        "role_permission",
        sa.Column("role_id", types.Key, nullable=False),
        sa.Column("permission", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_role_permission_role_id_role"),
        sa.PrimaryKeyConstraint("role_id", "permission", name="pk_role_permission"),
    )
    op.create_table(
        "user",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_key", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role_id", types.Key, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("badge_code", sa.String(length=120), nullable=True),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_user_role_id_role"),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("badge_code", name="uq_user_badge_code"),
        sa.UniqueConstraint("name_key", name="uq_user_name_key"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=43), nullable=False),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("terminal", sa.String(length=200), nullable=False),
        sa.Column("started_at", types.Moment(), nullable=False),
        sa.Column("ended_at", types.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_session_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
    )
    op.create_index("ix_session_user_id", "session", ["user_id"], unique=False)
    op.create_table(
        "sign_in_failure",
        sa.Column("name_key", sa.String(length=40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", types.Moment(), nullable=True),
        sa.Column("at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name_key", name="pk_sign_in_failure"),
    )


def create_audit() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("user_id", types.Key, nullable=True),
        sa.Column("terminal", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_audit_event_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
    )
    op.create_index("ix_audit_event_subject_id", "audit_event", ["subject", "id"], unique=False)


def create_movements() -> None:
    op.create_table(
        "lot",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("product_id", types.Key, nullable=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("manufactured", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.CheckConstraint("(id = 0) = (product_id IS NULL)", name=op.f("ck_lot_product")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_lot_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_lot"),
        sa.UniqueConstraint("product_id", "number", name="uq_lot_product_id_number"),
    )
    op.create_table(
        "reason",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_reason_direction")),
        sa.PrimaryKeyConstraint("id", name="pk_reason"),
        sa.UniqueConstraint("code", name="uq_reason_code"),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    op.create_table(
        "document",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("terminal", sa.String(length=200), nullable=False),
        sa.Column("happened_at", types.Moment(), nullable=False),
        sa.Column("posted_at", types.Moment(), nullable=False),
        sa.Column("request_id", sa.String(length=120), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("reverses_id", types.Key, nullable=True),
        sa.ForeignKeyConstraint(["reverses_id"], ["document.id"], name="fk_document_reverses_id_document"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_document_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("number", name="uq_document_number"),
        sa.UniqueConstraint("request_id", name="uq_document_request_id"),
        sa.UniqueConstraint("reverses_id", name="uq_document_reverses_id"),
    )
    op.create_index("ix_document_happened_at", "document", ["happened_at"], unique=False)
    op.create_index("ix_document_kind_id", "document", ["kind", "id"], unique=False)
    op.create_index("ix_document_posted_at", "document", ["posted_at"], unique=False)
    op.create_index(
        "ix_document_reference",
        "document",
        ["reference"],
        unique=False,
        postgresql_ops={"reference": "text_pattern_ops"},
    )
    op.create_index("ix_document_user_id_id", "document", ["user_id", "id"], unique=False)
    op.create_table(
        "movement",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("document_id", types.Key, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", types.Key, nullable=False),
        sa.Column("lot_id", types.Key, nullable=False),
        sa.Column("source_id", types.Key, nullable=False),
        sa.Column("target_id", types.Key, nullable=False),
        sa.Column("quantity", types.Exact(6), nullable=False),
        sa.Column("unit_id", types.Key, nullable=False),
        sa.Column("entered_quantity", types.Exact(6), nullable=False),
        sa.Column("unit_cost", types.Exact(4), nullable=True),
        sa.Column("reason_id", types.Key, nullable=True),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_movement_quantity")),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_movement_places")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_movement_document_id_document"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_movement_lot_id_lot"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_movement_product_id_product"),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name="fk_movement_reason_id_reason"),
        sa.ForeignKeyConstraint(["source_id"], ["location.id"], name="fk_movement_source_id_location"),
        sa.ForeignKeyConstraint(["target_id"], ["location.id"], name="fk_movement_target_id_location"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_movement_unit_id_unit"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_movement_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_movement"),
    )
    op.create_index("ix_movement_document_id", "movement", ["document_id"], unique=False)
    op.create_index("ix_movement_product_id_document_id", "movement", ["product_id", "document_id"], unique=False)
    op.create_index("ix_movement_source_id_document_id", "movement", ["source_id", "document_id"], unique=False)
    op.create_index("ix_movement_target_id_document_id", "movement", ["target_id", "document_id"], unique=False)
    op.create_table(
        "balance",
        sa.Column("product_id", types.Key, nullable=False),
        sa.Column("location_id", types.Key, nullable=False),
        sa.Column("lot_id", types.Key, nullable=False),
        sa.Column("quantity", types.Exact(6), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_balance_quantity")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_balance_location_id_location"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_balance_lot_id_lot"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_balance_product_id_product"),
        sa.PrimaryKeyConstraint("product_id", "location_id", "lot_id", name="pk_balance"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_balance_location_id_product_id", "balance", ["location_id", "product_id"], unique=False)


def create_entry() -> None:
    op.create_table(
        "draft",
        sa.Column("id", types.Key, nullable=False),
        sa.Column("user_id", types.Key, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("request_id", sa.String(length=120), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("source_id", types.Key, nullable=True),
        sa.Column("target_id", types.Key, nullable=True),
        sa.Column("reason_id", types.Key, nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("pending_quantity", types.Exact(6), nullable=True),
        sa.Column("pending_code", sa.String(length=120), nullable=False),
        sa.Column("pending_lot", sa.String(length=80), nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.Column("saved_at", types.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name="fk_draft_reason_id_reason"),
        sa.ForeignKeyConstraint(["source_id"], ["location.id"], name="fk_draft_source_id_location"),
        sa.ForeignKeyConstraint(["target_id"], ["location.id"], name="fk_draft_target_id_location"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_draft_user_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("request_id", name="uq_draft_request_id"),
        sa.UniqueConstraint("user_id", "kind", name="uq_draft_user_id_kind"),
    )
    op.create_table(
        "draft_scan",
        sa.Column("draft_id", types.Key, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("product_id", types.Key, nullable=False),
        sa.Column("unit_id", types.Key, nullable=False),
        sa.Column("factor", types.Exact(6), nullable=False),
        sa.Column("quantity", types.Exact(6), nullable=False),
        sa.Column("lot", sa.String(length=80), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("source_id", types.Key, nullable=False),
        sa.Column("target_id", types.Key, nullable=False),
        sa.Column("reason_id", types.Key, nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_draft_scan_draft_id_draft"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_draft_scan_product_id_product"),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name="fk_draft_scan_reason_id_reason"),
        sa.ForeignKeyConstraint(["source_id"], ["location.id"], name="fk_draft_scan_source_id_location"),
        sa.ForeignKeyConstraint(["target_id"], ["location.id"], name="fk_draft_scan_target_id_location"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_draft_scan_unit_id_unit"),
        sa.PrimaryKeyConstraint("draft_id", "seq", name="pk_draft_scan"),
    )
