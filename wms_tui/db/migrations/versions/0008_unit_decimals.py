"""Whether goods may be counted in parts of a unit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wms_tui.domain.measures import quality_of

revision = "0008"
down_revision = "0007"

DIVIDED = """
    UPDATE unit SET decimals = {true} WHERE EXISTS (
        SELECT 1 FROM product JOIN balance ON balance.product_id = product.id
        WHERE product.unit_id = unit.id AND balance.quantity % {one} <> 0
    )
"""
"""Where there is a part of one in stock, it stays possible to move it."""


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("unit", sa.Column("decimals", sa.Boolean(), nullable=False, server_default=sa.false()))
    unit = sa.table("unit", sa.column("id"), sa.column("code"), sa.column("decimals", sa.Boolean()))
    measured = [key for key, code in op.get_bind().execute(sa.select(unit.c.id, unit.c.code)) if quality_of(code)]
    op.execute(sa.update(unit).where(unit.c.id.in_(measured)).values(decimals=True))
    op.execute(DIVIDED.format(true="1" if sqlite else "true", one="1000000" if sqlite else "1"))
