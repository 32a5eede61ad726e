"""``wms db``: the database as a whole, for its owner; none of it needs a sign-in."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from wms_tui.cli import audit_sql, database_moving
from wms_tui.cli.console import Console
from wms_tui.domain.texts import N_, Translate

UPGRADED = N_("The database was upgraded from version {before} to {after}.")
UP_TO_DATE = N_("The database is up to date, version {after}.")
CURRENT = N_("The database has version {version}.")
EMPTY = N_("none")
GRANTED = N_("The role {role} may do the application's work, and can neither change the ledger nor the tables.")
MADE = N_("The role {role} was made.")


def declare(parser: ArgumentParser, translate: Translate) -> None:
    actions = parser.add_subparsers(dest="action", metavar=translate(N_("ACTION")), required=True)
    actions.add_parser("upgrade", help=translate(N_("make the database or bring it up to date")))
    actions.add_parser("current", help=translate(N_("show the version of the database")))
    audit_sql.declare(actions, translate)
    database_moving.declare(actions, translate)
    _declare_grant(actions, translate)


def _declare_grant(actions: Any, translate: Translate) -> None:
    grant = actions.add_parser("grant", help=translate(N_("make the PostgreSQL role under which the program works")))
    told = translate(N_("a role of the server; it is made where there is none"))
    grant.add_argument("role", metavar=translate(N_("ROLE")), help=told)
    password = translate(N_("read the role's password from standard input"))
    grant.add_argument("--password-stdin", action="store_true", help=password)


def run(console: Console, arguments: Namespace) -> int:
    """Carry out one action of the database's owner."""
    return ACTIONS[arguments.action](console, arguments)


def _upgrade(console: Console, _arguments: Namespace) -> int:
    from wms_tui.services.backend import Backend

    before, after = Backend.prepare(console.settings.database)
    console.say(UP_TO_DATE if before == after else UPGRADED, before=before or console.translate(EMPTY), after=after)
    console.answer({"before": before, "version": after})
    return 0


def _current(console: Console, _arguments: Namespace) -> int:
    from wms_tui.services.backend import Backend

    version = Backend.version(console.settings.database)
    console.say(CURRENT, version=version or console.translate(EMPTY))
    console.answer({"version": version})
    return 0


def _grant(console: Console, arguments: Namespace) -> int:
    from wms_tui.services.privileges import grant

    password = sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else ""
    done = grant(console.settings.database, arguments.role, password)
    if done.made:
        console.say(MADE, role=done.role)
    console.say(GRANTED, role=done.role)
    console.answer({"role": done.role, "made": done.made})
    return 0


ACTIONS = {
    "upgrade": _upgrade,
    "current": _current,
    "backup": database_moving.backup,
    "restore": database_moving.restore,
    "copy": database_moving.copy,
    "grant": _grant,
    "sql": audit_sql.run,
}
