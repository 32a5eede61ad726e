"""What happens in the demonstration's warehouse day by day, drawn from a seeded generator of random numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import count
from random import Random

from wms_tui.domain.movements import OPENING_REASON, DocumentKind, Line, PostDocument
from wms_tui.services.demo.calendar import Day
from wms_tui.services.demo.goods import Stocked
from wms_tui.services.demo.places import CUSTOMERS, DOCK
from wms_tui.services.demo.shelves import Held, Shelves

PICKER, RECEIVER = "jun", "lan"
ORDERS_A_DAY = 6
TIMES_ORDERED = (1, 1, 2, 3, 5)
REORDER_AT = Decimal("1.8")
"""Goods are ordered again below so many times their minimum."""
LATE_SUPPLIER, LATE_DAYS = 1, 30
"""One supplier has not delivered for so many days: what comes from there runs short."""
MISTAKES = (17, 3)
"""So many days before the end a receipt is entered twice and the second one reversed."""
ENTERED_TWICE = "重复录入 Entered twice"


@dataclass(frozen=True, slots=True)
class Posting:
    """A document and who posts it; ``undone`` says why it is reversed a little later, where it is."""

    keeper: str
    document: PostDocument
    undone: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What a supplier is to bring on a day."""

    supplier: str
    due: date
    goods: tuple[tuple[Stocked, Decimal], ...]


