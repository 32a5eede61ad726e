"""Statements that find products by what stands anywhere in SKU, name and barcodes, each in little time.

An index of pieces names candidates, which are held against the text and the filters. A bounded number of them is looked
at, since a frequent piece stands in hundreds of thousands of products.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.sql.elements import TextClause

from wms_tui.db.catalog_filters import Filters, filters, fitting, gather, in_text
from wms_tui.db.catalog_index import SEARCH
from wms_tui.db.prepared import Prepared
from wms_tui.db.transaction import Tx
from wms_tui.domain.catalog import CatalogQuery
from wms_tui.domain.searching import INACTIVE, category_mark, covering, words

WINDOW = 16384
"""Ids that PostgreSQL looks through one by one."""
FREQUENT = 40
"""Products in such a window from which on a text is looked for in further windows, and not in the index."""

MOST_NAMED = 5000
"""Products that PostgreSQL's index may name at once."""
NAMED = "SELECT FROM product_search WHERE pieces @> CAST(:pieces AS text[])"

CANDIDATES = Prepared(
    lambda: text(
        "SELECT rowid, rowid FROM product_piece WHERE product_piece MATCH :wanted AND rowid > :after "
        "ORDER BY rowid LIMIT :most"
    )
)

Found = tuple[list[int], int | None]
"""Ids, ascending, and the id after which to go on, None where there is nothing more."""


def by_pieces(tx: Tx, query: CatalogQuery, after: int) -> Found:
    """Products that fit the filters and have every word in their text, after the id ``after``."""
    wanted = words(query.text)
    pieces = {piece for word in wanted for piece in covering(word)}
    if not pieces:
        return [], None
    chosen = filters(tx, query)
    if chosen.inactive:
        pieces.add(INACTIVE)
    search = Search(tx, query.limit, wanted, sorted(pieces), chosen)
    return search.in_full_text(after) if tx.dialect.name == "sqlite" else search.in_windows(after)


@dataclass(frozen=True, slots=True)
class Search:
    """Words that must all stand in a text, the pieces that they are made of, and the filters."""

    tx: Tx
    limit: int
    words: Sequence[str]
    pieces: Sequence[str]
    filters: Filters

    def in_full_text(self, after: int) -> Found:
        """SQLite: the full-text index names candidates in the order of their ids."""
        wanted = " AND ".join(f'"{piece}"' for piece in self.pieces)
        if self._marks:
            wanted += f" AND ({' OR '.join(self._marks)})"

        def candidates(after: int | None, most: int) -> list[tuple[int, int]]:
            rows = self.tx.all(CANDIDATES, wanted=wanted, after=after or 0, most=most)
            return [(place, key) for place, key in rows]

        return gather(candidates, self._fits, after, self.limit)

    def in_windows(self, after: int) -> Found:
        """PostgreSQL: its index names candidates in no order, so what is frequent is met by looking through some.

        What is rare is asked of the index, all at once.
        """
        end, seen = after + WINDOW, 0

        def candidates(after: int | None, most: int) -> list[tuple[int, int]]:
            nonlocal seen
            keys = self._said(SEARCH.c.product_id.between((after or 0) + 1, end), most)
            seen += len(keys)
            return [(key, key) for key in keys]

        found, rest = gather(candidates, self._suits, after, self.limit)
        if rest is not None:
            return found, rest
        if seen > FREQUENT or self._named() > MOST_NAMED:
            last = self.tx.connection.scalar(select(func.max(SEARCH.c.product_id))) or 0
            return found, end if last > end else None
        return self._page([*found, *self._suits(self._in_array(end))])

    def _named(self) -> int:
        """How many products the index is likely to name."""
        explained = self.tx.connection.execute(text(f"EXPLAIN (FORMAT JSON) {NAMED}"), {"pieces": self.pieces}).scalar()
        return int(explained[0]["Plan"]["Plan Rows"]) if explained else 0

    def _said(self, within: ColumnElement[bool], most: int | None = None) -> list[int]:
        """Products there with all the words, and in the categories."""
        said: list[ColumnElement[bool] | TextClause] = [in_text(self.tx, SEARCH.c.text, word) for word in self.words]
        if self._marks:
            said.append(text("pieces && CAST(:marks AS text[])").bindparams(marks=self._marks))
        found = select(SEARCH.c.product_id).where(within, *said).order_by(SEARCH.c.product_id).limit(most)
        return [key for (key,) in self.tx.connection.execute(found)]

    def _in_array(self, after: int) -> list[int]:
        """What the index of arrays names; by itself the planner might rather look through every product."""
        contained = text("pieces @> CAST(:pieces AS text[])").bindparams(pieces=list(self.pieces))
        self.tx.plain("SET LOCAL enable_seqscan = off")
        self.tx.plain("SET LOCAL enable_indexscan = off")
        found = self._said(contained & (SEARCH.c.product_id > after))
        self.tx.plain("SET LOCAL enable_indexscan = on")
        return found

    @property
    def _marks(self) -> list[str]:
        return [category_mark(key) for key in self.filters.categories]

    def _fits(self, keys: Sequence[int]) -> list[int]:
        return fitting(self.tx, self.filters.conditions, keys, self.words)

    def _suits(self, keys: Sequence[int]) -> list[int]:
        """Of products with all the words, those that fit the filters."""
        return fitting(self.tx, self.filters.conditions, keys)

    def _page(self, keys: Sequence[int]) -> Found:
        found = sorted(keys)
        return (found[: self.limit], found[self.limit - 1]) if len(found) > self.limit else (found, None)
