"""``wms reverse``: undo a posted document."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser, Namespace

from wms_tui.cli.console import Console
from wms_tui.cli.signing import signed_in
from wms_tui.domain.movements import ReverseDocument
from wms_tui.domain.texts import N_, Translate

REVERSED = N_("{number} was reversed by {by}.")
AGAIN = N_("{number} had been reversed by {by} before.")


def declare(parser: ArgumentParser, translate: Translate) -> None:
    told = translate(N_("the document's number, such as R-2026-000012"))
    parser.add_argument("number", metavar=translate(N_("NUMBER")), help=told)
    parser.add_argument("--note", default="", help=translate(N_("why")))
    parser.add_argument("--key", help=translate(N_("names the request, so that sending it again is harmless")))


def run(console: Console, arguments: Namespace) -> int:
    """Post the reversal."""
    from wms_tui.services import movements

    key = arguments.key or f"cli-{secrets.token_hex(16)}"
    with signed_in(console) as operator:
        posted = operator.run(movements.reverse, ReverseDocument(arguments.number, key, arguments.note))
    console.say(AGAIN if posted.again else REVERSED, number=arguments.number, by=posted.number)
    console.answer({"number": posted.number, "reverses": arguments.number, "again": posted.again})
    return 0
