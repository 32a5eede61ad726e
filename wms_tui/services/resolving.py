"""From the codes of a document's lines to the rows of the ledger, with every rule checked on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from wms_tui.db import catalog, locations, movements, remembered
from wms_tui.db.balances import BalanceKey, Change
from wms_tui.db.movements import MovementRow, NewLot
from wms_tui.db.tables import NO_LOT
from wms_tui.db.transaction import Tx
from wms_tui.domain import posting
from wms_tui.domain.errors import UnknownLocation, UnknownProduct, UnknownReason, UnknownUnit
from wms_tui.domain.locations import Place
from wms_tui.domain.movements import Direction, Line, MovementKind
from wms_tui.domain.posting import KnownReason
from wms_tui.domain.products import Goods, KnownLot
from wms_tui.domain.quantities import NOTHING, ONE, check_cost

Ends = tuple[Place, Place, KnownReason | None]
"""Source, target and reason of a line."""


@dataclass(slots=True)
class Known:
    """Everything that some lines name, looked up at once for a whole document or file."""

    goods: dict[str, Goods] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    units: dict[tuple[int, str], tuple[int, Decimal]] = field(default_factory=dict)
    lots: dict[tuple[int, str], KnownLot] = field(default_factory=dict)
    reasons: dict[str, KnownReason] = field(default_factory=dict)
    ends: dict[tuple[str | None, ...], Ends] = field(default_factory=dict)

    def learn(self, tx: Tx, rule: MovementKind, lines: Sequence[Line]) -> None:
        """Look up what the lines name and is not known yet. From here on it stays as it is: see ``db/holding.py``."""
        self._learn_goods(tx, {line.code for line in lines})
        named = {code for line in lines for code in (line.source, line.target) if code}
        named |= {code for code in (rule.default_source, rule.default_target) if code}
        missing = named - self.places.keys()
        if missing:
            self.places |= locations.places(tx, sorted(missing), hold=True)
        if any(line.unit for line in lines):
            products = {self.goods[line.code].product_id for line in lines if line.unit and line.code in self.goods}
            self.units |= catalog.units_of(tx, sorted(products))
        numbers = {line.lot.strip() for line in lines if line.lot}
        if numbers:
            self.lots |= catalog.lots(tx, sorted(numbers))
        if rule.needs_reason and not self.reasons:
            self.reasons = reasons(tx)

    def _learn_goods(self, tx: Tx, codes: set[str]) -> None:
        missing = codes - self.goods.keys()
        if missing:
            self.goods |= remembered.goods(tx, missing)

    def place(self, code: str) -> Place:
        """Raises ``UnknownLocation``."""
        if code not in self.places:
            raise UnknownLocation(code=code)
        return self.places[code]

    def product(self, code: str) -> Goods:
        """Raises ``UnknownProduct``."""
        if code not in self.goods:
            raise UnknownProduct(code=code)
        return self.goods[code]

    def unit(self, goods: Goods, code: str | None) -> tuple[int, Decimal, Decimal]:
        """(unit id, base units per unit, units per entered one). Raises ``UnknownUnit``."""
        if code is None or code == goods.scan_unit:
            pack = goods.pack if code is None else ONE
            return goods.scan_unit_id, goods.factor, pack
        if code == goods.unit:
            return goods.unit_id, ONE, ONE
        if (goods.product_id, code) in self.units:
            return *self.units[goods.product_id, code], ONE
        others = [unit for product, unit in self.units if product == goods.product_id]
        raise UnknownUnit(sku=goods.sku, unit=code, known=", ".join([goods.unit, *sorted(others)]))

    def reason(self, code: str | None) -> KnownReason | None:
        """Raises ``UnknownReason``."""
        if not code:
            return None
        known = self.reasons.get(code) or self.reasons.get(code.upper())
        if known is None:
            raise UnknownReason(code=code, known=self.reason_codes)
        return known

    def make_lot(self, tx: Tx, lot: NewLot) -> int:
        """A new lot; its id."""
        return movements.add_lot(tx, lot)

    def date_lot(self, tx: Tx, lot_id: int, expires: date) -> None:
        """Give a lot the expiry date that it has not."""
        tx.run(movements.SET_EXPIRES, lot_id=lot_id, expires=expires)

    @property
    def reason_codes(self) -> str:
        return ", ".join(self.reasons)


def reasons(tx: Tx) -> dict[str, KnownReason]:
    """The active reason codes."""
    return active_reasons(tx.all(movements.REASONS))


def active_reasons(rows: Iterable[tuple[Any, ...]]) -> dict[str, KnownReason]:
    """By code, out of the rows of ``movements.REASONS``."""
    return {code: KnownReason(key, code, name, Direction(way)) for key, code, name, way, active in rows if active}


def resolve(tx: Tx, rule: MovementKind, known: Known, line: Line, today: date) -> MovementRow:
    """One line as a movement; makes its lot where the kind may. Raises what is wrong with the line."""
    goods = known.product(line.code)
    posting.check_goods(goods)
    source, target, reason = ends(rule, known, line)
    unit_id, factor, pack = known.unit(goods, line.unit)
    lot_id = _lot(tx, rule, known, goods, line, today)
    quantity, entered, cost = amounts(goods, line, factor, pack)
    return MovementRow._make(  # by place and so: half of what naming them takes
        (
            goods.product_id,
            lot_id,
            source.location_id,
            target.location_id,
            quantity,
            unit_id,
            entered,
            cost,
            reason.reason_id if reason else None,
        )
    )


def amounts(goods: Goods, line: Line, factor: Decimal, pack: Decimal) -> tuple[Decimal, Decimal, Decimal | None]:
    """In base units, as entered, and what a base unit costs. Raises what is wrong with the line."""
    entered = line.quantity * pack
    quantity = posting.base_quantity(goods, entered, factor)
    return quantity, entered, goods.cost if line.unit_cost is None else check_cost(line.unit_cost)


def ends(rule: MovementKind, known: Known, line: Line) -> Ends:
    """From where, to where and why: checked once for all the lines that say the same."""
    named = (rule.kind, line.source, line.target, line.reason)
    found = known.ends.get(named)
    if found is None:
        source, target = (known.place(code) for code in posting.default_codes(rule, line))
        posting.check_places(rule, source, target)
        reason = known.reason(line.reason) if rule.needs_reason else None
        posting.check_reason(rule, reason, source, target, known.reason_codes)
        found = known.ends[named] = (source, target, reason)
    return found


def _lot(tx: Tx, rule: MovementKind, known: Known, goods: Goods, line: Line, today: date) -> int:
    if not line.lot and not goods.tracking.needs_lot:
        return NO_LOT
    number = posting.lot_number(goods, line.lot)
    if number is None:
        return NO_LOT
    lot = known.lots.get((goods.product_id, number))
    posting.check_lot(rule, goods, number, lot, line.expires, today, bool(line.override))
    if lot is None:
        new = NewLot(goods.product_id, number, line.expires, line.manufactured)
        lot = KnownLot(known.make_lot(tx, new), number, line.expires)
    elif lot.expires is None and line.expires is not None:
        known.date_lot(tx, lot.lot_id, line.expires)
        lot = KnownLot(lot.lot_id, number, line.expires)
    known.lots[goods.product_id, number] = lot
    return lot.lot_id


def changes(rows: Iterable[MovementRow], real: set[int]) -> dict[BalanceKey, Change]:
    """What movements, one after the other, do to the balances of real locations.

    Goods can be moved on within a document, but not before they have come.
    """
    summed: dict[BalanceKey, Change] = {}
    for row in rows:
        if row.source_id in real:
            _add(summed, (row.product_id, row.source_id, row.lot_id), Change(-row.quantity, row.quantity))
        if row.target_id in real:
            _add(summed, (row.product_id, row.target_id, row.lot_id), Change(row.quantity, NOTHING))
    return summed


def _add(summed: dict[BalanceKey, Change], key: BalanceKey, change: Change) -> None:
    before = summed.get(key)
    summed[key] = change if before is None else before.then(change)
