"""Statements about scans of a count: what was counted where, taking back, and codes that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, func, insert, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.counting import BIN, LOCATION, PRODUCT, USER
from wms_tui.db.counting_lines import LINE, UNIT, number
from wms_tui.db.movements import LOT
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import CountScan, CountUnknown, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.counting import CountedLine, UnknownScan, Wanted

SCAN, UNKNOWN = core(CountScan), core(CountUnknown)
LATEST = 50


class ScanRow(NamedTuple):
    """The latest scan at a location, with the line that it counted."""

    scan_id: int
    line_id: int
    product_id: int
    sku: str
    lot_id: int
    unit_id: int
    unit: str
    factor: Decimal
    quantity: Decimal
    counted: Decimal


SCANNED = (LINE.c.counted.is_not(None), LINE.c.implied.is_(False))
"""What somebody counted, other than what was finished without a scan."""


def _shown(line: Any) -> Select[Any]:
    """What a list shows of lines, the latest first; ``line`` has the columns of ``LINE``."""
    return (
        select(
            line.c.id,
            LOCATION.c.code,
            PRODUCT.c.sku,
            PRODUCT.c.name,
            LOT.c.number,
            line.c.counted,
            UNIT.c.code,
            USER.c.name,
            line.c.moved,
        )
        .select_from(line)
        .join(LOCATION, LOCATION.c.id == line.c.location_id)
        .join(PRODUCT, PRODUCT.c.id == line.c.product_id)
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .join(LOT, LOT.c.id == line.c.lot_id)
        .join(USER, USER.c.id == line.c.user_id)
        .order_by(line.c.at.desc(), line.c.id.desc())
    )


def _at_place() -> Any:
    """What was scanned at a location in a round: conditions on ``LINE``."""
    here = {"plan_id": LINE.c.plan_id, "location_id": LINE.c.location_id, "round": LINE.c.round}
    return (*(column == bindparam(name) for name, column in here.items()), *SCANNED)


def _latest_at_place() -> Select[Any]:
    """The ``LATEST`` are chosen before anything is joined: PostgreSQL would join all that is counted."""
    order = (LINE.c.at.desc(), LINE.c.id.desc())
    return _shown(select(LINE).where(*_at_place()).order_by(*order).limit(LATEST).subquery("latest"))


def _last_scan() -> Select[Any]:
    """The latest scan at a location that was not taken back and still counts: chosen before its line is joined."""
    here = {"plan_id": SCAN.c.plan_id, "location_id": SCAN.c.location_id, "round": SCAN.c.round}
    conditions = (column == bindparam(name) for name, column in here.items())
    scan = select(SCAN).where(*conditions, SCAN.c.taken_back.is_(False)).order_by(SCAN.c.id.desc()).limit(1)
    last = scan.subquery("last")
    return (
        select(
            last.c.id,
            LINE.c.id,
            LINE.c.product_id,
            PRODUCT.c.sku,
            LINE.c.lot_id,
            last.c.unit_id,
            UNIT.c.code,
            last.c.factor,
            last.c.quantity,
            LINE.c.counted,
        )
        .select_from(last)
        .join(LINE, (LINE.c.id == last.c.line_id) & (LINE.c.round == last.c.round))
        .join(PRODUCT, PRODUCT.c.id == LINE.c.product_id)
        .join(UNIT, UNIT.c.id == last.c.unit_id)
    )


def _add_scan() -> Insert:
    """Of the line of this product, location and lot, which may have been made a moment before."""
    key = ("plan_id", "location_id", "product_id", "lot_id")
    line_id = select(LINE.c.id).where(*(LINE.c[name] == bindparam(name) for name in key)).scalar_subquery()
    columns: dict[str, Any] = {column.name: bindparam(column.name) for column in SCAN.c if column.name != "id"}
    return insert(SCAN).values({**columns, "line_id": line_id, "taken_back": False})


ADD_SCAN = Prepared(_add_scan)
TAKE_BACK = Prepared(lambda: update(SCAN).where(SCAN.c.id == bindparam("scan_id")).values(taken_back=True))
TAKE_BACK_ALL = Prepared(
    lambda: (
        update(SCAN)
        .where(SCAN.c.line_id == bindparam("line_id"), SCAN.c.round == bindparam("of_round"))
        .values(taken_back=True)
    )
)
SCANS_LEFT = Prepared(
    lambda: select(func.count()).where(
        SCAN.c.line_id == bindparam("line_id"), SCAN.c.round == bindparam("round"), SCAN.c.taken_back.is_(False)
    )
)
LAST_SCAN = Prepared(_last_scan)
ALL_AT_PLACE = Prepared(lambda: _shown(LINE).where(*_at_place()))
AT_PLACE = Prepared(_latest_at_place)
SCANNED_AT = Prepared(lambda: select(func.count()).where(*_at_place()))
WANTED = Prepared(
    lambda: (
        select(PRODUCT.c.sku, PRODUCT.c.name, LOT.c.number)
        .select_from(LINE)
        .join(PRODUCT, PRODUCT.c.id == LINE.c.product_id)
        .join(LOT, LOT.c.id == LINE.c.lot_id)
        .where(
            LINE.c.plan_id == bindparam("plan_id"),
            LINE.c.location_id == bindparam("location_id"),
            LINE.c.counted.is_(None),
        )
        .order_by(PRODUCT.c.sku, LOT.c.number)
    )
)
ADD_UNKNOWN = Prepared(
    lambda: insert(UNKNOWN).values({column.name: bindparam(column.name) for column in UNKNOWN.c if column.name != "id"})
)
UNKNOWNS = Prepared(
    lambda: (
        select(UNKNOWN.c.code, func.coalesce(LOCATION.c.code, ""), USER.c.name, UNKNOWN.c.at)
        .join(USER, USER.c.id == UNKNOWN.c.user_id)
        .outerjoin(LOCATION, LOCATION.c.id == UNKNOWN.c.location_id)
        .where(UNKNOWN.c.plan_id == bindparam("plan_id"))
        .order_by(UNKNOWN.c.id.desc())
    )
)
UNKNOWN_COUNT = Prepared(lambda: select(func.count()).where(UNKNOWN.c.plan_id == bindparam("plan_id")))
TOOK_PART = Prepared(
    lambda: select(
        exists().where(SCAN.c.plan_id == bindparam("plan_id"), SCAN.c.user_id == bindparam("user_id"))
        | exists().where(LINE.c.plan_id == bindparam("plan_id"), LINE.c.user_id == bindparam("user_id"))
        | exists().where(BIN.c.plan_id == bindparam("plan_id"), BIN.c.user_id == bindparam("user_id"))
        | exists().where(LINE.c.plan_id == bindparam("plan_id"), LINE.c.user_id == bindparam("user_id"))
    )
)


def last_scan(tx: Tx, plan_id: int, location_id: int, round_: int) -> ScanRow | None:
    row = tx.one(LAST_SCAN, plan_id=plan_id, location_id=location_id, round=round_)
    return ScanRow(*row) if row else None


def at_place(tx: Tx, plan_id: int, location_id: int, round_: int, every: bool = False) -> tuple[CountedLine, ...]:
    """What was scanned at a location in this round, the latest first; all of it, or the ``LATEST`` lines."""
    rows = tx.all(ALL_AT_PLACE if every else AT_PLACE, plan_id=plan_id, location_id=location_id, round=round_)
    return as_lines(rows)


def as_lines(rows: Iterable[tuple[Any, ...]]) -> tuple[CountedLine, ...]:
    """What the rows of ``AT_PLACE`` say."""
    return tuple(CountedLine(*row) for row in rows)


def wanted(tx: Tx, plan_id: int, location_id: int) -> tuple[Wanted, ...]:
    return tuple(Wanted(*row) for row in tx.all(WANTED, plan_id=plan_id, location_id=location_id))


def unknown(tx: Tx, plan_id: int) -> tuple[UnknownScan, ...]:
    return tuple(UnknownScan(*row) for row in tx.all(UNKNOWNS, plan_id=plan_id))


def took_part(tx: Tx, plan_id: int, user_id: int) -> bool:
    return bool(number(tx, TOOK_PART, plan_id=plan_id, user_id=user_id))
