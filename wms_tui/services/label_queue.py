"""The queue before the printers. No transaction is open while a printer is waited for: see ``label_work``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wms_tui.db import labels as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.enquiry import MOST_PAGE, Page
from wms_tui.domain.errors import NotFound
from wms_tui.domain.print_errors import JobMoved
from wms_tui.domain.printing import (
    ABANDONED,
    KEPT,
    STATE_NAMES,
    Fault,
    JobQuery,
    JobRow,
    JobState,
    MoveJob,
    NewJob,
    TakenJob,
    after_fault,
    may_move,
    pause_after,
)
from wms_tui.domain.texts import N_
from wms_tui.services.door import require
from wms_tui.services.label_printers import printer_named
from wms_tui.services.use_cases import use_case


@use_case(Permission.LABEL_PRINT, repeatable=True)
def enqueue(tx: Tx, actor: Actor, request: NewJob) -> int:
    """Put labels before a printer; answers the job's number, the same for the same ``request_id``.

    Raises ``UnknownPrinter``, ``NoPrinter``.
    """
    if known := tx.one(db.BY_REQUEST, request_id=request.request_id):
        return int(known[0])
    printer_named(tx, request.printer)
    [printer_id, *_] = tx.one(db.FIND_PRINTER, name=request.printer) or (None,)
    tx.run(db.FORGET, before=tx.now - KEPT)
    values = {"title": request.title[:200], "labels": request.labels, "data": request.data, "now": tx.now}
    who = {"user_id": actor.user_id, "terminal": actor.terminal, "request_id": request.request_id}
    [[job_id]] = tx.all(db.ADD_JOB, printer_id=printer_id, **values, **who)
    return int(job_id)


@use_case(Permission.LABEL_PRINT, writes=False)
def queue(tx: Tx, actor: Actor, query: JobQuery) -> Page[JobRow]:
    """A page of jobs, the newest first."""
    found = db.jobs(tx, JobQuery(query.open_only, query.after, max(1, min(query.limit, MOST_PAGE))))
    rows = tuple(_row(*values) for values in found[: query.limit])
    return Page(rows, rows[-1].job_id if len(found) > query.limit else None)


def _row(job_id: int, printer: str, title: str, labels: int, state: str, tries: int, fault: str, *rest: Any) -> JobRow:
    told = Fault(fault) if fault else None
    return JobRow(job_id, printer, title, labels, JobState(state), tries, told, *rest)


@use_case(Permission.LABEL_PRINT)
def move(tx: Tx, actor: Actor, request: MoveJob) -> None:
    """Cancel a job, or print it again; that of somebody else only who may set printers up.

    Raises ``NotFound``, ``NotAllowed``, ``JobMoved``.
    """
    row = tx.one(db.FIND_JOB, job_id=request.job_id)
    if row is None:
        raise NotFound(what=N_("print job"), code=request.job_id)
    _, state, title, user_id = row
    if user_id != actor.user_id:
        require(tx, actor, Permission.SETUP_EDIT)
    now = JobState(state)
    if now is not request.seen:
        raise JobMoved(job=request.job_id, state=STATE_NAMES[now], wanted=STATE_NAMES[request.to])
    may_move(request.job_id, now, request.to)
    if not db.move(tx, request.job_id, now, request.to, tries=0):
        raise JobMoved(job=request.job_id, state=STATE_NAMES[now], wanted=STATE_NAMES[request.to])
    action = "print again" if request.to is JobState.WAITING else "cancel print job"
    tx.note(action, f"{request.job_id} {title}"[:200])


def take(tx: Tx) -> TakenJob | None:
    """The oldest job that is due, from now on this program's to send; None where there is none."""
    row = tx.one(db.DUE, now=tx.now)
    if row is None:
        return None
    job_id, printer_id, host, port, data, tries = row
    tx.all(db.LOCK_PRINTER, printer_id=printer_id)  # on PostgreSQL two may have seen the printer idle
    due = tx.one(db.DUE, now=tx.now)
    if due is None or due[0] != job_id:
        return None
    if not db.move(tx, job_id, JobState.WAITING, JobState.SENDING, tries + 1):
        return None
    return TakenJob(job_id, host, port, data, tries + 1)


def settle(tx: Tx, job: TakenJob, fault: Fault | None) -> JobState:
    """Keep how a job went; where it was given up as abandoned meanwhile, it stays so."""
    if fault is None:
        db.move(tx, job.job_id, JobState.SENDING, JobState.SENT, job.tries)
        return JobState.SENT
    to = after_fault(fault, job.tries)
    again = tx.now + pause_after(job.tries) if to is JobState.WAITING else None
    db.move(tx, job.job_id, JobState.SENDING, to, job.tries, fault.value, again)
    return to


def give_up_abandoned(tx: Tx) -> int:
    """Jobs whose sender is gone: nobody knows what was printed, so a person decides. Answers how many."""
    found = tx.all(db.ABANDONED, before=tx.now - ABANDONED)
    for job_id, tries in found:
        db.move(tx, job_id, JobState.SENDING, JobState.UNSURE, tries, Fault.ABANDONED.value)
    return len(found)


def next_try(tx: Tx) -> datetime | None:
    """When there is something to send next; None where nothing waits."""
    row = tx.one(db.NEXT_TRY)
    return row[0] if row else None
