"""``wms export``: files that spreadsheets open and that can be imported again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wms_tui.cli.console import Console
from wms_tui.cli.signing import Operator, signed_in
from wms_tui.domain.texts import N_, Translate

if TYPE_CHECKING:
    from wms_tui.services.exporting import Export
    from wms_tui.services.use_cases import UseCase

WHAT = ("products", "locations", "stock", "movements", "counts", "audit")
ONE_OUTPUT = N_("--json and the file - both want standard output. Leave one of them out.")
WRITTEN = N_("Rows written to {path}: {count}.")


def declare(parser: ArgumentParser, translate: Translate) -> None:
    parser.add_argument("what", choices=WHAT, help=translate(N_("what to export")))
    told = translate(N_("a file that ends in .csv or .xlsx, replaced if it is there; - writes CSV to standard output"))
    parser.add_argument("file", metavar=translate(N_("FILE")), help=told)


def run(console: Console, arguments: Namespace) -> int:
    """Write one file, whole or not at all."""
    from wms_tui.services import exporting
    from wms_tui.services.table_files import STANDARD_OUTPUT, write_table

    cases: dict[str, UseCase[Any, Export]] = {
        "products": exporting.export_products,
        "locations": exporting.export_locations,
        "stock": exporting.export_stock,
        "movements": exporting.export_movements,
        "counts": exporting.export_counts,
        "audit": exporting.export_audit,
    }
    if console.as_json and arguments.file == STANDARD_OUTPUT:
        console.misuse(ONE_OUTPUT)
    with signed_in(console) as operator:
        first = operator.run(cases[arguments.what], 0)
        count = write_table(arguments.file, first.header, _rows(operator, cases[arguments.what], first))
    if arguments.file != STANDARD_OUTPUT:
        console.say(WRITTEN, path=arguments.file, count=count)
        console.answer({"path": arguments.file, "rows": count})
    return 0


def _rows(operator: Operator, case: UseCase[Any, Export], part: Export) -> Iterator[tuple[Any, ...]]:
    yield from part.rows
    while part.after is not None:
        part = operator.run(case, part.after)
        yield from part.rows
