"""What happens in the demonstration's warehouse day by day, drawn from a seeded generator of random numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import count
from random import Random

from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services.demo.calendar import Day
from wms_tui.services.demo.deliveries import Deliveries
from wms_tui.services.demo.goods import Stocked
from wms_tui.services.demo.places import CUSTOMERS
from wms_tui.services.demo.posting import PICKER, Posting
from wms_tui.services.demo.shelves import Held, Shelves

ORDERS_A_DAY = 6
TIMES_ORDERED = (1, 1, 2, 3, 5)


class Trade:
    """Suppliers, customers and keepers of one warehouse. The same seed and days give the same documents."""

    def __init__(self, goods: list[Stocked], seed: int) -> None:
        self._goods = goods
        self._random = Random(seed)  # noqa: S311 - nothing secret hangs on it
        self._shelves = Shelves()
        self._deliveries = Deliveries(goods, self._shelves, self._random)
        self._weights = [product.family.weight for product in goods]
        self._sale = count(58210)

    def opening(self, day: Day) -> Iterator[Posting]:
        return self._deliveries.opening(day)

    def day(self, day: Day) -> Iterator[Posting]:
        """Everything of one day in its order: deliveries, putting away, customers' orders, what went wrong."""
        yield from self._deliveries.come(day)
        yield from self._deliveries.put_away(day)
        yield from self._sales(day)
        yield from self._losses(day)
        self._deliveries.order_again(day)

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
            picked += [held.line(source=held.place) for held in self._shelves.pick(product.sku, quantity, day.date)]
        return tuple(picked)

    def _losses(self, day: Day) -> Iterator[Posting]:
        """On Mondays what has expired; now and then something is broken, lost or found."""
        lines: list[Line] = []
        if day.begins.weekday() == 0:
            lines += [self._lost(held, "EXPIRED") for held in list(self._shelves.expired(day.date))]
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
                yield part.line(target=part.place, reason=reason)
            else:
                yield self._lost(part, reason)

    def _lost(self, held: Held, reason: str) -> Line:
        self._shelves.take(held)
        return held.line(source=held.place, reason=reason)
