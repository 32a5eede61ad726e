"""A counted quantity becomes a line that remembers the ledger's position."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wms_tui.db import counting_lines as db
from wms_tui.db import counting_scans as scans_db
from wms_tui.db.balances import BalanceKey
from wms_tui.db.counting_desk import DeskRow
from wms_tui.db.counting_lines import LineRow
from wms_tui.db.counting_scans import ScanRow
from wms_tui.db.transaction import Asked, Tx
from wms_tui.domain import posting
from wms_tui.domain.errors import SerialQuantity
from wms_tui.domain.products import Goods, Tracking
from wms_tui.domain.quantities import check_quantity
from wms_tui.domain.scanned import Amount

NOTHING = Decimal(0)


def add(tx: Tx, user_id: int, row: DeskRow, goods: Goods, amount: Amount, lot_id: int) -> tuple[Decimal, bool]:
    """Count what was scanned: (line's total in base units, whether stock moved since the scan before).

    A first scan in a round begins at nothing; a later one adds.
    """
    assert row.location_id is not None
    key = (goods.product_id, row.location_id, lot_id)
    line, expected, position = db.look(tx, row.plan_id, key)
    goes_on = line is not None and line.round == row.round and line.counted is not None
    counted, moved = amount.base, False
    if line is not None and goes_on:
        counted = check_quantity((line.counted or NOTHING) + amount.base)
        moved = _has_moved(tx, key, line, position)
    if goods.tracking is Tracking.SERIAL and counted != 1:
        raise SerialQuantity(sku=goods.sku)
    now = {"round": row.round, "counted": counted, "expected": expected, "position": position, "moved": moved}
    by = {"user_id": user_id, "at": tx.now}
    scan = _scan(tx, user_id, row, key, amount.unit_id, amount.factor, amount.entered)
    tx.each(*_counted(row.plan_id, key, line, goes_on, {**now, **by}), scan)
    return counted, moved


def _counted(
    plan_id: int, key: BalanceKey, line: LineRow | None, goes_on: bool, now: dict[str, Any]
) -> Iterator[Asked]:
    """What makes the line, or makes it say what is counted now."""
    if line is None:
        where = dict(zip(("product_id", "location_id", "lot_id"), key, strict=True))
        yield db.ADD_LINE, {"plan_id": plan_id, **where, "implied": False, **now}
        return
    if not goes_on:
        yield db.KEEP_BEFORE, {"line_id": line.line_id}
    yield db.SET_LINE, {"line_id": line.line_id, **now}


def set_last(tx: Tx, user_id: int, row: DeskRow, last: ScanRow, goods: Goods, quantity: Decimal) -> Decimal:
    """Make the last line's total this many units of its last scan, as of now; answers it in base units.

    Where stock moved since, the scans before it are of no use any more: taken back, it leaves nothing.
    """
    assert row.location_id is not None
    counted = posting.base_quantity(goods, quantity, last.factor)
    key = (last.product_id, row.location_id, last.lot_id)
    line, expected, position = db.look(tx, row.plan_id, key)
    now: dict[str, Any] = {"counted": counted, "expected": expected, "position": position, "moved": False}
    now |= {"line_id": last.line_id, "round": row.round, "user_id": user_id, "at": tx.now}
    asked: list[Asked] = [(db.SET_LINE, now)]
    if line and _has_moved(tx, key, line, position):
        asked.append((scans_db.TAKE_BACK_ALL, {"line_id": last.line_id, "of_round": row.round}))
        asked.append(_scan(tx, user_id, row, key, last.unit_id, last.factor, quantity))
    elif counted != last.counted:
        asked.append(_scan(tx, user_id, row, key, *_in_unit(last, goods, counted - last.counted)))
    tx.each(*asked)
    return counted


def _has_moved(tx: Tx, key: BalanceKey, line: LineRow, position: int) -> bool:
    """Whether stock moved since the line was counted, or between two of its scans."""
    return line.moved or (line.position < position and db.moved_since(tx, key, line.position))


def _in_unit(last: ScanRow, goods: Goods, change: Decimal) -> tuple[int, Decimal, Decimal]:
    """(unit id, factor, quantity) of a correction: in the unit of the last scan where that is whole."""
    if change % last.factor == 0:
        return last.unit_id, last.factor, change / last.factor
    return goods.unit_id, Decimal(1), change


def take_back(tx: Tx, row: DeskRow, last: ScanRow) -> None:
    """Take the last scan off its line; without any left it waits to be counted."""
    tx.run(scans_db.TAKE_BACK, scan_id=last.scan_id)
    left = db.number(tx, scans_db.SCANS_LEFT, line_id=last.line_id, round=row.round)
    counted = last.counted - last.quantity * last.factor if left else None
    tx.run(db.SET_COUNTED, line_id=last.line_id, counted=counted)


def _scan(
    tx: Tx, user_id: int, row: DeskRow, key: BalanceKey, unit_id: int, factor: Decimal, quantity: Decimal
) -> Asked:
    """What keeps the scan of a line."""
    return scans_db.ADD_SCAN, {
        "plan_id": row.plan_id,
        "product_id": key[0],
        "location_id": row.location_id,
        "lot_id": key[2],
        "round": row.round,
        "unit_id": unit_id,
        "factor": factor,
        "quantity": quantity,
        "user_id": user_id,
        "at": tx.now,
    }
