"""Statements about the locations of a count and the desks of those who count."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.counting import BIN, DESK, LOCATION, PLAN, USER
from wms_tui.db.prepared import Prepared, upsert
from wms_tui.db.transaction import Asked, Tx

COUNTER = USER.alias("counter")


class DeskRow(NamedTuple):
    """A counter's desk, with the plan that it is in and how the location at work stands."""

    plan_id: int
    name: str
    state: str
    anywhere: bool
    filtered: bool
    step: str
    location_id: int | None
    pending_quantity: Decimal | None
    pending_code: str
    pending_lot: str
    saved_at: datetime
    holder_id: int | None
    holder: str | None
    round: int | None
    whole: bool | None
    done_at: datetime | None


class BinRow(NamedTuple):
    """A location of a plan."""

    location_id: int
    user_id: int | None
    user: str | None
    round: int
    whole: bool
    done_at: datetime | None


def _desk() -> Select[Any]:
    holder = USER.alias("holder")
    return (
        select(
            PLAN.c.id,
            PLAN.c.name,
            PLAN.c.state,
            PLAN.c.anywhere,
            PLAN.c.filtered,
            DESK.c.step,
            DESK.c.location_id,
            DESK.c.pending_quantity,
            DESK.c.pending_code,
            DESK.c.pending_lot,
            DESK.c.saved_at,
            BIN.c.user_id,
            holder.c.name,
            BIN.c.round,
            BIN.c.whole,
            BIN.c.done_at,
        )
        .select_from(PLAN)
        .join(DESK, DESK.c.plan_id == PLAN.c.id)
        .outerjoin(BIN, (BIN.c.plan_id == PLAN.c.id) & (BIN.c.location_id == DESK.c.location_id))
        .outerjoin(holder, holder.c.id == BIN.c.user_id)
        .where(PLAN.c.id == bindparam("plan_id"), DESK.c.user_id == bindparam("user_id"))
        .with_for_update(read=True, of=PLAN)
    )


def _bins() -> Select[Any]:
    return (
        select(BIN.c.location_id, BIN.c.user_id, COUNTER.c.name, BIN.c.round, BIN.c.whole, BIN.c.done_at)
        .outerjoin(COUNTER, COUNTER.c.id == BIN.c.user_id)
        .where(BIN.c.plan_id == bindparam("plan_id"))
    )


def _bin_at() -> Select[Any]:
    return _bins().where(BIN.c.location_id == bindparam("location_id")).with_for_update(of=BIN)


def _put_desk(dialect: str) -> Insert:
    put = upsert(dialect, DESK).values({column.name: bindparam(column.name) for column in DESK.c})
    changed = [column.name for column in DESK.c if column.name not in {"plan_id", "user_id"}]
    return put.on_conflict_do_update(
        index_elements=["plan_id", "user_id"], set_={name: put.excluded[name] for name in changed}
    )


_SAME_BIN = (BIN.c.plan_id == bindparam("plan"), BIN.c.location_id == bindparam("location"))
DESK_OF = Prepared(_desk)
PUT_DESK = Prepared.by_dialect(_put_desk)
BIN_AT = Prepared(_bin_at)
CLAIM = Prepared(lambda: update(BIN).where(*_SAME_BIN).values(user_id=bindparam("user_id")))
RELEASE = Prepared(
    lambda: (
        update(BIN)
        .where(*_SAME_BIN, BIN.c.user_id == bindparam("holder"), BIN.c.done_at.is_(None))
        .values(user_id=None)
    )
)
FINISH = Prepared(
    lambda: update(BIN).where(*_SAME_BIN).values(user_id=bindparam("user_id"), done_at=bindparam("done_at"))
)
BEGIN_AGAIN = Prepared(
    lambda: (
        update(BIN)
        .where(*_SAME_BIN)
        .values(round=BIN.c.round + 1, whole=bindparam("whole_again"), user_id=bindparam("user_id"), done_at=None)
    )
)
PROGRESS = Prepared(
    lambda: select(func.count(), func.count(BIN.c.done_at)).where(BIN.c.plan_id == bindparam("plan_id"))
)
NEAREST = Prepared(
    lambda: (
        select(LOCATION.c.code)
        .join(BIN, BIN.c.location_id == LOCATION.c.id)
        .where(
            BIN.c.plan_id == bindparam("plan_id"),
            BIN.c.done_at.is_(None),
            or_(BIN.c.user_id.is_(None), BIN.c.user_id == bindparam("user_id")),
        )
        .order_by(LOCATION.c.code)
        .limit(20)
    )
)
LOCATIONS = Prepared(
    lambda: (
        select(LOCATION.c.code, LOCATION.c.name, BIN.c.user_id, COUNTER.c.name, BIN.c.round, BIN.c.done_at)
        .select_from(BIN)
        .join(LOCATION, LOCATION.c.id == BIN.c.location_id)
        .outerjoin(COUNTER, COUNTER.c.id == BIN.c.user_id)
        .where(BIN.c.plan_id == bindparam("plan_id"))
        .order_by(LOCATION.c.code)
    )
)


def desk(tx: Tx, plan_id: int, user_id: int) -> DeskRow | None:
    """A counter's desk; the plan stays in its state until the end of the transaction."""
    row = tx.one(DESK_OF, plan_id=plan_id, user_id=user_id)
    return DeskRow(*row) if row else None


def saving(tx: Tx, user_id: int, row: DeskRow) -> Asked:
    """What saves a desk, with the time of now."""
    kept = ("plan_id", "step", "location_id", "pending_quantity", "pending_code", "pending_lot")
    return PUT_DESK, {"user_id": user_id, "saved_at": tx.now, **{name: getattr(row, name) for name in kept}}


def bin_at(tx: Tx, plan_id: int, location_id: int) -> BinRow | None:
    """A location of a plan, held until the end of the transaction."""
    row = tx.one(BIN_AT, plan_id=plan_id, location_id=location_id)
    return BinRow(*row) if row else None


def progress(tx: Tx, plan_id: int) -> tuple[int, int]:
    """(locations, of them counted)"""
    row = tx.one(PROGRESS, plan_id=plan_id)
    return (int(row[0]), int(row[1])) if row else (0, 0)


def nearest(tx: Tx, plan_id: int, user_id: int) -> tuple[str, ...]:
    """Codes of the next locations that are still to do and nobody else is at."""
    return tuple(row[0] for row in tx.all(NEAREST, plan_id=plan_id, user_id=user_id))
