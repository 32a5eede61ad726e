"""Looking at a whole database, and posting briefly."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import Row, select

from wms_tui.db.tables import Balance, Location, Lot, Product, core, metadata
from wms_tui.domain.access import Actor
from wms_tui.domain.movements import DocumentKind, Line, PostDocument, Posted, ReverseDocument
from wms_tui.services import movements
from wms_tui.services.backend import Backend

RECEIPT, ISSUE = DocumentKind.RECEIPT, DocumentKind.ISSUE
TRANSFER, ADJUSTMENT = DocumentKind.TRANSFER, DocumentKind.ADJUSTMENT

_KEYS = count(1)
_EVERYTHING = {name: select(table) for name, table in metadata.tables.items()}


def picture(backend: Backend) -> dict[str, list[Row[Any]]]:
    """Every row of every table."""

    def look(tx):
        return {name: sorted(tx.connection.execute(rows), key=repr) for name, rows in _EVERYTHING.items()}

    return backend.work(look, writes=False)


def document(kind: DocumentKind, *lines: Line, key: str | None = None, **header: Any) -> PostDocument:
    return PostDocument(kind, key or f"key {next(_KEYS)}", lines, **header)


def line(code: str, quantity: Any = 1, **more: Any) -> Line:
    """``quantity`` is anything that ``Decimal`` takes."""
    return Line(code, Decimal(quantity), **more)


def post(backend: Backend, actor: Actor, kind: DocumentKind, *lines: Line, **header: Any) -> Posted:
    return backend.run(movements.post, actor, document(kind, *lines, **header))


def receive(backend: Backend, actor: Actor, code: str, quantity: Any, target: str = "A1", **more: Any) -> Posted:
    return post(backend, actor, RECEIPT, line(code, quantity, target=target, **more))


def issue(backend: Backend, actor: Actor, code: str, quantity: Any, source: str = "A1", **more: Any) -> Posted:
    return post(backend, actor, ISSUE, line(code, quantity, source=source, **more))


def reverse(backend: Backend, actor: Actor, number: str, key: str | None = None) -> Posted:
    return backend.run(movements.reverse, actor, ReverseDocument(number, key or f"key {next(_KEYS)}"))


def stock(backend: Backend) -> dict[Any, Decimal]:
    """(SKU, location) or (SKU, location, lot) → on hand, leaving out what is zero."""
    balance, product, location, lot = core(Balance), core(Product), core(Location), core(Lot)
    statement = (
        select(product.c.sku, location.c.code, lot.c.number, balance.c.quantity)
        .join(product, product.c.id == balance.c.product_id)
        .join(location, location.c.id == balance.c.location_id)
        .join(lot, lot.c.id == balance.c.lot_id)
        .where(balance.c.quantity != 0)
    )
    rows = backend.work(lambda tx: list(tx.connection.execute(statement)), writes=False)
    return {tuple(part for part in key if part): quantity for *key, quantity in rows}
