"""The filters of the catalog: active or not, category, and how the stock stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import ARRAY, BigInteger, ColumnElement, any_, bindparam, func, literal, literal_column, or_, select

from wms_tui.db.catalog_index import SEARCH
from wms_tui.db.prepared import Prepared
from wms_tui.db.tables import Balance, Category, Product, core
from wms_tui.db.transaction import Tx
from wms_tui.domain.catalog import CatalogQuery, StockState

PRODUCT, CATEGORY, BALANCE = core(Product), core(Category), core(Balance)
FEW = 64
"""Categories that are asked for one by one."""
PORTIONS = (128, 512, 1024)
"""Candidates that are looked at; then a page ends, however few of them fit, and the next one goes on from there."""
Place = TypeVar("Place", int, str)

BELOW = Prepared(
    lambda: select(CATEGORY.c.id).where(
        or_(
            CATEGORY.c.path == bindparam("path"),
            func.substr(CATEGORY.c.path, 1, func.length(bindparam("inside"))) == bindparam("inside"),
        )
    )
)


class Filters(NamedTuple):
    """``categories`` are those that it may be in, none for any; ``others`` say the rest, on the product's row.

    Where there are very many categories they stand among the others.
    """

    categories: Sequence[int]
    active: bool | None
    others: list[ColumnElement[bool]]

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """All but the categories."""
        return self.others if self.active is None else [PRODUCT.c.active.is_(self.active), *self.others]


def filters(tx: Tx, query: CatalogQuery) -> Filters:
    """What a product must be to fit the query."""
    others: list[ColumnElement[bool]] = []
    inside: list[int] = []
    if query.category:
        inside = [key for (key,) in tx.all(BELOW, path=query.category, inside=query.category + "/")]
        if not 0 < len(inside) <= FEW:
            others.append(PRODUCT.c.category_id.in_(inside))
            inside = []
    if query.state is not StockState.ANY:
        others.append(_in_state(query.state))
    return Filters(inside, query.active, others)


def gather(
    candidates: Callable[[Place | None, int], list[tuple[Place, int]]],
    fits: Callable[[Sequence[int]], list[int]],
    after: Place | None,
    limit: int,
) -> tuple[list[int], Place | None]:
    """The first ids that fit, of candidates in their order, and the place after which to go on, None at the end.

    ``candidates`` answers so many places and ids after a place. Ever more are looked at, until there are enough.
    """
    found: list[tuple[Place, int]] = []
    for most in PORTIONS:
        portion = candidates(after, most)
        kept = set(fits([key for _, key in portion]))
        found += [(place, key) for place, key in portion if key in kept]
        if len(found) > limit:
            return [key for _, key in found[:limit]], found[limit - 1][0] if limit else after
        if len(portion) < most:
            return [key for _, key in found], None
        after = portion[-1][0]
    return [key for _, key in found], after


def fitting(
    tx: Tx, conditions: Sequence[ColumnElement[bool]], keys: Sequence[int], words: Sequence[str] = ()
) -> list[int]:
    """Those of these products that fit the conditions and have all the words in their text, in any order."""
    if not keys or not (conditions or words):
        return list(keys)
    said = [in_text(tx, SEARCH.c.text, word) for word in words]
    if not said:
        statement = select(PRODUCT.c.id).where(_listed(tx, PRODUCT.c.id, keys), *conditions)
    else:
        source = SEARCH.join(PRODUCT, PRODUCT.c.id == SEARCH.c.product_id) if conditions else SEARCH
        chosen = select(SEARCH.c.product_id).select_from(source)
        statement = chosen.where(_listed(tx, SEARCH.c.product_id, keys), *said, *conditions)
    return [key for (key,) in tx.connection.execute(statement)]


def in_text(tx: Tx, said: ColumnElement[str], word: str) -> ColumnElement[bool]:
    place = func.instr if tx.dialect.name == "sqlite" else func.strpos
    return place(said, word) > 0


def _listed(tx: Tx, column: ColumnElement[int], keys: Sequence[int]) -> ColumnElement[bool]:
    """One parameter however many there are: as many as ids would cost more than the look-up."""
    if tx.dialect.name == "sqlite":
        return column.in_(select(literal_column("value")).select_from(func.json_each(json.dumps(keys))))
    return column == any_(literal(list(keys), ARRAY(BigInteger)))


def _in_state(state: StockState) -> ColumnElement[bool]:
    of_it = BALANCE.c.product_id == PRODUCT.c.id
    if state in {StockState.HELD, StockState.NONE}:
        held = select(literal_column("1")).where(of_it, BALANCE.c.quantity > 0).exists()
        return held if state is StockState.HELD else ~held
    total = select(func.coalesce(func.sum(BALANCE.c.quantity, type_=BALANCE.c.quantity.type), 0)).where(of_it)
    if state is StockState.LOW:
        return PRODUCT.c.min_stock.is_not(None) & (total.scalar_subquery() < PRODUCT.c.min_stock)
    return PRODUCT.c.max_stock.is_not(None) & (total.scalar_subquery() > PRODUCT.c.max_stock)
