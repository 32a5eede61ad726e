"""A catalog and locations in memory, which count what they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import pytest

from wms_tui.domain.locations import LocationKind, Place
from wms_tui.domain.products import Goods, Tracking


class Shelf:
    """A look-up over plain dictionaries."""

    def __init__(self, products: Mapping[str, Goods], places: Mapping[str, Place]) -> None:
        self._products, self._places = products, places
        self.asked: list[str] = []

    def products(self, codes: Sequence[str]) -> Mapping[str, Goods]:
        self.asked += codes
        return {code: self._products[code] for code in codes if code in self._products}

    def places(self, codes: Sequence[str]) -> Mapping[str, Place]:
        self.asked += codes
        return {code: self._places[code] for code in codes if code in self._places}


def goods(sku: str, pack: int = 1) -> Goods:
    return Goods(
        product_id=1,
        sku=sku,
        name=sku.title(),
        active=True,
        tracking=Tracking.NONE,
        unit_id=1,
        unit="pcs",
        cost=None,
        scan_unit_id=1,
        scan_unit="pcs",
        pack=Decimal(pack),
    )


def place(code: str) -> Place:
    return Place(1, code, code, LocationKind.BIN, closed=False)


Know = Callable[..., Shelf]


@pytest.fixture
def know() -> Know:
    """``know({"4006381333931": "PEN"}, "A1")``: barcodes and SKUs with what they name, and locations."""

    def made(products: Mapping[str, str] | None = None, *places: str) -> Shelf:
        return Shelf(
            {code: goods(sku) for code, sku in (products or {}).items()}, {code: place(code) for code in places}
        )

    return made
