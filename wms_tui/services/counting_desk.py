"""A counter's desk in a plan: every answer is counted or refused whole, and saved at once."""

from __future__ import annotations

from collections.abc import Callable

from wms_tui.db import counting as db
from wms_tui.db import counting_desk as desk_db
from wms_tui.db import counting_lines as lines_db
from wms_tui.db import counting_scans as scans_db
from wms_tui.db import locations
from wms_tui.db.counting_desk import DeskRow
from wms_tui.db.transaction import Tx
from wms_tui.domain import counting_errors as errors
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.barcode_errors import CodeRefused
from wms_tui.domain.barcodes import visible
from wms_tui.domain.counting import (
    STATE_NAMES,
    AtDesk,
    CountAnswer,
    CountAnswered,
    CountedLine,
    CountRef,
    CountState,
    CountStep,
    CountView,
    TakeLocation,
)
from wms_tui.domain.entry import Outcome
from wms_tui.domain.errors import NotFound, UnknownCode, UnknownLocation, WmsError
from wms_tui.domain.texts import N_
from wms_tui.services import counting_items as items
from wms_tui.services.codes import entered
from wms_tui.services.counting import existing
from wms_tui.services.counting_view import saved_view
from wms_tui.services.entry_common import at_place
from wms_tui.services.use_cases import use_case

MOST_UNKNOWN = 200
"""Characters that are kept of an unknown code."""

Handler = Callable[[Tx, int, DeskRow, str], items.Taken]
HANDLERS: dict[CountStep, Handler] = {
    CountStep.LOCATION: items.take_location,
    CountStep.ITEM: items.take_item,
    CountStep.LOT: items.take_lot,
    CountStep.EXPIRES: items.take_expires,
}


@use_case(Permission.COUNT)
def sit_down(tx: Tx, actor: Actor, request: CountRef) -> CountView:
    """The operator's desk where it was left, or a new one. Raises ``NotCounting``, ``NotFound``."""
    row = desk_db.desk(tx, request.plan_id, actor.user_id)
    if row is None:
        plan = existing(tx, request.plan_id)
        row = _new_desk(plan)
    _check_state(row)
    if row.step != CountStep.LOCATION and not _holds(row, actor):
        row = _nowhere(row)
    return _save(tx, actor, row)


@use_case(Permission.COUNT)
def answer(tx: Tx, actor: Actor, request: CountAnswer) -> CountAnswered:
    """Take one entered line at the desk's step.

    A code that nobody knows is kept in the plan's list and answered in ``refused``; anything else that cannot be
    counted is raised, and nothing was saved.
    """
    row = _desk(tx, actor, request)
    text = entered(request.text)
    try:
        changed, outcome = HANDLERS[CountStep(row.step)](tx, actor.user_id, row, text)
    except (UnknownCode, UnknownLocation, CodeRefused) as refused:
        return _keep_unknown(tx, actor, row, text, refused)
    return CountAnswered(_save(tx, actor, changed), outcome)


@use_case(Permission.COUNT, writes=False)
def lines(tx: Tx, actor: Actor, request: AtDesk) -> tuple[CountedLine, ...]:
    """All that is counted at the location at work, the latest first; the view has only the last of them."""
    row = _desk(tx, actor, request)
    if row.location_id is None or row.round is None:
        return ()
    return scans_db.at_place(tx, row.plan_id, row.location_id, row.round, every=True)


@use_case(Permission.COUNT)
def take_back(tx: Tx, actor: Actor, request: AtDesk) -> CountAnswered:
    """Take back what was scanned last. Raises ``NothingToUndo``."""
    changed, outcome = items.take_back(tx, _desk(tx, actor, request))
    return CountAnswered(_save(tx, actor, changed), outcome)


@use_case(Permission.COUNT)
def step_back(tx: Tx, actor: Actor, request: AtDesk) -> CountView:
    """Forget what was entered towards the next scan; with nothing entered, leave the location, unfinished.

    Where nothing is counted, it is free again for everybody.
    """
    row = _desk(tx, actor, request)
    if row.pending_code or row.pending_quantity is not None:
        return _save(tx, actor, items.at_items(row))
    items.release(tx, actor.user_id, row)
    return _save(tx, actor, _nowhere(row))


