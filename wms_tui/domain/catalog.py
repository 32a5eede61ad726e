"""The catalog: what one asks of it, what it answers, and what may be changed in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from wms_tui.domain.enquiry import PAGE
from wms_tui.domain.products import Tracking
from wms_tui.domain.texts import N_

CatalogKey = tuple[int, str | int]
"""Where a page of products ended: the stage of the search, and the last SKU or id in it."""


class StockState(StrEnum):
    """How a product's stock stands to what it should be."""

    ANY = ""
    HELD = "held"
    NONE = "none"
    LOW = "low"
    HIGH = "high"


STOCK_STATE_NAMES = {
    StockState.ANY: N_("Any stock"),
    StockState.HELD: N_("In stock"),
    StockState.NONE: N_("None on hand"),
    StockState.LOW: N_("Below minimum"),
    StockState.HIGH: N_("Above maximum"),
}

TRACKING_NAMES = {
    Tracking.NONE: N_("Not tracked"),
    Tracking.LOT: N_("Lot"),
    Tracking.EXPIRY: N_("Lot and expiry"),
    Tracking.SERIAL: N_("Serial number"),
}


@dataclass(frozen=True, slots=True)
class CatalogQuery:
    """Products by any part of SKU, name or barcode; ``category`` is a path and means all below it as well.

    ``active`` None asks for all products.
    """

    text: str = ""
    category: str = ""
    state: StockState = StockState.ANY
    active: bool | None = True
    after: CatalogKey | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """A product in a list; on hand in base units over all locations."""

    product_id: int
    sku: str
    name: str
    category: str
    on_hand: Decimal
    unit: str
    price: Decimal | None
    active: bool
    state: StockState


@dataclass(frozen=True, slots=True)
class PackUnit:
    """Another unit of a product: one of it is ``factor`` base units."""

    unit: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class ProductBarcode:
    """A code that scans as ``quantity`` of ``unit``."""

    code: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class PriceStep:
    """One change of a price or cost; ``field`` says which."""

    at: datetime
    user: str
    field: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class StockPlace:
    """On hand at one location, by lot."""

    location: str
    lot: str
    expires: date | None
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class LatestMove:
    """One of the last movements of a product, in base units."""

    at: datetime
    number: str
    source: str
    target: str
    lot: str
    quantity: Decimal
    user: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product with all that may be changed of it. ``category`` is a path, ``unit`` the base unit's code.

    ``cost`` is None for who may not see it.
    """

    product_id: int
    version: int
    sku: str
    name: str
    category: str
    specification: str
    unit: str
    price: Decimal | None
    cost: Decimal | None
    tracking: Tracking
    shelf_life_days: int | None
    receipt_life_days: int | None
    issue_life_days: int | None
    min_stock: Decimal | None
    max_stock: Decimal | None
    reorder_quantity: Decimal | None
    lead_time_days: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class ProductDetail:
    """Everything about one product. ``stock_by_day`` is on hand at the end of each of the last days, today last."""

    product: Product
    units: tuple[PackUnit, ...]
    barcodes: tuple[ProductBarcode, ...]
    on_hand: Decimal
    places: tuple[StockPlace, ...]
    moves: tuple[LatestMove, ...]
    prices: tuple[PriceStep, ...]
    stock_by_day: tuple[Decimal, ...]
    sees_cost: bool = False
    state: StockState = StockState.ANY


STOCK_DAYS = 90
"""For how many days a product's detail shows its stock."""


@dataclass(frozen=True, slots=True)
class ProductRef:
    """A product by its SKU or any of its codes."""

    code: str


@dataclass(frozen=True, slots=True)
class NewProduct:
    """A product to make: values by the names of ``Product``'s fields, and codes that scan as one base unit."""

    values: Mapping[str, object]
    barcodes: tuple[str, ...] = ()
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class ChangeProduct:
    """What to change of the product that was read as ``version``."""

    product_id: int
    version: int
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddBarcode:
    """A code for a product; without ``unit`` it scans as one base unit."""

    sku: str
    code: str
    quantity: Decimal = Decimal(1)
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RemoveBarcode:
    """Take a code from its product."""

    sku: str
    code: str


@dataclass(frozen=True, slots=True)
class SetPackUnit:
    """Give a product another unit, or another factor for one that it has; without a factor the unit is removed."""

    sku: str
    unit: str
    factor: Decimal | None


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the category tree, with how many products stand in it itself."""

    path: str
    name: str
    depth: int
    products: int


@dataclass(frozen=True, slots=True)
class AddCategory:
    """A category under ``parent`` (a path, or empty for the top)."""

    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ChangeCategory:
    """Rename a category, or move it with all below under another parent; None leaves it where it is."""

    path: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class CategoryRef:
    path: str
