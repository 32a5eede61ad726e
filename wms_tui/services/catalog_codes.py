"""A product's barcodes and its other units."""

from __future__ import annotations

from decimal import Decimal

from wms_tui.db import catalog_detail, catalog_index, locations
from wms_tui.db import catalog_editing as db
from wms_tui.db.transaction import Tx
from wms_tui.domain import catalog_errors as errors
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.barcodes import clean
from wms_tui.domain.catalog import AddBarcode, PackUnit, Product, ProductBarcode, RemoveBarcode, SetPackUnit
from wms_tui.domain.posting import check_text
from wms_tui.domain.product_fields import MOST_BARCODE
from wms_tui.domain.quantities import check_quantity, plain
from wms_tui.domain.texts import N_
from wms_tui.services.catalog import product_of
from wms_tui.services.use_cases import use_case


@use_case(Permission.CATALOG_EDIT)
def add_barcode(tx: Tx, actor: Actor, request: AddBarcode) -> ProductBarcode:
    """Give a product a code. Raises ``CodeInUse``, ``CodeIsPlace``, ``NoSuchUnit`` for a unit that it has not."""
    product = product_of(tx, request.sku)
    quantity = check_quantity(request.quantity)
    code = put_barcode(tx, product.product_id, product.sku, request.code, quantity, _pack_id(tx, product, request.unit))
    catalog_index.refresh(tx, [product.product_id])
    unit = request.unit or product.unit
    tx.note("add barcode", product.sku, after={"code": code, "quantity": plain(quantity), "unit": unit})
    return ProductBarcode(code, quantity, unit)


@use_case(Permission.CATALOG_EDIT)
def remove_barcode(tx: Tx, actor: Actor, request: RemoveBarcode) -> None:
    """Take a code from its product. Raises ``UnknownBarcode``."""
    product = product_of(tx, request.sku)
    owner = db.owner(tx, request.code)
    if owner is None or owner[0] != product.product_id:
        raise errors.UnknownBarcode(code=request.code, sku=product.sku)
    codes = {code.code: code for code in catalog_detail.barcodes(tx, product.product_id)}
    old = codes[request.code]
    tx.run(db.REMOVE_BARCODE, barcode=request.code)
    catalog_index.refresh(tx, [product.product_id])
    before = {"code": old.code, "quantity": plain(old.quantity), "unit": old.unit}
    tx.note("remove barcode", product.sku, before)


@use_case(Permission.CATALOG_EDIT)
def set_pack_unit(tx: Tx, actor: Actor, request: SetPackUnit) -> PackUnit | None:
    """Give a product another unit, change its factor, or remove it.

    Raises ``PackUnitUsed`` while barcodes or drafts count in it, ``BaseUnitAsPack``, ``NoSuchUnit``.
    """
    product = product_of(tx, request.sku)
    known = {pack.unit.casefold(): pack for pack in catalog_detail.units(tx, product.product_id)}
    old = known.get(request.unit.casefold())
    if request.unit.casefold() == product.unit.casefold():
        raise errors.BaseUnitAsPack(unit=request.unit, sku=product.sku)
    unit = _unit_of(tx, request.unit)
    if old is not None and old.factor != request.factor:
        _check_unused(tx, product, unit, removing=request.factor is None)
    _put_factor(tx, product, unit, old, request.factor)
    before = {"unit": old.unit, "factor": plain(old.factor)} if old else None
    after = {"unit": unit[1], "factor": plain(request.factor)} if request.factor is not None else None
    tx.note("change unit of product", product.sku, before, after)
    return PackUnit(unit[1], request.factor) if request.factor is not None else None


def put_barcode(
    tx: Tx, product_id: int, sku: str, code: str, quantity: Decimal = Decimal(1), unit_id: int | None = None
) -> str:
    """Write a barcode that is free; the code as it is kept."""
    code = clean(code)
    if not code:
        raise errors.FieldMissing(field=N_("Barcode"))
    check_text(N_("Barcode"), code, MOST_BARCODE)
    check_free(tx, code, product_id)
    tx.run(db.ADD_BARCODE, code=code, product_id=product_id, unit_id=unit_id, quantity=quantity)
    return code


def check_free(tx: Tx, code: str, product_id: int) -> None:
    """Raise ``CodeInUse`` or ``CodeIsPlace`` for a code that means something already."""
    owner = db.owner(tx, code)
    if owner:
        raise errors.CodeInUse(code=code, sku=owner[1])
    known = db.of_sku(tx, code)
    if known and known[0] != product_id:
        raise errors.CodeInUse(code=code, sku=code)
    if locations.found(tx, code):
        raise errors.CodeIsPlace(code=code)


def _unit_of(tx: Tx, code: str) -> tuple[int, str]:
    known = db.units(tx)
    for name, key in known.items():
        if name.casefold() == code.strip().casefold():
            return key, name
    raise errors.NoSuchUnit(unit=code, known=", ".join(known))


def _pack_id(tx: Tx, product: Product, unit: str) -> int | None:
    """The unit that a barcode counts in; None is the base unit. Raises ``NoSuchUnit``."""
    if not unit or unit.casefold() == product.unit.casefold():
        return None
    known = [pack.unit for pack in catalog_detail.units(tx, product.product_id)]
    if unit.casefold() not in {name.casefold() for name in known}:
        raise errors.NoSuchUnit(unit=unit, known=", ".join([product.unit, *known]))
    return _unit_of(tx, unit)[0]


def _check_unused(tx: Tx, product: Product, unit: tuple[int, str], removing: bool) -> None:
    where = {"product": product.product_id, "unit": unit[0]}
    if db.number(tx, db.IN_DRAFTS, **where):
        raise errors.PackUnitUsed(unit=unit[1], sku=product.sku, used=N_("an unfinished document"))
    if removing and db.number(tx, db.IN_BARCODES, **where):
        raise errors.PackUnitUsed(unit=unit[1], sku=product.sku, used=N_("a barcode"))


def _put_factor(tx: Tx, product: Product, unit: tuple[int, str], old: PackUnit | None, factor: Decimal | None) -> None:
    where = {"product": product.product_id, "unit": unit[0]}
    if factor is None:
        if old is None:
            raise errors.NoSuchUnit(unit=unit[1], known="")
        tx.run(db.REMOVE_FACTOR, **where)
    elif old is None:
        tx.run(db.ADD_FACTOR, factor=check_quantity(factor), **where)
    else:
        tx.run(db.SET_FACTOR, factor=check_quantity(factor), **where)
