"""Statements for whoever reviews a count: its lines beside the ledger, and lines that are to be counted again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select, tuple_, update

from wms_tui.db.counting import BIN, LOCATION, PLAN, PRODUCT, USER
from wms_tui.db.counting_lines import LINE, UNIT
from wms_tui.db.counting_scans import SCAN
from wms_tui.db.movements import DOCUMENT, LOT
from wms_tui.db.prepared import Prepared
from wms_tui.db.transaction import Tx
from wms_tui.domain.counting import CountState
from wms_tui.domain.counting_review import ReviewQuery

DIFFERS = LINE.c.counted.is_not(None) & (LINE.c.counted != LINE.c.expected)
LEFT = exists().where(
    BIN.c.plan_id == LINE.c.plan_id,
    BIN.c.location_id == LINE.c.location_id,
    BIN.c.done_at.is_(None),
    BIN.c.user_id.is_(None),
    BIN.c.round == 1,
)
"""A location that was left with nothing counted, though something had been scanned and taken back."""
WAITS = LINE.c.counted.is_(None) & ~LEFT
NEEDS_A_LOOK = or_(WAITS, LINE.c.moved.is_(True), LINE.c.counted != LINE.c.expected)
COUNTER = USER.alias("counter")

_COLUMNS = (
    LINE.c.id,
    LOCATION.c.code,
    PRODUCT.c.sku,
    PRODUCT.c.name,
    LOT.c.number,
    LINE.c.counted,
    LINE.c.expected,
    LINE.c.before,
    UNIT.c.code,
    USER.c.name,
    LINE.c.at,
    LINE.c.moved,
)


def _joined(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(LINE)
        .join(LOCATION, LOCATION.c.id == LINE.c.location_id)
        .join(PRODUCT, PRODUCT.c.id == LINE.c.product_id)
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .join(LOT, LOT.c.id == LINE.c.lot_id)
        .join(USER, USER.c.id == LINE.c.user_id)
    )


def _of_plan(condition: ColumnElement[bool]) -> Any:
    return func.count().filter(condition)


def _exported() -> Select[Any]:
    return (
        _joined(
            LINE.c.id,
            PLAN.c.id,
            PLAN.c.name,
            PLAN.c.state,
            *_COLUMNS[1:5],
            LINE.c.counted,
            LINE.c.expected,
            UNIT.c.code,
            USER.c.name,
            LINE.c.at,
            func.coalesce(DOCUMENT.c.number, ""),
            PRODUCT.c.cost,
        )
        .join(PLAN, PLAN.c.id == LINE.c.plan_id)
        .outerjoin(DOCUMENT, DOCUMENT.c.id == PLAN.c.document_id)
        .where(LINE.c.id > bindparam("after"))
        .order_by(LINE.c.id)
        .limit(bindparam("most"))
    )


COUNTS = Prepared(
    lambda: select(func.count(), _of_plan(DIFFERS), _of_plan(WAITS), _of_plan(LINE.c.moved.is_(True))).where(
        LINE.c.plan_id == bindparam("plan_id")
    )
)
DIFFERENCES = Prepared(
    lambda: (
        select(LINE.c.counted, LINE.c.expected, PRODUCT.c.cost)
        .join(PRODUCT, PRODUCT.c.id == LINE.c.product_id)
        .where(LINE.c.plan_id == bindparam("plan_id"), DIFFERS, PRODUCT.c.cost.is_not(None))
    )
)
COUNTERS = Prepared(
    lambda: (
        select(COUNTER.c.name)
        .where(
            or_(
                exists().where(SCAN.c.plan_id == bindparam("plan_id"), SCAN.c.user_id == COUNTER.c.id),
                exists().where(BIN.c.plan_id == bindparam("plan_id"), BIN.c.user_id == COUNTER.c.id),
                exists().where(LINE.c.plan_id == bindparam("plan_id"), LINE.c.user_id == COUNTER.c.id),
            )
        )
        .order_by(COUNTER.c.name)
    )
)
LEFT_OUT = Prepared(
    lambda: (
        select(LOCATION.c.code)
        .join(BIN, BIN.c.location_id == LOCATION.c.id)
        .where(BIN.c.plan_id == bindparam("plan_id"), BIN.c.done_at.is_(None), BIN.c.user_id.is_(None))
        .order_by(LOCATION.c.code)
    )
)
IN_WORK = Prepared(
    lambda: (
        select(LOCATION.c.code)
        .join(BIN, BIN.c.location_id == LOCATION.c.id)
        .where(
            BIN.c.plan_id == bindparam("plan_id"),
            BIN.c.done_at.is_(None),
            or_(BIN.c.user_id.is_not(None), BIN.c.round > 1),
        )
        .order_by(LOCATION.c.code)
    )
)
UNSETTLED = Prepared(
    lambda: (
        select(LOCATION.c.code)
        .join(LINE, LINE.c.location_id == LOCATION.c.id)
        .where(LINE.c.plan_id == bindparam("plan_id"), or_(WAITS, LINE.c.moved.is_(True)))
        .order_by(LOCATION.c.code)
        .distinct()
    )
)
AWAITING = Prepared(lambda: select(func.count()).select_from(PLAN).where(PLAN.c.state == CountState.REVIEW.value))
UNDER_WAY = Prepared(lambda: select(func.count()).select_from(PLAN).where(PLAN.c.state == CountState.COUNTING.value))
EXPORTED = Prepared(_exported)
"""(key, plan, name, state, location, sku, name, lot, counted, expected, unit, user, at, document, cost)"""


def lines(tx: Tx, query: ReviewQuery) -> list[tuple[Any, ...]]:
    """The columns of ``ReviewLine`` but its value, then the product's cost; one more row than asked for, if any."""
    key = (LOCATION.c.code, PRODUCT.c.sku, LOT.c.number)
    found = _joined(*_COLUMNS, PRODUCT.c.cost).where(LINE.c.plan_id == query.plan_id).order_by(*key)
    if query.differing:
        found = found.where(NEEDS_A_LOOK)
    if query.text:
        wanted = (column.icontains(query.text, autoescape=True) for column in (*key, PRODUCT.c.name))
        found = found.where(or_(*wanted))
    if query.after:
        found = found.where(tuple_(*key) > tuple_(*query.after))
    return [tuple(row) for row in tx.connection.execute(found.limit(query.limit + 1))]


