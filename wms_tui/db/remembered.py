"""Products by SKU that a process has read from its SQLite file before, and whether they are still what they were."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import String, select, type_coerce

from wms_tui.db import catalog
from wms_tui.db.catalog import PRODUCT
from wms_tui.db.prepared import PreparedMany, among
from wms_tui.db.transaction import Tx
from wms_tui.domain.products import Goods

MOST_REMEMBERED = 20_000
"""Products; beyond, remembering begins anew."""

_CHANGED = type_coerce(PRODUCT.c.updated_at, String)
MARKS = PreparedMany(lambda names: select(PRODUCT.c.id, PRODUCT.c.version, _CHANGED).where(among(PRODUCT.c.id, names)))
"""(product, version, when that was made): another one after each change, in every database."""


def goods(tx: Tx, codes: Collection[str]) -> dict[str, Goods]:
    """``catalog.goods``, held for a document.

    Of products that are remembered this transaction is only asked whether they are the same.
    """
    kept = tx.remembered
    if kept is None:
        return catalog.goods(tx, sorted(codes), hold=True)
    known = {code: found for code in codes if (found := kept.get(code))}  # another thread may empty it meanwhile
    marks = set(tx.among(MARKS, [mark[0] for _, mark in known.values()]))
    same = {code: one for code, (one, mark) in known.items() if mark in marks}
    others = sorted(code for code in codes if code not in same)
    if not others:
        return same
    read = catalog.goods(tx, others, hold=True)
    _remember(tx, {one.product_id: one for code, one in read.items() if one.sku == code})
    return same | read


def _remember(tx: Tx, read: dict[int, Goods]) -> None:
    """What was found by its SKU, but for what this transaction may have changed itself: that may be taken back."""
    kept, now = tx.remembered, tx.now.isoformat(timespec="microseconds")
    assert kept is not None
    if len(kept) > MOST_REMEMBERED:
        kept.clear()
    for mark in tx.among(MARKS, list(read)):
        if mark[2] < now:
            one = read[mark[0]]
            kept[one.sku] = (one, mark)
