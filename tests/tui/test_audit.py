"""The audit on the screen: found in the reader's language, with what changed as he reads it."""

from __future__ import annotations

from decimal import Decimal

from tests.tui.conftest import AtWork
from wms_tui.domain.access import OwnSettings, Permission
from wms_tui.domain.catalog import ChangeProduct, ProductRef
from wms_tui.domain.products import Tracking
from wms_tui.domain.roles import NewRole
from wms_tui.services import account, catalog, catalog_editing, roles

F2, F4, F9 = b"\x1bOQ", b"\x1bOS", b"\x1b[20~"
DOWN, ESC = b"\x1b[B", b"\x1b"


def change(client, sku, **values):
    found = client.backend.run(catalog.detail, client.operator, ProductRef(sku)).product
    client.backend.run(catalog_editing.change, client.operator, ChangeProduct(found.product_id, found.version, values))


def listed(it):
    return [row.action for row in it.app.page.found.rows]


async def test_an_action_is_found_by_what_it_is_called_in_chinese(at_work: AtWork):
    async with at_work("ada") as it:
        it.client.backend.run(account.set_own, it.client.operator, OwnSettings("zh_CN", ""))
    async with at_work("ada") as it:
        await it.type(b"08" + "登录".encode() + b"\r")
        assert set(listed(it)) == {"sign in"}
        assert "登录" in it.screen()


async def test_values_are_told_in_the_readers_language(at_work: AtWork):
    async with at_work("ada") as it:
        it.client.backend.run(roles.add, it.client.operator, NewRole("Copy", "finance"))
        change(it.client, "FLOUR", tracking=Tracking.LOT, price=Decimal("1234.5"))
        it.client.backend.run(account.set_own, it.client.operator, OwnSettings("zh_CN", ""))
    async with at_work("ada") as it:
        await it.type(b"08FLOUR\r" + DOWN + b"\r")
        assert all(words in it.screen() for words in ("追踪方式", "不追踪", "批次", "1,234.50"))
        await it.type(ESC + b"Copy\r" + DOWN + b"\r")
        assert "查看审计日志" in it.screen()
        assert Permission.AUDIT_VIEW.value not in it.screen()


async def test_one_key_shows_the_same_user_action_or_subject_and_all_again(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"")
    async with at_work("ada") as it:
        change(it.client, "FLOUR", name="Fine flour")
        change(it.client, "FLOUR", name="Flour")
        await it.type(b"08")
        everything = listed(it)
        await it.type(F9)
        assert "Choose an event" in it.screen()
        await it.type(DOWN + F2)
        assert listed(it) == ["change product"] * 2
        await it.type(F2 + b"ken\r" + DOWN + F9)
        assert {row.user for row in it.app.page.found.rows} == {"ken"}
        await it.type(F9 + b"\r")
        assert listed(it) == everything


async def test_what_was_typed_is_never_a_template(at_work: AtWork):
    async with at_work("ada") as it:
        change(it.client, "FLOUR", name="{x} [red]")
        await it.type(b"08FLOUR\r" + DOWN + b"\r")
        assert "{x} [red]" in it.screen()
