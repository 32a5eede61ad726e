"""The audit's look at what guards the ledger: triggers, and the soundness of a SQLite file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from wms_tui.db.verify import MOST_PROBLEMS, count
from wms_tui.db.verify_cells import CELLS, DATED, cells, dated
from wms_tui.db.verify_scope import Scope
from wms_tui.domain.texts import N_
from wms_tui.domain.verify import Checked, Problem

TRIGGERS = N_("The ledger refuses changes")
EXACT = N_("Numbers are exact")
INTEGRITY = N_("The database file is sound")
REFERENCES = N_("References lead somewhere")

GUARDED = ("document", "movement", "audit_event", "seal", "seal_piece")
SQLITE_TRIGGERS = {f"{table}_no_{verb}": table for table in GUARDED for verb in ("update", "delete", "replace")}
POSTGRES_TRIGGERS = {f"{table}_append_only": table for table in GUARDED}
ENABLED = f"""
    SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE tgenabled IN ('O', 'A') AND proname = 'wms_append_only' AND strpos(prosrc, 'RAISE EXCEPTION') > 0
    AND tgrelid IN ({", ".join(f"'{table}'::regclass" for table in GUARDED)})
"""
DECIMALS = {
    "movement": ("quantity", "entered_quantity", "unit_cost"),
    "balance": ("quantity",),
    "product": ("price", "cost", "min_stock", "max_stock", "reorder_quantity"),
    "product_unit": ("factor",),
    "barcode": ("quantity",),
    "count_line": ("counted", "expected", "before"),
    "count_scan": ("quantity", "factor"),
    "checkpoint_sum": ("high", "low"),
}


def guards(dialect: str, scope: Scope) -> list[tuple[str, Callable[[Connection], Checked]]]:
    """The checks that look at the database itself, by name; those that read the whole file only in full."""
    if dialect == "postgresql":
        return [(TRIGGERS, _postgres_triggers), (DATED, partial(dated, scope))]
    whole = [(CELLS, cells), (INTEGRITY, _integrity), (REFERENCES, _references)] if scope.is_full else []
    return [(TRIGGERS, _sqlite_triggers), (DATED, partial(dated, scope)), (EXACT, partial(_exact, scope)), *whole]


def _sqlite_triggers(connection: Connection) -> Checked:
    sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
    return _present(_pairs(connection, sql), SQLITE_TRIGGERS)


def _postgres_triggers(connection: Connection) -> Checked:
    return _present(_pairs(connection, ENABLED), POSTGRES_TRIGGERS)


def _pairs(connection: Connection, sql: str) -> dict[str, str]:
    return {name: table for name, table in connection.exec_driver_sql(sql)}  # noqa: C416 - rows are no tuples to mypy


def _present(found: dict[str, str], wanted: dict[str, str]) -> Checked:
    missing = [name for name, table in wanted.items() if found.get(name) != table]
    problems = tuple(Problem(number=name, expected="trigger", found="none") for name in missing)
    return Checked(TRIGGERS, len(wanted), problems)


def _exact(scope: Scope, connection: Connection) -> Checked:
    """SQLite turns an integer sum that overflows into a binary float."""
    problems, rows = [], 0
    for table, columns in DECIMALS.items():
        rows_of = "{movements}" if table == "movement" else table
        rows += count(connection, rows_of, scope)
        for column in columns:
            kind = f"typeof({column})"
            sql = scope.sql(f"SELECT DISTINCT {kind} FROM {rows_of} WHERE {kind} NOT IN ('integer', 'null')", "sqlite")
            kinds = [kind for (kind,) in connection.exec_driver_sql(sql)]
            problems += [Problem(number=f"{table}.{column}", expected="integer", found=kind) for kind in kinds]
    return Checked(EXACT, rows, tuple(problems))


def _integrity(connection: Connection) -> Checked:
    found = [said for (said,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_PROBLEMS})")]
    problems = tuple(Problem(expected="ok", found=said) for said in found if said != "ok")
    pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    return Checked(INTEGRITY, pages, problems)


def _references(connection: Connection) -> Checked:
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST_PROBLEMS + 1)
    problems = tuple(
        Problem(number=f"{table} #{key}", expected=f"row of {parent}", found="none") for table, key, parent, _ in found
    )
    tables = int(connection.exec_driver_sql("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'").scalar_one())
    return Checked(REFERENCES, tables, problems[:MOST_PROBLEMS], len(problems) > MOST_PROBLEMS)
