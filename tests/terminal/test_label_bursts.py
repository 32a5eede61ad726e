"""Hundreds of GS1 labels in one write, with FNC1 as scanners send it: the ledger is that of a plain model."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest

from tests.support.databases import SqliteFiles
from tests.support.warehouse import add_catalog, add_users, signed_in
from tests.terminal.harness import Open, shows, sign_in
from wms_tui.db.tables import Barcode, Product
from wms_tui.domain.barcodes import check_digit
from wms_tui.domain.enquiry import StockQuery
from wms_tui.domain.quantities import plain
from wms_tui.services import stock
from wms_tui.services.backend import Backend

GS = "\x1d"
F8 = b"\x1b[19~"
PRODUCTS = 12
LABELS = 400
FIRST_DAY = date(2060, 1, 1)
Kept = dict[tuple[str, str, date | None], str]


def gtin(number: int, indicator: str = "0") -> str:
    digits = f"{indicator}950110153{number:03}"
    return digits + str(check_digit(digits))


def tracking(number: int) -> str:
    return ("expiry", "lot", "serial", "none")[number % 4]


@pytest.fixture
def labelled_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """A dozen products with a GTIN each, tracked in every way."""
    with sqlite_files.copy_of("labelled", _furnish) as url:
        yield url


def _furnish(url: str) -> None:
    Backend.prepare(url)
    with closing(Backend.open(url)) as backend:
        add_users(backend)
        add_catalog(backend)
        backend.work(_add_products)


def _add_products(tx) -> None:
    more = {"unit_id": 1, "created_at": tx.now, "updated_at": tx.now}
    products = [Product(sku=f"P{n}", name=f"件 {n}", tracking=tracking(n), **more) for n in range(PRODUCTS)]
    tx.session.add_all(products)
    tx.session.flush()
    tx.session.add_all([Barcode(code=gtin(n), product_id=product.id) for n, product in enumerate(products)])


def drawn(chance: random.Random, number: int) -> tuple[list[str], tuple[str, str, date | None], int]:
    """The labels of one item, what the ledger is to hold of it, and how many."""
    kind, product = tracking(number), f"01{gtin(number)}"
    lot, count = f"L{chance.randrange(5)}", chance.randrange(2, 30)
    expires = FIRST_DAY + timedelta(days=int(lot[1:]) + number)
    if kind == "none":
        return (
            chance.choice([[product], [gtin(number)[1:]], [f"]C1{product}10{lot}{GS}21X"]]),
            (f"P{number}", "", None),
            1,
        )
    if kind == "serial":
        serial = f"S{chance.randrange(10**9)}"
        forms = [[f"{product}10{lot}{GS}21{serial}"], [f"{GS}{product}21{serial}"], [product, f"10{lot}{GS}21{serial}"]]
        return chance.choice(forms), (f"P{number}", serial, None), 1
    dated = f"17{expires:%y%m%d}" if kind == "expiry" else ""
    forms = [
        [f"{product}10{lot}{GS}{dated}30{count}"],
        [f"{product}{dated}30{count}{GS}10{lot}"],
        [f"]d2{product}30{count}{GS}", f"{GS}10{lot}{GS}{dated}"],
        [f"{product}30{count}{GS}{dated}", f"]C110{lot}"],
    ]
    return chance.choice(forms), (f"P{number}", lot, expires if dated else None), count


def test_400_labels_in_one_write_are_in_the_ledger_as_a_plain_model_has_them(open_terminal: Open, labelled_url: str):
    chance = random.Random(5)
    items = [drawn(chance, chance.randrange(PRODUCTS)) for _ in range(LABELS)]
    scans = [label for labels, _, _ in items for label in labels]
    model: Counter[tuple[str, str, date | None]] = Counter()
    for _, key, count in items:
        model[key] += count
    it = open_terminal(labelled_url)
    it.wait_for("User name")
    it.send(sign_in("ken") + b"1A1\r" + "".join(f"{scan}\r" for scan in scans).encode())
    it.wait_for(shows(f"Taken {len(scans) + 1} ", "Refused 0"), 120)
    it.send(F8 * 2)
    it.wait_for("posted, lines:")
    assert on_hand(labelled_url) == {key: str(count) for key, count in model.items()}


def on_hand(url: str) -> Kept:
    with closing(Backend.open(url)) as backend:
        rows = backend.run(stock.on_hand, signed_in(backend, "ken"), StockQuery(limit=500)).rows
        return {(row.sku, row.lot, row.expires): plain(row.quantity) for row in rows}
