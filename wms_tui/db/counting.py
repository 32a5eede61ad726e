"""Statements about counts: plans, and what they cover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, insert, literal, or_, select, update

from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import (
    Balance,
    Category,
    CountBin,
    CountDesk,
    CountPlan,
    CountScope,
    Document,
    Location,
    Product,
    User,
    core,
)
from wms_tui.db.transaction import Tx
from wms_tui.domain.counting import CountState
from wms_tui.domain.locations import REAL

PLAN, SCOPE, BIN, DESK = core(CountPlan), core(CountScope), core(CountBin), core(CountDesk)
PRODUCT, CATEGORY, LOCATION, BALANCE = core(Product), core(Category), core(Location), core(Balance)
DOCUMENT, USER = core(Document), core(User)
COUNTER = USER.alias("counter")

IS_REAL = and_(or_(*(LOCATION.c.kind == kind.value for kind in sorted(REAL))), LOCATION.c.closed.is_(False))


class PlanRow(NamedTuple):
    """A plan's own row."""

    plan_id: int
    name: str
    state: str
    anywhere: bool
    filtered: bool
    request_id: str
    user_id: int
    created_by: str
    created_at: datetime
    document_id: int | None


def in_scope(product_id: Any, category_id: Any, plan_id: Any) -> ColumnElement[bool]:
    """Whether a filtered plan counts a product: it names it, or a category above it."""
    above, below = CATEGORY.alias("above"), CATEGORY.alias("below")
    named = exists().where(SCOPE.c.plan_id == plan_id, SCOPE.c.product_id == product_id)
    inside = func.substr(below.c.path, 1, func.length(above.c.path) + 1) == above.c.path.concat("/")
    in_category = exists(
        select(literal(1))
        .select_from(SCOPE)
        .join(above, above.c.id == SCOPE.c.category_id)
        .join(below, or_(below.c.id == above.c.id, inside))
        .where(SCOPE.c.plan_id == plan_id, below.c.id == category_id)
    )
    return or_(named, in_category)


def _plans() -> Select[Any]:
    return select(
        PLAN.c.id,
        PLAN.c.name,
        PLAN.c.state,
        PLAN.c.anywhere,
        PLAN.c.filtered,
        PLAN.c.request_id,
        PLAN.c.user_id,
        USER.c.name,
        PLAN.c.created_at,
        PLAN.c.document_id,
    ).join(USER, USER.c.id == PLAN.c.user_id)


def _listed() -> Select[Any]:
    """(id, name, state, created by, created at, locations, counted, document) of the plans that are looked for."""
    all_of = select(func.count()).where(BIN.c.plan_id == PLAN.c.id).scalar_subquery()
    done = select(func.count()).where(BIN.c.plan_id == PLAN.c.id, BIN.c.done_at.is_not(None)).scalar_subquery()
    return (
        select(
            PLAN.c.id,
            PLAN.c.name,
            PLAN.c.state,
            USER.c.name,
            PLAN.c.created_at,
            all_of,
            done,
            func.coalesce(DOCUMENT.c.number, ""),
        )
        .join(USER, USER.c.id == PLAN.c.user_id)
        .outerjoin(DOCUMENT, DOCUMENT.c.id == PLAN.c.document_id)
    )


PLAN_OF = Prepared(lambda: _plans().where(PLAN.c.id == bindparam("plan_id")))
LOCKED_PLAN = Prepared(lambda: _plans().where(PLAN.c.id == bindparam("plan_id")).with_for_update(of=PLAN))
ADD_PLAN = Prepared(
    lambda: (
        insert(PLAN)
        .values({column.name: bindparam(column.name) for column in PLAN.c if column.name != "id"})
        .returning(PLAN.c.id)
    )
)
SET_STATE = Prepared(lambda: update(PLAN).where(PLAN.c.id == bindparam("plan")).values(state=bindparam("state")))
ADD_SCOPE = Prepared(
    lambda: insert(SCOPE).values(
        plan_id=bindparam("plan_id"), product_id=bindparam("product_id"), category_id=bindparam("category_id")
    )
)
ADD_BIN = Prepared(
    lambda: insert(BIN).values(
        plan_id=bindparam("plan_id"), location_id=bindparam("location_id"), round=1, whole=True, user_id=None
    )
)
IN_SCOPE = Prepared(
    lambda: select(literal(1)).where(
        PRODUCT.c.id == bindparam("product_id"), in_scope(PRODUCT.c.id, PRODUCT.c.category_id, bindparam("plan_id"))
    )
)
HOLDING = Prepared(
    lambda: (
        select(BALANCE.c.location_id)
        .join(PRODUCT, PRODUCT.c.id == BALANCE.c.product_id)
        .join(LOCATION, LOCATION.c.id == BALANCE.c.location_id)
        .where(BALANCE.c.quantity > 0, IS_REAL, in_scope(PRODUCT.c.id, PRODUCT.c.category_id, bindparam("plan_id")))
        .distinct()
    )
)
"""Open locations that hold something of a filtered plan's products."""


def plan(tx: Tx, plan_id: int, lock: bool = False) -> PlanRow | None:
    """A plan; ``lock`` keeps everybody else out of it until the end of the transaction."""
    row = tx.one(LOCKED_PLAN if lock else PLAN_OF, plan_id=plan_id)
    return PlanRow(*row) if row else None


def plans(tx: Tx, text: str, states: Sequence[CountState], after: int | None, limit: int) -> list[tuple[Any, ...]]:
    """Plans, the newest first, whose name or creator holds a text."""
    found = _listed().order_by(PLAN.c.id.desc()).limit(limit)
    if states:
        found = found.where(PLAN.c.state.in_([state.value for state in states]))
    if after is not None:
        found = found.where(PLAN.c.id < after)
    if text:
        found = found.where(
            or_(PLAN.c.name.icontains(text, autoescape=True), USER.c.name.icontains(text, autoescape=True))
        )
    return [tuple(row) for row in tx.connection.execute(found)]


def listed(tx: Tx, plan_id: int) -> tuple[Any, ...] | None:
    """One plan as ``plans`` has it."""
    row = tx.connection.execute(_listed().where(PLAN.c.id == plan_id)).first()
    return tuple(row) if row else None


def covers(tx: Tx, plan_id: int, product_id: int) -> bool:
    """Whether a filtered plan counts a product."""
    return tx.one(IN_SCOPE, plan_id=plan_id, product_id=product_id) is not None


def real_below(tx: Tx, codes: Sequence[str]) -> set[int]:
    """Open locations that hold stock, among these and all below them."""
    found: set[int] = set()
    for code in codes:
        tree = select(LOCATION.c.id).where(LOCATION.c.code == code).cte("tree", recursive=True)
        tree = tree.union(select(LOCATION.c.id).join(tree, LOCATION.c.parent_id == tree.c.id))
        statement = select(LOCATION.c.id).where(LOCATION.c.id.in_(select(tree.c.id)), IS_REAL)
        found |= {row[0] for row in tx.connection.execute(statement)}
    return found


def holding(tx: Tx, plan_id: int) -> set[int]:
    return {row[0] for row in tx.all(HOLDING, plan_id=plan_id)}
