"""``wms verify``: the database owner's audit of all invariants; needs no sign-in, writes only its checkpoint."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from wms_tui.cli.console import Console, Heading, as_text
from wms_tui.cli.progress import StepLine
from wms_tui.cli.signing import opened
from wms_tui.domain.texts import N_, Translate

if TYPE_CHECKING:
    from wms_tui.domain.verify import Report

HEADINGS = (
    Heading("name", N_("Check")),
    Heading("rows", N_("Rows"), right=True),
    Heading("result", N_("Result")),
)
PROBLEM_HEADINGS = (
    Heading("check", N_("Bad rows")),
    Heading("sku", N_("SKU")),
    Heading("location", N_("Location")),
    Heading("lot", N_("Lot")),
    Heading("number", N_("Number")),
    Heading("expected", N_("Expected")),
    Heading("found", N_("Actual")),
)
GOOD, BAD = N_("good"), N_("BAD")
CLEAN = N_("Everything is as it must be.")
UNCLEAN = N_("The database is not as it must be. Stop work, keep a copy, and find out who changed it.")


SINCE = N_("Looked at all stock, and at what has come to the ledger since {since}. --full looks at everything.")
NOT_KEPT = N_("No checkpoint could be kept: the next check looks at as much again.")
NO_HASH = N_("--seal needs the hash of a seal, 64 digits as wms seal printed it")


def declare(parser: ArgumentParser, translate: Translate) -> None:
    full = translate(N_("look at everything, not only at what is new since the last clean check"))
    parser.add_argument("--full", action="store_true", help=full)
    one = translate(N_("a seal of this hash must be there; looks at everything"))
    parser.add_argument("--seal", metavar=translate(N_("HASH")), action="append", default=[], help=one)
    many = translate(N_("the seals of all hashes in this file must be there; looks at everything"))
    parser.add_argument("--seals", metavar=translate(N_("FILE")), help=many)
    parser.epilog = translate(N_("Exit status 1 if anything is wrong."))


def run(console: Console, arguments: Namespace) -> int:
    """Check everything; status 1 where a row is bad."""
    from wms_tui.services.verify import verify

    hashes = _hashes(console, arguments)
    with opened(console) as backend:
        report = verify(backend, arguments.full or bool(hashes), hashes, progress=StepLine(console))
    if console.as_json:
        console.answer(report.as_dict())
    else:
        show(console, report)
    return 0 if report.ok else 1


def _hashes(console: Console, arguments: Namespace) -> tuple[str, ...]:
    """The hashes that were given. Raises ``FileMissing``, ``NoHashes``."""
    from wms_tui.domain.seals import NoHashes, hashes_in

    given = hashes_in(" ".join(arguments.seal))
    if len(given) < len(set(arguments.seal)):
        console.misuse(NO_HASH)
    if arguments.seals is None:
        return given
    found = hashes_in(_read(arguments.seals))
    if not found:
        raise NoHashes(path=arguments.seals)
    return given + found


def _read(path: str) -> str:
    from wms_tui.domain.errors import FileError
    from wms_tui.domain.file_errors import FileMissing

    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError as error:
        raise FileMissing(path=path) from error
    except OSError as error:
        raise FileError(path=path, why=error.strerror) from error


def show(console: Console, report: Report) -> None:
    """The checks, and the bad rows where there are any."""
    name = console.translate
    console.table(
        HEADINGS, [(name(check.name), check.rows, name(GOOD if check.ok else BAD)) for check in report.checks]
    )
    problems = [(check, problem) for check in report.checks for problem in check.problems]
    keys = [heading.key for heading in PROBLEM_HEADINGS[1:]]
    if problems:
        rows = [(name(check.name), *(getattr(problem, key) for key in keys)) for check, problem in problems]
        console.table(PROBLEM_HEADINGS, rows)
    if report.since:
        console.say(SINCE, since=as_text(report.since))
    if report.ok and report.kept is False:
        console.say(NOT_KEPT)
    console.say(CLEAN if report.ok else UNCLEAN)
