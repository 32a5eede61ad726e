"""Counts: what is to be counted, where it stands, and handing it over. Nothing here tells what the books say."""

from __future__ import annotations

from typing import Any

from wms_tui.db import counting as db
from wms_tui.db import counting_desk as desk_db
from wms_tui.db import counting_review as review_db
from wms_tui.db import counting_scans as scans_db
from wms_tui.db.transaction import Tx
from wms_tui.domain import counting_errors as errors
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.counting import (
    OPEN,
    STATE_NAMES,
    BinState,
    CountBin,
    CountPlan,
    CountRef,
    CountsQuery,
    CountState,
    Submit,
    UnknownScan,
)
from wms_tui.domain.enquiry import Page
from wms_tui.domain.errors import NotFound
from wms_tui.domain.texts import N_
from wms_tui.services.door import holds
from wms_tui.services.use_cases import use_case

MOST_SUBJECT = 200
"""Characters of what an audit event is about."""
MOST_NAMED = 5
"""Locations that a sentence names."""


@use_case(Permission.COUNT, writes=False)
def plans(tx: Tx, actor: Actor, request: CountsQuery) -> Page[CountPlan]:
    """Plans for whoever counts, the newest first."""
    return listed_plans(tx, request)


@use_case(Permission.COUNT, writes=False)
def bins(tx: Tx, actor: Actor, request: CountRef) -> tuple[CountBin, ...]:
    """The locations of a plan by code, and how far each is."""
    existing(tx, request.plan_id)
    rows = tx.all(desk_db.LOCATIONS, plan_id=request.plan_id)
    return tuple(
        CountBin(code, name, _bin_state(user_id, round_, done_at), user or "")
        for code, name, user_id, user, round_, done_at in rows
    )


@use_case(Permission.COUNT, writes=False)
def unknown(tx: Tx, actor: Actor, request: CountRef) -> tuple[UnknownScan, ...]:
    """Codes that nobody knows, scanned while counting, the latest first."""
    return scans_db.unknown(tx, request.plan_id)


@use_case(Permission.COUNT)
def submit(tx: Tx, actor: Actor, request: Submit) -> CountPlan:
    """Hand a plan over for approval.

    Raises ``LocationsInWork`` for what was begun and not finished, ``LocationsLeft`` for what was not begun unless it
    may be left out, ``NothingCounted``, ``NotCounting``.
    """
    row = counted_now(tx, request.plan_id)
    in_work = review_db.codes(tx, review_db.IN_WORK, row.plan_id)
    if in_work:
        raise errors.LocationsInWork(codes=some(in_work))
    left = review_db.codes(tx, review_db.LEFT_OUT, row.plan_id)
    if len(left) == desk_db.progress(tx, row.plan_id)[0]:
        raise errors.NothingCounted
    if left and not request.without_rest:
        raise errors.LocationsLeft(count=len(left), codes=some(left))
    tx.run(db.SET_STATE, plan=row.plan_id, state=CountState.REVIEW.value)
    tx.note("submit count", title(row), after={"left out": list(left)} if left else None)
    return one_plan(tx, row.plan_id)


@use_case(Permission.COUNT)
def cancel(tx: Tx, actor: Actor, request: CountRef) -> None:
    """Give a count up; nothing is posted. For whoever began it, or reviews counts. Raises ``NotYours``, ``Stale``."""
    row = existing(tx, request.plan_id, lock=True)
    if CountState(row.state) not in OPEN:
        raise errors.NotCounting(state=STATE_NAMES[CountState(row.state)])
    if row.user_id != actor.user_id and not holds(tx, actor, Permission.COUNT_REVIEW):
        raise errors.NotYours(name=row.created_by)
    tx.run(db.SET_STATE, plan=row.plan_id, state=CountState.CANCELLED.value)
    tx.note("cancel count", title(row))


def listed_plans(tx: Tx, request: CountsQuery) -> Page[CountPlan]:
    """Plans that are open, or all of them."""
    states = () if request.every else OPEN
    rows = db.plans(tx, request.text, states, request.after, request.limit + 1)
    found = tuple(_listed(row) for row in rows[: request.limit])
    return Page(found, found[-1].plan_id if len(rows) > request.limit else None)


def one_plan(tx: Tx, plan_id: int) -> CountPlan:
    """Raises ``NotFound``."""
    row = db.listed(tx, plan_id)
    if row is None:
        raise NotFound(what=N_("count"), code=str(plan_id))
    return _listed(row)


def existing(tx: Tx, plan_id: int, lock: bool = False) -> db.PlanRow:
    """Raises ``NotFound``."""
    row = db.plan(tx, plan_id, lock)
    if row is None:
        raise NotFound(what=N_("count"), code=str(plan_id))
    return row


def counted_now(tx: Tx, plan_id: int) -> db.PlanRow:
    """A plan that is being counted, held against everybody else. Raises ``NotCounting``."""
    row = existing(tx, plan_id, lock=True)
    if row.state != CountState.COUNTING:
        raise errors.NotCounting(state=STATE_NAMES[CountState(row.state)])
    return row


def title(row: db.PlanRow) -> str:
    """What the audit calls a plan."""
    return f"#{row.plan_id} {row.name}"[:MOST_SUBJECT]


def some(codes: tuple[str, ...]) -> str:
    """The first few of many codes."""
    return ", ".join(codes[:MOST_NAMED]) + (", …" if len(codes) > MOST_NAMED else "")


def _listed(row: tuple[Any, ...]) -> CountPlan:
    return CountPlan(row[0], row[1], CountState(row[2]), *row[3:])


def _bin_state(user_id: int | None, round_: int, done_at: object) -> BinState:
    if done_at is not None:
        return BinState.DONE
    if user_id is not None:
        return BinState.IN_WORK
    return BinState.RECOUNT if round_ > 1 else BinState.OPEN
