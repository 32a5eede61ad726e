"""Undoing a posted document by a linked one."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.ledger import ADJUSTMENT, RECEIPT, TRANSFER, issue, line, picture, post, receive, reverse, stock
from wms_tui.db.tables import Location, core
from wms_tui.domain.errors import NotAllowed, Refused

pytestmark = pytest.mark.usefixtures("catalog")


def test_every_kind_can_be_undone(backend, keeper):
    receive(backend, keeper, "BOLT", 10)
    before = stock(backend)
    numbers = [
        receive(backend, keeper, "LOTTED", 5, lot="L1").number,
        issue(backend, keeper, "BOLT", 2).number,
        post(backend, keeper, TRANSFER, line("BOLT", 3, source="A1", target="A2")).number,
        post(backend, keeper, ADJUSTMENT, line("BOLT", 1, source="A1", reason="LOST")).number,
    ]
    assert stock(backend) != before
    reversals = [reverse(backend, keeper, number).number for number in reversed(numbers)]
    assert stock(backend) == before
    assert reversals == [f"V-2026-{count:06d}" for count in range(1, 5)]


def test_a_reversal_mirrors_its_original(backend, keeper):
    lines = [line("14006381333938", 2, target="A1", unit_cost=Decimal("1.25")), line("NUT", 3, target="A2")]
    number = post(backend, keeper, RECEIPT, *lines, reference="PO 1", partner="Acme").number
    reverse(backend, keeper, number.lower())
    found = picture(backend)
    original, reversal = found["document"]
    assert (reversal.reverses_id, reversal.reference, reversal.partner) == (original.id, "PO 1", "Acme")
    there, back = ([row for row in found["movement"] if row.document_id == key] for key in (original.id, reversal.id))
    kept = ("line", "product_id", "lot_id", "quantity", "unit_id", "entered_quantity", "unit_cost", "reason_id")
    for one, other in zip(there, back, strict=True):
        assert (one.source_id, one.target_id) == (other.target_id, other.source_id)
        assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]


def refused(backend, actor, number):
    """The sentence of a refused reversal, after which everything is as before."""
    before = picture(backend)
    with pytest.raises((Refused, NotAllowed)) as caught:
        reverse(backend, actor, number)
    assert picture(backend) == before
    return caught.value.text()


def test_a_document_is_undone_only_once(backend, keeper):
    number = receive(backend, keeper, "BOLT", 10).number
    reverse(backend, keeper, number)
    assert refused(backend, keeper, number) == "R-2026-000001 was already reversed by V-2026-000001."


def test_a_reversal_is_not_undone(backend, keeper):
    reversal = reverse(backend, keeper, receive(backend, keeper, "BOLT", 10).number).number
    assert refused(backend, keeper, reversal) == (
        "V-2026-000001 is a reversal itself and cannot be reversed. Enter the movement again."
    )


def test_goods_that_have_moved_on_cannot_be_taken_back(backend, keeper):
    number = receive(backend, keeper, "BOLT", 10).number
    issue(backend, keeper, "BOLT", 1)
    assert (
        refused(backend, keeper, number)
        == "Not enough stock of BOLT at A1: 9 on hand, 10 wanted. Take less, or use another location."
    )


def test_an_unknown_number_is_refused(backend, keeper):
    assert refused(backend, keeper, "R-2026-000099") == "There is no document R-2026-000099."
    assert (
        refused(backend, keeper, "\ud800") == "This holds characters that cannot be kept. Enter it again without them."
    )


def test_somebody_elses_document_needs_the_permission(backend, keeper, other_keeper, admin):
    number = receive(backend, keeper, "BOLT", 10).number
    assert refused(backend, other_keeper, number) == (
        "Your role keeper may not do this (Reverse documents of others). Ask the administrator."
    )
    assert reverse(backend, admin, number).lines == 1


def test_finance_undoes_nothing(backend, keeper, finance):
    number = receive(backend, keeper, "BOLT", 10).number
    assert "Your role finance may not do this" in refused(backend, finance, number)


def test_goods_do_not_go_back_to_a_closed_location(backend, keeper):
    receive(backend, keeper, "BOLT", 10)
    number = issue(backend, keeper, "BOLT", 10).number
    location = core(Location)
    close = location.update().where(location.c.code == "A1").values(closed=True)
    backend.work(lambda tx: tx.connection.execute(close))
    assert refused(backend, keeper, number) == "Location A1 is closed. Use another location."


def test_what_has_become_inactive_or_expired_can_still_be_undone(backend, keeper, clock):
    number = receive(backend, keeper, "MILK", 1, lot="SHORT", expires=date(2026, 6, 15)).number
    clock.advance(days=30)
    reverse(backend, keeper, number)
    assert stock(backend) == {}
