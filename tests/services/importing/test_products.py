"""Products are made and changed from a file, and a file that breaks a rule changes nothing."""

from decimal import Decimal

import pytest

from tests.services.test_roles import set_permissions
from tests.support.warehouse import allow, signed_in
from wms_tui.domain.access import Permission
from wms_tui.domain.audit import AuditQuery
from wms_tui.domain.errors import NotAllowed
from wms_tui.domain.file_errors import BadRows
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.domain.roles import NewRole
from wms_tui.services import audit, roles, users
from wms_tui.services.exporting import export_products
from wms_tui.services.importing.file_kinds import PRODUCTS
from wms_tui.services.importing.products import import_products
from wms_tui.services.movements import post

HEADER = "sku,name,category,specification,unit,price,cost,barcodes,tracking,min_stock,max_stock\n"
FILE = (
    HEADER + "B-8,螺栓 M8,Bikes/Mountain Bikes,steel,pcs,1.50,0.25,6901234567892 6901234567892X*24,none,5,50\n"
    "B-9,Bolt M9,Bikes,,PCS,,,,lot,,\nB-10,Bolt M10,,,箱,,,,,,\n"
)

pytestmark = pytest.mark.usefixtures("catalog")


def counts(report):
    return report.created, report.updated, report.unchanged


def exported(backend, admin):
    export = backend.run(export_products, admin, 0)
    return {row[0]: dict(zip(export.header, row, strict=True)) for row in export.rows}


def refused(bring_in, admin, contents, text):
    before = contents()
    with pytest.raises(BadRows) as error:
        bring_in(import_products, PRODUCTS, admin, text)
    assert contents() == before
    return [(line, fault.text()) for line, fault in error.value.rows]


def test_products_with_their_categories_units_and_barcodes(backend, admin, bring_in):
    assert counts(bring_in(import_products, PRODUCTS, admin, FILE)) == (3, 0, 0)
    products = exported(backend, admin)
    assert products["B-8"] == {
        "sku": "B-8",
        "name": "螺栓 M8",
        "category": "Bikes/Mountain Bikes",
        "specification": "steel",
        "unit": "pcs",
        "price": Decimal("1.50"),
        "cost": Decimal("0.25"),
        "barcodes": "6901234567892|6901234567892X*24",
        "tracking": "none",
        "min_stock": 5,
        "max_stock": 50,
        "reorder_quantity": None,
        "lead_time_days": None,
        "shelf_life_days": None,
        "receipt_life_days": None,
        "issue_life_days": None,
    }
    assert (products["B-9"]["unit"], products["B-9"]["tracking"]) == ("pcs", "lot")
    assert products["B-10"]["unit"] == "箱"


def test_how_it_is_ordered_and_how_long_it_keeps(backend, admin, bring_in):
    text = "货号,名称,订货量,采购提前期,保质期\nMILK,,120,3,21\n"
    assert counts(bring_in(import_products, PRODUCTS, admin, text)) == (0, 1, 0)
    milk = exported(backend, admin)["MILK"]
    assert (milk["reorder_quantity"], milk["lead_time_days"], milk["shelf_life_days"]) == (120, 3, 21)
    assert counts(bring_in(import_products, PRODUCTS, admin, text)) == (0, 0, 1)
    after = backend.run(audit.page, admin, AuditQuery(subject="MILK")).rows[0].after
    assert after == {"reorder_quantity": "120", "lead_time_days": "3", "shelf_life_days": "21"}


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("3.5", "lead_time_days: 3.5 has more than 0 decimals."),
        ("-1", "lead_time_days: -1 must be from 0 to 36500."),
        ("soon", "lead_time_days: soon is not a number."),
    ],
)
def test_days_are_whole(admin, bring_in, contents, days, told):
    assert refused(bring_in, admin, contents, f"sku,lead_time_days\nMILK,{days}\n") == [(2, told)]


def test_the_same_file_again_changes_nothing(admin, bring_in, contents):
    bring_in(import_products, PRODUCTS, admin, FILE)
    before = contents()
    assert counts(bring_in(import_products, PRODUCTS, admin, FILE)) == (0, 0, 3)
    assert contents() == before


