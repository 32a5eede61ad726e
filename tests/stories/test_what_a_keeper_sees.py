"""A keeper at work sees neither what is expected in a count nor what anything costs: on no screen, export or error."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal

import pytest

from tests.stories.conftest import ON_SQLITE
from tests.stories.house import Answer, Desk, House
from tests.support import counting, ledger
from tests.support.warehouse import signed_in
from tests.terminal.harness import DOWN, ESC, F1, F2, F4, F6, F7, F8, F9
from wms_tui.domain.catalog import ChangeProduct, ProductRef
from wms_tui.domain.counting_errors import (
    LocationCounted,
    LocationNotInCount,
    LocationsInWork,
    LocationTaken,
    NotYours,
)
from wms_tui.domain.counting_review import Approve, Recount
from wms_tui.domain.errors import LocationHoldsNoStock, NoLineYet, QuantityOutOfRange, UnknownCode
from wms_tui.domain.locations import KIND_NAMES, LocationKind
from wms_tui.domain.quantities import MOST_SHOWN
from wms_tui.services import catalog, catalog_editing, counting_review
from wms_tui.services.backend import Backend

SHELF, CAGE = 1187, 642
FOUND_IN_CAGE = 645
COUNTED = 1185
EXPECTED = {str(number) for number in (SHELF, CAGE, FOUND_IN_CAGE, SHELF + CAGE, SHELF + FOUND_IN_CAGE)}
COST, COST_BEFORE = "7.31", "0.25"
MONEY = {COST, COST_BEFORE, "21.93", "14.62", "8676.97", "4714.95", "4693.02", "13391.92", "13370.00", "13370"}

ALL_COLUMNS = (200, 60)
"""A terminal on which no screen leaves a column or a table out."""
REFUSED = {
    "NOBODY-KNOWS-IT": UnknownCode(code="NOBODY-KNOWS-IT"),
    "99999999999999*": QuantityOutOfRange(text="99999999999999", most=MOST_SHOWN),
    "=3": NoLineYet(),
    "SHUT": LocationNotInCount(code="SHUT"),
    "ZONE": LocationHoldsNoStock(code="ZONE", kind=KIND_NAMES[LocationKind.ZONE]),
    "A2": LocationTaken(code="A2", name="kim"),
}


@pytest.mark.parametrize("house", ON_SQLITE, indirect=True, ids="-".join)
def test_a_keeper_sees_neither_what_is_expected_nor_what_it_is_worth(house: House):
    desk = house.desk(ALL_COLUMNS, LANG=house.locale)
    one_count_is_posted_and_another_waits_for_a_recount(house.url)
    desk.sign_in("ken", "keeper")

    he_counts_again_and_is_refused_in_every_way(desk)
    he_reads_every_list_of_the_count(desk)
    assert desk.ever_showed(str(COUNTED)), "what he counted himself"
    assert not desk.ever_showed(*EXPECTED, *MONEY)

    desk.it.forget()
    he_looks_products_stock_and_documents_up(desk)
    assert not desk.ever_showed(*MONEY)

    what_he_exports_has_no_cost(house)
    what_he_may_not_have_is_refused_without_telling_any(house)
    assert house.wms("ada", "verify", "--json").json["ok"]


def one_count_is_posted_and_another_waits_for_a_recount(url: str):
    """1,187 bolts in A1 and 642 in A2, where a first count has found 645. Kim is at A2; A1 is to be counted again."""
    with closing(Backend.open(url)) as backend:
        ken, kim, fay = (signed_in(backend, name) for name in ("ken", "kim", "fay"))
        bolt = backend.run(catalog.detail, fay, ProductRef("BOLT")).product
        changes = {"cost": Decimal(COST)}
        backend.run(catalog_editing.change, fay, ChangeProduct(bolt.product_id, bolt.version, changes))
        ledger.receive(backend, kim, "BOLT", SHELF, unit_cost=Decimal(COST))
        ledger.receive(backend, kim, "BOLT", CAGE, "A2", unit_cost=Decimal(COST))

        first = counting.begin(backend, ken, "A2")
        counting.count(backend, ken, first, "A2", f"{FOUND_IN_CAGE}*", "BOLT")
        counting.submit(backend, ken, first)
        backend.run(counting_review.approve, fay, Approve(first, 1))

        second = counting.begin(backend, kim, "A1", "A2")
        counting.count(backend, kim, second, "A1", f"{COUNTED}*", "BOLT")
        line = counting.reviewed(backend, fay, second)["A1", "BOLT"]
        backend.run(counting_review.recount, fay, Recount(second, (line.line_id,)))
        counting.scan(backend, kim, second, "A2")


def he_counts_again_and_is_refused_in_every_way(desk: Desk):
    desk.keys("8", DOWN, "\r")
    desk.reads("Still to count")
    desk.keys("A1\r")
    desk.reads("Count again here: {count}", count=1)
    for typed, error in REFUSED.items():
        desk.keys(f"{typed}\r", F1, ESC)
        desk.refuses(error)
    desk.keys(f"{COUNTED}\rBOLT\r", F2, "1186\r", F4)
    desk.reads("Taken back: {quantity} {sku}", quantity=1, sku="BOLT")
    desk.keys(F8)
    desk.reads("{code} is counted, lines: {count}.", code="A1", count=1)
    desk.keys(F7, F7)
    desk.refuses(LocationsInWork(codes="A2"))
    desk.keys("A1\r")
    desk.refuses(LocationCounted(code="A1"))


def he_reads_every_list_of_the_count(desk: Desk):
    desk.keys(F6)
    desk.reads("Places of the count")
    desk.keys(F6)
    desk.sees("NOBODY-KNOWS-IT")
    desk.keys(ESC, ESC, ESC)
    desk.reads("Open counts")
    desk.keys(DOWN, F9, F9)
    desk.reads(NotYours.template, name="kim")
    desk.keys(F4)
    desk.reads("All counts")
    desk.keys(ESC)
    desk.reads("Posted today")


def he_looks_products_stock_and_documents_up(desk: Desk):
    desk.keys("5BOLT\r")
    desk.sees("1,187", "645")
    desk.keys(ESC, "6BOLT\r", DOWN, "\r")
    desk.sees("C-", "LOSS")
    desk.keys(ESC, ESC)
    desk.reads("Posted today")
    desk.keys("7")
    desk.reads("Catalog")
    desk.keys("BOLT\r")
    desk.sees("Bolt M8", "1,832")
    desk.reads("Last movements")
    desk.keys(ESC, ESC)
    desk.reads("Posted today")


def what_he_exports_has_no_cost(house: House):
    for what in ("products", "locations", "stock", "movements"):
        rows = house.export("ken", what)
        assert rows
        assert not {"cost", "unit_cost", "value"} & set(rows[0])
        assert not MONEY & {cell for row in rows for cell in row.values()}
    stock = house.wms("ken", "stock", "--json")
    assert {row["location"]: row["quantity"] for row in stock.json} == {"A1": "1187", "A2": "645"}
    documents = house.wms("ken", "history", "--json").json
    told = [stock, *(house.wms("ken", "history", document["number"], "--json") for document in documents)]
    assert not [one for one in told if tells(one, MONEY)]
    assert [one for one in (house.wms("fay", "stock", "--json"),) if tells(one, MONEY)]


def what_he_may_not_have_is_refused_without_telling_any(house: House):
    bad = "sku,cost\nBOLT,1\nBOLT,two\n"
    (house.folder / "products.csv").write_text(bad)
    (house.folder / "stock.csv").write_text("sku,location,quantity,unit_cost\nBOLT,A1,5,1\n")
    for argv in (
        ("export", "counts", "counts.csv"),
        ("export", "audit", "audit.csv"),
        ("import", "products", "products.csv"),
        ("import", "stock", "stock.csv"),
    ):
        answer = house.wms("ken", *argv, "--json")
        assert (answer.status, answer.json["error"]) == (1, "NotAllowed")
        assert not tells(answer, EXPECTED | MONEY)
    assert not list(house.folder.glob("counts.csv")) + list(house.folder.glob("audit.csv"))


def tells(answer: Answer, numbers: set[str]) -> set[str]:
    """Those of the numbers that stand in what a command answered."""
    return {number for number in numbers if f'"{number}"' in answer.out or number in answer.err.split()}
