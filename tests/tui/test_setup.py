"""Administration's screens through the keyboard, asserting the database."""

from __future__ import annotations

import pytest

from tests.support.warehouse import signed_in
from tests.tui.conftest import AtWork
from tests.tui.test_people import DOWN, ESC, F2, F9, F10, RIGHT, SIZES
from wms_tui.domain.access import OwnSettings
from wms_tui.domain.audit import AuditQuery
from wms_tui.domain.setup import SiteSettings
from wms_tui.services import account, audit, locations, partners, reasons, setup, units


@pytest.fixture
def boss(shop):
    return signed_in(shop, "ada")


def rows(shop, boss, case):
    return {row.code: row for row in shop.run(case, boss, None)}


@SIZES
async def test_a_zone_and_a_bin_are_made_and_closed(at_work: AtWork, shop, boss, size):
    async with at_work("ada", size) as it:
        await it.type(b"03MAIN" + DOWN + F2 + b"Z9\rNine" + F10)
        await it.type(ESC + b"Z9" + DOWN + F2 + b"Z9-1" + F10)
        made = rows(shop, boss, locations.tree)
        assert (made["Z9"].kind, made["Z9"].parent, made["Z9"].name) == ("zone", "MAIN", "Nine")
        assert (made["Z9-1"].kind, made["Z9-1"].parent) == ("bin", "Z9")
        await it.type(F9 + F9)
        assert rows(shop, boss, locations.tree)["Z9"].closed


async def test_what_holds_stock_is_told_and_stays_open(at_work: AtWork, shop, boss):
    async with at_work("ada") as it:
        await it.type(b"03A1" + DOWN + F9 + F9)
        assert "There is stock at A1" in it.screen()
        assert not rows(shop, boss, locations.tree)["A1"].closed


async def test_a_bad_parent_keeps_the_form(at_work: AtWork, shop, boss):
    async with at_work("ada") as it:
        await it.type(b"03" + F2 + b"N1\rNew\rbin\rNOWHERE" + F10)
        assert "NOWHERE" in it.screen()
        await it.type(b"MAIN" + F10)
        assert rows(shop, boss, locations.tree)["N1"].parent == "MAIN"


async def test_a_code_that_is_taken_is_asked_again(at_work: AtWork, shop, boss):
    async with at_work("ada") as it:
        await it.type(b"05" + F2 + b"lost\rMislaid" + F10)
        assert it.app.page.current.name == "code"
        await it.type(b"mislaid" + F10)
        assert rows(shop, boss, reasons.all_reasons)["MISLAID"].name == "Mislaid"
        await it.type(ESC + b"4" + F2 + b"kg\rKilo" + F10)
        assert it.app.page.current.name == "code"
        await it.type(ESC * 2 + ESC + b"3S-001\r" + DOWN * 3 + b"\x1b[A" * 3 + b"S-002" + F10)
        assert it.app.page.current.name == "code"


async def test_the_programs_own_names_are_read_and_kept_in_the_readers_language(at_work: AtWork, shop, boss):
    shop.run(account.set_own, boss, OwnSettings("zh_CN", ""))
    async with at_work("ada") as it:
        await it.type(b"05lost" + DOWN + b"\r")
        assert "盘亏" in it.screen() and "Lost" not in it.screen()
        await it.type(F10)
        assert rows(shop, boss, reasons.all_reasons)["LOST"].name == "Lost"
        await it.type(b"lost" + DOWN + b"\r" + "丢失".encode() + F10)
        assert rows(shop, boss, reasons.all_reasons)["LOST"].name == "丢失"


@SIZES
async def test_units_reasons_and_partners_are_made_and_changed(at_work: AtWork, shop, boss, size):
    async with at_work("ada", size) as it:
        await it.type(b"04" + F2 + b"pallet\rPallet" + F10 + b"pallet" + DOWN + F9 + F9)
        assert "pallet" not in rows(shop, boss, units.list_units)
        await it.type(ESC + ESC + b"5" + F2 + b"theft\rStolen" + F10)
        assert rows(shop, boss, reasons.all_reasons)["THEFT"].direction == "out"
        await it.type(b"theft" + DOWN + F9)
        assert "THEFT is inactive now" in " ".join(it.screen().split())
        assert not rows(shop, boss, reasons.all_reasons)["THEFT"].active
        await it.type(ESC * 2 + b"6" + F2 + b"acme\rAcme Tools\r" + RIGHT + F10)
        assert rows(shop, boss, partners.list_partners)["ACME"].kind == "customer"


async def test_the_site_has_a_name_and_a_currency_at_once(at_work: AtWork, shop):
    async with at_work("ada") as it:
        await it.type(b"07North hall\rEUR\r14" + F10)
        assert setup.site(shop) == SiteSettings("North hall", "EUR", 14)
        await it.type(ESC)
        assert "North hall" in it.rows()[0]
    async with at_work("ken") as it:
        await it.type(b"\x1b[21~")
        assert "North hall" in it.screen()


async def test_a_currency_that_is_none_keeps_the_form(at_work: AtWork, shop):
    async with at_work("ada") as it:
        await it.type(b"07North hall\rEURO" + F10)
        assert "not a currency" in it.screen()
        await it.type(b"EUR" + F10)
        assert setup.site(shop).currency == "EUR"


@SIZES
async def test_the_audit_is_searched_and_opened(at_work: AtWork, shop, boss, size):
    async with at_work("ada", size) as it:
        await it.type(b"05" + F2 + b"theft\rStolen" + F10 + ESC + b"8theft\r" + DOWN + b"\r")
        event = shop.run(audit.page, boss, AuditQuery(text="THEFT")).rows[0]
        assert event.after == {"name": "Stolen", "direction": "out"}
        assert "add reason" in it.screen() and "THEFT" in it.screen()


async def test_the_audit_of_a_product_is_a_key_away(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"7FLOUR\r" + F9 + F9 + F10)
        assert "change product" in it.screen()
    async with at_work("ken") as it:
        await it.type(b"7FLOUR\r" + F10)
        assert "change product" not in it.screen()
