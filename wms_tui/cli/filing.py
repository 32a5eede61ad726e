"""What importing and posting share: the file, the options, and the report."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from wms_tui.cli.console import Console
from wms_tui.cli.progress import ProgressLine
from wms_tui.cli.signing import signed_in
from wms_tui.domain.texts import N_, Translate

if TYPE_CHECKING:
    from wms_tui.services.importing.file_kinds import FileKind
    from wms_tui.services.importing.report import Imported
    from wms_tui.services.use_cases import UseCase

LEFT = N_("Rows left out: {count}.")
DRY_RUN = N_("This was a dry run: nothing was written.")


def declare_file(parser: ArgumentParser, translate: Translate) -> None:
    """The file and how to treat it."""
    told = translate(N_("a CSV, XLSX or JSON Lines file; - reads standard input"))
    parser.add_argument("file", metavar=translate(N_("FILE")), help=told)
    parser.add_argument("--dry-run", action="store_true", help=translate(N_("do everything, then take it back")))
    skip = translate(N_("write the good rows and list the others; without it one bad row stops the file"))
    parser.add_argument("--skip-bad", action="store_true", help=skip)
    encoding = translate(N_("the file's encoding, where it is not UTF-8, UTF-16 or GB18030"))
    parser.add_argument("--encoding", metavar=translate(N_("NAME")), help=encoding)


def bring_in(
    console: Console, arguments: Namespace, kind: FileKind[Any], case: UseCase[Any, Imported], summary: str
) -> int:
    """Read and import a file, then tell what was done; status 1 where rows were left out."""
    from wms_tui.services.importing.report import ImportFile
    from wms_tui.services.importing.tables import read_table

    with signed_in(console) as operator:
        table = read_table(arguments.file, kind, arguments.encoding)
        request = ImportFile(table, arguments.skip_bad, arguments.dry_run, ProgressLine(console))
        report = operator.run(case, request)
    _tell(console, report, summary, arguments.dry_run)
    return 1 if report.left else 0


def _tell(console: Console, report: Imported, summary: str, dry_run: bool) -> None:
    notices = [(notice.line, notice.text(console.translate)) for notice in report.notices]
    for line, sentence in notices:
        console.warn(console.row(line, sentence) if line else sentence)
    for line, fault in report.left:
        console.warn(console.row(line, fault.text(console.translate)))
    if report.left:
        console.warn(console.translate(LEFT).format(count=len({line for line, _ in report.left})))
    counts = {name: getattr(report, name) for name in ("created", "updated", "unchanged", "again")}
    console.say(summary, **counts, number=", ".join(report.numbers) or "-")
    if dry_run:
        console.say(DRY_RUN)
    left = console.faults(report.left)
    told = [{"line": line, "message": sentence} for line, sentence in notices]
    more = {"numbers": list(report.numbers), "left": left, "warnings": told, "dry_run": dry_run}
    console.answer({**counts, **more})
