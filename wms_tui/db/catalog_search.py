"""Statements that list products: in the order of SKU, or by what stands in SKU, name and barcodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, collate, func, literal_column, or_, select, text

from wms_tui.db.catalog_index import SEARCH
from wms_tui.db.prepared import Prepared, PreparedMany, among
from wms_tui.db.tables import Balance, Barcode, Category, Product, Unit, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.catalog import CatalogQuery, StockState
from wms_tui.domain.searching import covering, words

PRODUCT, UNIT, CATEGORY, BARCODE, BALANCE = core(Product), core(Unit), core(Category), core(Barcode), core(Balance)

LAST_CHARACTER = "\U0010ffff"
CANDIDATES = 256
"""How many products are looked up in the index at once, to be held against the text and the filters."""
MOST_CANDIDATES = 8192
"""After so many a page ends, however few of them fit: the next one goes on from there."""

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
BELOW = Prepared(
    lambda: select(CATEGORY.c.id).where(
        or_(
            CATEGORY.c.path == bindparam("path"),
            func.substr(CATEGORY.c.path, 1, func.length(bindparam("inside"))) == bindparam("inside"),
        )
    )
)
EXACT = Prepared(
    lambda: (
        select(PRODUCT.c.id)
        .where(PRODUCT.c.sku.in_([bindparam("typed"), bindparam("capitals")]))
        .union(select(BARCODE.c.product_id).where(BARCODE.c.code == bindparam("typed")))
    )
)
PIECES = Prepared(
    lambda: text(
        "SELECT rowid FROM product_piece WHERE product_piece MATCH :wanted AND rowid > :after "
        "ORDER BY rowid LIMIT :most"
    )
)
PIECES_OF_ARRAY = Prepared(
    lambda: text(
        "SELECT product_id FROM product_search WHERE pieces @> CAST(:wanted AS text[]) AND product_id > :after "
        "ORDER BY product_id LIMIT :most"
    )
)
TEXTS = PreparedMany(lambda names: select(SEARCH.c.product_id, SEARCH.c.text).where(among(SEARCH.c.product_id, names)))


def sku_order(tx: Tx) -> ColumnElement[str]:
    """The SKU in the order of its characters' numbers, which is the index's on both engines."""
    return PRODUCT.c.sku if tx.dialect.name == "sqlite" else collate(PRODUCT.c.sku, "C")


def exact(tx: Tx, typed: str) -> list[int]:
    """The products whose SKU or barcode this is."""
    return [key for (key,) in tx.all(EXACT, typed=typed, capitals=typed.upper())]


def by_sku(tx: Tx, query: CatalogQuery, start: str, after: str) -> list[tuple[int, str]]:
    """(id, SKU) of products that fit the filters, whose SKU begins with ``start``, after the SKU ``after``."""
    sku = sku_order(tx)
    filters = [*_filters(tx, query), sku > after if after else sku >= start]
    if start:
        filters.append(sku < start + LAST_CHARACTER)
    statement = select(PRODUCT.c.id, PRODUCT.c.sku).where(*filters).order_by(sku).limit(query.limit + 1)
    return [(key, code) for key, code in tx.connection.execute(statement)]


def by_pieces(tx: Tx, query: CatalogQuery, after: int) -> tuple[list[int], int | None]:
    """Ids, ascending, of products that fit the filters and have every word in their text, after the id ``after``.

    The second is the id after which to go on, None where there is nothing more.
    """
    wanted = words(query.text)
    needed = frozenset(piece for word in wanted for piece in covering(word))
    found: list[int] = []
    looked = 0
    while needed and looked < MOST_CANDIDATES:
        candidates = _candidates(tx, needed, after)
        for key in fitting(tx, query, _with_words(tx, candidates, wanted)):
            found.append(key)
            if len(found) > query.limit:
                return found[:-1], found[-2] if len(found) > 1 else after
        if len(candidates) < CANDIDATES:
            return found, None
        after, looked = candidates[-1], looked + len(candidates)
    return found, after if needed else None


def fitting(tx: Tx, query: CatalogQuery, keys: Sequence[int]) -> list[int]:
    """Those of these products that fit the filters, in their order."""
    filters = _filters(tx, query)
    if not filters or not keys:
        return list(keys)
    statement = select(PRODUCT.c.id).where(PRODUCT.c.id.in_(keys), *filters)
    fits = {key for (key,) in tx.connection.execute(statement)}
    return [key for key in keys if key in fits]


def starting(tx: Tx, keys: Sequence[int], start: str) -> list[int]:
    """Those of these products whose SKU begins so."""
    return [row[0] for row in tx.among(SHOW, keys) if row[1].startswith(start)]


def shown(tx: Tx, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """(id, sku, name, category, unit, price, active, min, max, on hand) of these products, in their order."""
    held = dict(tx.among(HELD, keys))
    rows = {row[0]: (*row, held.get(row[0], 0)) for row in tx.among(SHOW, keys)}
    return [rows[key] for key in keys if key in rows]


def _candidates(tx: Tx, needed: frozenset[str], after: int) -> list[int]:
    if tx.dialect.name == "sqlite":
        wanted = " AND ".join(f'"{piece}"' for piece in sorted(needed))
        return [key for (key,) in tx.all(PIECES, wanted=wanted, after=after, most=CANDIDATES)]
    return [key for (key,) in tx.all(PIECES_OF_ARRAY, wanted=sorted(needed), after=after, most=CANDIDATES)]


def _with_words(tx: Tx, keys: Sequence[int], wanted: Sequence[str]) -> list[int]:
    texts = dict(tx.among(TEXTS, keys))
    return [key for key in keys if all(word in texts.get(key, "") for word in wanted)]


def _filters(tx: Tx, query: CatalogQuery) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if query.active is not None:
        filters.append(PRODUCT.c.active.is_(query.active))
    if query.category:
        inside = [key for (key,) in tx.all(BELOW, path=query.category, inside=query.category + "/")]
        filters.append(PRODUCT.c.category_id.in_(inside))
    if query.state is not StockState.ANY:
        filters.append(_in_state(query.state))
    return filters


def _in_state(state: StockState) -> ColumnElement[bool]:
    of_it = BALANCE.c.product_id == PRODUCT.c.id
    if state in {StockState.HELD, StockState.NONE}:
        held = select(literal_column("1")).where(of_it, BALANCE.c.quantity > 0).exists()
        return held if state is StockState.HELD else ~held
    total = select(func.coalesce(func.sum(BALANCE.c.quantity, type_=BALANCE.c.quantity.type), 0)).where(of_it)
    if state is StockState.LOW:
        return PRODUCT.c.min_stock.is_not(None) & (total.scalar_subquery() < PRODUCT.c.min_stock)
    return PRODUCT.c.max_stock.is_not(None) & (total.scalar_subquery() > PRODUCT.c.max_stock)
