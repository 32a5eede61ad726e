"""One keystroke's search among a million products, beside the driver alone asking the index for the same pieces."""

from __future__ import annotations

import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing

import pytest

from tests.benchmarks.catalogs import MILLION, postgres_catalog, sqlite_catalogs
from tests.support.warehouse import signed_in
from wms_tui.domain.catalog import CatalogQuery, StockState
from wms_tui.domain.searching import covering, words
from wms_tui.services import catalog
from wms_tui.services.backend import Backend

LENGTHS, EACH, SAMPLE = (1, 2, 3, 6, 12), 200, 400
LIMITS = {"sqlite": 20, "postgresql": 50}
"""Milliseconds at the 99th percentile."""
FREQUENT = ("不锈", "锈钢", "螺栓", "bol", "ai", "le", "es", "69", "st", "不锈钢", "stainless", "钢")
APART = ("螺栓 水泵", "不锈钢 碳钢", "bolt pump", "锈钢螺栓水", "stainlessbrass", "钢不锈", "zzzz", "6907 m3x999")
"""Frequent words that stand together in no product, and words of frequent pieces that are none."""
FILTERS = {
    "active": {},
    "all": {"active": None},
    "inactive": {"active": False},
    "a group": {"category": "Group 3"},
    "a kind": {"category": "Group 3/Kind 50"},
    "in stock": {"state": StockState.HELD},
    "none on hand": {"state": StockState.NONE},
    "below minimum": {"state": StockState.LOW},
    "above maximum": {"state": StockState.HIGH},
}
INDEX = {
    "sqlite": "SELECT rowid FROM product_piece WHERE product_piece MATCH ? ORDER BY rowid LIMIT 51",
    "postgresql": "SELECT product_id FROM product_search WHERE pieces @> %s LIMIT 51",
}

Times = tuple[float, float]
"""Milliseconds by the clock, and of the processor in this thread: others may be at work on the machine."""

assert sqlite_catalogs


def is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def parts(texts: list[str], length: int, chinese: bool) -> list[str]:
    """Parts of this length of random products' texts, as somebody would type them: what is there is found."""
    chance, found = random.Random(length), []
    while len(found) < EACH:
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - length))
        part = text[start : start + length]
        if len(part) == length and part == part.strip() and any(map(is_chinese, part)) is chinese:
            found.append(part)
    return found


def typed(backend: Backend) -> dict[str, list[str]]:
    """What is typed, by kind."""
    chance = random.Random(1)
    keys = ", ".join(str(chance.randrange(1, MILLION)) for _ in range(SAMPLE))
    with backend._engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT sku, name FROM product WHERE id IN ({keys}) ORDER BY id").all()
    texts = [f"{sku} {name}".casefold() for sku, name in found]
    cases = {
        f"{length} {'Chinese' if chinese else 'ASCII'}": parts(texts, length, chinese)
        for length in LENGTHS
        for chinese in (False, True)
    }
    return {**cases, "frequent": list(FREQUENT) * 10, "apart": list(APART) * 10, "nothing typed": [""] * 20}


def milliseconds(job: Callable[[], object]) -> Times:
    began, worked = time.perf_counter(), time.thread_time()
    job()
    return 1e3 * (time.perf_counter() - began), 1e3 * (time.thread_time() - worked)


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def index_alone(backend: Backend) -> Callable[[str], None]:
    """The floor: the raw driver and the bare index."""
    driver, dialect = backend._connections.take().dbapi_connection, backend._engine.dialect.name

    def look_up(text: str) -> None:
        pieces = sorted({piece for word in words(text) for piece in covering(word)})
        wanted = " AND ".join(f'"{piece}"' for piece in pieces) if dialect == "sqlite" else pieces
        if pieces:
            driver.execute(INDEX[dialect], (wanted,)).fetchall()

    return look_up


def report(engine: str, name: str, times: list[Times], floors: Sequence[tuple[float, float]] = ()) -> None:
    clock, worked = zip(*times, strict=True)
    middle, high = statistics.median(clock), percentile(list(clock), 0.99)
    beside = f"   index alone p50 {statistics.median(time for time, _ in floors):6.2f}" if floors else ""
    late = "" if high <= LIMITS[engine] else "   over the limit"
    processor = f"processor p99 {percentile(list(worked), 0.99):6.2f}"
    print(
        f"{engine}: {name:28} p50 {middle:6.2f}  p99 {high:6.2f}  max {max(clock):6.2f} ms  {processor}{beside}{late}"
    )


def measure(url: str, engine: str) -> None:
    with closing(Backend.open(url)) as backend:
        keeper, cases, alone = signed_in(backend, "ken", "bench"), typed(backend), index_alone(backend)
        everything: list[Times] = []
        print(f"\n{engine}: a search among {MILLION:,} products (p99 limit {LIMITS[engine]} ms)")
        for name, filters in FILTERS.items():
            of_filter: list[Times] = []
            for kind, texts in cases.items():
                wanted = texts if name == "active" else texts[:60]
                times, floors = [], []
                for text in wanted:
                    query = CatalogQuery(text, **filters)
                    times.append(milliseconds(lambda query=query: backend.run(catalog.search, keeper, query)))
                    if name == "active":
                        floors.append(milliseconds(lambda text=text: alone(text)))
                if name == "active":
                    report(engine, kind, times, floors)
                of_filter += times
            report(engine, f"all of it, {name}", of_filter)
            everything += of_filter
        report(engine, "every search", everything)
        print(f"{engine}: the process takes {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


@pytest.mark.benchmark
def test_search_on_sqlite(sqlite_catalogs):
    measure(sqlite_catalogs[MILLION], "sqlite")


@pytest.mark.benchmark
def test_search_on_postgresql():
    with postgres_catalog() as url:
        measure(url, "postgresql")
