"""From a new role to the value of a difference: six people, three terminals, one product."""

from __future__ import annotations

from tests import roles
from tests.stories.evidence import (
    CODE,
    COST,
    MONEY,
    RECEIVED,
    SKU,
    YEAR,
    the_audit_tells_who_did_it,
    the_books_say_what_was_found,
    the_exports_tell_each_role_what_is_its_own,
)
from tests.stories.house import Desk, House
from tests.support.warehouse import PASSWORD
from tests.terminal.harness import DOWN, ESC, F2, F5, F6, F7, F8, F10
from wms_tui.domain.barcode_errors import NotInCatalog
from wms_tui.domain.roles import NAMES
from wms_tui.tui.menu import ADMINISTRATION, ENTRIES

HANDHELD = (20, 16)
RIGHT = b"\x1b[C"


def test_from_a_new_role_to_the_value_of_a_difference(house: House):
    office = house.desk(LANG=house.locale)
    dock = house.desk(LANG=house.foreign_locale, WMS_LANG=house.language)
    aisle = house.desk(HANDHELD, LANG=house.foreign_locale)
    role, product = house.words("Receiving", "收货员"), house.words("Ball bearing", "深沟球轴承")

    an_administrator_makes_a_role_and_a_user(office, role)
    the_user_sees_exactly_that_roles_screens(dock, role)
    a_product_is_made_from_an_unknown_scan(dock, product)
    it_is_received(dock)
    finance_says_what_it_costs(office)

    ken_begins_a_count_and_counts_the_first_location(dock)
    kim_counts_the_second_in_a_language_of_her_own(aisle, house.language)
    a_third_issues_meanwhile(office)
    the_count_is_handed_over(dock)
    finance_sees_the_value_of_the_difference(office)
    kim_counts_the_first_location_again(aisle)
    finance_approves_and_posts(office)
    finance_reads_the_audit_of_the_product(office)

    neither_counter_saw_what_was_expected_or_what_it_is_worth(dock, aisle)
    the_books_say_what_was_found(house)
    the_exports_tell_each_role_what_is_its_own(house)
    the_audit_tells_who_did_it(house, role)


def an_administrator_makes_a_role_and_a_user(desk: Desk, role: str):
    desk.sign_in("ada", "admin")
    desk.keys("0")
    desk.offers(ADMINISTRATION, "admin")
    desk.keys("2", F2, role, F10)
    desk.reads("Role {role} is made. Set what it may do.", role=role)
    held = roles.HELD[roles.MADE_BY_HAND]
    desk.keys(*(DOWN + RIGHT if permission in held else DOWN for permission in NAMES), F10)
    desk.reads("Role {role} is saved.", role=role)
    desk.keys(ESC)
    desk.reads("Administration")
    desk.keys("1", F2, f"rita\r{role}\r{PASSWORD}\r{PASSWORD}", F10)
    desk.reads("User {name} is made, with the role {role}.", name="rita", role=role)
    desk.keys(ESC, ESC)
    desk.sign_out()


def the_user_sees_exactly_that_roles_screens(desk: Desk, role: str):
    desk.sign_in("rita", role)
    for one in ENTRIES:
        if roles.MADE_BY_HAND not in roles.SCREENS[str(one.title)]:
            for key in (one.digit, one.letter):
                desk.keys(key)
                desk.reads("There is no {key} in the menu.", key=repr(key))


def a_product_is_made_from_an_unknown_scan(desk: Desk, product: str):
    desk.keys("1A1\r", CODE, "\r")
    unknown = desk.say(NotInCatalog.template, gtin=CODE)
    desk.reads("{refusal} F6 makes a new product with this code.", refusal=unknown)
    desk.keys(F6)
    desk.reads("New product")
    desk.keys(f"{SKU}\r{product}", F10)
    desk.reads("Product {sku} is made. Scan it again.", sku=SKU)


def it_is_received(desk: Desk):
    for location, quantity in RECEIVED.items():
        desk.keys(f"{location}\r{quantity}\r{CODE}\r")
    desk.keys(F8, "PO-17\r", F8)
    desk.it.wait_for("R-2026-000001")
    desk.keys(ESC, ESC)
    desk.sign_out()


def finance_says_what_it_costs(desk: Desk):
    desk.sign_in("fay", "finance")
    desk.keys("0")
    desk.offers(ADMINISTRATION, "finance")
    desk.keys(ESC, "7", CODE, "\r")
    desk.sees(SKU, "1,829")
    desk.keys(F2, DOWN, COST, F10)
    desk.reads("{sku} is saved.", sku=SKU)
    desk.keys(ESC, ESC)
    desk.sign_out()


def ken_begins_a_count_and_counts_the_first_location(desk: Desk):
    desk.sign_in("ken", "keeper")
    desk.keys("8", F2, "A1, A2", F10, f"A1\r1185\r{CODE}\r")
    desk.sees("1,185")


def kim_counts_the_second_in_a_language_of_her_own(desk: Desk, language: str):
    desk.sign_in("kim", "keeper")
    desk.choose_language(language)
    desk.keys("8", DOWN, f"\rA2\r645\r{CODE}\r", F8)
    desk.reads("{code} is counted, lines: {count}.", code="A2", count=1)
    desk.keys(ESC)


def a_third_issues_meanwhile(desk: Desk):
    desk.sign_in("lee", "keeper")
    desk.keys(f"2A1\r7\r{CODE}\r", F8, F8)
    desk.reads("{number} posted, lines: {count}.", number=f"I-{YEAR}-000001", count=1)
    desk.keys(ESC, ESC)
    desk.sign_out()
    assert not desk.ever_showed(*MONEY)


def the_count_is_handed_over(desk: Desk):
    desk.keys(F8)
    desk.reads("{code} is counted, lines: {count}.", code="A1", count=1)
    desk.keys(F7, F7)
    desk.reads("{name} is handed over for approval.", name="A1, A2")


def finance_sees_the_value_of_the_difference(desk: Desk):
    desk.sign_in("fay", "finance")
    desk.keys("8", DOWN, "\r")
    desk.reads("Short {short}, over {over}", short="14.62", over="21.93")
    desk.keys(DOWN, F6, F6)
    desk.reads("Lines to be counted again: {count}.", count=1)


def kim_counts_the_first_location_again(desk: Desk):
    desk.keys(F5, DOWN, "\r")
    desk.reads("Still to count")
    desk.keys("A1\r")
    desk.reads("Count again here: {count}", count=1)
    desk.keys(f"1178\r{CODE}\r", F8, F7, F7)
    desk.reads("{name} is handed over for approval.", name="A1, A2")


def finance_approves_and_posts(desk: Desk):
    desk.keys(F5)
    desk.sees("1,180", "1,178", "-2", "-14.62", "+3", "21.93")
    desk.keys(F10)
    desk.reads("Approve and post the differences ({count})? F10 again does it, Esc does not.", count=2)
    desk.keys(F10)
    desk.reads("{number} posted, lines: {count}.", number=f"C-{YEAR}-000001", count=2)


def finance_reads_the_audit_of_the_product(desk: Desk):
    desk.keys(ESC, ESC, "08", SKU, "\r")
    desk.sees("rita", desk.say("add product"), "fay", desk.say("change product"))


def neither_counter_saw_what_was_expected_or_what_it_is_worth(*desks: Desk):
    for desk in desks:
        assert desk.ever_showed("1185", "645"), "what they counted themselves"
        assert not desk.ever_showed("1187", "1180", "642", *MONEY)
