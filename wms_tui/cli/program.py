"""From the command line to a command, and from what it raises to a sentence and an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from wms_tui import __version__, settings
from wms_tui.cli.application import open_application
from wms_tui.cli.arguments import MISUSED, Misused, Parser, Shared, add_shared, split_shared
from wms_tui.cli.commands import COMMANDS, Command
from wms_tui.cli.console import Console
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_, Translate, translator

DONE, REFUSED = 0, 1
INTERRUPTED, PIPE_CLOSED = 130, 141
DESCRIPTION = N_("A warehouse management system for terminals and scanners. Without a command the application opens.")
EPILOG = N_("Scripts sign in by WMS_USER and WMS_PASSWORD. Exit status: 0 done, 1 refused, 2 misused.")


def main(argv: list[str]) -> int:
    """Run one command line; every ``WmsError`` becomes its sentence."""
    shared, rest = split_shared(argv)
    console = Console(translator(settings.spoken()), shared.json)
    try:
        _check(shared, console.translate)
        loaded = settings.load(shared.database, {**os.environ, **shared.environment})
        console = Console(translator(loaded.language), shared.json, loaded, shared.database)
        return _run(console, rest)
    except WmsError as error:
        console.refuse(error)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _silence()
        return PIPE_CLOSED
    except Misused as misuse:
        console.answer({"error": "Misused", "message": misuse.message})
        return MISUSED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE


def _check(shared: Shared, translate: Translate) -> None:
    """Misused where an option lacks what belongs to it."""
    lacks = {N_("--db needs a URL"): shared.database, N_("--terminal needs a kind"): shared.terminal}
    for told, text in {**lacks, N_("--device needs a name"): shared.device}.items():
        if text == "":
            _top(translate).error(translate(told))


def _run(console: Console, rest: list[str]) -> int:
    if not rest:
        return open_application(console.settings)
    command = next((command for command in COMMANDS if command.name == rest[0]), None)
    if command is None:
        _top(console.translate).parse_args(rest)
        return MISUSED
    status = _call(console, command, rest[1:])
    sys.stdout.flush()
    return status


def _call(console: Console, command: Command, rest: list[str]) -> int:
    module = import_module(command.module)
    parser = Parser(console.translate, f"wms {command.name}", console.translate(command.summary))
    add_shared(parser, console.translate)
    module.declare(parser, console.translate)
    status: int = module.run(console, parser.parse_args(rest))
    return status


def _top(translate: Translate) -> argparse.ArgumentParser:
    """The parser for the list of commands; what follows a command is its own parser's business."""
    parser = Parser(translate, "wms", translate(DESCRIPTION), translate(EPILOG))
    parser.add_argument("--version", action="version", version=f"wms {__version__}", help=translate(N_("show version")))
    add_shared(parser, translate)
    commands = parser.add_subparsers(title=translate(N_("commands")), metavar=translate(N_("COMMAND")), required=True)
    for command in COMMANDS:
        commands.add_parser(command.name, help=translate(command.summary))
    return parser


def _silence() -> None:
    """Nobody reads any more: what is still buffered goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
