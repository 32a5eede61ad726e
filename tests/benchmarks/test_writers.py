"""1, 8 and 32 writers in one process, beside as many connections of the raw driver writing the same rows as durably.

On PostgreSQL the floor is one prepared statement a document, on SQLite a transaction of prepared statements.
"""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal

import psycopg
import pytest

from tests.benchmarks.raw import RawWarehouse
from tests.benchmarks.test_posting import two_postgres_urls, two_urls
from tests.support.warehouse import add_catalog, signed_in
from wms_tui.db.tables import Product
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import movements
from wms_tui.services.backend import Backend

assert two_urls and two_postgres_urls  # fixtures of the other benchmark

PRODUCTS, ROUNDS, DOCUMENTS = 400, 7, 1600

RECEIVE = """
WITH put AS (
    INSERT INTO balance (product_id, location_id, lot_id, quantity) VALUES (%(product)s, %(target)s, 0, 1)
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
    SELECT id, 1, %(product)s, 0, %(source)s, %(target)s, 1, 1, 1, 0.25, 1, %(now)s FROM written
)
INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after)
SELECT %(now)s, 1, 'bench', 'post', number, '', '' FROM written
"""


class Ours:
    """One process at work for many."""

    def __init__(self, url: str) -> None:
        self.backend = Backend.open(url)
        _stock_up(self.backend)
        self.actor = signed_in(self.backend, "ken", "bench")
        self._keys = itertools.count(1)

    def writer(self, _place: int) -> Callable[[int], None]:
        def receive(product: int) -> None:
            line = Line(f"P{product}", Decimal(1), target="A1")
            request = PostDocument(DocumentKind.RECEIPT, f"{next(self._keys):064d}", (line,))
            self.backend.run(movements.post, self.actor, request)

        return receive


class RawServer:
    """A connection of its own for each writer."""

    def __init__(self, url: str) -> None:
        with closing(Backend.open(url)) as backend:
            _stock_up(backend)
        self._url, self._keys = url, itertools.count(1)
        self._connections: dict[int, psycopg.Connection] = {}

    def writer(self, place: int) -> Callable[[int], None]:
        if place not in self._connections:
            self._connections[place] = psycopg.connect(self._url, autocommit=True, prepare_threshold=0)
        connection = self._connections[place]
        ask = "SELECT id FROM {} WHERE {} = %s".format
        one = lambda sql, value: connection.execute(sql, (value,)).fetchone()[0]  # noqa: E731
        source, target = (one(ask("location", "code"), code) for code in ("SUPPLIER", "A1"))
        ids = [one(ask("product", "sku"), f"P{number}") for number in range(PRODUCTS)]

        def receive(product: int) -> None:
            key = f"raw{next(self._keys):061d}"
            values = {"product": ids[product], "source": source, "target": target, "key": key}
            connection.execute(RECEIVE, {**values, "now": datetime.now(UTC)})

        return receive


class RawFile:
    """A connection of its own for each writer, with a busy timeout."""

    def __init__(self, url: str) -> None:
        with closing(Backend.open(url)) as backend:
            _stock_up(backend)
        self._path = url.removeprefix("sqlite:///")
        self._writers: dict[int, RawWarehouse] = {}

    def writer(self, place: int) -> Callable[[int], None]:
        raw = self._writers.setdefault(place, RawWarehouse(self._path, f"{place:02}"))
        source, target = (raw.one("SELECT id FROM location WHERE code = ?", code) for code in ("SUPPLIER", "A1"))
        ids = [raw.one("SELECT id FROM product WHERE sku = ?", f"P{number}") for number in range(PRODUCTS)]
        return lambda product: raw.post("R", "receipt", ids[product], source, target, (target,))


def _stock_up(backend: Backend) -> None:
    add_catalog(backend)
    times = {"created_at": datetime.now(UTC), "updated_at": datetime.now(UTC)}
    names = range(PRODUCTS)
    backend.work(lambda tx: tx.session.add_all([Product(sku=f"P{n}", name=f"P{n}", unit_id=1, **times) for n in names]))


def run(side, writers: int, hot: bool) -> tuple[float, list[float]]:
    """Documents a second, and what each writer waited, in seconds."""
    each = [side.writer(place) for place in range(writers)]
    begin, waits = threading.Barrier(writers + 1), []

    def work(place: int) -> None:
        post = each[place]
        begin.wait()
        for number in range(DOCUMENTS // writers):
            began = time.perf_counter()
            post(0 if hot else (place * 31 + number * 7) % PRODUCTS)
            waits.append(time.perf_counter() - began)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(writers)]
    for thread in threads:
        thread.start()
    begin.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return DOCUMENTS / (time.perf_counter() - began), waits


def compare(title: str, ours, floor, writers: int, hot: bool = False) -> None:
    """Rounds in turn, so that a slow moment of the machine meets both; the ratio is the median of the rounds'."""
    run(ours, writers, hot), run(floor, writers, hot)
    pairs, waits, floor_waits = [], [], []
    for _ in range(ROUNDS):
        mine, waited = run(ours, writers, hot)
        theirs, floor_waited = run(floor, writers, hot)
        pairs.append((mine, theirs))
        waits += waited
        floor_waits += floor_waited
    print(f"\n{title}, writers: {writers}{', one hot product' if hot else ''}")
    for name, column, waited in (("ours", 0, waits), ("raw driver", 1, floor_waits)):
        rate = statistics.median(pair[column] for pair in pairs)
        waited.sort()
        p99, most = waited[int(len(waited) * 0.99)], waited[-1]
        print(f"  {name}: {rate:,.0f}/s, p99 {1e3 * p99:.1f} ms, longest {1e3 * most:.1f} ms")
    print(f"  ratio {statistics.median(a / b for a, b in pairs):.2f}")


@pytest.mark.benchmark
def test_writers_on_postgresql(two_postgres_urls):
    ours, floor = Ours(two_postgres_urls[0]), RawServer(two_postgres_urls[1])
    for writers in (1, 8, 32):
        compare("postgresql", ours, floor, writers)
    compare("postgresql", ours, floor, 32, hot=True)
    ours.backend.close()


@pytest.mark.benchmark
def test_writers_on_sqlite(two_urls):
    ours, floor = Ours(two_urls[0]), RawFile(two_urls[1])
    for writers in (1, 8, 32):
        compare("sqlite", ours, floor, writers)
    compare("sqlite", ours, floor, 32, hot=True)
    ours.backend.close()
