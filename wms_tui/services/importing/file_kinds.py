"""The kinds of files: which columns each has, and who reads their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from wms_tui.domain.posting import MOST_NOTE
from wms_tui.services.importing import cells, numbers, words
from wms_tui.services.importing.cells import Reader, code, text
from wms_tui.services.importing.packed_barcodes import barcodes
from wms_tui.services.importing.records import LocationRow, MovementRow, ProductRow, StockRow

SKU, BARCODE, LOCATION, LOT, UNIT, REASON, KEY = 80, 120, 80, 80, 20, 40, 120
NAME, LABEL, CATEGORY, LONG = 400, 200, 800, 10_000
"""The most characters of each."""

_NUMBERS = frozenset({numbers.quantity, numbers.on_hand, numbers.money, numbers.days})


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


_CODE_FOR_SKU = {"编码": "sku"}
_BARCODE_FOR_SKU = {"barcode": "sku", "条码": "sku", "条形码": "sku", "product": "sku", "商品": "sku", **_CODE_FOR_SKU}

PRODUCTS = FileKind(
    ProductRow,
    (
        Column("sku", code(SKU), required=True),
        Column("name", text(NAME)),
        Column("category", text(CATEGORY)),
        Column("specification", text(LONG)),
        Column("unit", code(UNIT)),
        Column("price", numbers.money),
        Column("cost", numbers.money),
        Column("barcodes", barcodes(BARCODE)),
        Column("tracking", cells.word(words.TRACKING)),
        Column("min_stock", numbers.on_hand),
        Column("max_stock", numbers.on_hand),
        Column("reorder_quantity", numbers.on_hand),
        Column("lead_time_days", numbers.days),
        Column("shelf_life_days", numbers.days),
        Column("receipt_life_days", numbers.days),
        Column("issue_life_days", numbers.days),
    ),
    _CODE_FOR_SKU,
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
        Column("quantity", numbers.on_hand, required=True),
        Column("unit_cost", numbers.money),
    ),
    _BARCODE_FOR_SKU,
)

MOVEMENTS = FileKind(
    MovementRow,
    (
        Column("key", code(KEY), required=True),
        Column("kind", cells.word(words.MOVEMENT_KINDS), required=True),
        Column("sku", code(BARCODE), required=True),
        Column("quantity", numbers.quantity, required=True),
        Column("unit", code(UNIT)),
        Column("from", code(LOCATION), field="source"),
        Column("to", code(LOCATION), field="target"),
        Column("lot", code(LOT)),
        Column("expires", cells.day),
        Column("reference", text(LABEL)),
        Column("partner", text(LABEL)),
        Column("reason", code(REASON)),
        Column("note", text(MOST_NOTE)),
        Column("override", text(LABEL)),
        Column("manufactured", cells.day),
        Column("at", cells.moment),
        Column("unit_cost", numbers.money),
    ),
    _BARCODE_FOR_SKU,
)
