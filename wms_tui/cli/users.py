"""``wms user``: accounts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from wms_tui.cli.console import Console, Heading
from wms_tui.cli.signing import Operator, at_terminal, needs_password_source, new_badge, new_password, signed_in
from wms_tui.domain.texts import N_, Translate

if TYPE_CHECKING:
    from wms_tui.services.use_cases import UseCase

HEADINGS = (
    Heading("name", N_("Name")),
    Heading("role", N_("Role")),
    Heading("active", N_("Active")),
    Heading("created_at", N_("Created (UTC)")),
)
ACTIONS = (
    ("add", N_("add an account"), N_("User {name} was added.")),
    ("passwd", N_("set an account's password"), N_("The password of {name} was changed.")),
    ("disable", N_("disable an account at once"), N_("User {name} was disabled.")),
    ("enable", N_("enable an account"), N_("User {name} was enabled.")),
    ("unlock", N_("let an account sign in again at once"), N_("User {name} was unlocked.")),
    ("badge", N_("give an account a badge and a PIN, or take them away"), N_("The badge of {name} was changed.")),
    ("role", N_("give an account another role"), N_("User {name} was given the role {role}.")),
)
DONE = {action: done for action, _, done in ACTIONS}
BADGE_SOURCE = N_("Scan the badge at a terminal, or give it and the PIN on standard input with --stdin.")
WITH_PASSWORD = frozenset({"add", "passwd"})


def declare(parser: ArgumentParser, translate: Translate) -> None:
    actions = parser.add_subparsers(dest="action", metavar=translate(N_("ACTION")), required=True)
    actions.add_parser("list", help=translate(N_("list the accounts")))
    for action, summary, _ in ACTIONS:
        child = actions.add_parser(action, help=translate(summary))
        child.add_argument("name", metavar=translate(N_("NAME")), help=translate(N_("the user name")))
        if action == "role":
            child.add_argument("role", metavar=translate(N_("ROLE")), help=translate(N_("the role's name")))
        if action == "add":
            child.add_argument("--role", required=True, help=translate(N_("admin, keeper, finance or a role of yours")))
        if action == "badge":
            source = child.add_mutually_exclusive_group()
            both = N_("read the badge and the PIN from standard input, a line each; an empty one stays as it is")
            source.add_argument("--stdin", action="store_true", help=translate(both))
            source.add_argument("--clear", action="store_true", help=translate(N_("take badge and PIN away")))
        if action in WITH_PASSWORD:
            password_help = translate(N_("read the password from standard input"))
            child.add_argument("--password-stdin", action="store_true", help=password_help)


def run(console: Console, arguments: Namespace) -> int:
    """Carry out one action as the administrator who is signed in."""
    if arguments.action == "badge" and not (arguments.stdin or arguments.clear or at_terminal()):
        console.misuse(BADGE_SOURCE)
    if arguments.action in WITH_PASSWORD and not arguments.password_stdin:
        needs_password_source(console)
    with signed_in(console) as operator:
        if arguments.action == "list":
            _list(console, operator)
            return 0
        _change(console, operator, arguments)
    role = getattr(arguments, "role", None)
    console.say(DONE[arguments.action], name=arguments.name, role=role)
    console.answer({"name": arguments.name, "done": arguments.action} | ({"role": role} if role else {}))
    return 0


def _list(console: Console, operator: Operator) -> None:
    from wms_tui.services import users

    rows = operator.run(users.list_users, None)
    console.table(HEADINGS, [(row.name, row.role, row.active, row.created_at) for row in rows])


def _change(console: Console, operator: Operator, arguments: Namespace) -> None:
    from wms_tui.services import users

    name, backend, actor = arguments.name, operator.backend, operator.actor
    if arguments.action == "add":
        users.add(backend, actor, name, arguments.role, new_password(console, arguments.password_stdin))
    elif arguments.action == "passwd":
        users.set_password(backend, actor, name, new_password(console, arguments.password_stdin))
    elif arguments.action == "badge":
        _badge(console, operator, arguments)
    elif arguments.action == "role":
        operator.run(users.set_role, users.SetRole(name, arguments.role))
    else:
        cases: dict[str, UseCase[Any, None]] = {
            "disable": users.disable,
            "enable": users.enable,
            "unlock": users.unlock,
        }
        operator.run(cases[arguments.action], name)


def _badge(console: Console, operator: Operator, arguments: Namespace) -> None:
    from wms_tui.services import badges, setup

    if arguments.clear:
        operator.run(badges.take_badge, arguments.name)
        return
    badge, pin = new_badge(console, arguments.stdin)
    prefix = console.settings.reserved(setup.site(operator.backend)).badge
    badges.give(operator.backend, operator.actor, arguments.name, badge, pin, prefix)
