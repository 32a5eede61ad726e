"""Statements that list products in the order of SKU, and what a list shows of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, collate, func, select

from wms_tui.db.catalog_filters import filters, fitting, gather
from wms_tui.db.prepared import SIZES, Prepared, PreparedMany, among
from wms_tui.db.tables import Balance, Barcode, Category, Product, Unit, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.catalog import CatalogQuery

PRODUCT, UNIT, CATEGORY, BARCODE, BALANCE = core(Product), core(Unit), core(Category), core(Barcode), core(Balance)

LAST_CHARACTER = "\U0010ffff"
SHOWN = (
    PRODUCT.c.id,
    PRODUCT.c.sku,
    PRODUCT.c.name,
    func.coalesce(CATEGORY.c.path, ""),
    UNIT.c.code,
    PRODUCT.c.price,
    PRODUCT.c.active,
    PRODUCT.c.min_stock,
    PRODUCT.c.max_stock,
)


def _shown(names: list[str]) -> Select[Any]:
    return (
        select(*SHOWN)
        .join(UNIT, UNIT.c.id == PRODUCT.c.unit_id)
        .outerjoin(CATEGORY, CATEGORY.c.id == PRODUCT.c.category_id)
        .where(among(PRODUCT.c.id, names))
    )


SHOW = PreparedMany(_shown)
HELD = PreparedMany(
    lambda names: (
        select(BALANCE.c.product_id, func.sum(BALANCE.c.quantity, type_=BALANCE.c.quantity.type))
        .where(among(BALANCE.c.product_id, names))
        .group_by(BALANCE.c.product_id)
    )
)
EXACT = Prepared(
    lambda: (
        select(PRODUCT.c.id)
        .where(PRODUCT.c.sku.in_([bindparam("typed"), bindparam("capitals")]))
        .union(select(BARCODE.c.product_id).where(BARCODE.c.code == bindparam("typed")))
    )
)


OF_CATEGORIES = """
    SELECT found.sku, found.id FROM unnest(%(categories)s::bigint[]) AS kind, LATERAL (
        SELECT sku, id FROM product
        WHERE category_id = kind AND sku COLLATE "C" >= %(start)s AND sku COLLATE "C" > %(after)s
        AND sku COLLATE "C" < %(end)s ORDER BY sku COLLATE "C" LIMIT %(most)s
    ) AS found ORDER BY found.sku COLLATE "C" LIMIT %(most)s
"""
AFTER_ALL = LAST_CHARACTER * 80
"""A SKU has at most so many characters."""


def sku_order(tx: Tx) -> ColumnElement[str]:
    """The SKU in the order of its characters' numbers, which is the index's on both engines."""
    return PRODUCT.c.sku if tx.dialect.name == "sqlite" else collate(PRODUCT.c.sku, "C")


def exact(tx: Tx, typed: str) -> list[int]:
    """The products whose SKU or barcode this is."""
    return [key for (key,) in tx.all(EXACT, typed=typed, capitals=typed.upper())]


def by_sku(tx: Tx, query: CatalogQuery, start: str, after: str) -> tuple[list[int], str | None]:
    """Ids of products that fit the filters, whose SKU begins with ``start``, after the SKU ``after``.

    The second is the SKU after which to go on, None where there is nothing more.
    """
    chosen = filters(tx, query)
    in_order = _of_categories if chosen.categories and tx.dialect.name == "postgresql" else _in_order

    def candidates(after: str | None, most: int) -> list[tuple[str, int]]:
        return in_order(tx, chosen.categories, start, after or "", most)

    return gather(candidates, partial(fitting, tx, chosen.conditions), after or None, query.limit)


def _in_order(tx: Tx, categories: Sequence[int], start: str, after: str, most: int) -> list[tuple[str, int]]:
    """(SKU, id) of the next products, of some categories or of all; each category is read in its index's order."""
    sku = sku_order(tx)
    within = [sku > after if after else sku >= start, *([sku < start + LAST_CHARACTER] if start else [])]
    found = select(PRODUCT.c.sku, PRODUCT.c.id).where(*within).order_by(sku).limit(most)
    if not categories:
        return [(code, key) for code, key in tx.connection.execute(found)]
    of_each = [tx.connection.execute(found.where(PRODUCT.c.category_id == key)).all() for key in categories]
    return [(code, key) for code, key in islice(merge(*of_each), most)]


def _of_categories(tx: Tx, categories: Sequence[int], start: str, after: str, most: int) -> list[tuple[str, int]]:
    """The same of some categories, asking a server once for all of them."""
    end = (start or AFTER_ALL) + LAST_CHARACTER
    values = {"categories": list(categories), "start": start, "after": after, "end": end, "most": most}
    return [(code, key) for code, key in tx.native(OF_CATEGORIES, values)]


def shown(tx: Tx, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """(id, sku, name, category, unit, price, active, min, max, on hand) of these products, in their order."""
    rows: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(keys), SIZES[-1]):
        some = keys[start : start + SIZES[-1]]
        described, stock = tx.each(SHOW.batch(some), HELD.batch(some))
        held = dict(stock)
        rows |= {row[0]: (*row, held.get(row[0], 0)) for row in described}
    return [rows[key] for key in keys if key in rows]
