"""The catalog's search index: kept in the transaction that changes a product or its barcodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import column, select, table, text

from wms_tui.db.prepared import Prepared, PreparedMany, among
from wms_tui.db.tables import Barcode, Product, core
from wms_tui.db.transaction import Tx
from wms_tui.db.types import Key
from wms_tui.domain.searching import marked, pieces, searchable

PRODUCT, BARCODE = core(Product), core(Barcode)
SEARCH = table("product_search", column("product_id", Key), column("text"))

NAMES = PreparedMany(
    lambda names: select(PRODUCT.c.id, PRODUCT.c.sku, PRODUCT.c.name, PRODUCT.c.category_id, PRODUCT.c.active).where(
        among(PRODUCT.c.id, names)
    )
)
CODES = PreparedMany(
    lambda names: select(BARCODE.c.product_id, BARCODE.c.code).where(among(BARCODE.c.product_id, names))
)
TEXTS = PreparedMany(lambda names: select(SEARCH.c.product_id, SEARCH.c.text).where(among(SEARCH.c.product_id, names)))
FORGET = Prepared(
    lambda: text("INSERT INTO product_piece (product_piece, rowid, pieces) VALUES ('delete', :product_id, :pieces)")
)
REMEMBER = Prepared(lambda: text("INSERT INTO product_piece (rowid, pieces) VALUES (:product_id, :pieces)"))
PUT = Prepared(
    lambda: text(
        "INSERT INTO product_search (product_id, text) VALUES (:product_id, :text) "
        "ON CONFLICT (product_id) DO UPDATE SET text = excluded.text"
    )
)
PUT_PIECES = Prepared(
    lambda: text(
        "INSERT INTO product_search (product_id, text, pieces) VALUES (:product_id, :text, :pieces) "
        "ON CONFLICT (product_id) DO UPDATE SET text = excluded.text, pieces = excluded.pieces"
    )
)


def refresh(tx: Tx, product_ids: Iterable[int]) -> None:
    """Index these products as they stand now.

    Whoever writes a SKU, a name, a barcode, a category or whether a product is active calls this.
    """
    keys = list(dict.fromkeys(product_ids))
    if not keys:
        return
    old: dict[int, str] = dict(tx.among(TEXTS, keys))
    changed = [(key, said) for key, said in _texts(tx, keys) if old.get(key) != said]
    if tx.dialect.name == "sqlite":
        _into_sqlite(tx, old, changed)
    else:
        rows = ({"product_id": key, "text": said, "pieces": sorted(pieces(said))} for key, said in changed)
        tx.many(PUT_PIECES, list(rows))


def _texts(tx: Tx, keys: Sequence[int]) -> Iterator[tuple[int, str]]:
    codes: dict[int, list[str]] = {}
    for key, code in tx.among(CODES, keys):
        codes.setdefault(key, []).append(code)
    for key, sku, name, category_id, active in dict.fromkeys(tx.among(NAMES, keys)):
        said = searchable(" ".join([sku, name, *sorted(set(codes.get(key, ())))]))
        yield key, marked(said, category_id, active)


def _into_sqlite(tx: Tx, old: dict[int, str], changed: Sequence[tuple[int, str]]) -> None:
    """The full-text index keeps no texts of its own, so what is forgotten must be told to it as it was."""
    tx.many(FORGET, [_row(key, old[key]) for key, _ in changed if key in old])
    tx.many(PUT, [{"product_id": key, "text": said} for key, said in changed])
    tx.many(REMEMBER, [_row(key, said) for key, said in changed])


def _row(key: int, said: str) -> dict[str, Any]:
    return {"product_id": key, "pieces": " ".join(sorted(pieces(said)))}
