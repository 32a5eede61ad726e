"""Bringing in products: new ones are made, known ones changed where the file says something else.

An empty cell leaves what is known as it is; barcodes are added or repacked, never removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from wms_tui.db import importing as db
from wms_tui.db.importing import StoredProduct
from wms_tui.db.seed import FIRST_UNIT
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.product_fields import needed
from wms_tui.domain.products import Tracking
from wms_tui.services.door import require
from wms_tui.services.importing import checks, product_rules
from wms_tui.services.importing.packed_barcodes import PackedBarcode
from wms_tui.services.importing.product_rules import Catalog, path_of
from wms_tui.services.importing.product_writing import Change, write_products, write_rest
from wms_tui.services.importing.records import ProductRow
from wms_tui.services.importing.report import Imported, ImportFile, settle, undone
from wms_tui.services.use_cases import use_case

BATCH = 2000
NEW = 0
_PLAIN_FIELDS = (
    "name",
    "specification",
    "price",
    "cost",
    "min_stock",
    "max_stock",
    "reorder_quantity",
    "lead_time_days",
    "shelf_life_days",
    "receipt_life_days",
    "issue_life_days",
)


@use_case(Permission.CATALOG_EDIT)
def import_products(tx: Tx, actor: Actor, request: ImportFile[ProductRow]) -> Imported:
    """Make and change products, with the categories and units that they name.

    Raises ``BadRows``, and ``NotAllowed`` for prices and costs that the role may not set.
    """
    table = request.table
    catalog = product_rules.look_up(tx, table)
    _allow_money(tx, actor, catalog, [row for _, row in table.rows])
    faults = [
        *table.faults,
        *checks.repeated_products(table),
        *product_rules.conflicts(catalog, table.rows),
    ]
    left = settle(request, faults)
    good = checks.without(table.rows, left)
    with undone(tx, request.dry_run):
        created, updated = _write(tx, actor, catalog, [row for _, row in good], request)
    notices = (*table.notices, *checks.check_digits(good))
    return Imported(created, updated, len(good) - created - updated, left=left, notices=notices)


def _allow_money(tx: Tx, actor: Actor, catalog: Catalog, rows: list[ProductRow]) -> None:
    """A cost that is the stored one needs its permission, too: being told so would tell it."""
    priced = (row for row in rows if row.price is not None)
    money = {"price"} if any(row.price != _stored_price(catalog, row) for row in priced) else set()
    money |= {"cost"} if any(row.cost is not None for row in rows) else set()
    for permission in sorted(needed(money)):
        require(tx, actor, permission)


def _stored_price(catalog: Catalog, row: ProductRow) -> Decimal | None:
    known = catalog.products.get(row.sku)
    return known.price if known else None


def _write(
    tx: Tx, actor: Actor, catalog: Catalog, rows: list[ProductRow], request: ImportFile[ProductRow]
) -> tuple[int, int]:
    created = updated = done = 0
    for batch in _batches(rows):
        changes = [change for change in (_change(tx, catalog, row) for row in batch) if not change.is_none]
        fresh = [change for change in changes if change.before is None]
        known = [change for change in changes if change.before is not None]
        write_products(tx, fresh, known)
        write_rest(tx, changes, actor.user_id)
        created, updated, done = created + len(fresh), updated + len(known), done + len(batch)
        request.progress(done, len(rows))
    return created, updated


def _batches(rows: list[ProductRow]) -> Iterator[list[ProductRow]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _change(tx: Tx, catalog: Catalog, row: ProductRow) -> Change:
    before = catalog.products.get(row.sku)
    after = _merged(tx, catalog, row, before or _blank(row.sku))
    listed = row.barcodes or ()
    stored = catalog.barcodes
    new = tuple(barcode for barcode in listed if barcode.code not in stored)
    repacked = tuple(
        barcode for barcode in listed if barcode.code in stored and stored[barcode.code].quantity != barcode.quantity
    )
    packed_before = tuple(PackedBarcode(barcode.code, stored[barcode.code].quantity) for barcode in repacked)
    return Change(before, after, new, repacked, packed_before)


def _blank(sku: str) -> StoredProduct:
    """A new product before the file has said anything about it."""
    return StoredProduct(NEW, sku, sku, None, "", NEW, None, None, Tracking.NONE.value, None, None)


def _merged(tx: Tx, catalog: Catalog, row: ProductRow, base: StoredProduct) -> StoredProduct:
    values = {name: getattr(row, name) for name in _PLAIN_FIELDS if getattr(row, name) is not None}
    if row.tracking is not None:
        values["tracking"] = row.tracking.value
    if row.unit is not None or base.unit_id == NEW:
        values["unit_id"] = _unit_id(tx, catalog, row.unit or FIRST_UNIT[0])
    if path_of(row.category):
        values["category_id"] = _category_id(tx, catalog, path_of(row.category))
    return replace(base, **values)


def _unit_id(tx: Tx, catalog: Catalog, code: str) -> int:
    key = catalog.unit_id(code)
    if key is None:
        key = catalog.units[code.casefold()] = db.add_unit(tx, code)
        tx.note("add unit", code)
    return key


def _category_id(tx: Tx, catalog: Catalog, names: tuple[str, ...]) -> int | None:
    """The category's id; what is missing on the way to it is made."""
    if not names:
        return None
    path = "/".join(names)
    if path not in catalog.categories:
        parent_id = _category_id(tx, catalog, names[:-1])
        catalog.categories[path] = db.add_category(tx, names[-1], path, parent_id)
        tx.note("add category", path)
    return catalog.categories[path]
