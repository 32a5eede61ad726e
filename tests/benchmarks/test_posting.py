"""Posting one-line documents through the door, beside the driver writing the same rows."""

from __future__ import annotations

import itertools
import statistics
import time
from decimal import Decimal

import pytest

from tests.benchmarks.raw import RawPostgres, RawWarehouse
from tests.conftest import _with_people
from tests.support.databases import PostgresDatabases
from tests.support.postgres import Server
from tests.support.warehouse import add_catalog, signed_in
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import movements
from wms_tui.services.backend import Backend

ROUNDS, EACH = 9, 400
ENOUGH = Decimal(1_000_000)


class Through:
    """Posting through the door."""

    def __init__(self, url: str) -> None:
        self.backend = Backend.open(url)
        add_catalog(self.backend)
        self.actor = signed_in(self.backend, "ken", "bench")
        self._keys = itertools.count(1)
        self.post(DocumentKind.RECEIPT, Line("BOLT", ENOUGH, target="A1"))

    def post(self, kind: DocumentKind, line: Line) -> None:
        self.backend.run(movements.post, self.actor, PostDocument(kind, f"{next(self._keys):064d}", (line,)))


def per_second(job, times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        job()
    return times / (time.perf_counter() - started)


def compare(title: str, ours, floor) -> None:
    """Rounds in turn, so that a slow moment of the machine meets both; the ratio is of one round."""
    pairs = []
    for _ in range(ROUNDS):
        pairs.append((per_second(ours, EACH), per_second(floor, EACH)))
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"\n{title}: through the door {mine:,.0f}/s")
    print(f"{title}: the driver alone {theirs:,.0f}/s")
    print(f"{title}: ratio {statistics.median(a / b for a, b in pairs):.2f}")


@pytest.fixture
def two_urls(sqlite_files):
    with sqlite_files.copy_of("people", _with_people) as ours, sqlite_files.copy_of("people", _with_people) as raw:
        yield ours, raw


@pytest.fixture
def two_postgres_urls():
    """On a server that is as durable as one at work."""
    server = Server(durable=True)
    databases = PostgresDatabases(server.url)
    with databases.copy_of("people", _with_people) as ours, databases.copy_of("people", _with_people) as raw:
        yield ours, raw
    databases.close()
    server.stop()


def compare_kinds(urls: tuple[str, str], raw, floor_name: str) -> None:
    """Receipts and transfers through the door of one database and by the driver on the other."""
    through = Through(urls[0])
    Through(urls[1]).backend.close()
    bolt = raw.one("SELECT id FROM product WHERE sku = ?", "BOLT")
    supplier, a1, a2 = (raw.one("SELECT id FROM location WHERE code = ?", code) for code in ("SUPPLIER", "A1", "A2"))
    receipt = Line("BOLT", Decimal(1), target="A1")
    compare(
        f"receipt, {floor_name}",
        lambda: through.post(DocumentKind.RECEIPT, receipt),
        lambda: raw.post("R", "receipt", bolt, supplier, a1, (a1,)),
    )
    transfer = Line("BOLT", Decimal(1), source="A1", target="A2")
    compare(
        f"transfer, {floor_name}",
        lambda: through.post(DocumentKind.TRANSFER, transfer),
        lambda: raw.post("T", "transfer", bolt, a1, a2, (a1, a2)),
    )
    through.backend.close()


@pytest.mark.benchmark
def test_posting_on_sqlite(two_urls):
    compare_kinds(two_urls, RawWarehouse(two_urls[1].removeprefix("sqlite:///")), "raw sqlite3")


@pytest.mark.benchmark
def test_posting_on_postgresql(two_postgres_urls):
    compare_kinds(two_postgres_urls, RawPostgres(two_postgres_urls[1]), "raw psycopg")
