"""What labels say of the goods that are being entered: one label, or one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from wms_tui.domain.barcodes import Form, Measure, ProductCode, Reading, visible
from wms_tui.domain.barcodes.visible import GS
from wms_tui.domain.errors import ExpiryConflict
from wms_tui.domain.measures import converted
from wms_tui.domain.posting import base_quantity
from wms_tui.domain.products import Goods, Tracking
from wms_tui.domain.quantities import ONE, plain
from wms_tui.domain.scan_errors import MeasureUnfit, QuantityTwice

MOST_KEPT = 120
"""Characters that a draft keeps of it."""
_GS1_FORMS = frozenset({Form.GS1, Form.BRACKETED, Form.LINK})
_WANTED = ("NET WEIGHT", "NET VOLUME")
"""Measures that say how much it is; others may only describe it."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """``code`` is one that the catalog knows. ``quantity`` counts its unit, with ``in_base`` the product's base unit.

    Without a quantity it is one, or the number that was entered before. ``gs1`` tells that the label was a GS1 code.
    ``manufactured`` is the production date.
    """

    code: str
    lot: str = ""
    serial: str = ""
    expires: date | None = None
    quantity: Decimal | None = None
    in_base: bool = False
    gs1: bool = False
    manufactured: date | None = None

    def packed(self) -> str:
        """As a draft keeps it: the code, then each fact behind a character that no code holds.

        Lot and serial are not kept: whoever has them asks for nothing, or keeps them apart. A code that is so long
        that the expiry date does not fit is asked for it again; a production date that does not fit is left out.
        """
        facts = [self.code]
        if self.quantity is not None:
            facts.append(f"{'B' if self.in_base else 'Q'}{plain(self.quantity)}")
        if self.gs1:
            facts.append("G")
        for kind, day in (("E", self.expires), ("M", self.manufactured)):
            if day is not None and len(GS.join(facts)) + 12 <= MOST_KEPT:
                facts.append(f"{kind}{day.isoformat()}")
        return GS.join(facts)


def unpacked(kept: str) -> Scanned:
    """What ``packed`` made."""
    code, *facts = kept.split(GS)
    said = Scanned(code)
    for fact in facts:
        kind, value = fact[0], fact[1:]
        if kind == "E":
            said = replace(said, expires=date.fromisoformat(value))
        elif kind == "M":
            said = replace(said, manufactured=date.fromisoformat(value))
        elif kind == "G":
            said = replace(said, gs1=True)
        else:
            said = replace(said, quantity=Decimal(value), in_base=kind == "B")
    return said


def code_of(kept: str) -> str:
    """The code alone."""
    return kept.partition(GS)[0]


@dataclass(frozen=True, slots=True)
class Amount:
    """So many units, and so many base units."""

    unit_id: int
    unit: str
    factor: Decimal
    entered: Decimal
    base: Decimal

    def text(self, base_unit: str) -> str:
        """``3 pcs``, and ``2 carton = 48 pcs`` where the unit is not the base unit."""
        told = f"{plain(self.entered)} {self.unit}"
        return told if self.factor == ONE else f"{told} = {plain(self.base)} {base_unit}"


def amount_of(goods: Goods, said: Scanned, typed: Decimal | None) -> Amount:
    """How much a scan moves: what its label says, else so many packs as were entered before, else one.

    Raises what ``base_quantity`` does.
    """
    if said.in_base and said.quantity is not None:
        base = base_quantity(goods, said.quantity, ONE)
        return Amount(goods.unit_id, goods.unit, ONE, said.quantity, base)
    entered = (typed or ONE) * goods.pack if said.quantity is None else said.quantity
    base = base_quantity(goods, entered, goods.factor)
    return Amount(goods.scan_unit_id, goods.scan_unit, goods.factor, entered, base)


def scanned(result: ProductCode, goods: Goods, typed: Decimal | None) -> Scanned:
    """What a label of goods says, with the number that was entered before.

    Raises ``MeasureUnfit``, ``QuantityTwice``.
    """
    reading = result.reading
    quantity, in_base = _quantity(reading, goods, typed)
    return Scanned(
        result.code,
        reading.lot,
        reading.serial,
        reading.last_day,
        quantity,
        in_base,
        reading.form in _GS1_FORMS,
        reading.produced,
    )


def completed(said: Scanned, reading: Reading, goods: Goods, typed: Decimal | None) -> Scanned:
    """With what a second label says. Raises ``ExpiryConflict`` where the two differ, and what ``scanned`` does."""
    expires = reading.last_day or said.expires
    if said.expires and expires != said.expires:
        raise ExpiryConflict(sku=goods.sku, lot=reading.lot, known=said.expires, given=expires)
    made = reading.produced or said.manufactured
    more = replace(said, lot=reading.lot, serial=reading.serial, expires=expires, manufactured=made)
    if said.quantity is not None:
        return more
    quantity, in_base = _quantity(reading, goods, typed)
    return replace(more, quantity=quantity, in_base=in_base)


def number_of(goods: Goods, said: Scanned | Reading) -> str:
    """The number by which this product's stock is told apart, as far as a label says it and the product needs one."""
    if not goods.tracking.needs_lot:
        return ""
    return said.serial if goods.tracking is Tracking.SERIAL else said.lot


def _quantity(reading: Reading, goods: Goods, typed: Decimal | None) -> tuple[Decimal | None, bool]:
    """A count times the pack, so often as was entered; else a measure in the base unit; else nothing."""
    if reading.count is not None:
        return (typed or ONE) * reading.count * goods.pack, False
    telling = [one for one in reading.measures if one.unit and not one.what.endswith("log")]
    for measure in sorted(telling, key=lambda one: one.what not in _WANTED):
        amount = converted(measure.amount, measure.unit, goods.unit)
        if amount is None and measure.unit == "oz":  # AI 357n is of weight or of volume
            amount = converted(measure.amount, "fl oz", goods.unit)
        if amount is not None and measure.what in {*_WANTED, "LENGTH"}:
            _check_single(measure, typed)
            return amount, True
    unfit = next((one for one in telling if one.what in _WANTED), None)
    if unfit is not None:
        raise MeasureUnfit(amount=plain(unfit.amount), measured=unfit.unit, sku=goods.sku, unit=goods.unit)
    return None, False


def _check_single(measure: Measure, typed: Decimal | None) -> None:
    """Each label has its own weight: a number before it would say the same weight several times."""
    if typed is not None:
        raise QuantityTwice(typed=plain(typed), amount=plain(measure.amount), measured=measure.unit)


def parts_of(reading: Reading) -> str:
    """The parts of a GS1 code by name, for whoever was refused; empty for other codes."""
    return ", ".join(f"({part.ai}) {part.title} {visible(part.value)}" for part in reading.elements)
