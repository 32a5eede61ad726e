"""The catalog is changed by one editor at a time, within its rules, and leaves a trail."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from sqlalchemy import text

from tests.support.ledger import receive
from tests.support.warehouse import allow
from wms_tui.domain import catalog_errors as errors
from wms_tui.domain.access import Permission
from wms_tui.domain.catalog import (
    AddBarcode,
    AddCategory,
    CatalogQuery,
    CategoryRef,
    ChangeCategory,
    ChangeProduct,
    NewProduct,
    ProductRef,
    RemoveBarcode,
    SetPackUnit,
)
from wms_tui.domain.errors import NotAllowed
from wms_tui.domain.products import Tracking
from wms_tui.services import catalog as service
from wms_tui.services import catalog_codes, catalog_editing, categories

TABLES = ("product", "barcode", "product_unit", "category", "audit_event")


def read(backend, actor, sku):
    return backend.run(service.detail, actor, ProductRef(sku)).product


def change(backend, actor, product, **values):
    return backend.run(catalog_editing.change, actor, ChangeProduct(product.product_id, product.version, values))


def events(backend, action):
    statement = text("SELECT subject, before, after FROM audit_event WHERE action = :action ORDER BY id")
    rows = backend.work(lambda tx: tx.connection.execute(statement, {"action": action}).all(), writes=False)
    return [(subject, json.loads(before or "{}"), json.loads(after or "{}")) for subject, before, after in rows]


def table(backend, name="product"):
    return backend.work(lambda tx: tx.connection.execute(text(f"SELECT * FROM {name} ORDER BY id")).all(), writes=False)


def refused(backend, error, actor, case, request, words=""):
    before = [table(backend, name) for name in TABLES]
    with pytest.raises(error) as refusal:
        backend.run(case, actor, request)
    assert words in refusal.value.text()
    assert before == [
        table(backend, name) for name in ("product", "barcode", "product_unit", "category", "audit_event")
    ]


def test_a_product_is_made_with_its_codes_and_prices(backend, catalog, admin):
    values = {"sku": "NEW", "name": "新", "unit": "PCS", "price": Decimal("9.5"), "cost": Decimal(4)}
    made = backend.run(catalog_editing.create, admin, NewProduct(values, ("123",)))
    assert (made.sku, made.unit, made.price, made.version, made.tracking) == (
        "NEW",
        "pcs",
        Decimal("9.5"),
        1,
        Tracking.NONE,
    )
    found = backend.run(service.detail, admin, ProductRef("123"))
    assert [(step.field, step.before, step.after) for step in found.prices] == [
        ("cost", None, 4),
        ("price", None, Decimal("9.5")),
    ]
    (event,) = events(backend, "add product")
    assert event[2]["price"] == "9.5"
    assert event[2]["barcodes"] == ["123"]


def test_a_copy_takes_the_other_units_too(backend, catalog, admin):
    backend.run(catalog_editing.create, admin, NewProduct({"sku": "B2", "name": "B2", "unit": "pcs"}, copy_of="BOLT"))
    assert [unit.unit for unit in backend.run(service.detail, admin, ProductRef("B2")).units] == ["carton"]


def test_a_change_is_audited_with_before_and_after(backend, catalog, admin):
    bolt = read(backend, admin, "BOLT")
    after = change(backend, admin, bolt, name="Bolt M8x20", cost=Decimal("0.3"))
    assert (after.name, after.version) == ("Bolt M8x20", bolt.version + 1)
    assert events(backend, "change product") == [
        ("BOLT", {"name": "Bolt M8", "cost": "0.25"}, {"name": "Bolt M8x20", "cost": "0.3"})
    ]


def test_the_second_of_two_editors_sees_what_the_first_has_written(backend, catalog, admin, finance):
    bolt = read(backend, admin, "BOLT")
    change(backend, finance, bolt, price=Decimal(2))
    with pytest.raises(errors.ProductChanged) as refusal:
        change(backend, admin, bolt, price=Decimal(3))
    assert refusal.value.theirs == {"price": Decimal(2)}
    assert "fay" in refusal.value.text()
    assert read(backend, admin, "BOLT").price == Decimal(2)
    again = change(backend, admin, read(backend, admin, "BOLT"), price=Decimal(3))
    assert again.price == 3


def test_saving_nothing_new_writes_nothing(backend, catalog, admin):
    bolt = read(backend, admin, "BOLT")
    assert change(backend, admin, bolt, name=bolt.name) == bolt
    assert events(backend, "change product") == []


def test_prices_are_for_those_who_may_change_them(backend, catalog, admin, keeper, finance):
    bolt = read(backend, admin, "BOLT")
    assert change(backend, finance, bolt, price=Decimal(2)).price == 2
    request = ChangeProduct(bolt.product_id, bolt.version + 1, {"name": "Mine"})
    refused(backend, NotAllowed, finance, catalog_editing.change, request)
    refused(backend, NotAllowed, keeper, catalog_editing.change, request)
    priced = NewProduct({"sku": "P", "name": "P", "unit": "pcs", "price": Decimal(1)})
    refused(backend, NotAllowed, keeper, catalog_editing.create, priced)


def test_an_editor_without_cost_changes_no_cost(backend, catalog, admin, keeper):
    grant(backend, "keeper", Permission.CATALOG_EDIT, Permission.PRICE_EDIT)
    bolt = read(backend, keeper, "BOLT")
    assert change(backend, keeper, bolt, price=Decimal(2), name="B").price == 2
    request = ChangeProduct(bolt.product_id, bolt.version + 1, {"cost": Decimal(1)})
    refused(backend, NotAllowed, keeper, catalog_editing.change, request)


def grant(backend, role, *permissions):
    statement = text("INSERT INTO role_permission SELECT id, :permission FROM role WHERE name = :role")
    rows = [{"permission": permission.value, "role": role} for permission in permissions]
    backend.work(lambda tx: tx.connection.execute(statement, rows))


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"sku": "NUT"}, errors.SkuTaken),
        ({"sku": "A1"}, errors.CodeIsPlace),
        ({"sku": "LOTTED", "name": "x"}, errors.SkuTaken),
        ({"unit": "kg"}, errors.BaseUnitFixed),
        ({"tracking": Tracking.LOT}, errors.TrackingInUse),
        ({"active": False}, errors.StillOnHand),
        ({"category": "No/Such"}, errors.NoCategory),
        ({"min_stock": Decimal(5), "max_stock": Decimal(4)}, errors.StockLevelsCrossed),
    ],
)
def test_a_change_against_the_rules_is_refused(backend, catalog, admin, keeper, values, error):
    receive(backend, keeper, "BOLT", 1)
    bolt = read(backend, admin, "BOLT")
    refused(backend, error, admin, catalog_editing.change, ChangeProduct(bolt.product_id, bolt.version, values))


def test_a_product_counts_in_a_unit_that_exists(backend, catalog, admin):
    request = NewProduct({"sku": "N", "name": "N", "unit": "furlong"})
    refused(backend, errors.NoSuchUnit, admin, catalog_editing.create, request, "carton, kg, pcs")


def test_a_product_without_stock_is_deactivated_and_activated(backend, catalog, admin):
    nut = change(backend, admin, read(backend, admin, "NUT"), active=False)
    assert not nut.active
    assert change(backend, admin, nut, active=True).active


def test_a_code_belongs_to_one_product(backend, catalog, admin):
    for code, words in (("4006381333931", "BOLT"), ("BOLT", "BOLT"), ("A1", "location")):
        refused(
            backend,
            (errors.CodeInUse, errors.CodeIsPlace),
            admin,
            catalog_codes.add_barcode,
            AddBarcode("NUT", code),
            words,
        )
    request = NewProduct({"sku": "4006381333931", "name": "x", "unit": "pcs"})
    refused(backend, errors.CodeInUse, admin, catalog_editing.create, request)


def test_barcodes_are_added_for_a_pack_and_removed(backend, catalog, admin):
    added = backend.run(catalog_codes.add_barcode, admin, AddBarcode("BOLT", " 999 ", Decimal(2), "carton"))
    assert (added.code, added.quantity, added.unit) == ("999", 2, "carton")
    refused(backend, errors.NoSuchUnit, admin, catalog_codes.add_barcode, AddBarcode("NUT", "998", unit="carton"))
    backend.run(catalog_codes.remove_barcode, admin, RemoveBarcode("BOLT", "999"))
    assert events(backend, "remove barcode")[-1][1].keys() == {"code", "quantity", "unit"}
    refused(backend, errors.UnknownBarcode, admin, catalog_codes.remove_barcode, RemoveBarcode("BOLT", "999"))
    assert not backend.run(service.search, admin, CatalogQuery("999")).rows


def test_units_of_a_product_are_added_changed_and_removed(backend, catalog, admin):
    def put(unit, factor):
        backend.run(catalog_codes.set_pack_unit, admin, SetPackUnit("NUT", unit, factor))

    def refuse(error, sku, unit, factor, words=""):
        refused(backend, error, admin, catalog_codes.set_pack_unit, SetPackUnit(sku, unit, factor), words)

    put("CARTON", Decimal(10))
    put("carton", Decimal(12))
    units = backend.run(service.detail, admin, ProductRef("NUT")).units
    assert [(unit.unit, unit.factor) for unit in units] == [("carton", 12)]
    put("carton", None)
    assert backend.run(service.detail, admin, ProductRef("NUT")).units == ()
    refuse(errors.BaseUnitAsPack, "NUT", "pcs", Decimal(2))
    refuse(errors.PackUnitUsed, "BOLT", "carton", None, "barcode")
    refuse(errors.NoSuchUnit, "NUT", "carton", None)


def paths(backend, actor):
    return [(category.path, category.products) for category in backend.run(categories.tree, actor, None)]


def test_the_category_tree_is_kept(backend, catalog, admin):
    for name, parent in (("Bikes", ""), ("Road", "Bikes"), ("Race", "Bikes/Road"), ("Parts", "")):
        backend.run(categories.add, admin, AddCategory(name, parent))
    change(backend, admin, read(backend, admin, "BOLT"), category="Bikes/Road/Race")
    backend.run(categories.change, admin, ChangeCategory("Bikes/Road", "Street", "Parts"))
    assert paths(backend, admin) == [("Bikes", 0), ("Parts", 0), ("Parts/Street", 0), ("Parts/Street/Race", 1)]
    assert [row.sku for row in backend.run(service.search, admin, CatalogQuery(category="Parts")).rows] == ["BOLT"]
    refused(
        backend, errors.CategoryInItself, admin, categories.change, ChangeCategory("Parts", "Parts", "Parts/Street")
    )
    refused(backend, errors.CategoryTaken, admin, categories.add, AddCategory("Parts"))
    refused(backend, errors.NoCategory, admin, categories.add, AddCategory("X", "Nowhere"))
    refused(backend, errors.SlashInName, admin, categories.add, AddCategory("a/b"))
    refused(backend, errors.CategoryNotEmpty, admin, categories.remove, CategoryRef("Parts"))
    refused(backend, errors.CategoryNotEmpty, admin, categories.remove, CategoryRef("Parts/Street/Race"))
    backend.run(categories.remove, admin, CategoryRef("Bikes"))
    assert [path for path, _ in paths(backend, admin)] == ["Parts", "Parts/Street", "Parts/Street/Race"]


def test_the_price_history_cannot_be_changed(backend, catalog, admin):
    change(backend, admin, read(backend, admin, "BOLT"), price=Decimal(2))
    before = table(backend, "price_change")
    for statement in ("UPDATE price_change SET after = NULL", "DELETE FROM price_change"):
        with pytest.raises(Exception, match="append-only"):
            backend.work(lambda tx, sql=statement: tx.connection.execute(text(sql)))
    assert table(backend, "price_change") == before


def test_who_may_not_see_cost_is_not_told_it_by_his_own_change(backend, catalog, admin, keeper):
    allow(backend, admin, "keeper", Permission.CATALOG_EDIT)
    bolt = read(backend, admin, "BOLT")
    assert bolt.cost == Decimal("0.25")
    assert change(backend, keeper, bolt, name="Bolt M8 steel").cost is None
    assert change(backend, keeper, read(backend, admin, "BOLT"), name="Bolt M8 steel").cost is None
    assert change(backend, admin, read(backend, admin, "BOLT"), name="Bolt").cost == Decimal("0.25")
