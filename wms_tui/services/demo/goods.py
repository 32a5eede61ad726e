"""The products of the demonstration: what the families come to, and where each has its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from wms_tui.domain.barcodes import check_digit
from wms_tui.domain.products import Tracking
from wms_tui.services.demo.clothing import CLOTHING
from wms_tui.services.demo.electrical import ELECTRICAL
from wms_tui.services.demo.family import Department, Family
from wms_tui.services.demo.food import FOOD
from wms_tui.services.demo.hardware import HARDWARE
from wms_tui.services.demo.pharmacy import PHARMACY
from wms_tui.services.importing.packed_barcodes import PackedBarcode
from wms_tui.services.importing.records import ProductRow

DEPARTMENTS = (ELECTRICAL, HARDWARE, FOOD, CLOTHING, PHARMACY)
GTIN_PREFIX = "200"
"""GS1 leaves 200 to 299 to numbers that hold inside one company."""
WEEKLY_ORDERS = 1.0
"""How many least orders of a product of weight 1 are asked for in a week, about."""


@dataclass(frozen=True, slots=True)
class Stocked:
    """A product with what the generator knows of it; ``home`` is its bin, ``reserve`` a second one or empty."""

    row: ProductRow
    family: Family
    supplier: str
    home: str
    reserve: str
    cost: Decimal
    least: Decimal
    most: Decimal

    @property
    def sku(self) -> str:
        return self.row.sku

    @property
    def is_serial(self) -> bool:
        return self.family.tracking is Tracking.SERIAL


def gtin(item: str, indicator: str = "") -> str:
    """The trade item number for 12 digits, or for a packing of it with an indicator digit before them."""
    digits = indicator + item
    return f"{digits}{check_digit(digits)}"


def bins_of(department: Department) -> list[str]:
    """The codes of a zone's bins: aisle and place, about one for two products."""
    count = -(-sum(1 for _ in _members(department)) // 2)
    return [f"{department.zone}-{1 + number // 10:02}-{1 + number % 10:02}" for number in range(count)]


def stocked() -> list[Stocked]:
    """All products; the same list each time."""
    found: list[Stocked] = []
    for department in DEPARTMENTS:
        bins = bins_of(department)
        for place, (section, family, number, variant) in enumerate(_members(department)):
            reserve = bins[(place * 7 + 3) % len(bins)] if family.weight >= 1.4 else ""
            home = bins[place // 2]
            supplier = department.suppliers[place * len(department.suppliers) // (2 * len(bins))]
            row = _row(department, section, family, number, variant, len(found) + 1)
            assert row.cost and row.min_stock and row.max_stock
            reserve = "" if reserve == home else reserve
            found.append(Stocked(row, family, supplier, home, reserve, row.cost, row.min_stock, row.max_stock))
    return found


def _members(department: Department) -> Iterator[tuple[str, Family, int, str]]:
    for section, families in department.sections:
        for family in families:
            for number, variant in enumerate(family.variants.split("|")):
                yield section, family, number, variant


def _row(department: Department, section: str, family: Family, number: int, variant: str, serial: int) -> ProductRow:
    cost = _money(Decimal(family.cost) * Decimal(str(1 + family.step * number)))
    least, most = _levels(family)
    return ProductRow(
        sku=f"{family.code}-{number + 1:02}",
        name=f"{family.name} {variant}",
        category=f"{department.name}/{section}",
        specification=family.specification,
        unit=family.unit,
        price=_money(cost * Decimal(department.markup)),
        cost=cost,
        barcodes=_barcodes(family, serial),
        tracking=family.tracking,
        min_stock=least,
        max_stock=most,
    )


def _barcodes(family: Family, serial: int) -> tuple[PackedBarcode, ...]:
    """The product's own number, and its carton's where it comes in cartons."""
    item = f"{GTIN_PREFIX}{serial * 4177:09}"
    own = PackedBarcode(gtin(item))
    if family.tracking is Tracking.SERIAL:
        return (own,)
    return (own, PackedBarcode(gtin(item, "1"), Decimal(family.pack)))


def _levels(family: Family) -> tuple[Decimal, Decimal]:
    """Minimum and maximum: two weeks' and two months' demand, the maximum in whole cartons."""
    weekly = family.least_order * max(1, round(WEEKLY_ORDERS * family.weight))
    least, pack = Decimal(2 * weekly), Decimal(min(family.pack, 8 * weekly))
    return least, ((4 * least) / pack).to_integral_value(ROUND_CEILING) * pack


def _money(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01") if amount >= 1 else Decimal("0.001"))
