"""Search on PostgreSQL, whose index of pieces names products in no order.

It is asked for one stretch of ids after the other, each longer than the last, so that it names few products however
many there are. Where it would name many, they are met soon by looking through the products one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, select

from wms_tui.db.catalog_filters import Filters, fitting, gather
from wms_tui.db.catalog_index import SEARCH
from wms_tui.db.transaction import Tx
from wms_tui.domain.searching import INACTIVE, category_mark

NARROW, WIDE = 14, 17
"""Ids alike but for so many last bits are a window; the index knows the two that a product is in."""
WINDOWS = f"ARRAY[product_id >> {NARROW}, -1 - (product_id >> {WIDE})]"
"""As the index has it: what is negative is a wide one."""
STRETCHES = (NARROW, WIDE, None)
"""The index is asked for two narrow windows, then for two wide ones, at last for all that is left."""
MOST_NAMED = 1024
"""Products that the index may name at once."""
MANY_NAMED = 256
"""Products that it names in two wide windows from which on it is not asked for all that is left."""

WINDOW = 1 << NARROW
NEAR = WINDOW >> 3
"""Ids that are looked through one by one before the index is asked."""
FREQUENT = 40
"""Products in so many ids from which on a text is looked for in further ids one by one, and not in the index."""

ONE_BY_ONE = """
    SELECT product_id FROM product_search WHERE product_id > %s AND product_id <= %s AND {said}
    ORDER BY product_id LIMIT %s
"""
IN_CATEGORIES = "string_to_array(text, ' ') && %s::text[]"
"""A text has few words, and many pieces."""
NAMED = "SELECT product_id, {said} FROM product_search WHERE {named} AND product_id + 0 > %s LIMIT %s"
"""The sum keeps the planner from walking along the ids."""

Found = tuple[list[int], int | None]
"""Ids, ascending, and the id after which to go on, None where there is nothing more."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Words that must all stand in a text, the pieces that they are made of, and the filters."""

    tx: Tx
    limit: int
    words: Sequence[str]
    pieces: Sequence[str]
    filters: Filters

    def page(self, after: int) -> Found:
        """Products that fit, after the id ``after``."""
        near, seen = after + NEAR, 0

        def candidates(place: int | None, most: int) -> list[tuple[int, int]]:
            nonlocal seen
            said = self._one_by_one(near, place, most)
            seen += len(said)
            return said

        found, rest = gather(candidates, self._suits, after, self.limit)
        if rest is not None:
            return found, rest
        return self._through(found, near, after + WINDOW) if seen > FREQUENT else self._in_stretches(found, near)

    def _through(self, found: list[int], after: int, end: int) -> Found:
        """With what was found before, products up to an id, by looking at each."""
        more, rest = gather(partial(self._one_by_one, end), self._suits, after, self.limit - len(found))
        if rest is None:
            last = self.tx.connection.scalar(select(func.max(SEARCH.c.product_id))) or 0
            rest = end if last > end else None
        return [*found, *more], rest

    def _in_stretches(self, found: list[int], after: int) -> Found:
        """With what was found before, products that the index names, as long as they are few."""
        for bits in STRETCHES:
            if bits is None:  # of many pieces the planner expects too much
                self.tx.plain("SET LOCAL enable_seqscan = off")
            named = self._named(after, bits)
            if len(named) > MOST_NAMED:
                return self._through(found, after, after + WINDOW) if bits == NARROW else (found, after)
            found = found + self._suits(sorted(key for key, has in named if has))
            if len(found) > self.limit:
                return found[: self.limit], found[self.limit - 1]
            if bits:
                after = (_window(after, bits) + 2 << bits) - 1
            if len(named) > MANY_NAMED and bits == WIDE:
                return found, after
        return found, None

    def _one_by_one(self, end: int, after: int | None, most: int) -> list[tuple[int, int]]:
        """The first products of these ids with all the words, and in the categories."""
        said, values = self._said
        if self._marks:
            said, values = f"CASE WHEN {said} THEN {IN_CATEGORIES} END", [*values, self._marks]
        rows = self.tx.native(ONE_BY_ONE.format(said=said), [after or 0, end, *values, most])
        return [(key, key) for (key,) in rows]

    def _named(self, after: int, bits: int | None) -> list[tuple[int, bool]]:
        """Products with all the pieces, and whether they have all the words; one too many where there are very many."""
        said, values = self._said
        named: dict[str, Any] = {"pieces @> %s::text[]": list(self.pieces)}
        if self._marks:
            named["pieces && %s::text[]"] = self._marks
        if bits:
            first = _window(after, bits)
            named[f"{WINDOWS} && %s::bigint[]"] = [first, first + 1] if bits == NARROW else [-1 - first, -2 - first]
        sql = NAMED.format(said=said, named=" AND ".join(named))
        return [(key, has) for key, has in self.tx.native(sql, [*values, *named.values(), after, MOST_NAMED + 1])]

    @property
    def _said(self) -> tuple[str, list[Any]]:
        """The condition that a text has all the words, and its values; a mark tells what is inactive."""
        conditions = ["strpos(text, %s) > 0"] * len(self.words)
        if self.filters.active is None:
            return " AND ".join(conditions), list(self.words)
        conditions.append(f"(strpos(text, '{INACTIVE}') = 0) = %s")
        return " AND ".join(conditions), [*self.words, self.filters.active]

    @property
    def _marks(self) -> list[str]:
        return [category_mark(key) for key in self.filters.categories]

    def _suits(self, keys: Sequence[int]) -> list[int]:
        """Of products with all the words, in their order, those that fit what no mark tells."""
        return sorted(fitting(self.tx, self.filters.others, keys))


def _window(after: int, bits: int) -> int:
    """The number of the window in which the next id lies."""
    return (after + 1) >> bits
