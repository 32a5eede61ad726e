"""``wms post``: a batch of movements, safe to send again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from wms_tui.cli.console import Console
from wms_tui.cli.filing import bring_in, declare_file
from wms_tui.cli.importing import MOVEMENT_COLUMNS, POSTED
from wms_tui.domain.texts import Translate


def declare(parser: ArgumentParser, translate: Translate) -> None:
    parser.epilog = translate(MOVEMENT_COLUMNS)
    declare_file(parser, translate)


def run(console: Console, arguments: Namespace) -> int:
    """Post the file's documents."""
    from wms_tui.services.importing import file_kinds, movements

    return bring_in(console, arguments, file_kinds.MOVEMENTS, movements.import_movements, POSTED)
