"""A value that no program wrote: the audit names its column, and nobody who meets it sees a traceback."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.ledger import receive
from tests.support.warehouse import add_catalog, signed_in
from wms_tui.db.verify_cells import CELLS, DATED
from wms_tui.domain.catalog import ProductRef
from wms_tui.domain.database_errors import DatabaseDamaged
from wms_tui.domain.enquiry import HistoryQuery
from wms_tui.services import catalog, history
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify


@pytest.fixture
def spoilt(sqlite_url, clock):
    """A way to write past every guard, and the backend open on what was written."""
    with closing(Backend.open(sqlite_url, clock)) as backend:
        add_catalog(backend)
        keeper = signed_in(backend, "ken")
        receive(backend, keeper, "BOLT", 10)

        def write(sql):
            with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
                for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    connection.execute(f"DROP TRIGGER {name}")
                connection.execute("PRAGMA ignore_check_constraints = ON")
                connection.execute(sql)
            return backend, keeper

        yield write


def found(backend, name):
    return next(check for check in verify(backend).checks if check.name == name)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("document.happened_at", "'2026-02-31T10:00:00.000000+00:00'"),
        ("document.happened_at", "'2026-06-15 10:00:00'"),
        ("document.note", "CAST(x'61ff' AS TEXT)"),
        ("document.note", "x'61'"),
        ("lot.expires", "'2026-13-01'"),
        ("product.active", "7"),
        ("product.version", "'one'"),
        ("product.cost", "2.5"),
        ("movement.line", "1.5"),
    ],
)
def test_a_value_that_is_none_of_its_column_is_named(spoilt, column, value):
    table, name = column.split(".")
    backend, _ = spoilt(f"UPDATE {table} SET {name} = {value}")
    assert column in {problem.number for problem in found(backend, CELLS).problems}


def test_text_of_every_script_is_text(spoilt):
    backend, _ = spoilt("UPDATE document SET note = '螺栓 Ünïcode 🔩'")
    assert found(backend, CELLS).ok


def test_a_line_of_another_moment_than_its_document_is_named(spoilt):
    backend, _ = spoilt("UPDATE movement SET at = '2026-06-15T10:00:01.000000+00:00'")
    assert [problem.number for problem in found(backend, DATED).problems] == ["R-2026-000001"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE document SET happened_at = '2026-02-31T10:00:00.000000+00:00', posted_at = 'never'",
        "UPDATE document SET kind = 'neither'",
        "UPDATE product SET name = CAST(x'61ff' AS TEXT), tracking = 'neither'",
        "ALTER TABLE document RENAME COLUMN partner TO partnes",
    ],
)
def test_whoever_meets_such_a_value_is_told_that_the_file_is_damaged(spoilt, sql):
    backend, keeper = spoilt(sql)
    if "kind" in sql:
        spoilt("UPDATE movement SET at = 'never'")
    with pytest.raises(DatabaseDamaged):
        row = backend.run(history.page, keeper, HistoryQuery()).rows[0]
        backend.run(history.detail, keeper, row.number)
        backend.run(catalog.detail, keeper, ProductRef("BOLT"))


def test_an_error_of_the_program_itself_stays_what_it_is(spoilt):
    backend, _ = spoilt("SELECT 1")
    with pytest.raises(ZeroDivisionError):
        backend.work(lambda _tx: 1 / 0)