@use_case(Permission.COUNT)
def finish(tx: Tx, actor: Actor, request: AtDesk) -> CountAnswered:
    """The location is counted: what was not found there counts as nothing. Raises ``LocationFirst``."""
    row = _desk(tx, actor, request)
    if row.step == CountStep.LOCATION or row.location_id is None or row.round is None:
        raise errors.LocationFirst
    if row.pending_code:
        raise errors.LineUnfinished(sku=items.pending_sku(tx, row))
    code = locations.place(tx, row.location_id).code
    where = {"plan_id": row.plan_id, "location_id": row.location_id}
    count = lines_db.number(tx, scans_db.SCANNED_AT, **where, round=row.round)
    lines_db.imply(tx, row.plan_id, row.filtered, bool(row.whole), row.location_id, row.round, actor.user_id)
    tx.run(desk_db.FINISH, plan=row.plan_id, location=row.location_id, user_id=actor.user_id, done_at=tx.now)
    outcome = Outcome(N_("{code} is counted, lines: {count}."), {"code": code, "count": count})
    return CountAnswered(_save(tx, actor, _nowhere(row)), outcome)


@use_case(Permission.COUNT)
def take_over(tx: Tx, actor: Actor, request: TakeLocation) -> CountAnswered:
    """Go on at a location where another one counts, or count one anew that is counted.

    Only what was asked for is done: raises ``LocationCounted`` for one that was finished in the meantime, and
    ``LocationTaken`` for one that somebody counts anew already.
    """
    row = _desk(tx, actor, AtDesk(request.plan_id))
    place = locations.found(tx, request.code)
    if place is None:
        raise UnknownLocation(code=request.code)
    row = items.stand_at(tx, actor.user_id, row, place, items.Way.ANEW if request.anew else items.Way.TAKEN)
    tx.note("take over location", place.code, after={"count": row.plan_id})
    return CountAnswered(_save(tx, actor, row), at_place(place))


def _new_desk(plan: db.PlanRow) -> DeskRow:
    nothing = dict.fromkeys(DeskRow._fields)
    own = {name: getattr(plan, name) for name in ("plan_id", "name", "state", "anywhere", "filtered")}
    begun = {"step": CountStep.LOCATION.value, "pending_code": "", "pending_lot": "", "saved_at": plan.created_at}
    return DeskRow(**{**nothing, **own, **begun})


def _desk(tx: Tx, actor: Actor, request: CountAnswer | AtDesk) -> DeskRow:
    """The operator's desk as he saw it. Raises what became of it elsewhere, a ``Stale``."""
    row = desk_db.desk(tx, request.plan_id, actor.user_id)
    if row is None:
        raise NotFound(what=N_("count"), code=str(request.plan_id))
    _check_state(row)
    if request.seen not in {None, row.saved_at}:
        raise errors.DeskChanged
    if row.step != CountStep.LOCATION and not _holds(row, actor):
        place = locations.place(tx, row.location_id or 0)
        raise errors.LocationLost(code=place.code, name=row.holder or "")
    return row


def _check_state(row: DeskRow) -> None:
    if row.state != CountState.COUNTING:
        raise errors.NotCounting(state=STATE_NAMES[CountState(row.state)])


def _holds(row: DeskRow, actor: Actor) -> bool:
    return row.holder_id == actor.user_id and row.done_at is None


def _nowhere(row: DeskRow) -> DeskRow:
    return items.at_items(row)._replace(step=CountStep.LOCATION.value, location_id=None, round=None)


def _keep_unknown(tx: Tx, actor: Actor, row: DeskRow, text: str, refused: WmsError) -> CountAnswered:
    tx.run(
        scans_db.ADD_UNKNOWN,
        plan_id=row.plan_id,
        location_id=row.location_id,
        code=visible(text)[:MOST_UNKNOWN],
        user_id=actor.user_id,
        at=tx.now,
    )
    return CountAnswered(_save(tx, actor, row), Outcome(""), refused)


def _save(tx: Tx, actor: Actor, row: DeskRow) -> CountView:
    return saved_view(tx, actor.user_id, row._replace(saved_at=tx.now))