def test_only_what_a_file_says_is_changed_and_each_change_is_audited(backend, admin, bring_in, contents):
    bring_in(import_products, PRODUCTS, admin, FILE)
    before = exported(backend, admin)
    report = bring_in(import_products, PRODUCTS, admin, "sku,price,name,barcodes\nB-8,1.75,,6901234567892*6\nB-9,,,\n")
    assert counts(report) == (0, 1, 1)
    after = exported(backend, admin)
    changed = {"price": Decimal("1.75"), "barcodes": "6901234567892*6|6901234567892X*24"}
    assert after["B-8"] == before["B-8"] | changed
    assert after["B-9"] == before["B-9"]
    events = [event for event in contents()["audit_event"] if "change product" in event]
    assert len(events) == 1
    newest = backend.run(audit.page, admin, AuditQuery(subject="B-8")).rows[0]
    assert newest.before == {"price": "1.5", "barcodes": "6901234567892"}
    assert newest.after == {"price": "1.75", "barcodes": "6901234567892*6"}


def test_the_audit_calls_categories_and_units_by_their_names(backend, admin, bring_in):
    bring_in(import_products, PRODUCTS, admin, FILE)
    made = backend.run(audit.page, admin, AuditQuery(subject="B-8")).rows[0].after
    assert (made["category"], made["unit"]) == ("Bikes/Mountain Bikes", "pcs")
    assert made["barcodes"] == "6901234567892, 6901234567892X*24"
    assert not {"category_id", "unit_id", "product_id"} & made.keys()


@pytest.mark.parametrize(("column", "missing"), [("price", "Set prices"), ("cost", "See cost and value")])
def test_a_file_sets_no_price_that_its_bearer_may_not_set(backend, admin, bring_in, contents, column, missing):
    editor = {Permission.CATALOG_VIEW, Permission.CATALOG_EDIT, Permission.OWN_ACCOUNT}
    backend.run(roles.add, admin, NewRole("Editor"))
    set_permissions(backend, admin, "Editor", editor | ({Permission.PRICE_EDIT} if column == "cost" else set()))
    backend.run(users.set_role, admin, users.SetRole("kim", "Editor"))
    kim = signed_in(backend, "kim")
    before = contents()
    with pytest.raises(NotAllowed) as refusal:
        bring_in(import_products, PRODUCTS, kim, f"sku,{column}\nBOLT,3\n")
    assert missing in refusal.value.text()
    assert contents() == before
    assert counts(bring_in(import_products, PRODUCTS, kim, f"sku,name,{column}\nBOLT,Bolt,\n")) == (0, 1, 0)


def test_a_dry_run_counts_and_writes_nothing(admin, bring_in, contents):
    before = contents()
    assert counts(bring_in(import_products, PRODUCTS, admin, FILE, dry_run=True)) == (3, 0, 0)
    assert contents() == before


def test_all_bad_rows_are_told_at_once_and_nothing_is_written(backend, admin, bring_in, contents):
    bring_in(import_products, PRODUCTS, admin, "sku,name,barcodes\nMINE,Mine,777\n")
    assert refused(
        bring_in,
        admin,
        contents,
        "sku,name,barcodes,min_stock,max_stock\n"
        "GOOD,Good,,,\n"
        ",no sku,,,\n"
        "NEW,,,,\n"
        "A,a,777,,\n"
        "777,b,,,\n"
        "B,c,BOLT,,\n"
        "C,d,GOOD,,\n"
        "D,e,,10,5\n"
        "GOOD,twice,,,\n"
        "E,f,,x,\n",
    ) == [
        (3, "sku is missing."),
        (4, "name is missing."),
        (5, "777 stands for product MINE already. A code can stand for one thing only."),
        (6, "777 stands for product MINE already. A code can stand for one thing only."),
        (7, "BOLT stands for product BOLT already. A code can stand for one thing only."),
        (8, "GOOD stands for product GOOD already. A code can stand for one thing only."),
        (9, "The minimum stock 10 is above the maximum stock 5."),
        (10, "sku GOOD stands in line 2 already."),
        (11, "min_stock: x is not a number."),
    ]


