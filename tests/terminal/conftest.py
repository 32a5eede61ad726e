from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support.databases import SqliteFiles
from tests.support.warehouse import add_catalog, add_users, signed_in
from wms_tui.db.tables import Product
from wms_tui.db.transaction import Tx
from wms_tui.domain.enquiry import DocumentDetail, HistoryQuery, StockQuery
from wms_tui.domain.entry import DraftRef, OpenDraft
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.domain.quantities import plain
from wms_tui.services import entry, history, movements, stock
from wms_tui.services.backend import Backend

CODES = [f"SKU-{number:04}" for number in range(500)]


@pytest.fixture
def warehouse_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """People, the small catalog, 500 more products, and 100 BOLT in A1."""
    with sqlite_files.copy_of("terminal", furnish_terminal) as url:
        yield url


def furnish_terminal(url: str) -> None:
    Backend.prepare(url)
    backend = Backend.open(url)
    add_users(backend)
    add_catalog(backend)
    add_products(url, {code: f"[/]件 {code}" for code in CODES})
    stock = PostDocument(DocumentKind.RECEIPT, "opening", (Line("BOLT", Decimal(100), target="A1"),))
    backend.run(movements.post, signed_in(backend, "ada"), stock)
    backend.close()


def add_products(url: str, names: dict[str, str]) -> None:
    """Products by SKU and name."""
    backend = Backend.open(url)
    backend.work(lambda tx: tx.session.add_all([_product(tx, sku, name) for sku, name in names.items()]))
    backend.close()


def _product(tx: Tx, sku: str, name: str) -> Product:
    return Product(sku=sku, name=name, unit_id=1, created_at=tx.now, updated_at=tx.now)


class Ledger:
    """What is true in the database, whatever the screen says."""

    def __init__(self, url: str) -> None:
        self._backend = Backend.open(url)
        self._actor = signed_in(self._backend, "ken")

    def draft(self, kind: DocumentKind) -> list[tuple[str, str]]:
        """SKU and quantity of each line of ken's draft, in the order of entry."""
        view = self._backend.run(entry.open_draft, self._actor, OpenDraft(kind))
        lines = self._backend.run(entry.lines, self._actor, DraftRef(kind, view.draft_id))
        return [(line.sku, plain(line.quantity)) for line in lines]

    def on_hand(self) -> dict[tuple[str, str], str]:
        rows = self._backend.run(stock.on_hand, self._actor, StockQuery(limit=1000)).rows
        return {(row.sku, row.location): plain(row.quantity) for row in rows}

    def documents(self) -> list[DocumentDetail]:
        """Newest first."""
        rows = self._backend.run(history.page, self._actor, HistoryQuery()).rows
        return [self._backend.run(history.detail, self._actor, row.number) for row in rows]

    def close(self) -> None:
        self._backend.close()


@pytest.fixture
def ledger(warehouse_url: str) -> Iterator[Ledger]:
    ledger = Ledger(warehouse_url)
    yield ledger
    ledger.close()
