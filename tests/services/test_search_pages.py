"""Pages of a search on PostgreSQL hold every product once, in order, wherever its number lies."""

import random
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.conftest import _with_catalog
from tests.support.clock import Clock
from tests.support.ledger import receive
from tests.support.warehouse import signed_in
from wms_tui.db import catalog_windows
from wms_tui.domain.catalog import AddCategory, CatalogQuery, ChangeProduct, NewProduct, StockState
from wms_tui.services import catalog, catalog_editing, categories
from wms_tui.services.backend import Backend

WORDS = ("螺栓", "不锈钢", "水泵", "bolt", "pump", "steel", "m8")
GAPS = (1, 1, 1, 2, 700, 5_000, 17_000) * 5 + (140_000,) * 3 + (400_000,) * 2
"""Within a narrow window of ids, beyond it, beyond a wide one, and beyond two."""
FILTERS = (
    {},
    {"active": None},
    {"active": False},
    {"category": "Group"},
    {"category": "Group", "active": False},
    {"state": StockState.HELD},
    {"state": StockState.HELD, "category": "Group"},
)
TEXTS = ("螺栓", "m8", "栓", "锈钢 水", "钢 pump", "um", "螺栓 水泵", "钢不锈", "mark-1", "zzz", "inactive")
LIMITS = {
    "as they are": {},
    "few are near": {"NEAR": 2},
    "all is frequent": {"NEAR": 2, "WINDOW": 100_000, "FREQUENT": -1},
    "the index names too many": {"NEAR": 2, "MOST_NAMED": 1},
    "it names too many at last": {"NEAR": 2, "MOST_NAMED": 5},
    "it names many before the last": {"NEAR": 2, "MANY_NAMED": 0},
}


def skip_ids(backend, ids):
    moved = text("SELECT setval(pg_get_serial_sequence('product', 'id'), nextval('product_id_seq') + :ids)")
    backend.work(lambda tx: tx.connection.execute(moved, {"ids": ids}))


@pytest.fixture(scope="module")
def shop(postgres_databases):
    """Forty products in categories, some in stock, some inactive, over a million ids."""
    with postgres_databases.copy_of("catalog", _with_catalog) as url, closing(Backend.open(url, Clock())) as backend:
        yield furnished(backend)


def furnished(backend):
    admin, keeper, chance = signed_in(backend, "ada"), signed_in(backend, "ken"), random.Random(3)
    for parent, name in (("", "Group"), ("Group", "Kind"), ("Group", "Sort"), ("", "Other")):
        backend.run(categories.add, admin, AddCategory(name, parent))
    for number, gap in enumerate(chance.sample(GAPS, len(GAPS))):
        skip_ids(backend, gap)
        values = {
            "sku": f"MARK-{number * 7 % 40}",
            "name": " ".join(chance.sample(WORDS, 3)),
            "unit": "pcs",
            "category": chance.choice(("", "Group", "Group/Kind", "Group/Sort", "Other")),
        }
        made = backend.run(catalog_editing.create, admin, NewProduct(values))
        if number % 4 == 0:
            retired = ChangeProduct(made.product_id, made.version, {"active": False})
            backend.run(catalog_editing.change, admin, retired)
        elif number % 3 == 0:
            receive(backend, keeper, values["sku"], 1)
    return backend


def pages(backend, actor, query):
    found = []
    for _ in range(200):
        page = backend.run(catalog.search, actor, query)
        assert len(page.rows) <= query.limit + 1  # what is named exactly stands before them
        found += page.rows
        if page.after is None:
            return found
        query = replace(query, after=page.after)
    raise AssertionError("the pages have no end")


def expected(rows, query):
    """What is named exactly or begins so in the order of SKU, then what has the words in the order of ids."""

    def fits(row):
        wanted = query.text.split()
        return (
            all(word in f"{row.sku} {row.name}".casefold() for word in wanted)
            and query.active in {None, row.active}
            and (not query.category or f"{row.category}/".startswith(f"{query.category}/"))
            and (query.state is StockState.ANY or row.on_hand > 0)
        )

    first = {row.sku for row in rows if row.sku == query.text.upper()}
    found = [row for row in rows if fits(row) or row.sku in first]
    start = [row.sku for row in found if row.sku.startswith(query.text.upper())]
    rest = [row.sku for row in sorted(found, key=lambda row: row.product_id) if row.sku not in start]
    return sorted(start, key=lambda sku: (sku not in first, sku)) + rest


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
def test_every_product_is_found_once_and_in_order(shop, monkeypatch, limits):
    keeper = signed_in(shop, "ken")
    rows = pages(shop, keeper, CatalogQuery("", active=None, limit=200))
    for name, value in limits.items():
        monkeypatch.setattr(catalog_windows, name, value)
    for filters in FILTERS:
        for typed in TEXTS:
            for limit in (2, 50):
                query = CatalogQuery(typed, limit=limit, **filters)
                assert [row.sku for row in pages(shop, keeper, query)] == expected(rows, query), query
