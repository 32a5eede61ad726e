"""A day of scanning at full speed, with junk, truncated and doubled codes between: the ledger is a plain model's."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import select

from tests.support.databases import SqliteFiles
from tests.support.warehouse import add_users
from tests.terminal.harness import Open, RealTerminal, sign_in
from tests.terminal.receiving import Held, Receiving
from wms_tui.db.tables import Barcode, Location, Lot, Movement, Product, core
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify

SEEDS = range(3)
STANDSTILL = 60
"""Seconds without any change after which nothing more is to come."""
_movement, _product, _lot, _location = core(Movement), core(Product), core(Lot), core(Location)
MOVED = (
    select(
        _movement.c.document_id,
        _product.c.sku,
        _location.c.code,
        _lot.c.number,
        _lot.c.expires,
        _movement.c.quantity,
    )
    .join(_product, _product.c.id == _movement.c.product_id)
    .join(_location, _location.c.id == _movement.c.target_id)
    .join(_lot, _lot.c.id == _movement.c.lot_id)
    .order_by(_movement.c.document_id)
)


@pytest.fixture
def day_url(request: pytest.FixtureRequest, sqlite_files: SqliteFiles) -> Iterator[str]:
    """The products and locations of a day; the seed is the test's parameter."""
    seed: int = request.getfixturevalue("seed")
    with sqlite_files.copy_of(f"day {seed}", lambda url: furnish(url, Receiving(seed, date.today()))) as url:
        yield url


def furnish(url: str, model: Receiving) -> None:
    Backend.prepare(url)

    def fill(tx) -> None:
        tx.session.add_all([Location(code=code, kind="bin") for code in sorted(set(model.day.places))])
        more = {"unit_id": 1, "created_at": tx.now, "updated_at": tx.now}
        products = {
            sku: Product(sku=sku, name=sku, tracking="expiry" if sku in model.dated else "none", **more)
            for sku in model.day.products.values()
        }
        tx.session.add_all(products.values())
        tx.session.flush()
        codes = [(code, products[sku].id) for code, sku in model.day.products.items() if code != sku]
        tx.session.add_all([Barcode(code=code, product_id=product_id) for code, product_id in codes])

    with closing(Backend.open(url)) as backend:
        add_users(backend)
        backend.work(fill)


def documents(backend: Backend) -> list[Counter[Held]]:
    """What each document moved, in the order of posting."""
    rows = backend.work(lambda tx: list(tx.connection.execute(MOVED)), writes=False)
    found: dict[int, Counter[Held]] = {}
    for number, sku, place, lot, expires, quantity in rows:
        found.setdefault(number, Counter())[sku, place, lot, expires] += int(quantity)
    return list(found.values())


def until_shown(it: RealTerminal, told: str) -> None:
    """Wait for a text as long as anything changes."""
    while told not in (screen := it.screen()):
        it.wait_for(lambda now, before=screen: now != before, STANDSTILL)


def scan_a_day(open_terminal: Open, url: str, seed: int, count: int) -> None:
    model = Receiving(seed, date.today())
    scans = list(model.scans(count))
    it = open_terminal(url)
    it.wait_for("User name")
    it.send(sign_in("ken") + b"..GO.RECEIPT\r")
    it.wait_for("To location")
    began = time.perf_counter()
    it.send("".join(f"{scan}\r" for scan in scans).encode())
    told = f"Taken {model.taken}   Refused {model.refused}   Ignored {model.ignored}"
    until_shown(it, told)
    took = time.perf_counter() - began
    print(f"\nseed {seed}: {len(scans):,} scans in {took:.1f} s, {len(scans) / took:,.0f}/s")
    print(f"{told}   Documents {len(model.documents)}")
    assert it.errors.read_text() == ""
    with closing(Backend.open(url)) as backend:
        assert documents(backend) == model.documents
        assert verify(backend, full=True).ok


@pytest.mark.parametrize("seed", [1])
def test_a_thousand_codes_come_to_what_a_plain_model_says(open_terminal: Open, day_url: str, seed: int):
    scan_a_day(open_terminal, day_url, seed, 1000)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", SEEDS)
def test_twenty_thousand_codes_come_to_what_a_plain_model_says(open_terminal: Open, day_url: str, seed: int):
    scan_a_day(open_terminal, day_url, seed, 20_000)
