"""What the generator believes is on the shelves, so that it asks for nothing that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from wms_tui.domain.movements import Line

MARGIN = timedelta(days=2)
"""Nothing that expires sooner leaves for a customer."""


@dataclass(frozen=True, slots=True)
class Held:
    """So much of a product and lot at one place; ``lot`` is empty for goods without."""

    sku: str
    place: str
    lot: str
    expires: date | None
    quantity: Decimal

    def line(
        self,
        source: str | None = None,
        target: str | None = None,
        reason: str | None = None,
        cost: Decimal | None = None,
    ) -> Line:
        """This as a line of a document; the expiry date is told where it comes in."""
        return Line(
            code=self.sku,
            quantity=self.quantity,
            source=source,
            target=target,
            lot=self.lot or None,
            expires=self.expires if target and not source else None,
            reason=reason,
            unit_cost=cost,
        )


class Shelves:
    """On hand by product, place and lot."""

    def __init__(self) -> None:
        self._held: dict[str, dict[tuple[str, str], Held]] = {}

    def put(self, held: Held) -> None:
        """Add to what is there; a negative quantity takes away."""
        key = (held.place, held.lot)
        known = self._held.setdefault(held.sku, {})
        quantity = held.quantity + (known[key].quantity if key in known else 0)
        known.pop(key, None)
        if quantity:
            known[key] = Held(held.sku, held.place, held.lot, held.expires, quantity)

    def take(self, held: Held) -> None:
        self.put(Held(held.sku, held.place, held.lot, held.expires, -held.quantity))

    def total(self, sku: str) -> Decimal:
        return sum((held.quantity for held in self.of(sku)), Decimal(0))

    def of(self, sku: str) -> list[Held]:
        """What is held of a product: what expires first comes first."""
        return sorted(self._held.get(sku, {}).values(), key=lambda held: (held.expires or date.max, held.place))

    def pick(self, sku: str, quantity: Decimal, day: date) -> list[Held]:
        """As much of a quantity as there is, first expired first out; it is taken."""
        picked: list[Held] = []
        for held in self.of(sku):
            if quantity > 0 and (held.expires is None or held.expires > day + MARGIN):
                part = min(quantity, held.quantity)
                picked.append(Held(sku, held.place, held.lot, held.expires, part))
                quantity -= part
        for held in picked:
            self.take(held)
        return picked

    def expired(self, day: date) -> Iterator[Held]:
        """What has gone off before a day."""
        for sku in list(self._held):
            yield from (held for held in self.of(sku) if held.expires and held.expires < day)
