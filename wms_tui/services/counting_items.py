"""The steps of counting: locations, items, lots, quantities, and taking back."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from wms_tui.db import catalog
from wms_tui.db import counting as db
from wms_tui.db import counting_desk as desk_db
from wms_tui.db import counting_lines as lines_db
from wms_tui.db import counting_scans as scans_db
from wms_tui.db.counting_desk import DeskRow
from wms_tui.db.movements import NewLot, add_lot
from wms_tui.db.tables import NO_LOT
from wms_tui.db.transaction import Tx
from wms_tui.domain import counting_errors as errors
from wms_tui.domain import entry as rules
from wms_tui.domain import lots, posting
from wms_tui.domain.barcodes import LocationCode, ProductCode, Result
from wms_tui.domain.counting import CountStep
from wms_tui.domain.entry import LastQuantity, NextQuantity, Outcome
from wms_tui.domain.errors import (
    ExpiryConflict,
    ExpiryMissing,
    LocationHoldsNoStock,
    NoLineYet,
    NothingToUndo,
    UnknownCode,
)
from wms_tui.domain.locations import KIND_NAMES, STRUCTURE, Place
from wms_tui.domain.products import Goods, Tracking
from wms_tui.domain.quantities import plain
from wms_tui.domain.scanned import Scanned, amount_of, number_of, scanned, unpacked
from wms_tui.domain.texts import N_
from wms_tui.services import codes
from wms_tui.services import counting_tally as tally
from wms_tui.services.counting_view import default_lot, lines_here
from wms_tui.services.entry_common import NOTHING, at_place
from wms_tui.services.lot_codes import dated, lot_label

Taken = tuple[DeskRow, Outcome]
MOVED = N_("{sku} moved while you counted it. Count all of it again, then set it with = and the number.")


def take_location(tx: Tx, user_id: int, row: DeskRow, text: str) -> Taken:
    """The label of a location of the plan."""
    if not text:
        return row, NOTHING
    place = codes.place(tx, text)
    if place is None:
        if rules.parse_line(text) and not codes.product(tx, text):
            raise errors.LocationFirst
        place = codes.location(tx, text)
    return stand_at(tx, user_id, row, place), at_place(place)


class Way(StrEnum):
    """How a counter comes to a location: to what is free, from another counter, or to count it from nothing."""

    FREE = "free"
    TAKEN = "taken"
    ANEW = "anew"


def stand_at(tx: Tx, user_id: int, row: DeskRow, place: Place, way: Way = Way.FREE) -> DeskRow:
    """Go to a location and hold it; the one left is released if nothing is counted there.

    Raises ``LocationNotInCount``, ``LocationTaken``, ``LocationCounted``, ``LocationHoldsNoStock``.
    """
    if place.kind in STRUCTURE:
        raise LocationHoldsNoStock(code=place.code, kind=KIND_NAMES[place.kind])
    found = desk_db.bin_at(tx, row.plan_id, place.location_id)
    if found is None:
        if not (row.anywhere and place.is_real):
            raise errors.LocationNotInCount(code=place.code)
        tx.run(db.ADD_BIN, plan_id=row.plan_id, location_id=place.location_id)
        found = desk_db.BinRow(place.location_id, None, None, 1, True, None)
    if found.done_at is not None:
        if way is not Way.ANEW:
            raise errors.LocationCounted(code=place.code)
        found = _count_anew(tx, user_id, row, found)
    elif found.user_id not in {None, user_id} and way is not Way.TAKEN:
        raise errors.LocationTaken(code=place.code, name=found.user)
    if place.location_id != row.location_id:
        release(tx, user_id, row)
    tx.run(desk_db.CLAIM, plan=row.plan_id, location=place.location_id, user_id=user_id)
    return at_items(row)._replace(
        location_id=place.location_id, holder_id=user_id, round=found.round, whole=found.whole, done_at=None
    )


def release(tx: Tx, user_id: int, row: DeskRow) -> None:
    """A location where nothing is counted is as it was before somebody came, such as by a wrong scan."""
    if row.location_id is None or row.round is None:
        return
    where = {"plan_id": row.plan_id, "location_id": row.location_id}
    if not lines_db.number(tx, scans_db.SCANNED_AT, **where, round=row.round):
        tx.run(desk_db.RELEASE, plan=row.plan_id, location=row.location_id, holder=user_id)


def _count_anew(tx: Tx, user_id: int, row: DeskRow, found: desk_db.BinRow) -> desk_db.BinRow:
    where = {"plan": row.plan_id, "location": found.location_id}
    tx.run(desk_db.BEGIN_AGAIN, **where, whole_again=True, user_id=user_id)
    tx.run(lines_db.COUNT_PLACE_AGAIN, **where)
    return found._replace(round=found.round + 1, whole=True, user_id=user_id, done_at=None)


def at_items(row: DeskRow) -> DeskRow:
    """Ready for the next item, with nothing entered towards it."""
    return row._replace(step=CountStep.ITEM.value, pending_quantity=None, pending_code="", pending_lot="")


def take_item(tx: Tx, user_id: int, row: DeskRow, text: str) -> Taken:
    """A product code, else a location code, else a quantity, else a GS1 label; anything else is unknown."""
    if not text:
        return row, NOTHING
    goods = codes.product(tx, text)
    if goods is not None:
        return _take_goods(tx, user_id, row, goods, Scanned(text))
    place = codes.place(tx, text)
    if place is not None:
        return stand_at(tx, user_id, row, place), at_place(place)
    entered = rules.parse_line(text)
    if isinstance(entered, NextQuantity):
        outcome = Outcome(N_("{quantity} × the next scan"), {"quantity": plain(entered.quantity)})
        return row._replace(pending_quantity=entered.quantity), outcome
    if isinstance(entered, LastQuantity):
        return set_quantity(tx, user_id, row, entered.quantity)
    return _take_code(tx, user_id, row, codes.resolved(tx, text))


def _take_code(tx: Tx, user_id: int, row: DeskRow, result: Result) -> Taken:
    """What a code stands for that is no SKU, barcode or location code letter for letter."""
    if isinstance(result, LocationCode):
        return stand_at(tx, user_id, row, result.place), at_place(result.place)
    if not isinstance(result, ProductCode) or result.goods is None:
        raise codes.refusal(result)
    with codes.naming(result.reading):
        return _take_goods(tx, user_id, row, result.goods, scanned(result, result.goods, row.pending_quantity))


def _take_goods(tx: Tx, user_id: int, row: DeskRow, goods: Goods, said: Scanned) -> Taken:
    """Inactive products are counted, too: they are there."""
    if row.filtered and not db.covers(tx, row.plan_id, goods.product_id):
        raise errors.ProductNotInCount(sku=goods.sku)
    if not goods.tracking.needs_lot:
        return _count(tx, user_id, row, goods, said, NO_LOT, "")
    asked = row._replace(pending_code=said.packed(), pending_lot="", step=CountStep.LOT.value)
    if number := number_of(goods, said):
        return _take_number(tx, user_id, asked, goods, said, number)
    return asked, Outcome(lots.which(goods), {"sku": goods.sku})


def take_lot(tx: Tx, user_id: int, row: DeskRow, text: str) -> Taken:
    """A lot number, or a label that says it; an empty line takes the one counted just now."""
    goods, said = _pending(tx, row)
    if not text:
        return _take_number(tx, user_id, row, goods, said, default_lot(row, lines_here(tx, row), goods))
    label = lot_label(tx, text, goods, said, row.pending_quantity)
    row = row._replace(pending_code=label.said.packed())
    if not label.number:
        return row, Outcome(lots.which(goods), {"sku": goods.sku})
    return _take_number(tx, user_id, row, label.goods, label.said, label.number)


def _take_number(tx: Tx, user_id: int, row: DeskRow, goods: Goods, said: Scanned, number: str) -> Taken:
    """Goods of a lot; one that nobody knows is made. Raises ``ExpiryConflict`` for a label that says another day."""
    if not number:
        raise lots.missing(goods)
    posting.lot_number(goods, number)
    known = catalog.lots(tx, [number]).get((goods.product_id, number))
    if known and known.expires and said.expires and known.expires != said.expires:
        raise ExpiryConflict(sku=goods.sku, lot=number, known=known.expires, given=said.expires)
    if known is None and goods.tracking.needs_expiry and said.expires is None:
        asked = row._replace(pending_lot=number, step=CountStep.EXPIRES.value)
        return asked, Outcome(N_("Lot {lot} is new: when does it expire?"), {"lot": number})
    lot_id = known.lot_id if known else _made(tx, goods, said, number)
    return _count(tx, user_id, row, goods, said, lot_id, number)


def take_expires(tx: Tx, user_id: int, row: DeskRow, text: str) -> Taken:
    """The expiry date of a lot that nobody knows, typed or on a label."""
    goods, said = _pending(tx, row)
    if not text:
        raise ExpiryMissing(sku=goods.sku, lot=row.pending_lot)
    said = dated(tx, text, goods, said, row.pending_lot)
    known = catalog.lots(tx, [row.pending_lot]).get((goods.product_id, row.pending_lot))
    lot_id = known.lot_id if known else _made(tx, goods, said, row.pending_lot)
    return _count(tx, user_id, row, goods, said, lot_id, row.pending_lot)


def _made(tx: Tx, goods: Goods, said: Scanned, number: str) -> int:
    return add_lot(tx, NewLot(goods.product_id, number, said.expires, said.manufactured))


def _pending(tx: Tx, row: DeskRow) -> tuple[Goods, Scanned]:
    """The goods that wait for their lot, and what their labels say by now."""
    said = unpacked(row.pending_code)
    goods = catalog.found(tx, said.code)
    if goods is None:
        raise UnknownCode(code=said.code)
    return goods, said


def _count(tx: Tx, user_id: int, row: DeskRow, goods: Goods, said: Scanned, lot_id: int, lot: str) -> Taken:
    amount = amount_of(goods, said, row.pending_quantity)
    counted, moved = tally.add(tx, user_id, row, goods, amount, lot_id)
    if moved:
        return at_items(row), Outcome(MOVED, {"sku": goods.sku}, warns=True)
    fields = {"sku": goods.sku, "quantity": plain(amount.entered), "unit": amount.unit, "name": goods.name}
    total = {"total": plain(counted), "base": goods.unit, "lot": lot}
    return at_items(row), Outcome(_counted(goods, lot), {**fields, **total})


def _counted(goods: Goods, lot: str) -> str:
    if not lot:
        return N_("+{quantity} {unit} {sku} = {total} {base}  {name}")
    if goods.tracking is Tracking.SERIAL:
        return N_("+{sku}  serial number {lot}  {name}")
    return N_("+{quantity} {unit} {sku} = {total} {base}  lot {lot}  {name}")


def set_quantity(tx: Tx, user_id: int, row: DeskRow, quantity: Decimal) -> Taken:
    """Make the last line's total this one. Raises ``NoLineYet``."""
    last = _last(tx, row)
    if last is None:
        raise NoLineYet
    goods = catalog.goods(tx, [last.sku])[last.sku]
    counted = tally.set_last(tx, user_id, row, last, goods, quantity)
    fields = {"sku": last.sku, "quantity": plain(counted), "unit": goods.unit}
    return row, Outcome(N_("{sku}: {quantity} {unit}"), fields)


def take_back(tx: Tx, row: DeskRow) -> Taken:
    """Undo what was entered last: a pending product or quantity, else the latest scan at the location."""
    if row.pending_code or row.pending_quantity is not None:
        return at_items(row), Outcome(N_("Taken back"))
    last = _last(tx, row)
    if last is None:
        raise NothingToUndo
    tally.take_back(tx, row, last)
    fields = {"sku": last.sku, "quantity": plain(abs(last.quantity))}
    return row, Outcome(N_("Taken back: {quantity} {sku}"), fields)


def _last(tx: Tx, row: DeskRow) -> scans_db.ScanRow | None:
    if row.location_id is None or row.round is None:
        return None
    return scans_db.last_scan(tx, row.plan_id, row.location_id, row.round)


def pending_sku(tx: Tx, row: DeskRow) -> str:
    return _pending(tx, row)[0].sku