def in_work(tx: Tx, plan_id: int, line_ids: Sequence[int]) -> tuple[str, ...]:
    """Codes of those lines' locations where somebody counts."""
    places = select(LINE.c.location_id).where(LINE.c.plan_id == plan_id, LINE.c.id.in_(line_ids))
    held = (BIN.c.plan_id == plan_id) & BIN.c.user_id.is_not(None) & BIN.c.done_at.is_(None)
    codes = (
        select(LOCATION.c.code).join(BIN, BIN.c.location_id == LOCATION.c.id).where(held, BIN.c.location_id.in_(places))
    )
    return tuple(code for (code,) in tx.connection.execute(codes.order_by(LOCATION.c.code)))


def count_again(tx: Tx, plan_id: int, line_ids: Sequence[int]) -> list[str]:
    """Open lines and their locations to be counted again; answers the locations' codes."""
    chosen = (LINE.c.plan_id == plan_id) & LINE.c.id.in_(line_ids)
    places = select(LINE.c.location_id).where(chosen)
    again = update(LINE).where(chosen)
    before = func.coalesce(LINE.c.counted, LINE.c.before)
    codes = select(LOCATION.c.code).where(LOCATION.c.id.in_(places)).order_by(LOCATION.c.code)
    found = [code for (code,) in tx.connection.execute(codes)]
    bins = (BIN.c.plan_id == plan_id) & BIN.c.location_id.in_(places)
    reopened = bins & BIN.c.done_at.is_not(None)
    opened = {"round": BIN.c.round + 1, "whole": False, "user_id": None, "done_at": None}
    tx.connection.execute(update(BIN).where(reopened).values(opened))
    tx.connection.execute(again.values(before=before, counted=None, moved=False, implied=False))
    return found


def values(tx: Tx, plan_id: int) -> tuple[Decimal, Decimal]:
    """What is short and what is over, valued at the products' cost now."""
    short, over = Decimal(0), Decimal(0)
    for counted, expected, cost in tx.all(DIFFERENCES, plan_id=plan_id):
        value = (counted - expected) * cost
        short, over = (short - value, over) if value < 0 else (short, over + value)
    return short, over


def codes(tx: Tx, statement: Prepared, plan_id: int) -> tuple[str, ...]:
    return tuple(row[0] for row in tx.all(statement, plan_id=plan_id))
