"""``wms db sql --audit``: the audit as plain SQL, to be run without this program."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from wms_tui.cli.console import Console
from wms_tui.domain.texts import N_, Translate

if TYPE_CHECKING:
    from wms_tui.domain.verify import Statement

ENGINES = ("sqlite", "postgresql")
HEADER = (
    N_("Every statement returns no row when all is well, and a row for each bad one otherwise."),
    N_("SQLite keeps quantities as whole millionths, and costs and prices as whole ten-thousandths."),
    N_("A sum in two halves is high × 1,000,000,000 + low."),
)
LINES = N_("The first piece of {table} in seal_piece is SHA-256 over the lines of this, one after the other:")


def declare(actions: Any, translate: Translate) -> None:
    sql = actions.add_parser("sql", help=translate(N_("print the checks of wms verify as plain SQL")))
    audit = translate(N_("the checks, one statement each"))
    sql.add_argument("--audit", action="store_true", required=True, help=audit)
    engine = translate(N_("for this kind of database; else for the one that is set"))
    sql.add_argument("--engine", choices=ENGINES, help=engine)


def run(console: Console, arguments: Namespace) -> int:
    """Print the statements; the database is not looked at."""
    from wms_tui.services.audit_sql import audit_sql, sealed_lines_sql

    is_file = console.settings.database.startswith("sqlite")
    engine = arguments.engine or ENGINES[0 if is_file else 1]
    checks, lines = audit_sql(engine), sealed_lines_sql(engine)
    if console.as_json:
        console.answer({"engine": engine, "statements": _told(checks), "sealed_lines": _told(lines)})
    else:
        _print(console, checks, lines)
    return 0


def _told(statements: list[Statement]) -> list[dict[str, str]]:
    return [{"name": one.name, "sql": one.sql} for one in statements]


def _print(console: Console, checks: list[Statement], lines: list[Statement]) -> None:
    translate = console.translate
    print(*(f"-- {translate(line)}" for line in HEADER), sep="\n")
    for check in checks:
        print(f"\n-- {translate(check.name)}\n{check.sql};")
    for line in lines:
        print(f"\n-- {translate(LINES).format(table=line.name)}")
        print(*(f"-- {part}" for part in line.sql.splitlines()), sep="\n")