class Trade:
    """Suppliers, customers and keepers of one warehouse. The same seed and days give the same documents."""

    def __init__(self, goods: list[Stocked], seed: int) -> None:
        self._goods = goods
        self._random = Random(seed)  # noqa: S311 - nothing secret hangs on it
        self._shelves = Shelves()
        self._orders: list[Order] = []
        self._suppliers = list(dict.fromkeys(product.supplier for product in goods))
        self._weights = [product.family.weight for product in goods]
        self._mistakes = list(MISTAKES)
        self._purchase, self._sale, self._serial = count(24101), count(58210), count(100317)

    def opening(self, day: Day) -> Iterator[Posting]:
        """The stock at the beginning, counted in zone by zone."""
        zones: dict[str, list[Held]] = {}
        for product in self._goods:
            wanted = product.most * Decimal(self._random.randrange(40, 101)) / 100
            zones.setdefault(product.home[0], []).extend(self._arrived(product, wanted, day, product.home))
        for zone, held in zones.items():
            lines = tuple(_line(one, target=one.place, reason=OPENING_REASON) for one in held)
            kind, key = DocumentKind.ADJUSTMENT, f"opening-{zone}"
            yield Posting(RECEIVER, PostDocument(kind, key, lines, note="期初库存 Opening stock", at=day.at(0)))

    def day(self, day: Day) -> Iterator[Posting]:
        """Everything of one day in its order: deliveries, putting away, customers' orders, what went wrong."""
        yield from self._deliveries(day)
        yield from self._put_away(day)
        yield from self._sales(day)
        yield from self._losses(day)
        self._order_again(day)

    def _deliveries(self, day: Day) -> Iterator[Posting]:
        due = [order for order in self._orders if order.due <= day.begins.date()]
        self._orders = [order for order in self._orders if order not in due]
        for number, order in enumerate(due):
            yield from self._delivery(order, day, (0.02 + 0.2 * number / len(due)))

    def _delivery(self, order: Order, day: Day, part: float) -> Iterator[Posting]:
        reference, drift = f"PO-{next(self._purchase)}", Decimal(str(round(self._random.uniform(0.97, 1.06), 3)))
        lines: list[Line] = []
        for product, quantity in order.goods:
            to_dock = bool(product.reserve) and self._random.random() < 0.4
            cost = (product.cost * drift).quantize(Decimal("0.0001"))
            arrived = self._arrived(product, quantity, day, DOCK if to_dock else product.home)
            lines += [_line(held, target=held.place, cost=cost) for held in arrived]
        document = PostDocument(
            DocumentKind.RECEIPT, reference, tuple(lines), reference, order.supplier, at=day.at(part)
        )
        yield Posting(RECEIVER, document)
        if self._mistakes and day.before <= self._mistakes[0] and not any(p.is_serial for p, _ in order.goods):
            self._mistakes.pop(0)
            again = PostDocument(
                DocumentKind.RECEIPT, f"{reference}-2", tuple(lines), reference, order.supplier, at=day.at(part + 0.01)
            )
            yield Posting(RECEIVER, again, ENTERED_TWICE)

    def _arrived(self, product: Stocked, quantity: Decimal, day: Day, place: str) -> list[Held]:
        """Goods that come to a place: in one lot, or one by one with serial numbers."""
        today, sku = day.begins.date(), product.sku
        if product.is_serial:
            numbers = [f"SN{next(self._serial)}" for _ in range(int(quantity))]
            held = [Held(sku, place, number, None, Decimal(1)) for number in numbers]
        else:
            shelf = product.family.shelf_days * self._random.uniform(0.6, 1.0)
            expires = today + timedelta(days=int(shelf)) if product.family.tracking.needs_expiry else None
            lot = f"{today:%y%m%d}{product.supplier[-3].upper()}" if product.family.tracking.needs_lot else ""
            held = [Held(sku, place, lot, expires, _whole(quantity, 1))]
        for one in held:
            self._shelves.put(one)
        return held

    def _put_away(self, day: Day) -> Iterator[Posting]:
        """What stands on the dock goes to its reserve."""
        lines: list[Line] = []
        for product in self._goods:
            for held in self._shelves.of(product.sku):
                if held.place == DOCK:
                    self._move(held, product.reserve)
                    lines.append(_line(held, source=DOCK, target=product.reserve))
        if lines:
            kind, key = DocumentKind.TRANSFER, f"put-away-{day.before}"
            yield Posting(RECEIVER, PostDocument(kind, key, tuple(lines), at=day.at(0.26)))

    def _move(self, held: Held, place: str) -> None:
        self._shelves.take(held)
        self._shelves.put(Held(held.sku, place, held.lot, held.expires, held.quantity))

    def _sales(self, day: Day) -> Iterator[Posting]:
        orders = max(1, round(self._random.gauss(ORDERS_A_DAY * day.busy, 1.5)))
        for number in range(orders):
            lines = self._picked(day)
            if lines:
                reference = f"SO-{next(self._sale)}"
                at = day.at(0.3 + 0.55 * (number + self._random.random()) / orders)
                document = PostDocument(
                    DocumentKind.ISSUE, reference, lines, reference, self._random.choice(CUSTOMERS), at=at
                )
                yield Posting(PICKER, document)

    def _picked(self, day: Day) -> tuple[Line, ...]:
        """One to five products, each as far as it is there."""
        wanted = self._random.choices(self._goods, self._weights, k=self._random.choice((1, 2, 3, 3, 4, 5)))
        picked: list[Line] = []
        for product in dict.fromkeys(wanted):
            times = 1 if product.is_serial else self._random.choice(TIMES_ORDERED)
            quantity = Decimal(product.family.least_order * times)
            picked += [_line(held, source=held.place) for held in self._shelves.pick(product.sku, quantity, _date(day))]
        return tuple(picked)

    def _losses(self, day: Day) -> Iterator[Posting]:
        """On Mondays what has expired; now and then something is broken, lost or found."""
        lines: list[Line] = []
        if day.begins.weekday() == 0:
            lines += [self._lost(held, "EXPIRED") for held in list(self._shelves.expired(_date(day)))]
        if self._random.random() < 0.3:
            product = self._random.choice([product for product in self._goods if not product.is_serial])
            reason = self._random.choice(("DAMAGED", "DAMAGED", "LOST", "SAMPLE", "FOUND"))
            lines += self._gone_astray(product, reason)
        if lines:
            kind, key = DocumentKind.ADJUSTMENT, f"adjustment-{day.before}"
            yield Posting(PICKER, PostDocument(kind, key, tuple(lines), at=day.at(0.95)))

    def _gone_astray(self, product: Stocked, reason: str) -> Iterable[Line]:
        for held in self._shelves.of(product.sku)[:1]:
            quantity = min(held.quantity, Decimal(self._random.randrange(1, 4)))
            part = Held(held.sku, held.place, held.lot, held.expires, quantity)
            if reason == "FOUND":
                self._shelves.put(part)
                yield _line(part, target=part.place, reason=reason)
            else:
                yield self._lost(part, reason)

    def _lost(self, held: Held, reason: str) -> Line:
        self._shelves.take(held)
        return _line(held, source=held.place, reason=reason)

    def _order_again(self, day: Day) -> None:
        """Each supplier is written to on one day of the week; what is short comes a few days later."""
        for number, supplier in enumerate(self._suppliers):
            if number % 5 != day.begins.weekday() or any(order.supplier == supplier for order in self._orders):
                continue
            short = [product for product in self._goods if product.supplier == supplier and self._is_short(product)]
            wanted = tuple((product, self._refill(product)) for product in short)
            is_late = number == LATE_SUPPLIER and day.before < LATE_DAYS
            due = _date(day) + timedelta(days=LATE_DAYS if is_late else self._random.randrange(2, 7))
            if wanted:
                self._orders.append(Order(supplier, due, wanted))

    def _is_short(self, product: Stocked) -> bool:
        return self._shelves.total(product.sku) < REORDER_AT * product.least

    def _refill(self, product: Stocked) -> Decimal:
        """Up to the maximum, in whole cartons."""
        pack = 1 if product.is_serial else min(product.family.pack, int(product.most))
        return _whole(product.most - self._shelves.total(product.sku), pack)


def _date(day: Day) -> date:
    return day.begins.date()


def _whole(quantity: Decimal, pack: int) -> Decimal:
    """The quantity in whole packs, at least one."""
    return max((quantity / pack).to_integral_value(ROUND_CEILING), Decimal(1)) * pack


def _line(
    held: Held, source: str = "", target: str = "", reason: str | None = None, cost: Decimal | None = None
) -> Line:
    return Line(
        code=held.sku,
        quantity=held.quantity,
        source=source or None,
        target=target or None,
        lot=held.lot or None,
        expires=held.expires if target and not source else None,
        reason=reason,
        unit_cost=cost,
    )
