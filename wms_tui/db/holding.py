"""What stock relies on stands still between those who post and those who keep products and locations.

Whoever posts holds the products and locations of a document ``FOR KEY SHARE`` from when they are looked at. That is
the lock of the foreign keys, which is taken anyway, and holds up no other document and no change of a name or price.
Whoever closes a location, or changes in a product what stock relies on, pays: takes the rows ``FOR UPDATE`` before
looking whether anything is there, and so waits for those who began before, and keeps those waiting who come later.

SQLite has one writer at a time and needs none of this.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, Table, select

from wms_tui.db.prepared import PreparedMany, among
from wms_tui.db.tables import Location, Product, core
from wms_tui.db.transaction import Tx


def shared(statement: Select[Any], table: Table) -> Select[Any]:
    """The statement, holding the rows of a table for a document; in one order, so that nobody waits in a circle."""
    return statement.order_by(table.c.id).with_for_update(read=True, key_share=True, of=table)


def _alone(table: Table) -> PreparedMany:
    return PreparedMany(
        lambda names: select(table.c.id).where(among(table.c.id, names)).order_by(table.c.id).with_for_update()
    )


_PRODUCTS, _PLACES = _alone(core(Product)), _alone(core(Location))


def hold_products(tx: Tx, product_ids: Iterable[int]) -> None:
    """Until the end of the transaction no document is made of these."""
    _hold(tx, _PRODUCTS, product_ids)


def hold_places(tx: Tx, location_ids: Iterable[int]) -> None:
    """The same for locations."""
    _hold(tx, _PLACES, location_ids)


def _hold(tx: Tx, statement: PreparedMany, ids: Iterable[int]) -> None:
    if tx.dialect.name == "postgresql":
        tx.among(statement, sorted(ids))
