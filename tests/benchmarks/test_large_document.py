"""A document of 1,000 lines through the door, beside the same rows in one statement a table by the raw driver.

The floor changes 1,000 balances and writes a document, its movements, its number and its audit event, as durably: by
``executemany`` on SQLite, by ``unnest`` in one statement on PostgreSQL.
"""

from __future__ import annotations

import itertools
import sqlite3
import statistics
import time
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal

import psycopg
import pytest

from tests.benchmarks import raw
from tests.benchmarks.test_posting import two_postgres_urls, two_urls
from tests.support.warehouse import add_catalog, signed_in
from wms_tui.db.engine import _PRAGMAS
from wms_tui.db.tables import Product
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import movements
from wms_tui.services.backend import Backend

assert two_urls and two_postgres_urls  # fixtures of the other benchmark

LINES, ROUNDS = 1000, 15

UNNEST = """
WITH line AS (
    SELECT * FROM unnest(%(products)s::int8[], %(quantities)s::numeric[])
    WITH ORDINALITY AS given (product, quantity, place)
), put AS (
    INSERT INTO balance (product_id, location_id, lot_id, quantity)
    SELECT product, %(target)s, 0, quantity FROM line ORDER BY product
    ON CONFLICT (product_id, location_id, lot_id) DO UPDATE SET quantity = balance.quantity + excluded.quantity
), number AS (
    INSERT INTO counter (name, value) VALUES ('R-2026', 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value
), written AS (
    INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at,
        request_id, request_hash)
    SELECT 'R-2026-' || to_char(value, 'FM999999000000'), 'receipt', '', '', '', 1, 'bench', %(now)s, %(now)s, %(key)s,
        %(key)s FROM number RETURNING id, number
), moved AS (
    INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, unit_cost, user_id, at)
    SELECT id, place, product, 0, %(source)s, %(target)s, quantity, 1, quantity, 0.25, 1, %(now)s FROM written, line
)
INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after)
SELECT %(now)s, 1, 'bench', 'post', number, '', '' FROM written
"""


class Through:
    """Posting through the door."""

    def __init__(self, url: str) -> None:
        self.backend = Backend.open(url)
        _stock_up(self.backend)
        self.actor = signed_in(self.backend, "ken", "bench")
        self._keys = itertools.count(1)
        self._lines = tuple(Line(f"P{number}", Decimal(1), target="A1") for number in range(LINES))

    def post(self) -> None:
        request = PostDocument(DocumentKind.RECEIPT, f"{next(self._keys):064d}", self._lines)
        self.backend.run(movements.post, self.actor, request)


class RawFile:
    """The driver over SQLite: each statement once, over all its rows."""

    def __init__(self, url: str) -> None:
        with closing(Backend.open(url)) as backend:
            _stock_up(backend)
        self._connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        for pragma in _PRAGMAS:
            self._connection.execute(pragma)
        self._keys = itertools.count(1)
        self.source, self.target = (self._one("SELECT id FROM location WHERE code = ?", code) for code in ENDS)
        self.products = [self._one("SELECT id FROM product WHERE sku = ?", f"P{n}") for n in range(LINES)]

    def _one(self, sql: str, *values):
        return self._connection.execute(sql, values).fetchone()[0]

    def post(self) -> None:
        one, moment, key = (
            1_000_000,
            datetime.now(UTC).isoformat(timespec="microseconds"),
            f"raw{next(self._keys):061d}",
        )
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(raw.PUT, [(product, self.target, one) for product in self.products])
        number = f"R-2026-{self._one(raw.COUNT, 'R-2026'):06d}"
        document = self._one(raw.DOCUMENT, number, "receipt", moment, moment, key, key)
        rows = [
            (document, line, product, self.source, self.target, one, one, moment)
            for line, product in enumerate(self.products, 1)
        ]
        self._connection.executemany(raw.MOVEMENT.replace("(?, 1, ?", "(?, ?, ?", 1), rows)
        self._connection.execute(raw.EVENT, (moment, number))
        self._connection.execute("COMMIT")


class RawServer:
    """The driver over PostgreSQL: one prepared statement, a transaction of its own."""

    def __init__(self, url: str) -> None:
        with closing(Backend.open(url)) as backend:
            _stock_up(backend)
        self._connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)
        self._keys = itertools.count(1)
        self.source, self.target = (self._one("SELECT id FROM location WHERE code = %s", code) for code in ENDS)
        self.products = [self._one("SELECT id FROM product WHERE sku = %s", f"P{n}") for n in range(LINES)]

    def _one(self, sql: str, *values):
        return self._connection.execute(sql, values).fetchone()[0]

    def post(self) -> None:
        rows = {"products": self.products, "quantities": [Decimal(1)] * LINES}
        ends = {"source": self.source, "target": self.target}
        self._connection.execute(
            UNNEST, {**rows, **ends, "now": datetime.now(UTC), "key": f"raw{next(self._keys):061d}"}
        )


ENDS = ("SUPPLIER", "A1")


def _stock_up(backend: Backend) -> None:
    add_catalog(backend)
    times = {"created_at": datetime.now(UTC), "updated_at": datetime.now(UTC), "cost": Decimal("0.25")}
    names = range(LINES)
    backend.work(lambda tx: tx.session.add_all([Product(sku=f"P{n}", name=f"P{n}", unit_id=1, **times) for n in names]))


def timed(job) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def compare(engine: str, ours, floor) -> None:
    """Rounds in turn, so that a slow moment of the machine meets both; the ratio is the median of the rounds'."""
    for _ in range(3):
        ours.post(), floor.post()
    pairs = [(timed(ours.post), timed(floor.post)) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"\n{engine}: a document of {LINES:,} lines through the door in {1e3 * mine:.1f} ms")
    print(f"{engine}: the same rows by the driver alone in {1e3 * theirs:.1f} ms")
    print(f"{engine}: ratio {statistics.median(a / b for a, b in pairs):.2f}")
    ours.backend.close()


@pytest.mark.benchmark
def test_a_large_document_on_postgresql(two_postgres_urls):
    compare("postgresql", Through(two_postgres_urls[0]), RawServer(two_postgres_urls[1]))


@pytest.mark.benchmark
def test_a_large_document_on_sqlite(two_urls):
    compare("sqlite", Through(two_urls[0]), RawFile(two_urls[1]))
