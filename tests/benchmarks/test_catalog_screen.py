"""The catalog on the screen: from key to painted, and what a million products cost more than a thousand."""

from __future__ import annotations

import resource
import statistics
from contextlib import closing

import pytest

from tests.benchmarks.catalogs import MILLION, THOUSAND, sqlite_catalogs
from tests.benchmarks.painting import bare_times, catalog
from tests.support.warehouse import signed_in
from wms_tui.domain.catalog import CatalogQuery
from wms_tui.services import catalog as service
from wms_tui.services.backend import Backend

ESC, PAGE_DOWN, CLEAR = b"\x1b", b"\x1b[6~", b"\x15"
TYPED = ("不锈钢", "螺栓", "bolt m6", "stainless", "690", "水泵 不")
ROUNDS, PAGES = 15, 20

assert sqlite_catalogs


async def key_times(url: str) -> list[float]:
    """Milliseconds from each character of what is typed until its answer is painted."""
    times = []
    async with catalog(url) as it:
        await it.press(b"7")
        for text in TYPED * 3:
            times += [await it.press(character.encode()) for character in text]
            await it.press(ESC)
    return times[len(times) // 3 :]


async def looking_through(url: str) -> tuple[list[float], list[float]]:
    """Milliseconds to open the catalog, and to page down in it."""
    opened, paged = [], []
    async with catalog(url) as it:
        for _ in range(ROUNDS):
            opened.append(await it.press(b"7"))
            await it.press(ESC)
        await it.press(b"7")
        for _ in range(PAGES):
            paged.append(await it.press(PAGE_DOWN))
    return opened[2:], paged


def rows(url: str) -> list[list[tuple[str, ...]]]:
    """What the catalog shows for some of what is typed, as a table's cells."""
    with closing(Backend.open(url)) as backend:
        keeper = signed_in(backend, "ken", "bench")
        pages = [backend.run(service.search, keeper, CatalogQuery(text)).rows for text in TYPED]
    return [
        [(row.sku, row.name, row.category, str(row.on_hand), row.unit, str(row.price)) for row in page]
        for page in pages
    ]


def told(name: str, times: list[float]) -> float:
    high = sorted(times)[int(len(times) * 0.99)]
    middle = statistics.median(times)
    print(f"{name:52} p50 {middle:7.1f}  p99 {high:7.1f} ms")
    return middle


@pytest.mark.benchmark
async def test_a_key_is_painted(sqlite_catalogs):
    print()
    bare = told("bare Textual paints the same rows", await bare_times(rows(sqlite_catalogs[MILLION]), "a" * 80))
    few = told("a key searches 1,000 products and is painted", await key_times(sqlite_catalogs[THOUSAND]))
    many = told("a key searches 1,000,000 products and is painted", await key_times(sqlite_catalogs[MILLION]))
    print(f"1,000,000 beside 1,000 products {many / few:.2f}, beside bare Textual {many / bare:.2f}")


@pytest.mark.benchmark
async def test_opening_and_paging_cost_the_same_whatever_the_size(sqlite_catalogs):
    print()
    medians, memory = {}, {}
    for count in (THOUSAND, MILLION):
        opened, paged = await looking_through(sqlite_catalogs[count])
        medians[count] = told(f"{count:,} products: opened", opened), told(f"{count:,} products: a page down", paged)
        memory[count] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratios = [many / few for few, many in zip(medians[THOUSAND], medians[MILLION], strict=True)]
    print(f"1,000,000 beside 1,000: opening {ratios[0]:.2f}, paging {ratios[1]:.2f}")
    print(f"the process takes {memory[THOUSAND]:.0f} MB at most before, {memory[MILLION]:.0f} MB after a million")