def test_a_fault_names_the_column_as_the_file_does(admin, bring_in, contents):
    assert refused(bring_in, admin, contents, "货号,名称,条码\nA,,\nB,b,1\nC,c,1\nB,b,\n") == [
        (2, "名称 is missing."),
        (4, "条码 1 stands in line 3 already."),
        (5, "货号 B stands in line 3 already."),
    ]


def test_bad_rows_are_left_out_on_demand(backend, admin, bring_in):
    report = bring_in(import_products, PRODUCTS, admin, "sku,name\nA,a\nB,\nC,c\n", skip_bad=True)
    assert counts(report) == (2, 0, 0)
    assert [(line, fault.text()) for line, fault in report.left] == [(3, "name is missing.")]
    assert {"A", "C"} <= exported(backend, admin).keys()
    assert "B" not in exported(backend, admin)


def test_the_unit_of_a_moved_product_and_the_tracking_of_a_stocked_one_stay(backend, admin, bring_in, contents):
    receipt = PostDocument(DocumentKind.RECEIPT, "r1", (Line("BOLT", Decimal(5), target="A1"),))
    backend.run(post, admin, receipt)
    assert refused(bring_in, admin, contents, "sku,unit,tracking\nBOLT,kg,lot\n") == [
        (2, "BOLT has been moved already: its base unit cannot be changed to kg. Leave the unit empty."),
        (2, "BOLT is in stock: its tracking cannot be changed to lot. Issue the stock first."),
    ]
    assert counts(bring_in(import_products, PRODUCTS, admin, "sku,unit,tracking\nNUT,kg,lot\n")) == (0, 1, 0)


def test_a_carton_barcode_is_the_same_as_what_it_packs(admin, bring_in):
    assert counts(bring_in(import_products, PRODUCTS, admin, "sku,barcodes\nBOLT,14006381333938*24\n")) == (0, 0, 1)


def test_many_rows_in_batches_with_progress(admin, bring_in):
    told = []
    rows = "".join(f"P{number},Product {number},C{number % 7}/S{number % 30}\n" for number in range(4500))
    report = bring_in(
        import_products, PRODUCTS, admin, "sku,name,category\n" + rows, progress=lambda *so_far: told.append(so_far)
    )
    assert counts(report) == (4500, 0, 0)
    assert told == [(2000, 4500), (4000, 4500), (4500, 4500)]


def test_a_keeper_may_not(keeper, bring_in, contents):
    before = contents()
    with pytest.raises(NotAllowed) as refusal:
        bring_in(import_products, PRODUCTS, keeper, FILE)
    assert refusal.value.text() == "Your role keeper may not do this (Edit the catalog). Ask the administrator."
    assert contents() == before


def test_prices_and_costs_in_a_file_need_their_permission(backend, contents, bring_in, admin, keeper):
    allow(backend, admin, "keeper", Permission.CATALOG_EDIT)
    for text in (
        "sku,name,cost\nBOLT,Bolt,9.99\n",
        "sku,name,cost\nBOLT,Bolt,0.25\n",
        "sku,name,price\nBOLT,Bolt,9.99\n",
        "sku,name,price\nNEW-1,Bolt,9.99\n",
    ):
        before = contents()
        with pytest.raises(NotAllowed):
            bring_in(import_products, PRODUCTS, keeper, text)
        assert contents() == before, text


def test_an_editor_without_them_brings_his_own_export_in_again(backend, bring_in, admin, keeper):
    allow(backend, admin, "keeper", Permission.CATALOG_EDIT)
    bring_in(import_products, PRODUCTS, admin, "sku,name,price\nBOLT,Bolt,1.50\n")
    told = bring_in(import_products, PRODUCTS, keeper, "sku,name,price,cost\nBOLT,Bolt M8 steel,1.50,\n")
    assert counts(told) == (0, 1, 0)
    assert exported(backend, admin)["BOLT"]["name"] == "Bolt M8 steel"
