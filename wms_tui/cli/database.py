"""``wms db``: the schema's version, and the audit as plain SQL."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from wms_tui.cli import audit_sql
from wms_tui.cli.console import Console
from wms_tui.domain.texts import N_, Translate

UPGRADED = N_("The database was upgraded from version {before} to {after}.")
UP_TO_DATE = N_("The database is up to date, version {after}.")
CURRENT = N_("The database has version {version}.")
EMPTY = N_("none")


def declare(parser: ArgumentParser, translate: Translate) -> None:
    actions = parser.add_subparsers(dest="action", metavar=translate(N_("ACTION")), required=True)
    actions.add_parser("upgrade", help=translate(N_("make the database or bring it up to date")))
    actions.add_parser("current", help=translate(N_("show the version of the database")))
    audit_sql.declare(actions, translate)


def run(console: Console, arguments: Namespace) -> int:
    """Upgrade, show the version, or print SQL; all are the database owner's and need no sign-in."""
    if arguments.action == "sql":
        return audit_sql.run(console, arguments)
    return _upgrade(console) if arguments.action == "upgrade" else _current(console)


def _upgrade(console: Console) -> int:
    from wms_tui.services.backend import Backend

    before, after = Backend.prepare(console.settings.database)
    console.say(UP_TO_DATE if before == after else UPGRADED, before=before or console.translate(EMPTY), after=after)
    console.answer({"before": before, "version": after})
    return 0


def _current(console: Console) -> int:
    from wms_tui.services.backend import Backend

    version = Backend.version(console.settings.database)
    console.say(CURRENT, version=version or console.translate(EMPTY))
    console.answer({"version": version})
    return 0
