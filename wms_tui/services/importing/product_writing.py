"""Writing the products of a file, set by set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wms_tui.db import catalog_editing, catalog_index
from wms_tui.db import importing as db
from wms_tui.db.importing import CHANGEABLE, StoredProduct
from wms_tui.db.transaction import Tx
from wms_tui.domain.quantities import plain
from wms_tui.services.importing.packed_barcodes import PackedBarcode
from wms_tui.services.setup import differing


@dataclass(frozen=True, slots=True)
class Change:
    """A product before (None if it is new) and after the file, with the barcodes that are new or packed otherwise."""

    before: StoredProduct | None
    after: StoredProduct
    new_barcodes: tuple[PackedBarcode, ...]
    repacked: tuple[PackedBarcode, ...]
    packed_before: tuple[PackedBarcode, ...] = ()

    @property
    def is_none(self) -> bool:
        return self.before == self.after and not self.new_barcodes and not self.repacked


@dataclass(frozen=True, slots=True)
class _Called:
    """What categories and units are called, by their ids."""

    categories: dict[int, str]
    units: dict[int, str]

    def told(self, product: StoredProduct) -> dict[str, object]:
        """A product's fields as the audit tells them."""
        values = {
            name: plain(value) if isinstance(value, Decimal) else value for name, value in _values(product).items()
        }
        del values["category_id"], values["unit_id"]
        category = self.categories.get(product.category_id or 0, "")
        return values | {"category": category, "unit": self.units.get(product.unit_id, "")}


def write_products(tx: Tx, fresh: list[Change], known: list[Change]) -> None:
    """Insert and update in two statements, with an audit event a product."""
    times = {"created_at": tx.now, "updated_at": tx.now}
    tx.many(db.ADD_PRODUCT, [{"sku": change.after.sku, **_values(change.after), **times} for change in fresh])
    tx.many(
        db.CHANGE_PRODUCT,
        [
            {"product_id": change.after.product_id, **_values(change.after), "updated_at": tx.now}
            for change in known
            if change.before != change.after
        ],
    )
    called = _Called(
        {key: path for path, key in db.categories(tx).items()}, {key: code for code, key in db.units(tx).items()}
    )
    for change in (*fresh, *known):
        _note(tx, change, called)


def _values(product: StoredProduct) -> dict[str, Any]:
    return {name: getattr(product, name) for name in CHANGEABLE}


def _note(tx: Tx, change: Change, called: _Called) -> None:
    """One audit event a product, with the fields that changed."""
    after = called.told(change.after)
    packed = _packed(change.new_barcodes + change.repacked)
    if change.before is None:
        given = {name: value for name, value in after.items() if value not in (None, "")}
        tx.note("add product", change.after.sku, after=given | packed)
    else:
        old, new = differing(called.told(change.before), after)
        tx.note("change product", change.after.sku, old | _packed(change.packed_before), new | packed)


def _packed(barcodes: tuple[PackedBarcode, ...]) -> dict[str, object]:
    """Barcodes with what they pack, as a file writes them."""
    codes = [code.code if code.quantity == 1 else f"{code.code}*{plain(code.quantity)}" for code in barcodes]
    return {"barcodes": codes} if codes else {}


def write_rest(tx: Tx, changes: list[Change], user_id: int) -> None:
    """What belongs to products that stand already: barcodes, the search index, the price history."""
    ids = db.ids(tx, [change.after.sku for change in changes])
    _write_barcodes(tx, changes, ids)
    catalog_index.refresh(tx, ids.values())
    catalog_editing.write_prices(tx, [row for change in changes for row in _prices(tx, change, ids, user_id)])


def _prices(tx: Tx, change: Change, ids: dict[str, int], user_id: int) -> Iterator[dict[str, Any]]:
    for name in ("price", "cost"):
        before, after = getattr(change.before, name, None), getattr(change.after, name)
        if before != after:
            yield catalog_editing.add_price(tx, ids[change.after.sku], name, before, after, user_id)


def _write_barcodes(tx: Tx, changes: list[Change], ids: dict[str, int]) -> None:
    tx.many(
        db.ADD_BARCODE,
        [
            {"code": barcode.code, "product_id": ids[change.after.sku], "quantity": barcode.quantity}
            for change in changes
            for barcode in change.new_barcodes
        ],
    )
    repacked = [barcode for change in changes for barcode in change.repacked]
    tx.many(db.CHANGE_BARCODE, [{"barcode": barcode.code, "quantity": barcode.quantity} for barcode in repacked])
