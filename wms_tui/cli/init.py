"""``wms init``: the database, and the first administrator."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from wms_tui.cli import signing
from wms_tui.cli.console import Console
from wms_tui.cli.signing import ask, needs_password_source, new_password, opened
from wms_tui.domain.errors import AlreadySetUp
from wms_tui.domain.texts import N_, Translate

READY = N_("The database {where} is ready.")
MADE = N_("The administrator {name} was made. Start the program: wms")
NO_ADMINISTRATOR = N_("It has no users yet. Make the first administrator: wms init --admin NAME")


def declare(parser: ArgumentParser, translate: Translate) -> None:
    parser.add_argument("--admin", metavar="NAME", help=translate(N_("the first administrator's user name")))
    parser.add_argument(
        "--password-stdin", action="store_true", help=translate(N_("read the password from standard input"))
    )


def run(console: Console, arguments: Namespace) -> int:
    """Make or upgrade the database; make the administrator where there is nobody yet."""
    from wms_tui.services import access
    from wms_tui.services.backend import Backend

    if arguments.admin and not arguments.password_stdin:
        needs_password_source(console)
    _, version = Backend.prepare(console.settings.database)
    with opened(console) as backend:
        console.say(READY, where=backend.where)
        has_users = access.has_users(backend)
        name = _administrator(console, arguments, has_users)
        if name and has_users:
            raise AlreadySetUp(where=backend.where)
        if name:
            access.create_first_admin(backend, name, new_password(console, arguments.password_stdin))
            console.say(MADE, name=name)
        console.answer({"database": backend.where, "version": version, "administrator": name or None})
    return 0


def _administrator(console: Console, arguments: Namespace, has_users: bool) -> str:
    """The name given, or asked for at a terminal while there is nobody."""
    if arguments.admin or has_users:
        return arguments.admin or ""
    if signing.at_terminal():
        return ask(console, N_("Name of the first administrator"))
    console.say(NO_ADMINISTRATOR)
    return ""
