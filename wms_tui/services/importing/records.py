"""What the rows of each kind of file say, as plain records, and which columns each kind of file has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from wms_tui.domain.locations import LocationKind
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.posting import MOST_NOTE
from wms_tui.domain.products import Tracking
from wms_tui.services.importing import cells, words
from wms_tui.services.importing.cells import PackedBarcode, Reader, code, text

SKU, BARCODE, LOCATION, LOT, UNIT, REASON, KEY = 80, 120, 80, 80, 20, 40, 120
NAME, LABEL, CATEGORY, LONG = 400, 200, 800, 10_000
"""The most characters of each."""

_NUMBERS = frozenset({cells.quantity, cells.on_hand, cells.money})


@dataclass(frozen=True, slots=True)
class ProductRow:
    sku: str
    name: str | None = None
    category: str | None = None
    specification: str | None = None
    unit: str | None = None
    price: Decimal | None = None
    cost: Decimal | None = None
    barcodes: tuple[PackedBarcode, ...] | None = None
    tracking: Tracking | None = None
    min_stock: Decimal | None = None
    max_stock: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LocationRow:
    code: str
    name: str | None = None
    kind: LocationKind | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class StockRow:
    """``quantity`` may be 0: the row is good and there is nothing to move."""

    sku: str
    location: str
    quantity: Decimal
    lot: str | None = None
    expires: date | None = None
    unit_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MovementRow:
    key: str
    kind: DocumentKind
    sku: str
    quantity: Decimal
    unit: str | None = None
    source: str | None = None
    target: str | None = None
    lot: str | None = None
    expires: date | None = None
    reference: str | None = None
    partner: str | None = None
    reason: str | None = None
    note: str | None = None
    at: datetime | None = None
    unit_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: who reads its cells, whether each row needs it, the record's field where that has another name."""

    name: str
    read: Reader
    required: bool = False
    field: str = ""

    @property
    def is_number(self) -> bool:
        return self.read in _NUMBERS


Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class FileKind(Generic[Record]):
    """A kind of file; ``also`` holds further header names for a column."""

    record: type[Record]
    columns: tuple[Column, ...]
    also: Mapping[str, str] = field(default_factory=dict)


_BARCODE_FOR_SKU = {"barcode": "sku", "条码": "sku", "条形码": "sku", "product": "sku", "商品": "sku"}

PRODUCTS = FileKind(
    ProductRow,
    (
        Column("sku", code(SKU), required=True),
        Column("name", text(NAME)),
        Column("category", text(CATEGORY)),
        Column("specification", text(LONG)),
        Column("unit", code(UNIT)),
        Column("price", cells.money),
        Column("cost", cells.money),
        Column("barcodes", cells.barcodes(BARCODE)),
        Column("tracking", cells.word(words.TRACKING)),
        Column("min_stock", cells.on_hand),
        Column("max_stock", cells.on_hand),
    ),
    {"编码": "sku"},
)

LOCATIONS = FileKind(
    LocationRow,
    (
        Column("code", code(LOCATION), required=True),
        Column("name", text(LABEL)),
        Column("kind", cells.word(words.LOCATION_KINDS)),
        Column("parent", code(LOCATION)),
    ),
)

STOCK = FileKind(
    StockRow,
    (
        Column("sku", code(BARCODE), required=True),
        Column("location", code(LOCATION), required=True),
        Column("lot", code(LOT)),
        Column("expires", cells.day),
        Column("quantity", cells.on_hand, required=True),
        Column("unit_cost", cells.money),
    ),
    _BARCODE_FOR_SKU,
)

MOVEMENTS = FileKind(
    MovementRow,
    (
        Column("key", code(KEY), required=True),
        Column("kind", cells.word(words.MOVEMENT_KINDS), required=True),
        Column("sku", code(BARCODE), required=True),
        Column("quantity", cells.quantity, required=True),
        Column("unit", code(UNIT)),
        Column("from", code(LOCATION), field="source"),
        Column("to", code(LOCATION), field="target"),
        Column("lot", code(LOT)),
        Column("expires", cells.day),
        Column("reference", text(LABEL)),
        Column("partner", text(LABEL)),
        Column("reason", code(REASON)),
        Column("note", text(MOST_NOTE)),
        Column("at", cells.moment),
        Column("unit_cost", cells.money),
    ),
    _BARCODE_FOR_SKU,
)
