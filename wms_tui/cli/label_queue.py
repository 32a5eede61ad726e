"""``wms labels printers|add-printer|queue|cancel|again|work``: printers, and the queue before them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from wms_tui.cli import label_work
from wms_tui.cli.arguments import whole
from wms_tui.cli.console import Console, Heading
from wms_tui.cli.signing import signed_in
from wms_tui.domain.enquiry import MOST_PAGE
from wms_tui.domain.errors import NotFound
from wms_tui.domain.printing import (
    FAULT_NAMES,
    PORT,
    PRINTER_KINDS,
    STATE_NAMES,
    JobQuery,
    JobState,
    MoveJob,
    Printer,
    PrinterKind,
    parse_dpi,
    parse_port,
)
from wms_tui.domain.texts import N_, Translate
from wms_tui.domain.zpl import DPIS

PRINTER_HEADINGS = (
    Heading("name", N_("Name")),
    Heading("kind", N_("Kind")),
    Heading("where", N_("Where")),
    Heading("size", N_("Size")),
    Heading("dpi", N_("dpi"), right=True),
    Heading("active", N_("Active")),
    Heading("waiting", N_("Waiting"), right=True),
)
JOB_HEADINGS = (
    Heading("job", N_("Job"), right=True),
    Heading("printer", N_("Printer")),
    Heading("title", N_("Labels of")),
    Heading("labels", N_("Labels"), right=True),
    Heading("state", N_("Status")),
    Heading("tries", N_("Tries"), right=True),
    Heading("user", N_("User")),
    Heading("changed_at", N_("Changed (UTC)")),
    Heading("fault", N_("Fault")),
)
ONE_PLACE = N_("A printer has either a --host (label printer) or a --folder (PDF files).")
ADDED = N_("Printer {name} was added.")
MOVED = N_("Job {job} is {state} now.")


def declare(actions: Any, translate: Translate) -> None:
    actions.add_parser("printers", help=translate(N_("list the printers")))
    _declare_add(actions.add_parser("add-printer", help=translate(N_("set a printer up"))), translate)
    queue = actions.add_parser("queue", help=translate(N_("list the print jobs that are not sent")))
    queue.add_argument(
        "--all", action="store_true", help=translate(N_("list those that were sent or cancelled as well"))
    )
    for action, summary in (("cancel", N_("cancel a print job")), ("again", N_("print a job again"))):
        child = actions.add_parser(action, help=translate(summary))
        child.add_argument("job", metavar=translate(N_("JOB")), type=whole(translate), help=translate(N_("its number")))
    work = actions.add_parser("work", help=translate(N_("send what waits to the printers, until it is ended")))
    work.add_argument("--once", action="store_true", help=translate(N_("send what is due now, then end")))


def _declare_add(child: ArgumentParser, translate: Translate) -> None:
    child.add_argument("name", metavar=translate(N_("NAME")), help=translate(N_("what it is called")))
    child.add_argument("--host", default="", help=translate(N_("the address of a label printer that reads ZPL")))
    child.add_argument("--port", default=str(PORT), help=translate(N_("its port")))
    child.add_argument("--folder", default="", help=translate(N_("a folder that PDF files are put in, instead")))
    child.add_argument("--size", default="", help=translate(N_("the size of its labels")))
    child.add_argument("--dpi", default=str(DPIS[0]), help=translate(N_("dots an inch: 203, 300 or 600")))


def run(console: Console, arguments: Namespace) -> int:
    return ACTIONS[arguments.action](console, arguments)


def _printers(console: Console, _: Namespace) -> int:
    from wms_tui.services import label_printers

    with signed_in(console) as operator:
        found = operator.run(label_printers.printers, None)
    console.table(PRINTER_HEADINGS, [_shown(console, printer) for printer in found])
    return 0


def _shown(console: Console, printer: Printer) -> tuple[Any, ...]:
    on_roll = printer.kind is PrinterKind.ZPL
    kind = printer.kind.value if console.as_json else console.translate(PRINTER_KINDS[printer.kind])
    where = f"{printer.host}:{printer.port}" if on_roll else printer.folder
    return (printer.name, kind, where, printer.size, printer.dpi if on_roll else None, printer.active, printer.waiting)


def _add_printer(console: Console, arguments: Namespace) -> int:
    from wms_tui.services import label_printers

    if bool(arguments.host) == bool(arguments.folder):
        console.misuse(ONE_PLACE)
    kind = PrinterKind.ZPL if arguments.host else PrinterKind.PDF
    where = (arguments.host, parse_port(arguments.port), arguments.folder)
    new = Printer(arguments.name, kind, *where, arguments.size, parse_dpi(arguments.dpi, DPIS))
    with signed_in(console) as operator:
        operator.run(label_printers.add, new)
    console.say(ADDED, name=new.name)
    console.answer({"name": new.name})
    return 0


def _queue(console: Console, arguments: Namespace) -> int:
    from wms_tui.services import label_queue

    with signed_in(console) as operator:
        found = operator.run(label_queue.queue, JobQuery(not arguments.all, limit=MOST_PAGE)).rows
    tell = str if console.as_json else console.translate
    rows = [
        (
            *(row.job_id, row.printer, row.title, row.labels),
            row.state.value if console.as_json else tell(STATE_NAMES[row.state]),
            *(row.tries, row.user, row.changed_at),
            tell(FAULT_NAMES[row.fault]) if row.fault else "",
        )
        for row in found
    ]
    console.table(JOB_HEADINGS, rows)
    return 0


def _move(to: JobState) -> Callable[[Console, Namespace], int]:
    def run(console: Console, arguments: Namespace) -> int:
        from wms_tui.services import label_queue

        with signed_in(console) as operator:
            query = JobQuery(after=arguments.job + 1, limit=1)
            rows = operator.run(label_queue.queue, query).rows
            if not rows or rows[0].job_id != arguments.job:
                raise NotFound(what=N_("print job"), code=arguments.job)
            operator.run(label_queue.move, MoveJob(arguments.job, rows[0].state, to))
        console.say(MOVED, job=arguments.job, state=STATE_NAMES[to])
        console.answer({"job": arguments.job, "state": to.value})
        return 0

    return run


ACTIONS: dict[str, Callable[[Console, Namespace], int]] = {
    "printers": _printers,
    "add-printer": _add_printer,
    "queue": _queue,
    "cancel": _move(JobState.CANCELLED),
    "again": _move(JobState.WAITING),
    "work": label_work.run,
}
