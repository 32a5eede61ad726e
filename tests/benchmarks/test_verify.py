"""The audit and the seal of a million movements, beside the plain sums of the ledger by the driver."""

from __future__ import annotations

import resource
import sqlite3
import time
from contextlib import closing
from itertools import pairwise

import psycopg
import pytest

from tests.benchmarks.bulk import fill
from tests.benchmarks.test_posting import two_postgres_urls, two_urls
from tests.benchmarks.test_volume import poster
from wms_tui.services.backend import Backend
from wms_tui.services.seals import seal
from wms_tui.services.verify import verify

__all__ = ["two_postgres_urls", "two_urls"]

MILLION, NEW, ROUNDS = 1_000_000, 1_000, 3
SUMS = """
    SELECT product_id, location_id, lot_id, SUM(quantity) FROM (
        SELECT product_id, target_id AS location_id, lot_id, quantity FROM movement
        UNION ALL SELECT product_id, source_id, lot_id, -quantity FROM movement
    ) AS side GROUP BY product_id, location_id, lot_id
"""


def seconds(job) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def floor(url: str) -> float:
    """The quickest of some plain sums over both sides of all movements, which everything else is a multiple of."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    else:
        connection = psycopg.connect(url, autocommit=True)
    with closing(connection):
        return min(seconds(lambda: connection.execute(SUMS).fetchall()) for _ in range(ROUNDS))


class Measured:
    """Jobs on one database, each told as a multiple of the plain sums."""

    def __init__(self, url: str, engine: str) -> None:
        self.engine, self.plain = engine, floor(url)
        self.backend = Backend.open(url)
        self._steps: list[tuple[float, str]] = []
        print(f"\n{engine}: the sums of both sides of {MILLION:,} movements by the driver take {self.plain:.2f} s")

    def tell(self, what: str, took: float, rows: int = 0) -> None:
        rate = f", {rows:,} rows, {rows / took:,.0f} a second" if rows else ""
        print(f"{self.engine}: {what} takes {took:.2f} s, {took / self.plain:.1f}x the sums{rate}", flush=True)

    def audit(self, what: str, full: bool) -> None:
        def job() -> None:
            report = verify(self.backend, full, progress=self._step)
            assert report.ok, report.as_dict()
            assert report.kept

        self._steps.clear()
        took = seconds(job)
        self._step("", 0, 0)
        self.tell(what, took)
        spans = [(end - begin, name or "the checkpoint") for (begin, name), (end, _) in pairwise(self._steps)]
        print("    " + "; ".join(f"{name} {spent:.2f} s" for spent, name in sorted(spans, reverse=True)[:4]))

    def _step(self, name: str, _done: int, _total: int) -> None:
        if not self._steps or not name or self._steps[-1][1] != name:
            self._steps.append((time.perf_counter(), name))

    def seal(self, what: str) -> None:
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        made = seal(self.backend, "bench")
        self.tell(what, time.perf_counter() - began, made.rows)
        print(f"    the process grew by {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB")


def measure(url: str, engine: str) -> None:
    fill(url, MILLION)
    it = Measured(url, engine)
    it.audit("a full audit without seals", full=True)
    it.seal("the first seal")
    it.audit("a full audit with the seal", full=True)
    post = poster(it.backend)
    for _ in range(NEW):
        post()
    it.audit(f"an audit of {NEW:,} new movements", full=False)
    it.audit("an audit of nothing new", full=False)
    it.seal(f"a seal over {NEW:,} new movements")
    it.backend.close()


@pytest.mark.benchmark
def test_audit_on_sqlite(two_urls):
    measure(two_urls[0], "sqlite")


@pytest.mark.benchmark
def test_audit_on_postgresql(two_postgres_urls):
    measure(two_postgres_urls[0], "postgresql")
