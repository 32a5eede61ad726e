"""The audit as plain SQL, for whoever checks a database without this program."""

from __future__ import annotations

from wms_tui.db.audit_sql import lines_of_a_piece, statements
from wms_tui.domain.seals import COLUMNS
from wms_tui.domain.verify import Statement


def audit_sql(engine: str) -> list[Statement]:
    """One statement for each check of ``sqlite`` or ``postgresql``; each returns no row when all is well."""
    return statements(engine)


def sealed_lines_sql(engine: str) -> list[Statement]:
    """For each table that is sealed a statement that prints what the hash of its first piece is taken of."""
    return [Statement(table, lines_of_a_piece(engine, table)) for table in COLUMNS]
