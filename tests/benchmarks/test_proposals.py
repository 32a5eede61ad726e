# ruff: noqa: E501 - SQL is easier to read in one piece
"""What is proposed at an issue among a million balances, beside the driver alone reading the product's own.

A thousand products have 1,000 balances each: 100 lots at 10 bins, two thirds of them used up. One product has had 100,000
lots, of which 20 are left.
"""

from __future__ import annotations

import statistics
import time
from contextlib import closing
from datetime import date

import pytest

from tests.benchmarks.bulk import _WORDS, Unguarded, run
from tests.conftest import _with_people
from tests.support.databases import PostgresDatabases
from tests.support.postgres import Server
from tests.support.warehouse import signed_in
from wms_tui.db import proposals
from wms_tui.domain.entry import Answer, Go, OpenDraft, Step
from wms_tui.domain.movements import DocumentKind
from wms_tui.services import entry
from wms_tui.services.backend import Backend

PRODUCTS, LOTS, BINS, WORN = 1000, 100, 10, 100_000
LIMIT = 20
"""Milliseconds at the 99th percentile for a usual product."""
TIMES = 100

_FILL = (
    "INSERT INTO location (code, name, kind, parent_id, closed) SELECT 'B' || n, '', 'bin', NULL, FALSE FROM {numbers} WHERE n < {bins}",
    "INSERT INTO product (sku, name, specification, unit_id, tracking, active, version, created_at, updated_at) "
    "SELECT 'P' || n, 'Product ' || n, '', 1, 'lot', TRUE, 1, {now}, {now} FROM {numbers} WHERE n <= {products}",
    "INSERT INTO lot (product_id, number, expires) SELECT product.id, 'L' || n, '2199-01-01' FROM {numbers}, product WHERE n < {lots} AND sku <> 'P{products}'",
    "INSERT INTO lot (product_id, number, expires) SELECT product.id, 'W' || n, '2199-01-01' FROM {numbers}, product WHERE n < {worn} AND sku = 'P{products}'",
    "INSERT INTO balance (product_id, location_id, lot_id, quantity) SELECT lot.product_id, location.id, lot.id, "
    "CASE WHEN (lot.id + location.id) % 3 = 0 THEN {one} ELSE 0 END FROM lot JOIN location ON location.kind = 'bin' WHERE lot.number LIKE 'L%'",
    "INSERT INTO balance (product_id, location_id, lot_id, quantity) SELECT lot.product_id, (SELECT MIN(id) FROM location WHERE code = 'B0'), lot.id, "
    "CASE WHEN lot.id % ({worn} / 20) = 0 THEN {one} ELSE 0 END FROM lot WHERE lot.number LIKE 'W%'",
)
RAW = (
    "SELECT lot.number, balance.quantity FROM balance JOIN lot ON lot.id = balance.lot_id "
    "WHERE balance.product_id = {product} AND balance.quantity > 0 ORDER BY lot.expires, lot.id LIMIT 1"
)


def fill(url: str) -> None:
    _with_people(url)
    with closing(Backend(url)) as backend, backend._engine.connect() as connection:
        sizes = {"products": PRODUCTS, "lots": LOTS, "bins": BINS, "worn": WORN}
        words = {**_WORDS[connection.dialect.name], **sizes}
        words["numbers"] = words["numbers"].format(most=WORN)
        with Unguarded(connection):
            for statement in _FILL:
                run(connection, statement.format(**words))
        connection.exec_driver_sql("ANALYZE")


def median_and_worst(job, times=TIMES):
    taken = []
    for turn in range(times):
        began = time.perf_counter()
        job(turn)
        taken.append(1e3 * (time.perf_counter() - began))
    return statistics.median(taken), sorted(taken)[int(len(taken) * 0.99)]


def measure(url: str, engine: str) -> None:
    with closing(Backend.open(url)) as backend:
        ken = signed_in(backend, "ken")
        draft = backend.run(entry.open_draft, ken, OpenDraft(DocumentKind.ISSUE))
        backend.run(entry.answer, ken, Answer(DocumentKind.ISSUE, draft.draft_id, "B0"))
        driver = backend._connections.take().dbapi_connection
        skus = dict(backend.work(lambda tx: list(tx.connection.exec_driver_sql("SELECT sku, id FROM product"))))

        def propose(sku):
            def job(tx):
                return proposals.lots_left(tx, draft.draft_id, skus[sku], date(2026, 6, 15))

            assert backend.work(job, writes=False)

        def alone(sku):
            driver.execute(RAW.format(product=skus[sku])).fetchall()

        def scan(sku):
            backend.run(entry.answer, ken, Answer(DocumentKind.ISSUE, draft.draft_id, sku))
            backend.run(entry.go, ken, Go(DocumentKind.ISSUE, draft.draft_id, Step.ITEM))

        for name, pick in (("usual product", lambda turn: f"P{turn * 4}"), ("100,000 lots", lambda _: f"P{PRODUCTS}")):
            for what, job in (("proposal", propose), ("driver alone", alone), ("scan and back", scan)):
                middle, worst = median_and_worst(lambda turn, job=job, pick=pick: job(pick(turn)), TIMES)
                late = "   over the limit" if (name, what) == ("usual product", "proposal") and worst > LIMIT else ""
                print(f"{engine}: {name:14} {what:14} p50 {middle:7.2f}  p99 {worst:7.2f} ms{late}")


@pytest.mark.benchmark
def test_a_proposal_among_a_million_balances_on_sqlite(tmp_path):
    url = f"sqlite:///{tmp_path / 'lots.sqlite'}"
    fill(url)
    measure(url, "sqlite")


@pytest.mark.benchmark
def test_a_proposal_among_a_million_balances_on_postgresql():
    server = Server(durable=True)
    databases = PostgresDatabases(server.url)
    try:
        with databases.empty() as url:
            fill(url)
            measure(url, "postgresql")
    finally:
        databases.close()
        server.stop()
