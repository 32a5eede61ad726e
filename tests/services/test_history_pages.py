"""Pages of the history, with each filter: every document once, newest first."""

from datetime import timedelta

import pytest

from tests.support.ledger import ISSUE, TRANSFER, issue, line, post, receive
from wms_tui.domain.enquiry import HistoryQuery
from wms_tui.services import history


@pytest.fixture
def busy(backend, catalog, keeper, other_keeper, clock):
    """Twelve documents, a minute apart, two of them at once."""
    for number in range(4):
        receive(backend, (keeper, other_keeper)[number % 2], "BOLT", 10, target=("A1", "A2")[number % 2])
        clock.advance(minutes=1)
        issue(backend, keeper, "BOLT", 1)
        legs = [line("BOLT", 1, source="A1", target="A2"), line("BOLT", 1, source="A1", target="AISLE")]
        post(backend, keeper, TRANSFER, *legs, reference=f"ref_{number}")
    return backend


def pages(backend, actor, limit, **query):
    """All numbers, page by page."""
    numbers, after = [], None
    while True:
        page = backend.run(history.page, actor, HistoryQuery(limit=limit, after=after, **query))
        numbers += [row.number for row in page.rows]
        assert len(page.rows) <= limit
        if page.after is None:
            return numbers
        after = page.after


def everything(backend, actor):
    return pages(backend, actor, 100)


FILTERS = {
    "none": {},
    "kind": {"kind": ISSUE},
    "product": {"sku": "BOLT"},
    "place": {"location": "A2"},
    "place that one leg touches": {"location": "AISLE"},
    "product and place": {"sku": "BOLT", "location": "A2"},
    "product and kind": {"sku": "BOLT", "kind": TRANSFER},
    "place and user": {"location": "A2", "user": "kim"},
    "user": {"user": "KEN"},
    "reference": {"reference": "ref_"},
    "one reference": {"reference": "ref_2"},
    "warehouse": {"location": "MAIN"},
}


@pytest.mark.parametrize("query", FILTERS.values(), ids=FILTERS)
def test_small_pages_together_are_one_large_page(busy, keeper, query):
    whole = pages(busy, keeper, 100, **query)
    assert pages(busy, keeper, 1, **query) == pages(busy, keeper, 3, **query) == whole
    assert len(set(whole)) == len(whole)
    assert [number for number in everything(busy, keeper) if number in set(whole)] == whole


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 12),
        ({"kind": ISSUE}, 4),
        ({"sku": "BOLT"}, 12),
        ({"sku": "NUT"}, 0),
        ({"location": "A2"}, 6),
        ({"location": "AISLE"}, 4),
        ({"user": "kim"}, 2),
        ({"reference": "ref_"}, 4),
        ({"reference": "REF_"}, 0),
        ({"reference": "ref%"}, 0),
        ({"location": "MAIN"}, 0),
    ],
)
def test_each_filter_finds_its_documents(busy, keeper, query, count):
    assert len(pages(busy, keeper, 5, **query)) == count


def test_a_time_is_paged_in_its_own_order(busy, keeper, clock):
    since, until = clock.now - timedelta(minutes=3), clock.now
    whole = pages(busy, keeper, 100, since=since, until=until)
    assert len(whole) == 9
    assert pages(busy, keeper, 1, since=since, until=until) == whole
    assert pages(busy, keeper, 3, until=until) == pages(busy, keeper, 100, until=until)
    assert pages(busy, keeper, 100, until=clock.now - timedelta(days=1)) == []
