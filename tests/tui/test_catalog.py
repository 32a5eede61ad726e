"""The catalog through the keyboard, asserting what the database then holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.tui.conftest import AtWork
from wms_tui.domain.access import Permission
from wms_tui.domain.catalog import AddCategory, CatalogQuery, ChangeProduct, ProductRef
from wms_tui.domain.roles import ChangeRole, NewRole
from wms_tui.services import catalog, catalog_editing, categories, roles, users

F2, F4, F6, F9, F10 = b"\x1bOQ", b"\x1bOS", b"\x1b[17~", b"\x1b[20~", b"\x1b[21~"
DOWN, RIGHT, ESC = b"\x1b[B", b"\x1b[C", b"\x1b"
SIZES = pytest.mark.parametrize("size", [(80, 24), (20, 16)])


def product(it, sku):
    return it.client.backend.run(catalog.detail, it.client.operator, ProductRef(sku))


def grant(client, user, permissions):
    """Give a user a role of his own, which holds these."""
    role = client.backend.run(roles.add, client.operator, NewRole("Own"))
    change = ChangeRole(role.name, role.version, role.name, frozenset(permissions))
    client.backend.run(roles.change, client.operator, change)
    client.backend.run(users.set_role, client.operator, users.SetRole(user, role.name))


def names(it):
    rows = it.client.backend.run(catalog.search, it.client.operator, CatalogQuery(active=None)).rows
    return {row.sku: row.name for row in rows}


@SIZES
async def test_typing_searches_at_once_and_enter_opens(at_work: AtWork, size):
    async with at_work("ada", size) as it:
        await it.type(b"7" + "牛".encode())
        assert "MILK" in it.screen()
        assert "BOLT" not in it.screen()
        await it.type(b"\r")
        assert "M1" in it.screen() or size == (20, 16)
        assert it.app.page.heading() == "MILK"


async def test_a_scanned_code_opens_its_product_and_the_next_one_another(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"74006381333931\r")
        assert it.app.page.heading() == "BOLT"
        await it.type(b"MILK\r")
        assert it.app.page.heading() == "MILK"


@SIZES
async def test_a_product_is_made_through_the_form(at_work: AtWork, size):
    async with at_work("ada", size) as it:
        await it.type(b"7" + F2 + "SCREW\r螺丝\r690\r".encode() + F10)
        assert "SCREW" in it.screen()
        made = product(it, "690")
        assert (made.product.name, made.product.unit) == ("螺丝", "pcs")


async def test_a_code_that_was_not_found_is_the_barcode_of_the_new_product(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"74006381999999\r" + F2 + b"PIN\rPin\r" + F10)
        assert product(it, "4006381999999").product.sku == "PIN"


async def test_a_refused_form_keeps_what_was_filled_in(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"7" + F2 + b"BOLT\rMine\r" + F10)
        assert "belongs to" in it.screen()
        assert "Mine" in it.screen()
        await it.type(b"OTHER" + F10)
        assert names(it)["OTHER"] == "Mine"


@SIZES
async def test_a_product_is_edited(at_work: AtWork, size):
    async with at_work("ada", size) as it:
        await it.type(b"7nut\r" + F2 + DOWN + b"Hexagon nut\r" + F10)
        assert names(it)["NUT"] == "Hexagon nut"
        assert it.app.page.heading() == "NUT"


async def test_the_second_editor_sees_both_and_chooses(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"7nut\r" + F2 + DOWN + b"My nut")
        nut = product(it, "NUT").product
        theirs = ChangeProduct(nut.product_id, nut.version, {"name": "Their nut"})
        it.client.backend.run(catalog_editing.change, it.client.operator, theirs)
        await it.type(F10)
        assert "Mine: My nut" not in it.screen()
        assert "Theirs: Their nut" in it.screen()
        assert names(it)["NUT"] == "Their nut"
        await it.type(RIGHT)
        assert "Mine: My nut" in it.screen()
        await it.type(F10)
        assert names(it)["NUT"] == "My nut"


async def test_changes_of_different_fields_are_no_conflict(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"7nut\r" + F2 + DOWN + b"My nut")
        nut = product(it, "NUT").product
        theirs = ChangeProduct(nut.product_id, nut.version, {"specification": "zinc"})
        it.client.backend.run(catalog_editing.change, it.client.operator, theirs)
        await it.type(F10)
        saved = product(it, "NUT").product
        assert (saved.name, saved.specification) == ("My nut", "zinc")


async def test_codes_are_scanned_in_and_removed(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"7nut\r" + F6 + b"111\rcarton=12\r" + F4 + b"112\r")
        found = product(it, "NUT")
        assert {(code.code, code.unit) for code in found.barcodes} == {("111", "pcs"), ("112", "carton")}
        assert [(pack.unit, pack.factor) for pack in found.units] == [("carton", 12)]
        await it.type(DOWN + F9 + F9)
        assert "is used by" in it.screen()
        await it.type(ESC + DOWN + F9 + F9)
        assert [code.code for code in product(it, "NUT").barcodes] == ["112"]


async def test_a_product_in_stock_is_not_deactivated_and_another_is(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"7nut\r" + F9 + F9)
        assert "on hand" in it.screen()
        assert product(it, "NUT").product.active
        await it.type(b"FLOUR\r" + F9 + F9)
        assert not product(it, "FLOUR").product.active
        await it.type(F9 + F9)
        assert product(it, "FLOUR").product.active


async def test_categories_are_kept_and_picked(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"7" + F6 + F2 + b"Metal" + F10 + DOWN + F2 + b"Bolts" + F10)
        await it.type(ESC + b"bolt" + DOWN + b"\r" + F2 + DOWN + DOWN + b"Metal/Bolts" + F10)
        assert product(it, "BOLT").product.category == "Metal/Bolts"
        await it.type(ESC + F6 + b"metal\r" + b"\r")
        assert "BOLT" in it.screen()
        assert "NUT" not in it.screen()


async def test_a_keeper_sees_no_cost_and_changes_nothing(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"7bolt\r")
        await it.type(DOWN + b"\r")
        assert it.app.page.heading() == "BOLT"
        assert "Cost" not in it.screen()
        for key in (F2, F4, F6, F9):
            await it.type(key)
            assert it.app.page.heading() == "BOLT"


async def test_who_may_not_edit_the_catalog_makes_no_product(at_work: AtWork):
    async with at_work("fay") as it:
        await it.type(b"7" + F2)
        assert it.app.page.heading() == "Catalog"


async def test_a_copy_by_somebody_who_sets_no_prices_has_none(at_work: AtWork):
    async with at_work("ada") as it:
        grant(it.client, "ken", {Permission.CATALOG_VIEW, Permission.CATALOG_EDIT, Permission.OWN_ACCOUNT})
        bolt = product(it, "BOLT").product
        price = ChangeProduct(bolt.product_id, bolt.version, {"price": Decimal(3)})
        it.client.backend.run(catalog_editing.change, it.client.operator, price)
    async with at_work("ken") as it:
        await it.type(b"7bolt" + DOWN + b"\r" + F4 + b"BOLT2\r" + F10)
        assert product(it, "BOLT2").product.price is None


async def test_the_value_of_the_stock_is_for_who_may_see_cost(at_work: AtWork):
    async with at_work("fay") as it:
        await it.type(b"7bolt" + DOWN + b"\r")
        assert ["Stock", "value"] in [row.split()[:2] for row in it.rows()]
    async with at_work("ken") as it:
        await it.type(b"7bolt" + DOWN + b"\r")
        assert it.app.page.heading() == "BOLT"
        assert "Stock value" not in it.screen()


async def test_finance_changes_prices_alone(at_work: AtWork):
    async with at_work("fay") as it:
        await it.type(b"7nut\r" + F2 + b"9.90\r" + F10)
        assert product(it, "NUT").product.price == product(it, "NUT").prices[0].after
        assert str(product(it, "NUT").product.price) == "9.9000"


@SIZES
async def test_an_unknown_scan_becomes_a_product_and_the_draft_stands(at_work: AtWork, size):
    async with at_work("ada", size) as it:
        await it.type(b"1A1\rBOLT\r77001\r")
        assert "F6" in it.screen()
        await it.type(F6 + b"NEW\rNew thing\r" + F10)
        assert product(it, "77001").product.sku == "NEW"
        await it.type(b"77001\r")
        assert "NEW" in it.screen()


async def test_a_keeper_is_offered_no_new_product(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"1A1\r77001\r")
        assert "F6" not in "\n".join(it.rows()[:-1])
        await it.type(F6)
        assert it.app.page.held


@pytest.mark.parametrize("emptied", [b"\x7f" * 3, b"\x15", ESC])
async def test_an_emptied_line_shows_everything_again(at_work: AtWork, emptied):
    async with at_work("ken") as it:
        await it.type(b"7")
        await it.type(b"nut")
        assert "BOLT" not in it.screen()
        await it.type(emptied)
        assert "BOLT" in it.screen() and "NUT" in it.screen()
        await it.type(ESC)
        assert "Home" in it.screen()


async def test_long_names_are_told_apart_before_the_category_is_shown(at_work: AtWork):
    async with at_work("ada") as it:
        nut = product(it, "NUT").product
        change = ChangeProduct(nut.product_id, nut.version, {"name": "Hexagon nut, zinc plated, M8"})
        it.client.backend.run(catalog_editing.change, it.client.operator, change)
        path = "Fasteners and small parts of all sorts"
        it.client.backend.run(categories.add, it.client.operator, AddCategory(path))
        bolt = product(it, "BOLT").product
        change = ChangeProduct(bolt.product_id, bolt.version, {"category": path})
        it.client.backend.run(catalog_editing.change, it.client.operator, change)
        await it.type(b"7")
        assert "Hexagon nut, zinc plated" in it.screen()


@pytest.mark.parametrize("size", [(80, 24), (44, 24), (20, 16)])
async def test_what_does_not_fit_into_the_chosen_row_is_told_in_full(at_work: AtWork, size):
    async with at_work("ada", size) as it:
        nut = product(it, "NUT").product
        name = "Hexagon nut, zinc plated, with a flange and a locking insert, M8, left-hand thread"
        change = ChangeProduct(nut.product_id, nut.version, {"name": name})
        it.client.backend.run(catalog_editing.change, it.client.operator, change)
        await it.type(b"7nut")
        assert "left-hand thread" not in it.screen()
        await it.type(DOWN)
        assert name in " ".join(it.screen().split())
