"""The items of movement entry: scans, lots, quantities, and taking them back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from wms_tui.db import balances, catalog, locations
from wms_tui.db import entry as drafts
from wms_tui.db.entry import DraftRow, ScanRow
from wms_tui.db.tables import NO_LOT
from wms_tui.db.transaction import Tx
from wms_tui.domain import entry as rules
from wms_tui.domain import errors, lots, posting
from wms_tui.domain.barcodes import LocationCode, ProductCode, Result
from wms_tui.domain.entry import LastQuantity, NextQuantity, Outcome, Step
from wms_tui.domain.locations import CUSTOMER_CODE, LOSS_CODE, SUPPLIER_CODE, Place
from wms_tui.domain.movements import Direction, DocumentKind
from wms_tui.domain.products import Goods, KnownLot, Tracking
from wms_tui.domain.quantities import plain
from wms_tui.domain.scanned import Scanned, amount_of, number_of, scanned, unpacked
from wms_tui.domain.texts import N_
from wms_tui.services import codes, entry_lots
from wms_tui.services.entry_common import NOTHING, Taken, at_items, at_place, at_work, find_place, kind_of, rule_of
from wms_tui.services.entry_view import default_lot, reason_of
from wms_tui.services.lot_codes import dated, lot_label
from wms_tui.services.resolving import reasons

DOUBT = N_("{lot} is taken as a new lot. If it is a GS1 label, its lot is {other}: F4, then scan the product's label.")


def take_item(tx: Tx, row: DraftRow, text: str) -> Taken:
    """A product code, else a location code, else a quantity, else a GS1 label; anything else is unknown."""
    if not text:
        return row, NOTHING
    goods = codes.product(tx, text)
    if goods is not None:
        return _take_goods(tx, row, goods, Scanned(text))
    place = find_place(tx, row, text)
    if place is not None:
        return _change_place(row, place)
    entered = rules.parse_line(text)
    if isinstance(entered, NextQuantity):
        outcome = Outcome(N_("{quantity} × the next scan"), {"quantity": plain(entered.quantity)})
        return row._replace(pending_quantity=entered.quantity), outcome
    if isinstance(entered, LastQuantity):
        return set_quantity(tx, row, entered.quantity)
    return _take_code(tx, row, codes.resolved(tx, text))


def _take_code(tx: Tx, row: DraftRow, result: Result) -> Taken:
    """What a code stands for that is no SKU, barcode or location code letter for letter."""
    if isinstance(result, LocationCode):
        return _change_place(row, at_work(row, result.place))
    if not isinstance(result, ProductCode) or result.goods is None:
        raise codes.refusal(result)
    with codes.naming(result.reading):
        return _take_goods(tx, row, result.goods, scanned(result, result.goods, row.pending_quantity))


def _change_place(row: DraftRow, place: Place) -> Taken:
    """Another location: a transfer begins a new leg there, the other kinds go on at it."""
    if row.kind == DocumentKind.TRANSFER:
        return row._replace(source_id=place.location_id, target_id=None, step=Step.TARGET.value), at_place(place)
    if row.kind == DocumentKind.RECEIPT:
        return row._replace(target_id=place.location_id), at_place(place)
    return row._replace(source_id=place.location_id), at_place(place)


def _take_goods(tx: Tx, row: DraftRow, goods: Goods, said: Scanned) -> Taken:
    """Goods whose label says ``said``: what their tracking asks for beyond that is asked for."""
    posting.check_goods(goods)
    if not goods.tracking.needs_lot:
        return _add(tx, row, goods, said, "", None)
    amount_of(goods, said, row.pending_quantity)
    asked = row._replace(pending_code=said.packed(), pending_lot="", step=Step.LOT.value)
    if number := number_of(goods, said):
        return _take_number(tx, asked, goods, said, number)
    return entry_lots.asked(tx, asked, goods)


def take_lot(tx: Tx, row: DraftRow, text: str) -> Taken:
    """A lot number, or a label that says it; an empty line takes the one proposed."""
    goods, said = _pending(tx, row)
    if not text:
        offered = entry_lots.offer(tx, row, goods, drafts.lines(tx, row.draft_id, latest=True))
        return _take_number(tx, row, goods, said, default_lot(offered))
    label = lot_label(tx, text, goods, said, row.pending_quantity)
    row = row._replace(pending_code=label.said.packed())
    if not label.number:
        return row, Outcome(lots.which(goods), {"sku": goods.sku})
    changed, outcome = _take_number(tx, row, label.goods, label.said, label.number)
    if label.otherwise and rule_of(row).makes_lots and not catalog.lots(tx, [label.number]):
        outcome = Outcome(DOUBT, {"lot": label.number, "other": label.otherwise}, warns=True)
    return changed, outcome


def _take_number(tx: Tx, row: DraftRow, goods: Goods, said: Scanned, number: str) -> Taken:
    """Goods of a lot: with the expiry date that is known, drafted or on the label, else asked for it."""
    if not number:
        raise lots.missing(goods)
    posting.lot_number(goods, number)
    known = catalog.lots(tx, [number]).get((goods.product_id, number))
    given = _given(tx, row, goods, said, number)
    if goods.tracking.needs_expiry and rule_of(row).makes_lots and not (known and known.expires) and not given:
        asked = row._replace(pending_lot=number, step=Step.EXPIRES.value)
        return asked, Outcome(N_("Lot {lot} is new: when does it expire?"), {"lot": number})
    _check_lot(tx, row, goods, number, known, given)
    dates = rule_of(row).makes_lots and not (known and known.expires)
    return _add(tx, row, goods, said, number, given if dates else None)


def _given(tx: Tx, row: DraftRow, goods: Goods, said: Scanned, number: str) -> date | None:
    """The expiry date on the label, or with which the draft has the lot already. Raises ``ExpiryConflict``."""
    latest = drafts.lines(tx, row.draft_id, latest=True)
    dates = (line.expires for line in latest if (line.product_id, line.lot) == (goods.product_id, number))
    drafted = next((expires for expires in dates if expires), None)
    if said.expires and drafted and said.expires != drafted:
        raise errors.ExpiryConflict(sku=goods.sku, lot=number, known=drafted, given=said.expires)
    return said.expires or drafted


def take_expires(tx: Tx, row: DraftRow, text: str) -> Taken:
    """The expiry date of a new lot, typed or on a label."""
    goods, said = _pending(tx, row)
    if not text:
        raise errors.ExpiryMissing(sku=goods.sku, lot=row.pending_lot)
    said = dated(tx, text, goods, said, row.pending_lot)
    _check_lot(tx, row, goods, row.pending_lot, None, said.expires)
    return _add(tx, row, goods, said, row.pending_lot, said.expires)


def _check_lot(tx: Tx, row: DraftRow, goods: Goods, number: str, known: KnownLot | None, expires: date | None) -> None:
    posting.check_lot(rule_of(row), goods, number, known, expires, lots.day_of(tx.now), override=True)


def _pending(tx: Tx, row: DraftRow) -> tuple[Goods, Scanned]:
    """The goods that wait for their lot, and what their labels say by now."""
    said = unpacked(row.pending_code)
    goods = catalog.found(tx, said.code)
    if goods is None:
        raise errors.UnknownCode(code=said.code)
    return goods, said


def _add(tx: Tx, row: DraftRow, goods: Goods, said: Scanned, lot: str, expires: date | None) -> Taken:
    """Keep the scan, after the rules that posting will ask again."""
    amount = amount_of(goods, said, row.pending_quantity)
    source, target, reason_id = _route(tx, row)
    posting.check_places(rule_of(row), source, target)
    remarks = entry_lots.said_of(tx, row, goods, lot, expires)
    if goods.tracking is Tracking.SERIAL and not source.is_real:
        entry_lots.check_serial(tx, row, goods, lot, target)
    if source.is_real:
        _check_stock(tx, row, goods, lot, source, amount.base)
    scan = ScanRow(
        goods.product_id,
        amount.unit_id,
        amount.factor,
        amount.entered,
        lot,
        expires,
        source.location_id,
        target.location_id,
        reason_id,
        *remarks.columns,
        said.manufactured if lot and rule_of(row).makes_lots else None,
    )
    drafts.add_scan(tx, row.draft_id, scan)
    return at_items(row), entry_lots.outcome(goods, lot, expires, remarks, amount.text(goods.unit))


def _route(tx: Tx, row: DraftRow) -> tuple[Place, Place, int | None]:
    """From where to where the next line moves, and its reason."""
    kind = kind_of(row)
    if kind is DocumentKind.RECEIPT:
        return _virtual(tx, SUPPLIER_CODE), _chosen(tx, row.target_id), None
    here = _chosen(tx, row.source_id)
    if kind is DocumentKind.ISSUE:
        return here, _virtual(tx, CUSTOMER_CODE), None
    if kind is DocumentKind.TRANSFER:
        return here, _chosen(tx, row.target_id), None
    reason = reason_of(tx, row)
    if reason is None:
        raise errors.ReasonMissing(known=", ".join(reasons(tx)))
    loss = _virtual(tx, LOSS_CODE)
    return (loss, here, reason.reason_id) if reason.direction is Direction.IN else (here, loss, reason.reason_id)


def _virtual(tx: Tx, code: str) -> Place:
    place = locations.found(tx, code)
    if place is None:
        raise errors.UnknownLocation(code=code)
    return place


def _chosen(tx: Tx, location_id: int | None) -> Place:
    if location_id is None:
        raise errors.LocationMissing
    return locations.place(tx, location_id)


def _check_stock(tx: Tx, row: DraftRow, goods: Goods, lot: str, source: Place, base: Decimal) -> None:
    """Refuse at the shelf what posting would refuse later: more than is on hand, the draft's own lines counted."""
    known = catalog.lots(tx, [lot]).get((goods.product_id, lot)) if lot else KnownLot(NO_LOT, "")
    key = (goods.product_id, source.location_id, known.lot_id if known else -1)
    on_hand = balances.on_hand(tx, key)
    wanted = drafts.drafted(tx, row.draft_id, goods.product_id, lot, source.location_id) + base
    if wanted > on_hand:
        raise errors.NotEnoughStock(sku=goods.sku, location=source.code, on_hand=plain(on_hand), wanted=plain(wanted))


