"""Stock enquiry and history as a clerk's line is understood, on both engines."""

from datetime import date
from decimal import Decimal

import pytest

from wms_tui.domain.access import Permission
from wms_tui.domain.enquiry import HistoryQuery, StockQuery, Subject
from wms_tui.domain.errors import NotFound, UnknownLocation, UnknownProduct
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import history, movements, stock

pytestmark = pytest.mark.usefixtures("catalog")


def receive(backend, actor, reference, *lines):
    request = PostDocument(DocumentKind.RECEIPT, f"key {reference}", lines, reference=reference)
    return backend.run(movements.post, actor, request).number


def bolts(quantity, target="A1"):
    return Line("BOLT", Decimal(quantity), target=target)


def look(backend, actor, text="", **more):
    return backend.run(stock.on_hand, actor, StockQuery(text=text, **more))


def find(backend, actor, **query):
    return [row.reference for row in backend.run(history.page, actor, HistoryQuery(**query)).rows]


def test_a_product_is_found_by_sku_small_letters_and_barcode_with_its_total(backend, keeper):
    receive(backend, keeper, "PO-1", bolts("1.5"), bolts(2, "A2"))
    for text in ("BOLT", "bolt", "14006381333938"):
        page = look(backend, keeper, text)
        assert page.understood == "product"
        assert page.subject == Subject("BOLT", "Bolt M8", "pcs", Decimal("3.5"), 2)
        assert [(row.location, row.quantity) for row in page.rows] == [("A1", Decimal("1.5")), ("A2", Decimal(2))]


def test_a_product_without_stock_is_known_all_the_same(backend, keeper):
    page = look(backend, keeper, "FLOUR")
    assert (page.rows, page.subject) == ((), Subject("FLOUR", "Flour", "kg", Decimal(0), 0))


def test_a_location_a_lot_and_parts_of_a_name_or_sku(backend, keeper):
    milk = Line("MILK", Decimal(1), target="A2", lot="M1", expires=date(2026, 12, 31))
    receive(backend, keeper, "PO-1", bolts(1), milk)
    found = {text: look(backend, keeper, text) for text in ("a2", "M1", "olt m", "M8 bolt", "mil", "ilk", "%")}
    understood = {text: (page.understood, [row.sku for row in page.rows]) for text, page in found.items()}
    assert understood == {
        "a2": ("location", ["MILK"]),
        "M1": ("lot", ["MILK"]),
        "olt m": ("name", ["BOLT"]),
        "M8 bolt": ("name", ["BOLT"]),
        "ilk": ("name", ["MILK"]),
        "mil": ("name", ["MILK"]),
        "%": ("name", []),
    }


def test_parts_follow_each_other_without_a_gap(backend, keeper):
    receive(backend, keeper, "PO-1", bolts(1), bolts(2, "A2"), Line("NUT", Decimal(3), target="A1"))
    first = look(backend, keeper, limit=2)
    second = look(backend, keeper, limit=2, after=first.after)
    assert [row.quantity for row in first.rows + second.rows] == [1, 2, 3]
    assert second.after is None and second.subject is None


def test_value_is_for_those_who_may_see_cost(backend, keeper, finance):
    receive(backend, keeper, "PO-1", bolts(3))
    assert not keeper.may(Permission.COST_VIEW)
    assert look(backend, keeper, "BOLT").rows[0].value is None
    assert look(backend, finance, "BOLT").rows[0].value == Decimal("0.75")


def test_codes_that_are_named_as_such_must_exist(backend, keeper):
    with pytest.raises(UnknownProduct):
        look(backend, keeper, sku="NO")
    with pytest.raises(UnknownLocation):
        look(backend, keeper, location="NO")


def test_history_by_the_start_of_a_reference_in_either_case(backend, keeper):
    for reference in ("PO-1", "PO-12", "po-3", "SO-1"):
        receive(backend, keeper, reference, bolts(1))
    assert find(backend, keeper, text="PO-1") == ["PO-12", "PO-1"]
    assert find(backend, keeper, text="po-1") == ["PO-12", "PO-1"]
    assert "po-3" in find(backend, keeper, text="po")
    assert find(backend, keeper, text="O-1") == []


def test_history_by_product_location_user_and_kind(backend, keeper, other_keeper):
    receive(backend, keeper, "PO-1", bolts(1))
    receive(backend, other_keeper, "PO-2", Line("NUT", Decimal(1), target="A2"))
    for text, reference in (("nut", "PO-2"), ("A1", "PO-1"), ("KIM", "PO-2")):
        assert find(backend, keeper, text=text) == [reference]
    assert find(backend, keeper, kind=DocumentKind.ISSUE) == []
    assert find(backend, keeper, limit=1) == ["PO-2"]


def test_a_document_that_does_not_exist(backend, keeper):
    with pytest.raises(NotFound, match="There is no document R-1"):
        backend.run(history.detail, keeper, "R-1")
