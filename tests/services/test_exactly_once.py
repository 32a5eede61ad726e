"""One request id posts one document, however often and from wherever it is sent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.ledger import (
    ISSUE,
    RECEIPT,
    TRANSFER,
    document,
    issue,
    line,
    picture,
    receive,
    reverse,
    stock,
)
from tests.support.threads import all_at_once, held_open, until_somebody_waits
from wms_tui.domain.errors import AlreadyReversed, NotEnoughStock, RequestConflict
from wms_tui.domain.movements import ReverseDocument
from wms_tui.services import movements

pytestmark = pytest.mark.usefixtures("catalog")


def test_the_same_request_again_answers_the_same_document(backend, keeper, other_keeper):
    request = document(RECEIPT, line("BOLT", 1, target="A1"), line("NUT", 2, target="A1"), reference="PO 1")
    first = backend.run(movements.post, keeper, request)
    before = picture(backend)
    again = backend.run(movements.post, keeper, request)
    assert again == replace(first, again=True)
    assert backend.run(movements.post, other_keeper, request) == again
    assert picture(backend) == before


def test_the_same_request_is_the_same_however_its_numbers_are_written(backend, keeper):
    first = backend.run(movements.post, keeper, document(RECEIPT, line("BOLT", "1", target="A1"), key="k"))
    again = backend.run(movements.post, keeper, document(RECEIPT, line("BOLT", "1.000", target="A1"), key="k"))
    assert (again.number, again.again) == (first.number, True)


def test_the_same_request_is_answered_when_the_goods_are_gone_or_the_place_is_shut(backend, keeper, clock):
    request = document(RECEIPT, line("BOLT", 1, target="A1"), key="k")
    backend.run(movements.post, keeper, request)
    issue(backend, keeper, "BOLT", 1)
    clock.advance(days=400)
    assert backend.run(movements.post, keeper, request).again


OTHERS = {
    "quantity": document(RECEIPT, line("BOLT", 2, target="A1"), key="k"),
    "product": document(RECEIPT, line("NUT", 1, target="A1"), key="k"),
    "place": document(RECEIPT, line("BOLT", 1, target="A2"), key="k"),
    "unit": document(RECEIPT, line("BOLT", 1, target="A1", unit="carton"), key="k"),
    "cost": document(RECEIPT, line("BOLT", 1, target="A1", unit_cost=Decimal(9)), key="k"),
    "one more line": document(RECEIPT, *[line("BOLT", 1, target="A1")] * 2, key="k"),
    "reference": document(RECEIPT, line("BOLT", 1, target="A1"), key="k", reference="PO 2"),
    "note": document(RECEIPT, line("BOLT", 1, target="A1"), key="k", note="!"),
    "kind": document(ISSUE, line("BOLT", 1, source="A1"), key="k"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_the_same_key_with_other_contents_is_refused(backend, keeper, other):
    backend.run(movements.post, keeper, document(RECEIPT, line("BOLT", 1, target="A1"), key="k"))
    before = picture(backend)
    with pytest.raises(RequestConflict) as refused:
        backend.run(movements.post, keeper, other)
    assert refused.value.text() == ("Request k was already posted as R-2026-000001 with other contents. Use a new key.")
    assert picture(backend) == before


def test_a_refused_request_can_be_sent_again_once_it_is_put_right(backend, keeper):
    request = document(ISSUE, line("BOLT", 1, source="A1"), key="k")
    with pytest.raises(NotEnoughStock):
        backend.run(movements.post, keeper, request)
    receive(backend, keeper, "BOLT", 1)
    assert not backend.run(movements.post, keeper, request).again


@pytest.mark.parametrize("kind", [RECEIPT, ISSUE, TRANSFER])
def test_the_same_request_sent_while_the_first_is_under_way_posts_once(backend, keeper, kind):
    receive(backend, keeper, "BOLT", 10, target="A2")
    receive(backend, keeper, "BOLT", 10)
    places = {RECEIPT: {"target": "A1"}, ISSUE: {"source": "A1"}, TRANSFER: {"source": "A1", "target": "A2"}}[kind]
    request = document(kind, line("BOLT", 10, **places), key="twice")
    with held_open(backend, lambda tx: movements.post(tx, keeper, request)) as release, ThreadPoolExecutor(1) as pool:
        second = pool.submit(backend.run, movements.post, keeper, request)
        until_somebody_waits(backend)
        first = release()
        assert second.result(30) == replace(first, again=True)
    assert len(picture(backend)["document"]) == 3


def test_eight_senders_of_one_request_get_one_document(backend, keeper):
    receive(backend, keeper, "BOLT", 10)
    request = document(ISSUE, line("BOLT", 7, source="A1"), key="eight")
    answers = all_at_once([lambda: backend.run(movements.post, keeper, request)] * 8)
    assert {answer.number for answer in answers} == {"I-2026-000001"}
    assert [answer.again for answer in answers].count(False) == 1
    assert stock(backend) == {("BOLT", "A1"): 3}


def test_eight_reversals_of_one_document_undo_it_once(backend, keeper):
    number = receive(backend, keeper, "BOLT", 10).number
    answers = all_at_once([lambda: reverse(backend, keeper, number) for _ in range(8)])
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyReversed"] * 7 + ["Posted"]
    assert stock(backend) == {}


def test_a_reversal_sent_again_is_the_same_reversal(backend, keeper):
    number = receive(backend, keeper, "BOLT", 1).number
    request = ReverseDocument(number, "undo")
    first = backend.run(movements.reverse, keeper, request)
    before = picture(backend)
    assert backend.run(movements.reverse, keeper, request) == replace(first, again=True)
    assert picture(backend) == before


def test_one_key_does_not_serve_a_posting_and_a_reversal(backend, keeper):
    number = receive(backend, keeper, "BOLT", 1).number
    backend.run(movements.post, keeper, document(RECEIPT, line("BOLT", 1, target="A1"), key="k"))
    with pytest.raises(RequestConflict):
        reverse(backend, keeper, number, key="k")
    other = receive(backend, keeper, "NUT", 1).number
    reverse(backend, keeper, number, key="undo")
    with pytest.raises(RequestConflict):
        reverse(backend, keeper, other, key="undo")


def test_a_second_reversal_while_the_first_is_under_way_learns_of_it(backend, keeper):
    number = receive(backend, keeper, "BOLT", 1).number
    one = ReverseDocument(number, "one")
    with held_open(backend, lambda tx: movements.reverse(tx, keeper, one)) as release, ThreadPoolExecutor(1) as pool:
        second = pool.submit(reverse, backend, keeper, number, "two")
        until_somebody_waits(backend)
        release()
        with pytest.raises(AlreadyReversed):
            second.result(30)