def set_quantity(tx: Tx, row: DraftRow, quantity: Decimal) -> Taken:
    """Make the last line's quantity this one, by a correction that can be undone. Raises ``NoLineYet``."""
    latest = drafts.lines(tx, row.draft_id, latest=True)
    last = drafts.last_scan(tx, row.draft_id)
    if not latest or last is None:
        raise errors.NoLineYet
    line, (_, scan) = latest[0], last
    goods = catalog.goods(tx, [line.sku])[line.sku]
    posting.base_quantity(goods, quantity, scan.factor)
    change = quantity - line.quantity
    source = locations.place(tx, scan.source_id)
    if change > 0 and source.is_real:
        _check_stock(tx, row, goods, line.lot, source, change * scan.factor)
    if change:
        drafts.add_scan(tx, row.draft_id, scan._replace(quantity=change))
    fields = {"sku": line.sku, "quantity": plain(quantity), "unit": line.unit}
    return row, Outcome(N_("{sku}: {quantity} {unit}"), fields)


def take_back(tx: Tx, row: DraftRow) -> Taken:
    """Undo what was entered last: a pending product or quantity, else the latest scan."""
    if row.pending_code or row.pending_quantity is not None:
        return at_items(row), Outcome(N_("Taken back"))
    last = drafts.last_scan(tx, row.draft_id)
    if last is None:
        raise errors.NothingToUndo
    seq, scan = last
    tx.run(drafts.REMOVE_SCAN, draft_id=row.draft_id, seq=seq)
    fields = {"sku": catalog.sku(tx, scan.product_id), "quantity": plain(abs(scan.quantity))}
    return row, Outcome(N_("Taken back: {quantity} {sku}"), fields)
