"""Statements about counted lines: each with the balance and the position at which it was counted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, func, insert, literal, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.balances import HOLD, BalanceKey
from wms_tui.db.counting import BALANCE, PRODUCT, in_scope
from wms_tui.db.movements import MOVEMENT
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import CountLine, Document, Unit, core
from wms_tui.db.transaction import Tx
from wms_tui.db.types import Quantity

LINE = core(CountLine)
DOCUMENT, UNIT = core(Document), core(Unit)


class LineRow(NamedTuple):
    """A line as far as counting on needs it."""

    line_id: int
    round: int
    counted: Decimal | None
    position: int
    moved: bool


_PLACE = (BALANCE.c.location_id == bindparam("location_id"), BALANCE.c.quantity > 0)


def _unlined() -> Any:
    """A balance of which the plan has no line yet."""
    return ~exists().where(
        LINE.c.plan_id == bindparam("plan_id"),
        LINE.c.location_id == BALANCE.c.location_id,
        LINE.c.product_id == BALANCE.c.product_id,
        LINE.c.lot_id == BALANCE.c.lot_id,
    )


def _moved() -> Select[Any]:
    """Whether a document after a position moved a product and lot at a location."""

    def touched(place: Any) -> Any:
        return exists().where(
            place == bindparam("location_id"),
            MOVEMENT.c.document_id > bindparam("position"),
            MOVEMENT.c.product_id == bindparam("product_id"),
            MOVEMENT.c.lot_id == bindparam("lot_id"),
        )

    return select(touched(MOVEMENT.c.source_id) | touched(MOVEMENT.c.target_id))


def _imply(filtered: bool) -> Insert:
    """A line of zero for everything that stands at a location by the books and was not scanned there."""
    columns = {
        "plan_id": bindparam("plan_id"),
        "location_id": BALANCE.c.location_id,
        "product_id": BALANCE.c.product_id,
        "lot_id": BALANCE.c.lot_id,
        "round": bindparam("round"),
        "counted": literal(0, Quantity),
        "expected": BALANCE.c.quantity,
        "position": bindparam("position"),
        "moved": literal(False),
        "implied": literal(True),
        "user_id": bindparam("user_id"),
        "at": bindparam("at", type_=LINE.c.at.type),
    }
    found = select(*columns.values()).where(*_PLACE, _unlined())
    if filtered:
        found = found.join(PRODUCT, PRODUCT.c.id == BALANCE.c.product_id)
        found = found.where(in_scope(PRODUCT.c.id, PRODUCT.c.category_id, bindparam("plan_id")))
    return insert(LINE).from_select(list(columns), found)


def _books() -> Any:
    """What the books say of a line now, nothing where there is no balance."""
    held = select(BALANCE.c.quantity).where(
        BALANCE.c.product_id == LINE.c.product_id,
        BALANCE.c.location_id == LINE.c.location_id,
        BALANCE.c.lot_id == LINE.c.lot_id,
    )
    return func.coalesce(held.scalar_subquery(), literal(0, Quantity), type_=Quantity)


LINE_OF = Prepared(
    lambda: select(LINE.c.id, LINE.c.round, LINE.c.counted, LINE.c.position, LINE.c.moved).where(
        LINE.c.plan_id == bindparam("plan_id"),
        LINE.c.location_id == bindparam("location_id"),
        LINE.c.product_id == bindparam("product_id"),
        LINE.c.lot_id == bindparam("lot_id"),
    )
)
LOCK_PLACE = Prepared(
    lambda: (
        select(BALANCE.c.product_id)
        .where(BALANCE.c.location_id == bindparam("location_id"))
        .order_by(BALANCE.c.product_id, BALANCE.c.lot_id)
        .with_for_update()
    )
)
POSITION = Prepared(lambda: select(func.coalesce(func.max(DOCUMENT.c.id), 0)))
MOVED = Prepared(_moved)
ADD_LINE = Prepared(
    lambda: insert(LINE).values(
        {column.name: bindparam(column.name) for column in LINE.c if column.name not in {"id", "before"}}
    )
)
SET_LINE = Prepared(
    lambda: (
        update(LINE)
        .where(LINE.c.id == bindparam("line_id"))
        .values(
            round=bindparam("round"),
            counted=bindparam("counted"),
            expected=bindparam("expected"),
            position=bindparam("position"),
            moved=bindparam("moved"),
            implied=False,
            user_id=bindparam("user_id"),
            at=bindparam("at"),
        )
    )
)
KEEP_BEFORE = Prepared(
    lambda: (
        update(LINE).where(LINE.c.id == bindparam("line_id"), LINE.c.counted.is_not(None)).values(before=LINE.c.counted)
    )
)
SET_COUNTED = Prepared(
    lambda: update(LINE).where(LINE.c.id == bindparam("line_id")).values(counted=bindparam("counted"))
)
IMPLY = Prepared(lambda: _imply(filtered=False))
IMPLY_FILTERED = Prepared(lambda: _imply(filtered=True))
IMPLY_WAITING = Prepared(
    lambda: (
        update(LINE)
        .where(
            LINE.c.plan_id == bindparam("plan"),
            LINE.c.location_id == bindparam("location"),
            LINE.c.counted.is_(None),
        )
        .values(
            counted=literal(0, Quantity),
            expected=_books(),
            position=bindparam("position"),
            moved=False,
            implied=True,
            round=bindparam("round"),
            user_id=bindparam("user_id"),
            at=bindparam("at"),
        )
    )
)
"""What waits to be counted again at a location and was not found there is counted as nothing."""
COUNT_PLACE_AGAIN = Prepared(
    lambda: (
        update(LINE)
        .where(LINE.c.plan_id == bindparam("plan"), LINE.c.location_id == bindparam("location"))
        .values(before=func.coalesce(LINE.c.counted, LINE.c.before), counted=None, moved=False, implied=False)
    )
)


def look(tx: Tx, plan_id: int, key: BalanceKey) -> tuple[LineRow | None, Decimal, int]:
    """The line of this product, location and lot; the balance and the ledger's position now.

    The balance is held so that nobody moves it before the end of the transaction, and made where there is none.
    Whoever moves it afterwards writes a newer document than the position.
    """
    where = dict(zip(("product_id", "location_id", "lot_id"), key, strict=True))
    found, ((held,),), ((position,),) = tx.each(
        (LINE_OF, {"plan_id": plan_id, **where}), (HOLD, {**where, "quantity": Decimal(0)}), (POSITION, {})
    )
    return LineRow(*found[0]) if found else None, held, position


def position(tx: Tx) -> int:
    """The newest document."""
    row = tx.one(POSITION)
    return int(row[0]) if row else 0


def moved_since(tx: Tx, key: BalanceKey, position: int) -> bool:
    row = tx.one(MOVED, product_id=key[0], location_id=key[1], lot_id=key[2], position=position)
    return bool(row and row[0])


def imply(tx: Tx, plan_id: int, filtered: bool, whole: bool, place: int, round_: int, user_id: int) -> None:
    """A location is finished: what the books have there and nobody found is counted as nothing."""
    tx.all(LOCK_PLACE, location_id=place)
    now = {"position": position(tx), "round": round_, "user_id": user_id, "at": tx.now}
    tx.run(IMPLY_WAITING, plan=plan_id, location=place, **now)
    if whole:
        tx.run(IMPLY_FILTERED if filtered else IMPLY, plan_id=plan_id, location_id=place, **now)


def number(tx: Tx, statement: Prepared, **values: Any) -> int:
    row = tx.one(statement, **values)
    return int(row[0]) if row else 0
