"""Making and changing products. Every change is audited; a price or cost leaves a step in its history."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wms_tui.db import catalog_detail, catalog_index, importing, locations, stock
from wms_tui.db import catalog_editing as db
from wms_tui.db.holding import hold_products
from wms_tui.db.transaction import Tx
from wms_tui.domain import catalog_errors as errors
from wms_tui.domain import product_fields
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.catalog import ChangeProduct, NewProduct, Product
from wms_tui.domain.products import Tracking
from wms_tui.domain.quantities import plain
from wms_tui.services.catalog import as_seen, product_of
from wms_tui.services.catalog_codes import put_barcode
from wms_tui.services.door import require
from wms_tui.services.use_cases import use_case

PRICED = ("price", "cost")
DEFAULTS: dict[str, Any] = {"tracking": Tracking.NONE, "specification": "", "category": ""}


def _first_permission(request: ChangeProduct) -> Permission:
    return sorted(product_fields.needed(request.values))[0]


@use_case(Permission.CATALOG_EDIT)
def create(tx: Tx, actor: Actor, request: NewProduct) -> Product:
    """Make a product; a copy takes the other units of the one that it is made from. Raises ``Refused``."""
    values = {**DEFAULTS, **request.values}
    _allow(tx, actor, [name for name, value in request.values.items() if value not in (None, "")])
    sku = str(values["sku"])
    _check_sku(tx, sku, None)
    product_fields.check_levels(values)
    key = db.add(tx, _columns(tx, values))
    if request.copy_of:
        _copy_units(tx, product_of(tx, request.copy_of).product_id, key)
    for code in request.barcodes:
        put_barcode(tx, key, sku, code)
    catalog_index.refresh(tx, [key])
    priced = [db.add_price(tx, key, name, None, values[name], actor.user_id) for name in PRICED if _given(values, name)]
    db.write_prices(tx, priced)
    given = {name: _noted(value) for name, value in values.items() if value not in (None, "")}
    tx.note("add product", sku, after=given | ({"barcodes": list(request.barcodes)} if request.barcodes else {}))
    return as_seen(tx, actor, catalog_detail.product(tx, key))


@use_case(_first_permission)
def change(tx: Tx, actor: Actor, request: ChangeProduct) -> Product:
    """Change a product that nobody else has changed since it was read.

    Raises ``ProductChanged`` otherwise, with what stands there now; ``NotAllowed`` for a field that the role may not
    change; ``Refused`` for what cannot be.
    """
    _allow(tx, actor, request.values)
    before = catalog_detail.product(tx, request.product_id)
    if before.version != request.version:
        raise _conflict(tx, before, request)
    changed = {name: value for name, value in request.values.items() if getattr(before, name) != value}
    if not changed:
        return as_seen(tx, actor, before)
    _check(tx, before, changed)
    if not db.change(tx, before.product_id, before.version, _columns(tx, changed)):
        raise _conflict(tx, catalog_detail.product(tx, request.product_id), request)
    if changed.keys() & {"sku", "name", "category", "active"}:
        catalog_index.refresh(tx, [before.product_id])
    _note_change(tx, actor, before, changed)
    return as_seen(tx, actor, catalog_detail.product(tx, before.product_id))


def _allow(tx: Tx, actor: Actor, names: Any) -> None:
    for permission in sorted(product_fields.needed(names)):
        require(tx, actor, permission)


def _conflict(tx: Tx, now: Product, request: ChangeProduct) -> errors.ProductChanged:
    theirs = {name: getattr(now, name) for name in request.values}
    return errors.ProductChanged(theirs, now.version, user=db.last_editor(tx, now.sku) or "?", sku=now.sku)


def _check(tx: Tx, before: Product, changed: Mapping[str, Any]) -> None:
    """The rules between what there is and what it is to become."""
    if changed.keys() & {"unit", "tracking", "active"}:
        hold_products(tx, [before.product_id])
    if "sku" in changed:
        _check_sku(tx, str(changed["sku"]), before.product_id)
    if "unit" in changed and importing.moved(tx, [before.product_id]):
        raise errors.BaseUnitFixed(sku=before.sku, unit=before.unit)
    if "tracking" in changed and importing.stocked(tx, [before.product_id]):
        raise errors.TrackingInUse(sku=before.sku)
    if changed.get("active") is False:
        on_hand, _ = stock.held(tx, before.product_id)
        if on_hand:
            raise errors.StillOnHand(sku=before.sku, on_hand=plain(on_hand), unit=before.unit)
    levels = {name: changed.get(name, getattr(before, name)) for name in ("min_stock", "max_stock")}
    product_fields.check_levels(levels)


def _check_sku(tx: Tx, sku: str, product_id: int | None) -> None:
    known = db.of_sku(tx, sku)
    if known and known[0] != product_id:
        raise errors.SkuTaken(sku=sku, name=known[1])
    owner = db.owner(tx, sku)
    if owner and owner[0] != product_id:
        raise errors.CodeInUse(code=sku, sku=owner[1])
    if locations.found(tx, sku):
        raise errors.CodeIsPlace(code=sku)


def _columns(tx: Tx, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by their columns. Raises ``NoSuchUnit``, ``NoCategory``."""
    columns = {name: value for name, value in values.items() if name not in {"unit", "category"}}
    if "tracking" in columns:
        columns["tracking"] = columns["tracking"].value
    if "unit" in values:
        columns["unit_id"] = unit_id(tx, str(values["unit"]))
    if "category" in values:
        columns["category_id"] = _category_id(tx, str(values["category"]))
    return columns


def unit_id(tx: Tx, code: str) -> int:
    """The id of a unit, small and capital letters alike. Raises ``NoSuchUnit``."""
    known = db.units(tx)
    found = [key for name, key in known.items() if name.casefold() == code.casefold()]
    if not found:
        raise errors.NoSuchUnit(unit=code, known=", ".join(known))
    return known.get(code, found[0])


def _category_id(tx: Tx, path: str) -> int | None:
    if not path:
        return None
    found = db.category(tx, path)
    if found is None:
        raise errors.NoCategory(path=path)
    return found.category_id


def _copy_units(tx: Tx, source_id: int, target_id: int) -> None:
    for pack in catalog_detail.units(tx, source_id):
        tx.run(db.ADD_FACTOR, product=target_id, unit=unit_id(tx, pack.unit), factor=pack.factor)


def _note_change(tx: Tx, actor: Actor, before: Product, changed: Mapping[str, Any]) -> None:
    old = {name: _noted(getattr(before, name)) for name in changed}
    tx.note("change product", before.sku, old, {name: _noted(value) for name, value in changed.items()})
    priced = [name for name in PRICED if name in changed]
    rows = [
        db.add_price(tx, before.product_id, name, getattr(before, name), changed[name], actor.user_id)
        for name in priced
    ]
    db.write_prices(tx, rows)


def _given(values: Mapping[str, Any], name: str) -> bool:
    return isinstance(values.get(name), Decimal)


def _noted(value: object) -> object:
    return plain(value) if isinstance(value, Decimal) else value
