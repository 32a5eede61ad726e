"""A count of 1,000 lines: each scan beside the posting of a document of one line, the whole beside one statement."""

from __future__ import annotations

import itertools
import sqlite3
import statistics
import time
from decimal import Decimal

import psycopg
import pytest

from tests.benchmarks import bulk
from tests.benchmarks.test_posting import two_postgres_urls, two_urls
from tests.support.warehouse import signed_in
from wms_tui.db.engine import _PRAGMAS
from wms_tui.domain.counting import AtDesk, CountAnswer, CountRef, NewCount, Submit
from wms_tui.domain.counting_review import Approve
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import counting, counting_desk, counting_plans, counting_review, movements
from wms_tui.services.backend import Backend

LINES, ROUNDS = 1000, 6
SIZE = 20_000
"""Receipts that the ledger holds already."""

APPLY = """
    UPDATE balance SET quantity = balance.quantity + line.counted - line.expected
    FROM count_line AS line WHERE line.plan_id = {plan} AND line.counted <> line.expected
    AND balance.product_id = line.product_id AND balance.location_id = line.location_id AND balance.lot_id = line.lot_id
"""
DOCUMENT = """
    INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at,
        request_id, request_hash) VALUES ('{number}', 'count', '', '', '', 1, '', {now}, {now}, '{number}', '')
    RETURNING id
"""
MOVE = """
    INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, unit_cost, user_id, at)
    SELECT {document}, ROW_NUMBER() OVER (ORDER BY line.product_id), line.product_id, line.lot_id,
        CASE WHEN counted > expected THEN {loss} ELSE line.location_id END,
        CASE WHEN counted > expected THEN line.location_id ELSE {loss} END,
        ABS(counted - expected), unit_id, ABS(counted - expected), product.cost, 1, {now}
    FROM count_line AS line JOIN product ON product.id = line.product_id
    WHERE line.plan_id = {plan} AND line.counted <> line.expected
"""

assert two_urls and two_postgres_urls  # fixtures of the other benchmark


class Counting:
    """A keeper who counts at B0, and somebody else who approves."""

    def __init__(self, url: str) -> None:
        self.backend = Backend.open(url)
        self.keeper = signed_in(self.backend, "ken", "bench")
        self.approver = signed_in(self.backend, "fay", "bench")
        self._serial = itertools.count(1)

    def begin(self) -> int:
        plan = self.backend.run(counting_plans.begin, self.keeper, NewCount(("B0",))).plan_id
        self.backend.run(counting_desk.sit_down, self.keeper, CountRef(plan))
        self.scan(plan, "B0")
        return plan

    def scan(self, plan: int, text: str) -> None:
        self.backend.run(counting_desk.answer, self.keeper, CountAnswer(plan, text))

    def post(self) -> None:
        line = Line(f"P{next(self._serial) % LINES}", Decimal(1), target="B1")
        request = PostDocument(DocumentKind.RECEIPT, f"bench {next(self._serial)}", (line,))
        self.backend.run(movements.post, self.keeper, request)

    def counted(self) -> int:
        """A plan of 1,000 lines that all differ, handed over."""
        plan = self.begin()
        for number in range(LINES):
            self.scan(plan, f"P{number}")
            self.scan(plan, "=1000000")
        self.backend.run(counting_desk.finish, self.keeper, AtDesk(plan))
        self.backend.run(counting.submit, self.keeper, Submit(plan))
        return plan

    def approve(self, plan: int) -> float:
        differing = self.backend.run(counting_review.summary, self.approver, CountRef(plan)).differing
        assert differing >= LINES
        began = time.perf_counter()
        self.backend.run(counting_review.approve, self.approver, Approve(plan, differing))
        return time.perf_counter() - began


def raw_sqlite(url: str):
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection, "BEGIN IMMEDIATE", "'2026-06-15T10:00:00.000000+00:00'"


def raw_postgres(url: str):
    return psycopg.connect(url, autocommit=True), "BEGIN", "now()"


def floor(raw, plan: int, number: str) -> float:
    """The same rows in one statement each for balances and movements, by the driver."""
    connection, begin, now = raw
    loss = connection.execute("SELECT id FROM location WHERE code = 'LOSS'").fetchone()[0]
    began = time.perf_counter()
    connection.execute(begin)
    connection.execute(APPLY.format(plan=plan))
    document = connection.execute(DOCUMENT.format(number=number, now=now)).fetchone()[0]
    connection.execute(MOVE.format(plan=plan, document=document, loss=loss, now=now))
    connection.execute("COMMIT")
    return time.perf_counter() - began


def compare(url: str, engine: str, connect) -> None:
    bulk.fill(url, SIZE)
    it = Counting(url)
    scans, posts = [], []
    for _ in range(ROUNDS):
        plan = it.begin()
        for number in range(LINES):
            began = time.perf_counter()
            it.scan(plan, f"P{number}")
            scanned = time.perf_counter()
            it.post()
            posts.append(time.perf_counter() - scanned)
            scans.append(scanned - began)
        it.backend.run(counting.cancel, it.keeper, CountRef(plan))
    ratio = statistics.median(scans) / statistics.median(posts)
    print(f"\n{engine}: a scan is saved in {1e3 * statistics.median(scans):.2f} ms (median of {len(scans)})")
    print(f"{engine}: a document of one line is posted in {1e3 * statistics.median(posts):.2f} ms")
    print(f"{engine}: ratio {ratio:.2f}")
    pairs = []
    raw = connect(url)
    for number in range(ROUNDS):
        ours = it.approve(it.counted())
        pairs.append((ours, floor(raw, it.counted(), f"C-1999-{number:06d}")))
    raw[0].close()
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{engine}: a count of {LINES:,} differences is posted in {1e3 * mine:.1f} ms")
    print(f"{engine}: the same rows in set-based statements take {1e3 * theirs:.1f} ms")
    print(f"{engine}: ratio {statistics.median(a / b for a, b in pairs):.2f}")
    it.backend.close()


@pytest.mark.benchmark
def test_counting_on_sqlite(two_urls):
    compare(two_urls[0], "sqlite", raw_sqlite)


@pytest.mark.benchmark
def test_counting_on_postgresql(two_postgres_urls):
    compare(two_postgres_urls[0], "postgresql", raw_postgres)
