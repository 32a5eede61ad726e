"""A ledger of a million movements beside an empty one, and beside one of ten thousand."""

from __future__ import annotations

import itertools
import random
import statistics
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.benchmarks.bulk import BINS, PRODUCTS, fill
from tests.benchmarks.test_posting import EACH, ROUNDS, per_second
from tests.conftest import _with_people
from tests.support.warehouse import signed_in
from wms_tui.domain.enquiry import HistoryQuery, StockQuery
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import history, movements, stock
from wms_tui.services.backend import Backend

MILLION, SOME = 1_000_000, 10_000
LONG_AGO, SOON, LATER = (
    datetime(2020, 1, 1, tzinfo=UTC),
    datetime(2020, 1, 2, tzinfo=UTC),
    datetime(2020, 12, 31, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory):
    """Backends over ledgers of no, ten thousand and a million movements, by their size."""
    folder = tmp_path_factory.mktemp("volume")
    with ExitStack() as at_end:
        opened = {}
        for size in (0, SOME, MILLION):
            url = f"sqlite:///{folder / f'{size}.sqlite'}"
            _with_people(url)
            fill(url, size)
            opened[size] = at_end.enter_context(closing(Backend.open(url)))
        yield opened


def poster(backend: Backend):
    """Posts a receipt of a random product to a random bin at each call."""
    keeper, keys, chance = signed_in(backend, "ken", "bench"), itertools.count(1), random.Random(1)

    def post() -> None:
        line = Line(f"P{chance.randrange(PRODUCTS)}", Decimal(1), target=f"B{chance.randrange(BINS)}")
        request = PostDocument(DocumentKind.RECEIPT, f"volume {next(keys)}", (line,))
        backend.run(movements.post, keeper, request)

    return post


@pytest.mark.benchmark
def test_posting_into_a_million_movements(ledgers):
    empty, full = poster(ledgers[0]), poster(ledgers[MILLION])
    for post in (empty, full):
        per_second(post, EACH)
    rates = [(per_second(empty, EACH), per_second(full, EACH)) for _ in range(ROUNDS)]
    before, after = (statistics.median(column) for column in zip(*rates, strict=True))
    print(f"\nposting into an empty ledger {before:,.0f}/s, into a million movements {after:,.0f}/s")
    print(f"posting into a million movements: ratio of times {statistics.median(a / b for a, b in rates):.2f}")


QUERIES = {
    "on hand, first page": (stock.on_hand, StockQuery()),
    "on hand, page in the middle": (stock.on_hand, StockQuery(after=("P500", "B5", ""))),
    "on hand of a product": (stock.on_hand, StockQuery(sku="P77")),
    "on hand of a product, typed": (stock.on_hand, StockQuery(text="P77")),
    "on hand at a bin": (stock.on_hand, StockQuery(location="B7")),
    "history, first page": (history.page, HistoryQuery()),
    "history, page in the middle": (history.page, HistoryQuery(after=SOME // 2)),
    "history of a kind": (history.page, HistoryQuery(kind=DocumentKind.RECEIPT)),
    "history of a kind without any": (history.page, HistoryQuery(kind=DocumentKind.ISSUE)),
    "history of a product": (history.page, HistoryQuery(sku="P77")),
    "history at a bin": (history.page, HistoryQuery(location="B7")),
    "history at a zone": (history.page, HistoryQuery(location="Z")),
    "history of a user": (history.page, HistoryQuery(user="ken")),
    "history of a user without any": (history.page, HistoryQuery(user="kim")),
    "history of a reference": (history.page, HistoryQuery(reference="PO 00077")),
    "history of a typed reference": (history.page, HistoryQuery(text="PO 00077")),
    "history of a time": (history.page, HistoryQuery(since=LONG_AGO, until=LATER)),
    "history of a short time": (history.page, HistoryQuery(since=LONG_AGO, until=SOON)),
    "history of a time, next page": (history.page, HistoryQuery(until=LATER, after=SOME // 2)),
    "history of a time without any": (history.page, HistoryQuery(until=LONG_AGO)),
    "one document": (history.detail, "R-2020-000077"),
}


def milliseconds(backend: Backend, case, query) -> float:
    """The median of some calls."""
    admin, took = signed_in(backend, "ada", "bench"), []
    deadline = time.perf_counter() + 2
    while len(took) < 40 and (time.perf_counter() < deadline or len(took) < 3):
        started = time.perf_counter()
        backend.run(case, admin, query)
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)


@pytest.mark.benchmark
def test_pages_of_a_million_movements(ledgers):
    print(f"\n{'':32}{'10,000':>10}{'1,000,000':>12}{'ratio':>8}")
    ratios = []
    for name, (case, query) in QUERIES.items():
        few, many = (milliseconds(ledgers[size], case, query) for size in (SOME, MILLION))
        ratios.append(many / few)
        print(f"{name:32}{few:8.2f}ms{many:10.2f}ms{ratios[-1]:8.2f}")
    print(f"pages of a million movements: median ratio {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")
