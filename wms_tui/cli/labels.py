"""``wms labels``: labels to a PDF file or a printer, the sheet of commands, and the queue before the printers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from wms_tui.cli import label_queue
from wms_tui.cli.console import Console, Heading
from wms_tui.cli.signing import Operator, is_missing, names_somebody, signed_in
from wms_tui.domain.label_sizes import SIZES
from wms_tui.domain.label_symbols import Style
from wms_tui.domain.labels import LabelKind, LabelOrder, parse_copies
from wms_tui.domain.texts import N_, Translate, sentence

if TYPE_CHECKING:
    from wms_tui.domain.labels import Label
    from wms_tui.services.printing import Printed

WHERE = N_("Say where to print: --pdf FILE or --printer NAME.")
WRITTEN = N_("Labels written to {path}: {count}.")
QUEUED = N_("Labels for {printer}: {count}, job {job}. They are sent by `wms labels work` or by an open application.")
KINDS = {
    "products": (LabelKind.PRODUCT, N_("labels of products, by SKU or barcode"), N_("a SKU, or a barcode of a pack")),
    "lots": (LabelKind.LOT, N_("labels of a product's lots or serial numbers"), N_("a lot or serial number")),
    "locations": (LabelKind.LOCATION, N_("labels of locations"), N_("the code of a location")),
    "documents": (LabelKind.DOCUMENT, N_("labels of posted documents"), N_("the number of a document")),
}
COMMANDS = "commands"
FROM_SITE = N_("Commands begin with {prefix}, as the site's settings say.")
FROM_FILE = N_("Commands begin with {prefix}, as wms.toml says: set WMS_USER and WMS_PASSWORD to ask for the site's.")
FROM_NOWHERE = N_(
    "Commands begin with {prefix}, where no site says otherwise: set WMS_USER and WMS_PASSWORD to ask it."
)
OTHER_HERE = N_(
    "The wms.toml of this machine has another one, {prefix}: applications that are started with it take that."
)
COMMAND_HEADINGS = (Heading("command", N_("Command")), Heading("code", N_("Code")))


def declare(parser: ArgumentParser, translate: Translate) -> None:
    actions = parser.add_subparsers(dest="action", metavar=translate(N_("ACTION")), required=True)
    for action, (_, summary, about) in KINDS.items():
        child = actions.add_parser(action, help=translate(summary))
        if action == "lots":
            child.add_argument("sku", metavar="SKU", help=translate(N_("the product, by SKU or barcode")))
        child.add_argument("codes", nargs="+", metavar=translate(N_("CODE")), help=translate(about))
        if action == "locations":
            child.add_argument("--below", action="store_true", help=translate(N_("with all locations under them")))
        _declare_printing(child, translate)
    sheet = actions.add_parser(COMMANDS, help=translate(N_("the sheet of command barcodes; without a file, as a list")))
    named = translate(N_("a label that names a terminal, besides; may be given several times"))
    sheet.add_argument("--name", action="append", default=[], metavar=translate(N_("TERMINAL")), help=named)
    _declare_printing(sheet, translate)
    label_queue.declare(actions, translate)


def _declare_printing(child: ArgumentParser, translate: Translate) -> None:
    child.add_argument(
        "--pdf", metavar=translate(N_("FILE")), help=translate(N_("write a PDF file, replaced if it is there"))
    )
    child.add_argument("--printer", metavar=translate(N_("NAME")), help=translate(N_("print on this printer")))
    sizes = translate(N_("a size in mm such as 50x30, or one of {known}")).format(known=", ".join(SIZES))
    child.add_argument("--size", default="", metavar=translate(N_("SIZE")), help=sizes)
    child.add_argument(
        "--copies", default="1", metavar=translate(N_("COUNT")), help=translate(N_("copies of each label"))
    )
    styles = translate(N_("the symbol: bars, matrix (Data Matrix) or qr; auto takes what fits"))
    child.add_argument("--symbol", choices=[style.value for style in Style], default=Style.AUTO.value, help=styles)


def run(console: Console, arguments: Namespace) -> int:
    if arguments.action in label_queue.ACTIONS:
        return label_queue.run(console, arguments)
    if arguments.pdf and arguments.printer:
        console.misuse(WHERE)
    if arguments.action == COMMANDS:
        return _commands(console, arguments)
    if not (arguments.pdf or arguments.printer):
        console.misuse(WHERE)
    return _print(console, arguments)


def _print(console: Console, arguments: Namespace) -> int:
    from wms_tui.services import printing

    order = _order(arguments)
    with signed_in(console) as operator:
        shared = (operator.backend, operator.actor, order)
        if arguments.pdf:
            printed = printing.to_file(*shared, Path(arguments.pdf), arguments.size, console.translate)
        else:
            where = (arguments.printer, arguments.size)
            printed = printing.to_printer(*shared, *where, console.translate, printing.new_request())
    _tell(console, printed)
    return 0


def _order(arguments: Namespace) -> LabelOrder:
    return LabelOrder(
        KINDS[arguments.action][0],
        tuple(arguments.codes),
        sku=getattr(arguments, "sku", ""),
        below=getattr(arguments, "below", False),
        style=Style(arguments.symbol),
        copies=parse_copies(arguments.copies),
    )


def _commands(console: Console, arguments: Namespace) -> int:
    """The commands are no secret: only a printer asks for somebody who may print."""
    from wms_tui.domain.command_sheet import command_labels

    asks = arguments.printer or (names_somebody() and not is_missing(console.settings.database))
    with signed_in(console) if asks else nullcontext() as operator:
        made = command_labels(_prefix(console, operator), Style(arguments.symbol), arguments.name)
        _print_commands(console, arguments, operator, made)
    return 0


def _prefix(console: Console, operator: Operator | None) -> str:
    """What the commands begin with: the site's prefix where it can be asked for; says which it is."""
    here = console.settings.reserved().command
    if operator is None:
        console.say(FROM_FILE if "command_prefix" in console.settings.scanning else FROM_NOWHERE, prefix=here)
        return here
    from wms_tui.services.setup import site

    settings = site(operator.backend)
    console.say(FROM_SITE, prefix=settings.command_prefix)
    if console.settings.reserved(settings).command != settings.command_prefix:
        console.warn(sentence(console.translate, OTHER_HERE, {"prefix": here}))
    return settings.command_prefix


def _print_commands(console: Console, arguments: Namespace, operator: Operator | None, made: tuple[Label, ...]) -> None:
    from wms_tui.services import printing

    copies = parse_copies(arguments.copies)
    if arguments.pdf:
        _tell(console, printing.made_to_file(made, copies, Path(arguments.pdf), arguments.size, console.translate))
    elif operator is not None and arguments.printer:
        how = (arguments.printer, arguments.size, console.translate, printing.new_request())
        _tell(console, printing.made_to_printer(operator.backend, operator.actor, made, copies, *how))
    else:
        console.table(COMMAND_HEADINGS, [(label.heading(console.translate), label.named) for label in made])


def _tell(console: Console, printed: Printed) -> None:
    if printed.path:
        console.say(WRITTEN, path=printed.path, count=printed.labels)
        console.answer({"labels": printed.labels, "path": printed.path})
    else:
        console.say(QUEUED, printer=printed.printer, count=printed.labels, job=printed.job)
        console.answer({"labels": printed.labels, "printer": printed.printer, "job": printed.job})
