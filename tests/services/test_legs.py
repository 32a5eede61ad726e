"""Documents whose lines move the same goods on: each leg needs what has come before it."""

import pytest

from tests.support.ledger import TRANSFER, line, picture, post, receive, reverse, stock
from wms_tui.domain.errors import NotEnoughStock

pytestmark = pytest.mark.usefixtures("catalog")


def test_goods_can_be_moved_on_within_a_document(backend, keeper):
    receive(backend, keeper, "BOLT", 10)
    before = stock(backend)
    there = line("BOLT", 7, source="A1", target="A2")
    on = line("BOLT", 7, source="A2", target="AISLE")
    moved = post(backend, keeper, TRANSFER, there, on)
    assert stock(backend) != before
    reverse(backend, keeper, moved.number)
    assert stock(backend) == before


def test_goods_cannot_be_moved_on_before_they_have_come(backend, keeper):
    receive(backend, keeper, "BOLT", 10)
    before = picture(backend)
    on = line("BOLT", 7, source="A2", target="AISLE")
    there = line("BOLT", 7, source="A1", target="A2")
    with pytest.raises(NotEnoughStock, match="at A2: 0 on hand, 7 wanted"):
        post(backend, keeper, TRANSFER, on, there)
    assert picture(backend) == before


def test_goods_that_are_not_there_cannot_go_round_in_a_circle(backend, keeper):
    before = picture(backend)
    out = line("BOLT", 5, source="A1", target="A2")
    back = line("BOLT", 5, source="A2", target="A1")
    with pytest.raises(NotEnoughStock, match="at A1: 0 on hand, 5 wanted"):
        post(backend, keeper, TRANSFER, out, back)
    assert picture(backend) == before
