"""What a product is, as far as rules need it."""

from __future__ import annotations

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
