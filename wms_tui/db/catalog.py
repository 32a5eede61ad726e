"""Statements that find products by what is scanned or typed, with their units and lots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, bindparam, select

from wms_tui.db.holding import shared
from wms_tui.db.prepared import Prepared, PreparedMany, among
from wms_tui.db.tables import Barcode, Lot, Product, ProductUnit, Unit, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.products import Goods, KnownLot, Tracking

PRODUCT, UNIT, PRODUCT_UNIT = core(Product), core(Unit), core(ProductUnit)
BARCODE, LOT = core(Barcode), core(Lot)
PACK_UNIT = UNIT.alias("pack_unit")

GOODS = (
    PRODUCT.c.id,
    PRODUCT.c.sku,
    PRODUCT.c.name,
    PRODUCT.c.active,
    PRODUCT.c.tracking,
    PRODUCT.c.unit_id,
    UNIT.c.code,
    PRODUCT.c.cost,
    PRODUCT.c.receipt_life_days,
    PRODUCT.c.issue_life_days,
    UNIT.c.decimals,
)


def _by_sku(names: list[str]) -> Select[Any]:
    return select(*GOODS).join(UNIT, UNIT.c.id == PRODUCT.c.unit_id).where(among(PRODUCT.c.sku, names))


def _by_barcode(names: list[str]) -> Select[Any]:
    return (
        select(BARCODE.c.code, BARCODE.c.quantity, PACK_UNIT.c.id, PACK_UNIT.c.code, PRODUCT_UNIT.c.factor, *GOODS)
        .join(PRODUCT, PRODUCT.c.id == BARCODE.c.product_id)
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .outerjoin(PACK_UNIT, PACK_UNIT.c.id == BARCODE.c.unit_id)
        .outerjoin(
            PRODUCT_UNIT,
            (PRODUCT_UNIT.c.product_id == PRODUCT.c.id) & (PRODUCT_UNIT.c.unit_id == BARCODE.c.unit_id),
        )
        .where(among(BARCODE.c.code, names))
    )


def _units(names: list[str]) -> Select[Any]:
    return (
        select(PRODUCT_UNIT.c.product_id, UNIT.c.id, UNIT.c.code, PRODUCT_UNIT.c.factor)
        .join(UNIT, UNIT.c.id == PRODUCT_UNIT.c.unit_id)
        .where(among(PRODUCT_UNIT.c.product_id, names))
    )


def _lots(names: list[str]) -> Select[Any]:
    return select(LOT.c.product_id, LOT.c.number, LOT.c.id, LOT.c.expires).where(among(LOT.c.number, names))


BY_SKU = PreparedMany(_by_sku)
BY_BARCODE = PreparedMany(_by_barcode)
BY_SKU_HELD = PreparedMany(lambda names: shared(_by_sku(names), PRODUCT))
BY_BARCODE_HELD = PreparedMany(lambda names: shared(_by_barcode(names), PRODUCT))
UNITS_OF = PreparedMany(_units)
LOTS = PreparedMany(_lots)

SKU = Prepared(lambda: select(PRODUCT.c.sku).where(PRODUCT.c.id == bindparam("product_id")))


def sku(tx: Tx, product_id: int) -> str:
    """The SKU of a product that exists."""
    row = tx.one(SKU, product_id=product_id)
    assert row is not None
    return str(row[0])


def found(tx: Tx, code: str) -> Goods | None:
    """What one code stands for, None for an unknown one."""
    return goods(tx, [code]).get(code)


def goods(tx: Tx, codes: Sequence[str], hold: bool = False) -> dict[str, Goods]:
    """What each code stands for: a SKU first, then a barcode, then a SKU in capitals. Unknown codes are left out.

    ``hold``: for a document, so that they stay as they are until the end of the transaction.
    """
    found = _of_skus(tx, codes, hold)
    for look_up in (_of_barcodes, _of_capitals):
        missing = [code for code in codes if code not in found]
        if not missing:
            break
        found |= look_up(tx, missing, hold)
    return found


def goods_of(tx: Tx, codes: Sequence[str]) -> dict[str, Goods]:
    """``goods`` of a few codes; a server is asked once."""
    capitals = {code: code.upper() for code in codes if code.upper() != code}
    skus, barcodes = tx.each(BY_SKU.batch([*codes, *capitals.values()]), BY_BARCODE.batch(codes))
    by_sku = {row[1]: plain_goods(row) for row in skus}
    found = {code: by_sku[upper] for code, upper in capitals.items() if upper in by_sku}
    found |= {row[0]: packed_goods(row) for row in barcodes}
    return found | {code: by_sku[code] for code in codes if code in by_sku}


def _of_skus(tx: Tx, codes: Sequence[str], hold: bool) -> dict[str, Goods]:
    return {row[1]: plain_goods(row) for row in tx.among(BY_SKU_HELD if hold else BY_SKU, codes)}


def _of_capitals(tx: Tx, codes: Sequence[str], hold: bool) -> dict[str, Goods]:
    capitals = {code: code.upper() for code in codes if code.upper() != code}
    if not capitals:
        return {}
    found = _of_skus(tx, list(capitals.values()), hold)
    return {code: found[upper] for code, upper in capitals.items() if upper in found}


def _of_barcodes(tx: Tx, codes: Sequence[str], hold: bool) -> dict[str, Goods]:
    return {row[0]: packed_goods(row) for row in tx.among(BY_BARCODE_HELD if hold else BY_BARCODE, codes)}


def plain_goods(row: Sequence[Any]) -> Goods:
    """A product by its SKU, from the columns that ``GOODS`` names."""
    product_id, sku, name, active, tracking, unit_id, unit, cost, receipt_life, issue_life, decimals = row
    return Goods(
        *(product_id, sku, name, active, Tracking(tracking), unit_id, unit, cost, unit_id, unit),
        receipt_life=receipt_life,
        issue_life=issue_life,
        decimals=bool(decimals),
    )


def packed_goods(row: Sequence[Any]) -> Goods:
    """A product by a barcode: (code, pack, its unit's id, code and factor, ``GOODS``)."""
    _, quantity, unit_id, unit, factor, *product = row
    plain = plain_goods(product)
    return replace(
        plain,
        scan_unit_id=unit_id or plain.unit_id,
        scan_unit=unit or plain.unit,
        pack=quantity,
        factor=factor or plain.factor,
    )


def units_of(tx: Tx, product_ids: Sequence[int]) -> dict[tuple[int, str], tuple[int, Any]]:
    """(product, unit code) → (unit id, base units per unit), for units other than the base unit."""
    rows = tx.among(UNITS_OF, list(dict.fromkeys(product_ids)))
    return {(product, code): (unit_id, factor) for product, unit_id, code, factor in rows}


def lots(tx: Tx, numbers: Sequence[str]) -> dict[tuple[int, str], KnownLot]:
    """(product, lot number) → lot, for all products that have a lot of such a number."""
    rows = tx.among(LOTS, list(dict.fromkeys(numbers)))
    return {(product, number): KnownLot(key, number, expires) for product, number, key, expires in rows}
