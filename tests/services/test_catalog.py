"""Products are found by any part of what is known of them, and shown with what the role may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.support.ledger import RECEIPT, line, post, receive
from wms_tui.db import catalog_filters, catalog_windows
from wms_tui.domain.catalog import (
    AddBarcode,
    AddCategory,
    CatalogQuery,
    ChangeProduct,
    NewProduct,
    ProductRef,
    StockState,
)
from wms_tui.domain.errors import UnknownProduct
from wms_tui.services import catalog, catalog_codes, catalog_editing, categories
from wms_tui.services import catalog as service


@pytest.fixture
def shop(backend, catalog, admin, keeper):
    for sku, name in (
        ("BOLT-M6", "螺栓 M6 不锈钢"),
        ("BOLT-M8", "螺栓 M8"),
        ("6-BOLT", "Six bolts"),
        ("X%_", "100% cotton"),
    ):
        make(backend, admin, sku, name)
    return backend


def make(backend, actor, sku, name, **values):
    return backend.run(catalog_editing.create, actor, NewProduct({"sku": sku, "name": name, "unit": "pcs", **values}))


def skus(backend, actor, text="", **more):
    return [row.sku for row in backend.run(service.search, actor, CatalogQuery(text, **more)).rows]


def test_a_product_is_found_by_any_part_of_its_name_and_sku(shop, keeper):
    assert skus(shop, keeper, "不锈") == ["BOLT-M6"]
    assert skus(shop, keeper, "螺栓") == ["BOLT-M6", "BOLT-M8"]
    assert skus(shop, keeper, "栓") == ["BOLT-M6", "BOLT-M8"]
    assert skus(shop, keeper, "six bol") == ["6-BOLT"]
    assert skus(shop, keeper, "m8 螺") == ["BOLT-M8"]
    assert skus(shop, keeper, "% cot") == ["X%_"]
    assert skus(shop, keeper, "nothing of the kind") == []


def test_what_is_named_exactly_comes_first_then_what_begins_so(shop, keeper):
    assert skus(shop, keeper, "bolt") == ["BOLT", "BOLT-M6", "BOLT-M8", "6-BOLT"]


def test_a_barcode_finds_its_product_whole_or_in_part(shop, keeper):
    assert skus(shop, keeper, "4006381333931") == ["BOLT"]
    assert skus(shop, keeper, "63813339") == ["BOLT"]


def test_pages_show_every_product_once(shop, keeper):
    for text in ("", "o", "bolt", "l"):
        whole, found, query = skus(shop, keeper, text), [], CatalogQuery(text, limit=1)
        for _ in range(40):
            page = shop.run(service.search, keeper, query)
            found += [row.sku for row in page.rows]
            if page.after is None:
                break
            query = replace(query, after=page.after)
        assert found == whole, text


def test_inactive_products_are_found_when_asked_for(shop, keeper):
    assert "OLD" not in skus(shop, keeper)
    assert skus(shop, keeper, active=False) == ["OLD"]
    assert "OLD" in skus(shop, keeper, active=None)
    assert skus(shop, keeper, "old") == ["OLD"]


def test_a_search_within_a_category_and_among_inactive_products_follows_their_changes(shop, admin, keeper):
    for parent, name in (("", "Metal"), ("Metal", "Bolts")):
        shop.run(categories.add, admin, AddCategory(name, parent))
    change(shop, admin, "BOLT-M6", category="Metal/Bolts")
    change(shop, admin, "BOLT-M8", active=False)
    assert skus(shop, keeper, "螺栓", category="Metal") == ["BOLT-M6"]
    assert skus(shop, keeper, "螺栓", active=False) == ["BOLT-M8"]
    assert skus(shop, keeper, "", category="Metal") == ["BOLT-M6"]
    change(shop, admin, "BOLT-M6", category="")
    assert skus(shop, keeper, "螺栓", category="Metal") == []
    assert skus(shop, keeper, "inactive", active=None) == []


def test_a_search_goes_on_where_few_of_many_fit(shop, admin, keeper, monkeypatch):
    monkeypatch.setattr(catalog_filters, "PORTIONS", (1, 1))
    monkeypatch.setattr(catalog_windows, "WINDOW", 2)
    monkeypatch.setattr(catalog_windows, "NEAR", 1)
    monkeypatch.setattr(catalog_windows, "FREQUENT", 0)
    receive(shop, keeper, "BOLT", 5)
    for text in ("", "bolt", "ol"):
        found, query = [], CatalogQuery(text, state=StockState.HELD, limit=2)
        while query.after is not None or not found:
            page = shop.run(service.search, keeper, query)
            found += [row.sku for row in page.rows if row.sku == "BOLT"]
            query = replace(query, after=page.after)
            if page.after is None:
                break
        assert found == ["BOLT"], text


def change(backend, actor, sku, **values):
    product = backend.run(service.detail, actor, ProductRef(sku)).product
    backend.run(catalog_editing.change, actor, ChangeProduct(product.product_id, product.version, values))


def test_products_are_filtered_by_their_stock(shop, admin, keeper):
    receive(shop, keeper, "NUT", 5)
    for sku, least, most in (("NUT", 10, 20), ("BOLT-M6", 1, None)):
        detail = shop.run(service.detail, admin, ProductRef(sku)).product
        values = {"min_stock": Decimal(least), "max_stock": most and Decimal(most)}
        shop.run(catalog_editing.change, admin, ChangeProduct(detail.product_id, detail.version, values))
    assert skus(shop, keeper, state=StockState.LOW) == ["BOLT-M6", "NUT"]
    assert skus(shop, keeper, state=StockState.HELD) == ["NUT"]
    receive(shop, keeper, "NUT", 20)
    assert skus(shop, keeper, state=StockState.HIGH) == ["NUT"]
    assert "NUT" not in skus(shop, keeper, state=StockState.NONE)


def test_a_detail_shows_units_codes_places_moves_and_the_stock_of_the_last_days(shop, keeper, clock):
    receive(shop, keeper, "BOLT", 48)
    clock.now += timedelta(days=2)
    post(shop, keeper, RECEIPT, line("BOLT", 2, target="A2"), key="later")
    found = shop.run(service.detail, keeper, ProductRef("4006381333931"))
    assert found.product.sku == "BOLT"
    assert [(unit.unit, unit.factor) for unit in found.units] == [("carton", 24)]
    assert {code.code: (code.quantity, code.unit) for code in found.barcodes} == {
        "4006381333931": (1, "pcs"),
        "14006381333938": (1, "carton"),
        "BOLT-BAG": (10, "pcs"),
    }
    assert found.on_hand == 50
    assert [(place.location, place.quantity) for place in found.places] == [("A1", 48), ("A2", 2)]
    assert [move.quantity for move in found.moves] == [2, 48]
    assert found.stock_by_day[-4:] == (0, 48, 48, 50)
    assert len(found.stock_by_day) == 90


def test_cost_is_for_those_who_may_see_it(shop, keeper, finance, admin):
    detail = shop.run(service.detail, admin, ProductRef("BOLT")).product
    shop.run(catalog_editing.change, admin, ChangeProduct(detail.product_id, detail.version, {"cost": Decimal("0.4")}))
    seen = shop.run(service.detail, finance, ProductRef("BOLT"))
    assert seen.product.cost == Decimal("0.4")
    assert [step.field for step in seen.prices] == ["cost"]
    hidden = shop.run(service.detail, keeper, ProductRef("BOLT"))
    assert hidden.product.cost is None
    assert hidden.prices == ()
    assert "0.4" not in repr(hidden)


def test_an_unknown_code_is_refused(shop, keeper):
    with pytest.raises(UnknownProduct):
        shop.run(service.detail, keeper, ProductRef("NOBODY"))


def test_a_new_barcode_and_a_new_name_are_found_at_once(shop, admin, keeper):
    shop.run(catalog_codes.add_barcode, admin, AddBarcode("NUT", "77-NEW"))
    assert skus(shop, keeper, "7-new") == ["NUT"]
    nut = shop.run(catalog.detail, admin, ProductRef("NUT")).product
    shop.run(catalog_editing.change, admin, ChangeProduct(nut.product_id, nut.version, {"name": "螺母"}))
    assert skus(shop, keeper, "螺母") == ["NUT"]
    assert skus(shop, keeper, "Nut M8") == []
