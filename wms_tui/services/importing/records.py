"""What the rows of each kind of file say, as plain records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from wms_tui.domain.locations import LocationKind
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.products import Tracking
from wms_tui.services.importing.packed_barcodes import PackedBarcode


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
    reorder_quantity: Decimal | None = None
    lead_time_days: int | None = None
    shelf_life_days: int | None = None
    receipt_life_days: int | None = None
    issue_life_days: int | None = None


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
    override: str | None = None
    manufactured: date | None = None
    at: datetime | None = None
    unit_cost: Decimal | None = None
