"""``wms reason``: why stock is adjusted."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from wms_tui.cli.console import Console, Heading
from wms_tui.cli.signing import signed_in
from wms_tui.domain.movements import DIRECTION_NAMES, Direction
from wms_tui.domain.posting import KnownReason
from wms_tui.domain.seeded import shown_name
from wms_tui.domain.texts import N_, Translate

HEADINGS = (Heading("code", N_("Code")), Heading("name", N_("Name")), Heading("direction", N_("Direction")))
ADDED = N_("Reason {code} was added.")


def declare(parser: ArgumentParser, translate: Translate) -> None:
    actions = parser.add_subparsers(dest="action", metavar=translate(N_("ACTION")), required=True)
    actions.add_parser("list", help=translate(N_("list the reason codes")))
    add = actions.add_parser("add", help=translate(N_("add a reason code")))
    add.add_argument("code", metavar=translate(N_("CODE")), help=translate(N_("the code, such as BROKEN")))
    ways = [way.value for way in Direction]
    add.add_argument("direction", choices=ways, help=translate(N_("whether it brings stock in or takes it out")))
    add.add_argument("--name", default="", help=translate(N_("what it means")))


def run(console: Console, arguments: Namespace) -> int:
    """List the reasons, or add one."""
    from wms_tui.services import reasons

    with signed_in(console) as operator:
        if arguments.action == "list":
            known = operator.run(reasons.list_reasons, None)
            console.table(HEADINGS, [_told(console, reason) for reason in known])
            return 0
        new = reasons.NewReason(arguments.code, arguments.name, Direction(arguments.direction))
        operator.run(reasons.add_reason, new)
    console.say(ADDED, code=arguments.code)
    console.answer({"code": arguments.code, "direction": arguments.direction})
    return 0


def _told(console: Console, reason: KnownReason) -> tuple[str, str, str]:
    """Code, name and direction; in words for people."""
    if console.as_json:
        return (reason.code, reason.name, reason.direction)
    direction = console.translate(DIRECTION_NAMES[reason.direction])
    return (reason.code, shown_name(console.translate, reason.name), direction)
