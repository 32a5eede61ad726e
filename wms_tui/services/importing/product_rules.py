"""Rules between the rows of a products file and the catalog; each is a plain function that yields what it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wms_tui.db import importing as db
from wms_tui.db import locations
from wms_tui.db.holding import hold_products
from wms_tui.db.importing import StoredBarcode, StoredProduct
from wms_tui.db.transaction import Tx
from wms_tui.domain.errors import BadText, Refused
from wms_tui.domain.file_errors import CellMissing, CodeOfLocation, CodeTaken, LevelsCrossed, TrackingFixed, UnitFixed
from wms_tui.domain.quantities import plain
from wms_tui.domain.texts import N_
from wms_tui.services.importing.file_kinds import LABEL
from wms_tui.services.importing.records import ProductRow
from wms_tui.services.importing.tables import Fault, Table

Rows = Sequence[tuple[int, ProductRow]]


@dataclass(slots=True)
class Catalog:
    """What the database and the file know about the codes of the file."""

    products: dict[str, StoredProduct]
    barcodes: dict[str, StoredBarcode]
    skus: frozenset[str]
    places: frozenset[str]
    units: dict[str, int]
    categories: dict[str, int]
    moved: set[int]
    stocked: set[int]
    name_header: str = "name"

    def unit_id(self, code: str) -> int | None:
        """The unit's id, small and capital letters alike."""
        return self.units.get(code.casefold())


def look_up(tx: Tx, table: Table[ProductRow]) -> Catalog:
    """Everything that the rules and the writing need, in a few batches."""
    rows = table.rows
    skus = list({row.sku for _, row in rows})
    codes = list({barcode.code for _, row in rows for barcode in row.barcodes or ()})
    products, units = db.products(tx, skus), {code.casefold(): key for code, key in db.units(tx).items()}
    ids = list(_remade(products, units, rows))
    hold_products(tx, ids)
    return Catalog(
        products=products,
        barcodes=db.barcodes(tx, list({*skus, *codes})),
        skus=frozenset({*skus, *db.products(tx, codes)}),
        places=frozenset(locations.places(tx, list({*skus, *codes}))),
        units=units,
        categories=db.categories(tx),
        moved=db.moved(tx, ids),
        stocked=db.stocked(tx, ids),
        name_header=table.header("name"),
    )


def _remade(products: dict[str, StoredProduct], units: dict[str, int], rows: Rows) -> Iterator[int]:
    """The products of which the file changes what stock relies on."""
    for _, row in rows:
        stored = products.get(row.sku)
        if stored and (
            (row.unit and units.get(row.unit.casefold()) != stored.unit_id)
            or (row.tracking and row.tracking.value != stored.tracking)
        ):
            yield stored.product_id


def conflicts(catalog: Catalog, rows: Rows) -> Iterator[Fault]:
    """Every rule on every row."""
    for line, row in rows:
        stored = catalog.products.get(row.sku)
        for rule in RULES:
            for refusal in rule(catalog, row, stored):
                yield line, refusal


def _name(catalog: Catalog, row: ProductRow, stored: StoredProduct | None) -> Iterator[Refused]:
    if stored is None and row.name is None:
        yield CellMissing(column=catalog.name_header)


def _codes(catalog: Catalog, row: ProductRow, stored: StoredProduct | None) -> Iterator[Refused]:
    for code in (row.sku, *(barcode.code for barcode in row.barcodes or ())):
        known = catalog.barcodes.get(code)
        owner = known.sku if known else code if code in catalog.skus else row.sku
        if owner != row.sku:
            yield CodeTaken(code=code, sku=owner)


def _places(catalog: Catalog, row: ProductRow, stored: StoredProduct | None) -> Iterator[Refused]:
    """New codes alone: an ambiguous one that is there already stands in the way of no other change."""
    fresh = [barcode.code for barcode in row.barcodes or () if barcode.code not in catalog.barcodes]
    for code in (*fresh, *(() if stored else (row.sku,))):
        if code in catalog.places:
            yield CodeOfLocation(code=code)


def _unit(catalog: Catalog, row: ProductRow, stored: StoredProduct | None) -> Iterator[Refused]:
    changes = stored and row.unit and catalog.unit_id(row.unit) != stored.unit_id
    if stored and changes and stored.product_id in catalog.moved:
        yield UnitFixed(sku=row.sku, unit=row.unit)


def _tracking(catalog: Catalog, row: ProductRow, stored: StoredProduct | None) -> Iterator[Refused]:
    changes = stored and row.tracking and row.tracking.value != stored.tracking
    if stored and changes and stored.product_id in catalog.stocked:
        yield TrackingFixed(sku=row.sku, tracking=row.tracking)


def _levels(catalog: Catalog, row: ProductRow, stored: StoredProduct | None) -> Iterator[Refused]:
    least = row.min_stock if row.min_stock is not None or not stored else stored.min_stock
    most = row.max_stock if row.max_stock is not None or not stored else stored.max_stock
    if least is not None and most is not None and least > most:
        yield LevelsCrossed(least=plain(least), most=plain(most))


def _category(catalog: Catalog, row: ProductRow, stored: StoredProduct | None) -> Iterator[Refused]:
    for name in path_of(row.category):
        if len(name) > LABEL:
            yield BadText(field=N_("category"), length=len(name), most=LABEL)


RULES = (_name, _codes, _places, _unit, _tracking, _levels, _category)


def path_of(category: str | None) -> tuple[str, ...]:
    """The names from the root of ``Bikes/Mountain Bikes``."""
    return tuple(filter(None, map(str.strip, (category or "").split("/"))))
