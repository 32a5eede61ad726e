"""Production dates: what a label says of one is kept with the draft until the lot is made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("draft_scan", sa.Column("manufactured", sa.Date(), nullable=True))
