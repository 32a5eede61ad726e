"""``wms verify``: the database owner's audit of all invariants; needs no sign-in and writes nothing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from wms_tui.cli.console import Console, Heading
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


def declare(parser: ArgumentParser, translate: Translate) -> None:
    parser.epilog = translate(N_("Exit status 1 if anything is wrong."))


def run(console: Console, arguments: Namespace) -> int:
    """Check everything; status 1 where a row is bad."""
    from wms_tui.services.verify import verify

    with opened(console) as backend:
        report = verify(backend)
    if console.as_json:
        console.answer(report.as_dict())
    else:
        show(console, report)
    return 0 if report.ok else 1


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
    console.say(CLEAN if report.ok else UNCLEAN)
