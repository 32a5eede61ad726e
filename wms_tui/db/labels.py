"""Statements behind labels: the products and lots that are printed, the printers, and the queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, literal_column, or_, select, update

from wms_tui.db.enquiry import below
from wms_tui.db.locations import LOCATION
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import LabelJob, LabelPrinter, User, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.printing import ENDS, JobQuery, JobState

PRINTER, JOB, USER = core(LabelPrinter), core(LabelJob), core(User)
PRINTER_FIELDS = ("name", "kind", "host", "port", "folder", "size", "dpi", "active")


def _among(*states: JobState) -> ColumnElement[bool]:
    """A prepared statement has no list that grows: the states stand in it as they are."""
    return JOB.c.state.in_([literal_column(f"'{state.value}'") for state in states])


OPEN = _among(JobState.WAITING, JobState.SENDING)


def _printers() -> Select[Any]:
    waiting = select(func.count()).where(JOB.c.printer_id == PRINTER.c.id, OPEN).scalar_subquery()
    return select(*(PRINTER.c[name] for name in PRINTER_FIELDS), waiting).order_by(PRINTER.c.name)


def _due() -> Select[Any]:
    """The oldest job that is due of a printer to which nothing is being sent."""
    busy = select(JOB.c.printer_id).where(JOB.c.state == JobState.SENDING.value)
    return (
        select(JOB.c.id, PRINTER.c.id, PRINTER.c.host, PRINTER.c.port, JOB.c.data, JOB.c.tries)
        .join(PRINTER, PRINTER.c.id == JOB.c.printer_id)
        .where(
            JOB.c.state == JobState.WAITING.value,
            PRINTER.c.active.is_(True),
            or_(JOB.c.next_try.is_(None), JOB.c.next_try <= bindparam("now", type_=JOB.c.next_try.type)),
            JOB.c.printer_id.not_in(busy),
        )
        .order_by(JOB.c.id)
        .limit(1)
    )


PRINTERS = Prepared(_printers)
FIND_PRINTER = Prepared(
    lambda: select(PRINTER.c.id, *(PRINTER.c[name] for name in PRINTER_FIELDS)).where(
        PRINTER.c.name == bindparam("name")
    )
)
ADD_PRINTER = Prepared(lambda: insert(PRINTER).values(**{name: bindparam(name) for name in PRINTER_FIELDS}))
CHANGE_PRINTER = Prepared(
    lambda: (
        update(PRINTER)
        .where(*(PRINTER.c[name] == bindparam(f"seen_{name}", type_=PRINTER.c[name].type) for name in PRINTER_FIELDS))
        .values(**{name: bindparam(name) for name in PRINTER_FIELDS if name != "name"})
    )
)
LOCK_PRINTER = Prepared(lambda: select(PRINTER.c.id).where(PRINTER.c.id == bindparam("printer_id")).with_for_update())
OPEN_JOBS = Prepared(
    lambda: (
        select(func.count())
        .select_from(JOB)
        .join(PRINTER, PRINTER.c.id == JOB.c.printer_id)
        .where(PRINTER.c.name == bindparam("name"), OPEN)
    )
)

FIND_JOB = Prepared(
    lambda: select(JOB.c.id, JOB.c.state, JOB.c.title, JOB.c.user_id).where(JOB.c.id == bindparam("job_id"))
)
BY_REQUEST = Prepared(lambda: select(JOB.c.id).where(JOB.c.request_id == bindparam("request_id")))
ADD_JOB = Prepared(
    lambda: (
        insert(JOB)
        .values(
            **{
                name: bindparam(name)
                for name in ("printer_id", "request_id", "title", "labels", "data", "user_id", "terminal")
            },
            state=literal_column(f"'{JobState.WAITING.value}'"),
            tries=literal_column("0"),
            fault=literal_column("''"),
            next_try=None,
            created_at=bindparam("now"),
            changed_at=bindparam("now"),
        )
        .returning(JOB.c.id)
    )
)
DUE = Prepared(_due)
MOVE = Prepared(
    lambda: (
        update(JOB)
        .where(JOB.c.id == bindparam("job_id"), JOB.c.state == bindparam("seen"))
        .values(
            state=bindparam("state"),
            tries=bindparam("tries"),
            fault=bindparam("fault"),
            next_try=bindparam("next_try"),
            changed_at=bindparam("now"),
        )
    )
)
NEXT_TRY = Prepared(
    lambda: (
        select(func.min(func.coalesce(JOB.c.next_try, JOB.c.created_at), type_=JOB.c.next_try.type))
        .join(PRINTER, PRINTER.c.id == JOB.c.printer_id)
        .where(JOB.c.state == JobState.WAITING.value, PRINTER.c.active.is_(True))
    )
)
ABANDONED = Prepared(
    lambda: select(JOB.c.id, JOB.c.tries).where(
        JOB.c.state == JobState.SENDING.value, JOB.c.changed_at < bindparam("before", type_=JOB.c.changed_at.type)
    )
)
FORGET = Prepared(
    lambda: delete(JOB).where(
        _among(*sorted(ENDS)),
        JOB.c.changed_at < bindparam("before", type_=JOB.c.changed_at.type),
    )
)


def jobs(tx: Tx, query: JobQuery) -> list[tuple[Any, ...]]:
    """The fields of ``JobRow``, the newest first."""
    statement = (
        select(
            JOB.c.id,
            PRINTER.c.name,
            JOB.c.title,
            JOB.c.labels,
            JOB.c.state,
            JOB.c.tries,
            JOB.c.fault,
            USER.c.name,
            JOB.c.created_at,
            JOB.c.changed_at,
            JOB.c.next_try,
        )
        .join(PRINTER, PRINTER.c.id == JOB.c.printer_id)
        .join(USER, USER.c.id == JOB.c.user_id)
        .order_by(JOB.c.id.desc())
        .limit(query.limit + 1)
    )
    if query.after is not None:
        statement = statement.where(JOB.c.id < query.after)
    if query.open_only:
        statement = statement.where(JOB.c.state.not_in([JobState.SENT.value, JobState.CANCELLED.value]))
    return [tuple(row) for row in tx.connection.execute(statement)]


def move(
    tx: Tx, job_id: int, seen: JobState, to: JobState, tries: int, fault: str = "", next_try: datetime | None = None
) -> bool:
    """Bring a job on, if it still is as it was seen."""
    values = {"job_id": job_id, "seen": seen.value, "state": to.value, "tries": tries, "fault": fault}
    return tx.run(MOVE, **values, next_try=next_try, now=tx.now) == 1


def places_below(tx: Tx, code: str) -> list[tuple[str, str]]:
    """Code and name of a location and of all under it, by code."""
    wanted = LOCATION.c.id.in_(select(below(code).c.id))
    found = tx.connection.execute(select(LOCATION.c.code, LOCATION.c.name).where(wanted).order_by(LOCATION.c.code))
    return [(row[0], row[1]) for row in found]
