"""PostgreSQL: the search index knows windows of ids, and a category's products stand in the order of lists."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP INDEX ix_product_search_pieces")
    op.execute(
        "CREATE INDEX ix_product_search_pieces ON product_search "
        "USING gin ((ARRAY[product_id >> 14, -1 - (product_id >> 17)]), pieces) WITH (fastupdate = off)"
    )
    op.execute("DROP INDEX ix_product_category_id_sku")
    op.execute('CREATE INDEX ix_product_category_id_sku ON product (category_id, sku COLLATE "C")')
