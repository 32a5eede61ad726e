"""Statements that find products by what stands anywhere in SKU, name and barcodes, each in little time.

An index of pieces names candidates, which are held against the text and the filters. A bounded number of them is looked
at, since a frequent piece stands in hundreds of thousands of products.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from wms_tui.db.catalog_filters import Filters, filters, fitting, gather
from wms_tui.db.catalog_windows import Found, Windows
from wms_tui.db.prepared import Prepared
from wms_tui.db.transaction import Tx
from wms_tui.domain.catalog import CatalogQuery
from wms_tui.domain.searching import INACTIVE, category_mark, covering, words

CANDIDATES = Prepared(
    lambda: text(
        "SELECT rowid, rowid FROM product_piece WHERE product_piece MATCH :wanted AND rowid > :after "
        "ORDER BY rowid LIMIT :most"
    )
)


def by_pieces(tx: Tx, query: CatalogQuery, after: int) -> Found:
    """Products that fit the filters and have every word in their text, after the id ``after``."""
    wanted = words(query.text)
    pieces = {piece for word in wanted for piece in covering(word)}
    if not pieces:
        return [], None
    chosen = filters(tx, query)
    if chosen.active is False:
        pieces.add(INACTIVE)
    search = Windows if tx.dialect.name == "postgresql" else FullText
    return search(tx, query.limit, wanted, sorted(pieces), chosen).page(after)


@dataclass(frozen=True, slots=True)
class FullText:
    """Search on SQLite, whose full-text index names candidates in the order of their ids."""

    tx: Tx
    limit: int
    words: Sequence[str]
    pieces: Sequence[str]
    filters: Filters

    def page(self, after: int) -> Found:
        """Products that fit, after the id ``after``."""
        wanted = " AND ".join(f'"{piece}"' for piece in self.pieces)
        if self._marks:
            wanted += f" AND ({' OR '.join(self._marks)})"

        def candidates(after: int | None, most: int) -> list[tuple[int, int]]:
            rows = self.tx.all(CANDIDATES, wanted=wanted, after=after or 0, most=most)
            return [(place, key) for place, key in rows]

        return gather(candidates, self._fits, after, self.limit)

    @property
    def _marks(self) -> list[str]:
        return [category_mark(key) for key in self.filters.categories]

    def _fits(self, keys: Sequence[int]) -> list[int]:
        return fitting(self.tx, self.filters.conditions, keys, self.words)
