"""Posting a count: its differences become movements in a few statements, however many there are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, bindparam, case, func, insert, literal, or_, select, update
from sqlalchemy.sql.dml import Insert, Update

from wms_tui.db.counting import BALANCE, LOCATION, PLAN, PRODUCT
from wms_tui.db.counting_lines import LINE
from wms_tui.db.counting_review import DIFFERS
from wms_tui.db.movements import MOVEMENT, DocumentRow, write_document
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import NO_LOT
from wms_tui.db.transaction import Tx
from wms_tui.db.types import Quantity
from wms_tui.domain.quantities import MOST_ON_HAND

CHANGE = LINE.c.counted - LINE.c.expected
_SAME = (
    (BALANCE.c.product_id == LINE.c.product_id)
    & (BALANCE.c.location_id == LINE.c.location_id)
    & (BALANCE.c.lot_id == LINE.c.lot_id)
)
_AFTER = BALANCE.c.quantity + CHANGE
_CANNOT = or_(literal(0, Quantity) > _AFTER, literal(MOST_ON_HAND, Quantity) < _AFTER)
_OF_PLAN = (LINE.c.plan_id == bindparam("plan_id"), DIFFERS)


def _locked() -> Select[Any]:
    """The balances that will change, held in the order of their keys as every posting holds them.

    Each says whether it cannot take its difference: asked by itself, that costs PostgreSQL as much as the posting.
    """
    return (
        select(_CANNOT.label("cannot"))
        .select_from(BALANCE)
        .join(LINE, _SAME)
        .where(*_OF_PLAN)
        .order_by(BALANCE.c.product_id, BALANCE.c.location_id, BALANCE.c.lot_id)
        .with_for_update(of=BALANCE)
    )


def _impossible() -> Select[Any]:
    """A line whose difference its balance cannot take any more: (sku, location, on hand, change)."""
    return (
        select(PRODUCT.c.sku, LOCATION.c.code, BALANCE.c.quantity, CHANGE.label("change"))
        .select_from(LINE)
        .join(BALANCE, _SAME)
        .join(PRODUCT, PRODUCT.c.id == LINE.c.product_id)
        .join(LOCATION, LOCATION.c.id == LINE.c.location_id)
        .where(*_OF_PLAN, _CANNOT)
        .order_by(LOCATION.c.code, PRODUCT.c.sku)
        .limit(1)
    )


def _apply() -> Update:
    changed = (
        select(LINE.c.product_id, LINE.c.location_id, LINE.c.lot_id, CHANGE.label("change"))
        .where(*_OF_PLAN)
        .subquery("changed")
    )
    return (
        update(BALANCE)
        .where(
            BALANCE.c.product_id == changed.c.product_id,
            BALANCE.c.location_id == changed.c.location_id,
            BALANCE.c.lot_id == changed.c.lot_id,
        )
        .values(quantity=BALANCE.c.quantity + changed.c.change)
    )


def _move() -> Insert:
    """A movement from or to the place of losses for every line that differs, by location, product and lot."""
    loss = bindparam("loss_id", type_=MOVEMENT.c.source_id.type)
    quantity = func.abs(CHANGE, type_=Quantity)
    order = (LINE.c.location_id, LINE.c.product_id, LINE.c.lot_id)
    found = case((LINE.c.counted > LINE.c.expected, True), else_=False)
    columns: dict[str, Any] = {
        "document_id": bindparam("document_id", type_=MOVEMENT.c.document_id.type),
        "line": func.row_number().over(order_by=order),
        "product_id": LINE.c.product_id,
        "lot_id": LINE.c.lot_id,
        "source_id": case((found, loss), else_=LINE.c.location_id),
        "target_id": case((found, LINE.c.location_id), else_=loss),
        "quantity": quantity,
        "unit_id": PRODUCT.c.unit_id,
        "entered_quantity": quantity,
        "unit_cost": PRODUCT.c.cost,
        "user_id": bindparam("user_id", type_=MOVEMENT.c.user_id.type),
        "at": bindparam("at", type_=MOVEMENT.c.at.type),
    }
    lines = select(*columns.values()).join(PRODUCT, PRODUCT.c.id == LINE.c.product_id).where(*_OF_PLAN)
    return insert(MOVEMENT).from_select(list(columns), lines.order_by(*order))


LOCK = Prepared(_locked)
IMPOSSIBLE = Prepared(_impossible)
APPLY = Prepared(_apply)
MOVE = Prepared(_move)
PUT = Prepared(
    lambda: select(LINE.c.lot_id, LINE.c.location_id).where(
        *_OF_PLAN, LINE.c.counted > LINE.c.expected, LINE.c.lot_id != NO_LOT
    )
)
SETTLE = Prepared(
    lambda: (
        update(PLAN)
        .where(PLAN.c.id == bindparam("plan"))
        .values(
            state="posted",
            approved_by=bindparam("approver"),
            approved_at=bindparam("approved_at"),
            document_id=bindparam("document"),
        )
    )
)


def lock(tx: Tx, plan_id: int) -> tuple[int, bool]:
    """Hold the balances of all lines that differ; answers how many there are, and whether all can be posted."""
    rows = tx.all(LOCK, plan_id=plan_id)
    return len(rows), not any(cannot for (cannot,) in rows)


def impossible(tx: Tx, plan_id: int) -> tuple[str, str, Decimal, Decimal]:
    """The first line that cannot be posted, where there is one, as (sku, location, on hand, change)."""
    row = tx.one(IMPOSSIBLE, plan_id=plan_id)
    assert row is not None
    return row[0], row[1], row[2], row[3]


def put(tx: Tx, plan_id: int) -> list[tuple[int, int]]:
    """(lot, location) of what was found to be more than the ledger said."""
    return [(lot_id, location_id) for lot_id, location_id in tx.all(PUT, plan_id=plan_id)]


def post(tx: Tx, plan_id: int, prefix: str, document: DocumentRow, loss_id: int) -> tuple[int, str]:
    """Change the balances, write document and movements; answers its id and number."""
    tx.run(APPLY, plan_id=plan_id)
    document_id, number = write_document(tx, prefix, document)
    tx.run(
        MOVE,
        plan_id=plan_id,
        document_id=document_id,
        loss_id=loss_id,
        user_id=document.user_id,
        at=document.happened_at,
    )
    return document_id, number


def settle(tx: Tx, plan_id: int, approver: int, document_id: int | None) -> None:
    tx.run(SETTLE, plan=plan_id, approver=approver, approved_at=tx.now, document=document_id)
