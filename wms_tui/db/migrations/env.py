"""Alembic's environment: the caller gives the connection and owns the transaction."""

from __future__ import annotations

from alembic import context

from wms_tui.db.schema import VERSION_TABLE
from wms_tui.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
