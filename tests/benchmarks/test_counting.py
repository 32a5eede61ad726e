"""A count of 1,000 lines: each scan beside the posting of a document of one line, the whole beside one statement."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.benchmarks import bulk, raw_counting
from tests.benchmarks.test_posting import two_postgres_urls, two_urls
from tests.support.warehouse import signed_in
from wms_tui.domain.counting import AtDesk, CountAnswer, CountRef, NewCount, Submit
from wms_tui.domain.counting_review import Approve
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import counting, counting_desk, counting_plans, counting_review, movements
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify

LINES, ROUNDS = 1000, 6
SIZE = 20_000
"""Receipts that the ledger holds already."""

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
        assert self.backend.run(counting_desk.answer, self.keeper, CountAnswer(plan, text)).refused is None

    def post(self) -> None:
        line = Line(f"P{next(self._serial) % LINES}", Decimal(1), target="B1")
        request = PostDocument(DocumentKind.RECEIPT, f"bench {next(self._serial)}", (line,))
        self.backend.run(movements.post, self.keeper, request)

    def counted(self) -> int:
        """A plan of 1,000 lines that all differ, handed over: another number of each than the books have."""
        plan, number = self.begin(), 1000 + next(self._serial)
        for product in range(LINES):
            self.scan(plan, f"P{product}")
            self.scan(plan, f"={number}")
        self.backend.run(counting_desk.finish, self.keeper, AtDesk(plan))
        self.backend.run(counting.submit, self.keeper, Submit(plan))
        return plan

    def differing(self, plan: int) -> int:
        return self.backend.run(counting_review.summary, self.approver, CountRef(plan)).differing

    def approve(self, plan: int) -> float:
        differing = self.differing(plan)
        assert differing >= LINES
        return seconds(lambda: self.backend.run(counting_review.approve, self.approver, Approve(plan, differing)))

    def approve_raw(self, plan: int) -> float:
        """After the same look at the plan, which leaves its pages in the cache."""
        assert self.differing(plan) >= LINES
        return raw_counting.approve(self.backend, plan, self.approver.user_id, datetime.now(UTC).year)


def seconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def compare_scans(it: Counting, engine: str) -> None:
    """Scan and posting in turn, so that a slow moment of the machine meets both."""
    scans, corrections, posts = [], [], []
    for _ in range(ROUNDS):
        plan = it.begin()
        for number in range(LINES):
            code = f"P{number}"
            scans.append(seconds(lambda plan=plan, code=code: it.scan(plan, code)))
            posts.append(seconds(it.post))
            corrections.append(seconds(lambda plan=plan: it.scan(plan, "=77")))
        it.backend.run(counting.cancel, it.keeper, CountRef(plan))
    scan, correction, post = (1e3 * statistics.median(times) for times in (scans, corrections, posts))
    print(f"\n{engine}: a document of one line is posted in {post:.2f} ms (median of {len(posts)})")
    print(f"{engine}: a scan is saved in {scan:.2f} ms, ratio {scan / post:.2f} (limit 1.5)")
    print(f"{engine}: a number after = is saved in {correction:.2f} ms, ratio {correction / post:.2f} (limit 1.5)")


def compare_approvals(it: Counting, engine: str) -> None:
    """Approving a count, then writing the rows of another one raw, on the same connection."""
    pairs = []
    for _ in range(ROUNDS):
        pairs.append((it.approve(it.counted()), it.approve_raw(it.counted())))
    mine, floor = (1e3 * statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{engine}: a count of {LINES:,} differences is posted in {mine:.1f} ms (median of {ROUNDS})")
    print(f"{engine}: the same rows in set-based statements take {floor:.1f} ms")
    print(f"{engine}: ratio {statistics.median(a / b for a, b in pairs):.2f} (limit 1.5)")


def compare(url: str, engine: str) -> None:
    bulk.fill(url, SIZE)
    it = Counting(url)
    compare_scans(it, engine)
    compare_approvals(it, engine)
    assert verify(it.backend).ok
    it.backend.close()


@pytest.mark.benchmark
def test_counting_on_sqlite(two_urls):
    compare(two_urls[0], "sqlite")


@pytest.mark.benchmark
def test_counting_on_postgresql(two_postgres_urls):
    compare(two_postgres_urls[0], "postgresql")
