"""What the suppliers of the demonstration bring: at the beginning, and again where goods run short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import count
from random import Random

from wms_tui.domain.movements import OPENING_REASON, DocumentKind, Line, PostDocument
from wms_tui.services.demo.calendar import Day
from wms_tui.services.demo.goods import Stocked
from wms_tui.services.demo.places import DOCK
from wms_tui.services.demo.posting import RECEIVER, Posting
from wms_tui.services.demo.shelves import Held, Shelves

REORDER_AT = Decimal("1.8")
"""Goods are ordered again below so many times their minimum."""
LATE_SUPPLIER, LATE_DAYS = 1, 30
"""One supplier has not delivered for so many days: what comes from there runs short."""
MISTAKES = (17, 3)
"""So many days before the end a receipt is entered twice and the second one reversed."""
ENTERED_TWICE = "重复录入 Entered twice"


@dataclass(frozen=True, slots=True)
class Order:
    """What a supplier is to bring on a day."""

    supplier: str
    due: date
    goods: tuple[tuple[Stocked, Decimal], ...]

    @property
    def has_serials(self) -> bool:
        return any(product.is_serial for product, _ in self.goods)


class Deliveries:
    """Orders to suppliers, what comes of them, and where it is put."""

    def __init__(self, goods: list[Stocked], shelves: Shelves, random: Random) -> None:
        self._goods = goods
        self._shelves = shelves
        self._random = random
        self._orders: list[Order] = []
        self._suppliers = list(dict.fromkeys(product.supplier for product in goods))
        self._mistakes = list(MISTAKES)
        self._purchase, self._serial = count(24101), count(100317)

    def opening(self, day: Day) -> Iterator[Posting]:
        """The stock at the beginning, counted in zone by zone."""
        zones: dict[str, list[Held]] = {}
        for product in self._goods:
            wanted = product.most * Decimal(self._random.randrange(40, 101)) / 100
            zones.setdefault(product.home[0], []).extend(self._arrived(product, wanted, day, product.home))
        for zone, held in zones.items():
            lines = tuple(one.line(target=one.place, reason=OPENING_REASON) for one in held)
            kind, key = DocumentKind.ADJUSTMENT, f"opening-{zone}"
            yield Posting(RECEIVER, PostDocument(kind, key, lines, note="期初库存 Opening stock", at=day.at(0)))

    def come(self, day: Day) -> Iterator[Posting]:
        due = [order for order in self._orders if order.due <= day.date]
        self._orders = [order for order in self._orders if order not in due]
        for number, order in enumerate(due):
            yield from self._delivery(order, day, (0.02 + 0.2 * number / len(due)))

    def _delivery(self, order: Order, day: Day, part: float) -> Iterator[Posting]:
        reference, lines = f"PO-{next(self._purchase)}", self._unloaded(order, day)
        yield _receipt(reference, lines, order, day.at(part))
        if self._mistakes and day.before <= self._mistakes[0] and not order.has_serials:
            self._mistakes.pop(0)
            yield _receipt(reference, lines, order, day.at(part + 0.01), ENTERED_TWICE)

    def _unloaded(self, order: Order, day: Day) -> tuple[Line, ...]:
        """What came, at its price of the day; some of what has a reserve stays on the dock at first."""
        drift = Decimal(str(round(self._random.uniform(0.97, 1.06), 3)))
        lines: list[Line] = []
        for product, quantity in order.goods:
            to_dock = bool(product.reserve) and self._random.random() < 0.4
            cost = (product.cost * drift).quantize(Decimal("0.0001"))
            arrived = self._arrived(product, quantity, day, DOCK if to_dock else product.home)
            lines += [held.line(target=held.place, cost=cost) for held in arrived]
        return tuple(lines)

    def _arrived(self, product: Stocked, quantity: Decimal, day: Day, place: str) -> list[Held]:
        """Goods that come to a place: in one lot, or one by one with serial numbers."""
        today, sku = day.date, product.sku
        if product.is_serial:
            numbers = [f"SN{next(self._serial)}" for _ in range(int(quantity))]
            held = [Held(sku, place, number, None, Decimal(1)) for number in numbers]
        else:
            shelf = product.family.shelf_days * self._random.uniform(0.6, 1.0)
            expires = today + timedelta(days=int(shelf)) if product.family.tracking.needs_expiry else None
            lot = f"{today:%y%m%d}{product.home[0]}" if product.family.tracking.needs_lot else ""
            held = [Held(sku, place, lot, expires, _whole(quantity, 1))]
        for one in held:
            self._shelves.put(one)
        return held

    def put_away(self, day: Day) -> Iterator[Posting]:
        """What stands on the dock goes to its reserve."""
        lines: list[Line] = []
        for product in self._goods:
            for held in self._shelves.of(product.sku):
                if held.place == DOCK:
                    self._move(held, product.reserve)
                    lines.append(held.line(source=DOCK, target=product.reserve))
        if lines:
            kind, key = DocumentKind.TRANSFER, f"put-away-{day.before}"
            yield Posting(RECEIVER, PostDocument(kind, key, tuple(lines), at=day.at(0.26)))

    def _move(self, held: Held, place: str) -> None:
        self._shelves.take(held)
        self._shelves.put(Held(held.sku, place, held.lot, held.expires, held.quantity))

    def order_again(self, day: Day) -> None:
        """Each supplier is written to on one day of the week; what is short comes a few days later."""
        for number, supplier in enumerate(self._suppliers):
            if number % 5 != day.begins.weekday() or any(order.supplier == supplier for order in self._orders):
                continue
            short = [product for product in self._goods if product.supplier == supplier and self._is_short(product)]
            wanted = tuple((product, self._refill(product)) for product in short)
            is_late = number == LATE_SUPPLIER and day.before < LATE_DAYS
            due = day.date + timedelta(days=LATE_DAYS if is_late else self._random.randrange(2, 7))
            if wanted:
                self._orders.append(Order(supplier, due, wanted))

    def _is_short(self, product: Stocked) -> bool:
        return self._shelves.total(product.sku) < REORDER_AT * product.least

    def _refill(self, product: Stocked) -> Decimal:
        """Up to the maximum, in whole cartons."""
        pack = 1 if product.is_serial else min(product.family.pack, int(product.most))
        return _whole(product.most - self._shelves.total(product.sku), pack)


def _whole(quantity: Decimal, pack: int) -> Decimal:
    """The quantity in whole packs, at least one."""
    return max((quantity / pack).to_integral_value(ROUND_CEILING), Decimal(1)) * pack


def _receipt(reference: str, lines: tuple[Line, ...], order: Order, at: datetime, undone: str = "") -> Posting:
    key = f"{reference}-2" if undone else reference
    document = PostDocument(DocumentKind.RECEIPT, key, lines, reference, order.supplier, at=at)
    return Posting(RECEIVER, document, undone)
