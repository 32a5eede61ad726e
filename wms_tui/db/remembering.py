"""What documents are made from, asked of a server in one question: drafts, goods, locations, units, lots, reasons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Select, String, any_, bindparam, select

from wms_tui.db.catalog import BARCODE, GOODS, LOT, PACK_UNIT, PRODUCT, PRODUCT_UNIT, UNIT, packed_goods, plain_goods
from wms_tui.db.entry_together import DRAFTED, SeenDraft, as_drafted
from wms_tui.db.locations import LOCATION, PLACE, as_place
from wms_tui.db.movements import REASONS
from wms_tui.db.prepared import Prepared
from wms_tui.db.transaction import Tx
from wms_tui.domain.locations import Place
from wms_tui.domain.products import Goods, KnownLot

Versioned = tuple[Goods, int]
"""A product with the version that its row had."""


def _among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(String)))


def _named_products() -> Select[Any]:
    """The ids of the products that the codes name as SKU or barcode."""
    packed = select(BARCODE.c.product_id).where(_among(BARCODE.c.code, "codes"))
    return select(PRODUCT.c.id).where(_among(PRODUCT.c.sku, "codes")).union_all(packed)  # type: ignore[return-value]


def _barcodes() -> Select[Any]:
    factor = (PRODUCT_UNIT.c.product_id == PRODUCT.c.id) & (PRODUCT_UNIT.c.unit_id == BARCODE.c.unit_id)
    packs = (BARCODE.c.code, BARCODE.c.quantity, PACK_UNIT.c.id, PACK_UNIT.c.code, PRODUCT_UNIT.c.factor)
    return (
        select(PRODUCT.c.version, *packs, *GOODS)
        .join(PRODUCT, PRODUCT.c.id == BARCODE.c.product_id)
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .outerjoin(PACK_UNIT, PACK_UNIT.c.id == BARCODE.c.unit_id)
        .outerjoin(PRODUCT_UNIT, factor)
        .where(_among(BARCODE.c.code, "codes"))
    )


SKUS = Prepared(
    lambda: (
        select(PRODUCT.c.version, *GOODS)
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .where(_among(PRODUCT.c.sku, "codes"))
    )
)
BARCODES = Prepared(_barcodes)
PLACES = Prepared(lambda: select(*PLACE).where(_among(LOCATION.c.code, "codes")))
UNITS = Prepared(
    lambda: (
        select(PRODUCT_UNIT.c.product_id, UNIT.c.code, UNIT.c.id, PRODUCT_UNIT.c.factor)
        .join(UNIT, UNIT.c.id == PRODUCT_UNIT.c.unit_id)
        .where(PRODUCT_UNIT.c.product_id.in_(_named_products()))
    )
)
LOTS = Prepared(
    lambda: select(LOT.c.product_id, LOT.c.number, LOT.c.id, LOT.c.expires).where(
        _among(LOT.c.number, "numbers"), LOT.c.product_id.in_(_named_products())
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be looked up; ``named`` are the codes whose units and lots are wanted, ``codes`` the new ones."""

    codes: Collection[str]
    places: Collection[str]
    named: Collection[str] = ()
    lots: Collection[str] = ()
    units: bool = False
    reasons: bool = False
    drafts: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Products by SKU and by barcode; locations by code; ``units`` and ``lots`` as ``catalog`` answers them.

    What drafts name is among them.
    """

    skus: dict[str, Versioned]
    barcodes: dict[str, Versioned]
    places: dict[str, Place]
    units: dict[tuple[int, str], tuple[int, Decimal]]
    lots: dict[tuple[int, str], KnownLot]
    reasons: list[tuple[Any, ...]]
    drafts: dict[int, SeenDraft]


def look_up(tx: Tx, wanted: Wanted) -> Found:
    """All of it in one question; what nobody asked for is empty."""
    codes, named = {"codes": sorted(wanted.codes)}, {"codes": sorted(wanted.named)}
    questions: dict[str, tuple[Prepared, dict[str, Any], object]] = {
        "skus": (SKUS, codes, wanted.codes),
        "barcodes": (BARCODES, codes, wanted.codes),
        "places": (PLACES, {"codes": sorted(wanted.places)}, wanted.places),
        "units": (UNITS, named, wanted.units),
        "lots": (LOTS, {**named, "numbers": sorted(wanted.lots)}, wanted.lots),
        "reasons": (REASONS, {}, wanted.reasons),
        "drafts": (DRAFTED, {"drafts": sorted(wanted.drafts)}, wanted.drafts),
    }
    asked = {name: (statement, values) for name, (statement, values, needed) in questions.items() if needed}
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in questions}
    rows |= zip(asked, tx.each(*asked.values()), strict=True)
    drafted = as_drafted(rows["drafts"])
    units = {(product, code): (unit_id, factor) for product, code, unit_id, factor in rows["units"]}
    lots = {(product, number): KnownLot(key, number, expires) for product, number, key, expires in rows["lots"]}
    return Found(
        skus={row[2]: (plain_goods(row[1:]), row[0]) for row in rows["skus"]} | drafted.skus,
        barcodes={row[1]: (packed_goods(row[1:]), row[0]) for row in rows["barcodes"]},
        places={row[1]: as_place(row) for row in rows["places"]} | drafted.places,
        units=units | drafted.units,
        lots=lots | drafted.lots,
        reasons=rows["reasons"] + drafted.reasons,
        drafts=drafted.drafts,
    )
