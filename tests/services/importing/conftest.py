"""Files as text, brought in through the real door."""

import pytest

from wms_tui.services.importing.report import ImportFile
from wms_tui.services.importing.tables import read_table


@pytest.fixture
def table_of(tmp_path):
    """Reads a text as a file of a kind."""

    def read(kind, text):
        path = tmp_path / "file.csv"
        path.write_text(text, encoding="utf-8")
        return read_table(str(path), kind)

    return read


@pytest.fixture
def bring_in(backend, table_of):
    """Runs an import of a text for an operator; further options as in ``ImportFile``."""

    def run(case, kind, actor, text, **options):
        return backend.run(case, actor, ImportFile(table_of(kind, text), **options))

    return run


@pytest.fixture
def contents(backend):
    """Every row of every table that an import may write, to show that nothing was written."""
    from sqlalchemy import select

    from wms_tui.db.tables import metadata

    tables = [table for name, table in sorted(metadata.tables.items()) if name not in {"session", "sign_in_failure"}]

    def read():
        return backend.work(
            lambda tx: {
                table.name: sorted(map(repr, tx.connection.execute(select(table)).fetchall())) for table in tables
            },
            writes=False,
        )

    return read
