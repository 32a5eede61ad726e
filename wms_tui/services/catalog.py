"""Looking products up: search as one types, and everything about one product."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from wms_tui.db import catalog_detail as db
from wms_tui.db import catalog_pieces, catalog_search, stock
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.barcodes.visible import CONTROLS
from wms_tui.domain.catalog import (
    STOCK_DAYS,
    CatalogKey,
    CatalogQuery,
    CatalogRow,
    Product,
    ProductDetail,
    ProductRef,
    StockState,
)
from wms_tui.domain.enquiry import MOST_PAGE, Page
from wms_tui.domain.errors import UnknownProduct
from wms_tui.services import codes
from wms_tui.services.door import holds
from wms_tui.services.use_cases import use_case

LABELLED = re.compile(r"^\d{6,}|^[\](]|^https?:|\x1d", re.ASCII | re.IGNORECASE)
"""How labels and GTINs begin."""
BY_SKU, BY_PIECES = 1, 2
"""The stages of a search: SKUs that begin with the text, then products with its words anywhere."""
Found = tuple[list[tuple[Any, ...]], CatalogKey | None]
"""Rows of ``catalog_search.shown``, and where to go on."""


@use_case(Permission.CATALOG_VIEW, writes=False)
def search(tx: Tx, actor: Actor, query: CatalogQuery) -> Page[CatalogRow]:
    """A page of products: what the text names exactly, SKUs that begin with it, then those with its words anywhere.

    A page may have fewer rows than asked for and still not be the last: ``after`` says so.
    """
    query = replace(query, text=codes.entered(query.text), limit=max(1, min(query.limit, MOST_PAGE)))
    rows, after = _found(tx, query) if query.text else _listed(tx, query)
    return Page(tuple(_row(*values) for values in rows), after)


@use_case(Permission.CATALOG_VIEW, writes=False)
def detail(tx: Tx, actor: Actor, request: ProductRef) -> ProductDetail:
    """Everything about a product; its cost only for who may see cost. Raises ``UnknownProduct``."""
    sees_cost = holds(tx, actor, Permission.COST_VIEW)
    product = product_of(tx, request.code)
    on_hand, _ = stock.held(tx, product.product_id)
    prices = tuple(step for step in db.prices(tx, product.product_id) if sees_cost or step.field != "cost")
    since = tx.now - timedelta(days=STOCK_DAYS - 1)
    return ProductDetail(
        product=as_seen(tx, actor, product),
        units=db.units(tx, product.product_id),
        barcodes=db.barcodes(tx, product.product_id),
        on_hand=on_hand,
        places=db.places(tx, product.product_id),
        moves=db.moves(tx, product.product_id),
        prices=prices,
        stock_by_day=_by_day(db.changes_by_day(tx, product.product_id, since), on_hand, tx.now.date().toordinal()),
        sees_cost=sees_cost,
        state=state_of(on_hand, product.min_stock, product.max_stock),
    )


def product_of(tx: Tx, code: str) -> Product:
    """The product that a code stands for. Raises ``UnknownProduct``."""
    goods = codes.goods(tx, codes.entered(code))
    if goods is None:
        raise UnknownProduct(code=code)
    return db.product(tx, goods.product_id)


def as_seen(tx: Tx, actor: Actor, product: Product) -> Product:
    """The product with its cost only for who may see cost."""
    return product if holds(tx, actor, Permission.COST_VIEW) else replace(product, cost=None)


def state_of(on_hand: Decimal, least: Decimal | None, most: Decimal | None) -> StockState:
    """How much there is beside how much there should be."""
    if least is not None and on_hand < least:
        return StockState.LOW
    if most is not None and on_hand > most:
        return StockState.HIGH
    return StockState.HELD if on_hand else StockState.NONE


def _listed(tx: Tx, query: CatalogQuery) -> Found:
    """Without a text: all products in the order of SKU."""
    keys, more = catalog_search.by_sku(tx, query, "", str(query.after[1]) if query.after else "")
    return catalog_search.shown(tx, keys), (BY_SKU, more) if more else None


def _found(tx: Tx, query: CatalogQuery) -> Found:
    if CONTROLS.search(query.text):
        return catalog_search.shown(tx, _labelled(tx, query.text)), None
    stage, after = query.after or (BY_SKU, "")
    exact = catalog_search.exact(tx, query.text) or _labelled(tx, query.text)
    keys = [] if query.after else exact
    start = query.text.upper()
    if stage == BY_SKU:
        found, more = catalog_search.by_sku(tx, query, start, str(after))
        keys = list(dict.fromkeys([*keys, *(key for key in found if key not in exact)]))
        if more or len(keys) >= query.limit:
            return catalog_search.shown(tx, keys), (BY_SKU, more) if more else (BY_PIECES, 0)
        after = 0
    pieces, rest = catalog_pieces.by_pieces(tx, replace(query, limit=query.limit - len(keys)), int(after))
    rows = catalog_search.shown(tx, list(dict.fromkeys([*keys, *pieces])))
    fresh = [row for row in rows if row[0] in keys or not (row[0] in exact or row[1].startswith(start))]
    return fresh, None if rest is None else (BY_PIECES, rest)


def _labelled(tx: Tx, text: str) -> list[int]:
    """The product of a label, or of a GTIN in another form; looked for only where a text can be one."""
    if not LABELLED.search(text):
        return []
    goods = codes.goods(tx, text)
    return [goods.product_id] if goods else []


def _row(
    key: int,
    sku: str,
    name: str,
    category: str,
    unit: str,
    price: Decimal | None,
    active: bool,
    least: Decimal | None,
    most: Decimal | None,
    held: Decimal | int,
) -> CatalogRow:
    on_hand = Decimal(held)
    return CatalogRow(key, sku, name, category, on_hand, unit, price, active, state_of(on_hand, least, most))


def _by_day(changes: dict[int, Decimal], on_hand: Decimal, today: int) -> tuple[Decimal, ...]:
    """On hand at the end of each day, reckoned back from what there is now; ``changes`` by the day's ordinal."""
    levels = [on_hand]
    for day in range(today, today - STOCK_DAYS + 1, -1):
        levels.append(levels[-1] - changes.get(day, Decimal(0)))
    return tuple(reversed(levels))
