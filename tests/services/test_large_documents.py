"""A document of 1,000 lines is posted in a few statements, by the same rules as one of one line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import worked_in
from tests.support.ledger import ISSUE, RECEIPT, TRANSFER, document, line, picture, post, reverse, stock
from tests.support.threads import all_at_once
from tests.support.warehouse import signed_in
from wms_tui.db import catalog, locations
from wms_tui.db.balances import Change, apply
from wms_tui.db.tables import NO_LOT, Product
from wms_tui.db.transaction import Tx
from wms_tui.domain.errors import NotEnoughStock, TooMuchStock, UnknownProduct
from wms_tui.domain.quantities import MOST_ON_HAND
from wms_tui.services import movements
from wms_tui.services.verify import verify

LINES = 1000
STATEMENTS = 16
"""What a document may take at most, begin and commit among it: one of 1,000 lines as one of two."""

pytestmark = pytest.mark.usefixtures("catalog")


SKUS = [f"P{number:04}" for number in range(LINES)]


def _receive_a_thousand(backend):
    """1,000 products, three of each at A1."""
    times = {"created_at": backend.clock(), "updated_at": backend.clock()}
    backend.work(lambda tx: tx.session.add_all([Product(sku=sku, name=sku, unit_id=1, **times) for sku in SKUS]))
    post(backend, signed_in(backend, "ken"), RECEIPT, *[line(sku, 3, target="A1") for sku in SKUS])


url = worked_in("a thousand", _receive_a_thousand)


@pytest.fixture
def received():
    """SKUs of what there is three of at A1."""
    return SKUS


def counted(name, asked):
    """A method of ``Tx`` that also notes that it was called."""
    method = getattr(Tx, name)

    def call(self, *arguments, **values):
        asked.append(name)
        return method(self, *arguments, **values)

    return call


@pytest.mark.parametrize("kind", [RECEIPT, ISSUE, TRANSFER])
def test_a_thousand_lines_take_a_few_statements(backend, keeper, received, kind, monkeypatch):
    places = {RECEIPT: {"target": "A1"}, ISSUE: {"source": "A1"}, TRANSFER: {"source": "A1", "target": "A2"}}[kind]
    asked: list[str] = []
    for name in ("plain", "run", "all", "native", "numbered", "many"):
        monkeypatch.setattr(Tx, name, counted(name, asked))
    posted = post(backend, keeper, kind, *[line(sku, 1, **places) for sku in received])
    assert posted.lines == LINES
    assert len(asked) <= STATEMENTS
    assert verify(backend).ok


def test_a_thousand_lines_move_what_they_say(backend, keeper, received):
    number = post(backend, keeper, TRANSFER, *[line(sku, 1, source="A1", target="A2") for sku in received]).number
    moved = {(sku, "A1"): 2 for sku in received} | {(sku, "A2"): 1 for sku in received}
    assert stock(backend) == moved
    reverse(backend, keeper, number)
    assert stock(backend) == {(sku, "A1"): 3 for sku in received}


@pytest.mark.parametrize("place", [0, 500, 999])
def test_one_line_too_many_is_named_and_nothing_is_moved(backend, keeper, received, place):
    before = picture(backend)
    lines = [line(sku, 4 if number == place else 3, source="A1") for number, sku in enumerate(received)]
    with pytest.raises(NotEnoughStock) as refused:
        post(backend, keeper, ISSUE, *lines)
    assert refused.value.text().startswith(f"Not enough stock of {received[place]} at A1: 3 on hand, 4 wanted.")
    assert picture(backend) == before


def test_one_unknown_line_is_named_and_nothing_is_moved(backend, keeper, received):
    lines = [line(sku, 1, source="A1") for sku in received[:-1]]
    with pytest.raises(UnknownProduct):
        post(backend, keeper, ISSUE, *lines, line("NO-SUCH", 1, source="A1"))
    assert stock(backend) == {(sku, "A1"): 3 for sku in received}


def test_a_place_that_would_hold_too_much_is_named_among_many(backend, keeper, received):
    full = received[7]

    def fill(tx):
        key = (catalog.found(tx, full).product_id, locations.found(tx, "A1").location_id, NO_LOT)
        assert apply(tx, {key: Change(MOST_ON_HAND - 3, Decimal(0))}) is None

    backend.work(fill)
    request = document(RECEIPT, *[line(sku, 1, target="A1") for sku in received])
    with pytest.raises(TooMuchStock) as refused:
        backend.run(movements.post, keeper, request)
    assert full in refused.value.text()


def test_large_documents_posted_at_once_keep_their_own_lines(backend, keeper, received):
    """Of several kinds, with what has no cost and with fractions; the lines of one are no other's."""
    jobs = [
        document(RECEIPT, *[line(sku, "0.000001", target="A1") for sku in received[:300]], key="a 'quoted\" {key}\\"),
        document(ISSUE, *[line(sku, 1, source="A1") for sku in received[200:500]], key="b,c"),
        document(TRANSFER, *[line(sku, "1E+0", source="A1", target="A2") for sku in received[100:400]], key="NULL"),
        document(RECEIPT, line("BOLT", 1, target="A2", unit_cost=Decimal("0.0001"))),
    ]
    answers = all_at_once([lambda job=job: backend.run(movements.post, keeper, job) for job in jobs])
    assert [answer.lines for answer in answers] == [300, 300, 300, 1]
    expected = {(sku, "A1"): Decimal(3) for sku in received} | {("BOLT", "A2"): Decimal(1)}
    for place, sku in enumerate(received[:500]):
        expected[sku, "A1"] += Decimal("0.000001") * (place < 300) - (place >= 200) - (100 <= place < 400)
        expected |= {(sku, "A2"): Decimal(1)} if 100 <= place < 400 else {}
    assert stock(backend) == expected
    assert [backend.run(movements.post, keeper, job).number for job in jobs] == [answer.number for answer in answers]
    assert verify(backend).ok
