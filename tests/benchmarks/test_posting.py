"""Posting one-line documents through the door, beside the driver writing the same rows."""

from __future__ import annotations

import itertools
import statistics
import time
from decimal import Decimal

import pytest

from tests.benchmarks.raw import RawWarehouse
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


def compare(title: str, ours, floor, floor_name: str) -> None:
    """Rounds in turn, so that a slow moment of the machine meets both; the ratio is of one round."""
    pairs = []
    for _ in range(ROUNDS):
        pairs.append((per_second(ours, EACH), per_second(floor, EACH)))
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"\n{title}: through the door {mine:,.0f}/s")
    print(f"{title}: {floor_name} {theirs:,.0f}/s")
    print(f"{title}: ratio {statistics.median(a / b for a, b in pairs):.2f}")


@pytest.fixture
def two_urls(sqlite_files):
    from tests.conftest import _with_people

    with sqlite_files.copy_of("people", _with_people) as ours, sqlite_files.copy_of("people", _with_people) as raw:
        yield ours, raw


@pytest.mark.benchmark
def test_posting_on_sqlite(two_urls):
    through, raw_door = Through(two_urls[0]), Through(two_urls[1])
    raw = RawWarehouse(two_urls[1].removeprefix("sqlite:///"))
    bolt = raw.one("SELECT id FROM product WHERE sku = 'BOLT'")
    place = {code: raw.one("SELECT id FROM location WHERE code = ?", code) for code in ("SUPPLIER", "A1", "A2")}
    raw_door.backend.close()

    receipt = Line("BOLT", Decimal(1), target="A1")
    compare(
        "receipt",
        lambda: through.post(DocumentKind.RECEIPT, receipt),
        lambda: raw.post("R", "receipt", bolt, place["SUPPLIER"], place["A1"], (place["A1"],)),
        "raw sqlite3",
    )
    transfer = Line("BOLT", Decimal(1), source="A1", target="A2")
    compare(
        "transfer",
        lambda: through.post(DocumentKind.TRANSFER, transfer),
        lambda: raw.post("T", "transfer", bolt, place["A1"], place["A2"], (place["A1"], place["A2"])),
        "raw sqlite3",
    )
    through.backend.close()
