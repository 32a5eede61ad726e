"""Measured amounts in another unit of the same kind: what GS1 codes carry, and what goods are counted in."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from enum import Enum

from wms_tui.domain.quantities import QUANTITY_PLACES


class Quality(Enum):
    """What a unit measures."""

    MASS = "mass"
    VOLUME = "volume"
    LENGTH = "length"


_LEAST = Decimal(1).scaleb(-QUANTITY_PLACES)
_IN_GRAMS = {
    "kg": "1000", "g": "1", "mg": "0.001", "t": "1000000", "lb": "453.59237", "lbs": "453.59237",
    "oz": "28.349523125", "troy oz": "31.1034768",
    "千克": "1000", "公斤": "1000", "克": "1", "毫克": "0.001", "吨": "1000000", "斤": "500", "两": "50",
}  # fmt: skip
_IN_LITRES = {
    "l": "1", "dl": "0.1", "cl": "0.01", "ml": "0.001", "hl": "100", "m³": "1000", "m3": "1000",
    "qt": "0.946352946", "gal": "3.785411784", "gal.": "3.785411784", "fl oz": "0.0295735295625",
    "in³": "0.016387064", "ft³": "28.316846592", "yd³": "764.554857984",
    "升": "1", "毫升": "0.001", "立方米": "1000",
}  # fmt: skip
_IN_METRES = {
    "m": "1", "dm": "0.1", "cm": "0.01", "mm": "0.001", "km": "1000", "in": "0.0254", "ft": "0.3048", "yd": "0.9144",
    "米": "1", "分米": "0.1", "厘米": "0.01", "毫米": "0.001",
}  # fmt: skip
UNITS: dict[str, tuple[Quality, Decimal]] = {
    name: (quality, Decimal(factor))
    for quality, table in ((Quality.MASS, _IN_GRAMS), (Quality.VOLUME, _IN_LITRES), (Quality.LENGTH, _IN_METRES))
    for name, factor in table.items()
}
"""What each unit measures, and how much it is in grams, litres or metres."""


def quality_of(unit: str) -> Quality | None:
    """What a unit measures, small and capital letters alike; None for one that counts."""
    known = UNITS.get(unit.strip().casefold())
    return known[0] if known else None


def converted(amount: Decimal, unit: str, into: str) -> Decimal | None:
    """The amount in another unit, to the decimals that a quantity has; None where it does not convert."""
    given, wanted = UNITS.get(unit.strip().casefold()), UNITS.get(into.strip().casefold())
    if given is None or wanted is None or given[0] is not wanted[0]:
        return None
    if given[1] == wanted[1]:
        return amount
    return (amount * given[1] / wanted[1]).quantize(_LEAST, ROUND_HALF_EVEN).normalize()
