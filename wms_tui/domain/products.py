"""What a product is, as far as rules need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Tracking(StrEnum):
    """How closely a product's stock is told apart."""

    NONE = "none"
    LOT = "lot"
    EXPIRY = "expiry"
    SERIAL = "serial"

    @property
    def needs_lot(self) -> bool:
        return self is not Tracking.NONE

    @property
    def needs_expiry(self) -> bool:
        return self is Tracking.EXPIRY


@dataclass(frozen=True, slots=True)
class Goods:
    """What a scanned or typed code stands for: a product, and how much of which unit one scan moves.

    ``pack`` counts ``scan_unit``; ``factor`` is base units per ``scan_unit``. ``receipt_life`` and ``issue_life`` are
    the days that a lot must still keep. ``decimals`` tells whether the base unit may be divided.
    """

    product_id: int
    sku: str
    name: str
    active: bool
    tracking: Tracking
    unit_id: int
    unit: str
    cost: Decimal | None
    scan_unit_id: int
    scan_unit: str
    pack: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    receipt_life: int | None = None
    issue_life: int | None = None
    decimals: bool = True


@dataclass(frozen=True, slots=True)
class KnownLot:
    """A lot that exists; id 0 is the lot of goods that are not tracked."""

    lot_id: int
    number: str
    expires: date | None = None
