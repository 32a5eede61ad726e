"""Finance and an administrator at 20 by 16 in ASCII alone: all that is theirs to read and to decide is there."""

from __future__ import annotations

import pytest

from tests.stories.evidence import YEAR
from tests.stories.handhelds import PLAINEST, SOAP, TEA, Handheld, handheld, have_ken_count, stock_the_shelves
from tests.stories.house import House
from tests.support.warehouse import PASSWORD
from wms_tui.domain.texts import ENGLISH
from wms_tui.tui.menu import ADMINISTRATION

ON_SQLITE = pytest.mark.parametrize("house", [("sqlite", ENGLISH)], indirect=True, ids="-".join)


@ON_SQLITE
def test_finance_decides_on_a_handheld(house: House):
    stock_the_shelves(house.url)
    have_ken_count(house.url)
    with handheld(house, PLAINEST) as desk:
        desk.sign_in("fay", "finance")
        stock_is_read_with_its_value(desk)
        a_document_is_found_in_the_history(desk)
        the_differences_of_a_count_are_approved(desk)
        desk.leaves()
    the_books_follow_the_count(house)


@ON_SQLITE
def test_an_administrator_keeps_house_on_a_handheld(house: House):
    with handheld(house, PLAINEST) as desk:
        desk.sign_in("ada", "admin")
        desk.keys("0")
        desk.offers(ADMINISTRATION, "admin")
        a_keeper_is_added(desk)
        a_bin_is_made(desk)
        the_audit_is_read(desk)
        desk.leaves()
    the_new_keeper_can_work(house)


def stock_is_read_with_its_value(desk: Handheld):
    desk.keys("5")
    desk.sees_under("Qty", "1,187", "240", "36")
    desk.stand_below_each_other("A1", "A1", "A2")
    for value in ("296.75", "768.00", "2,466.00"):
        desk.keys(desk.press.down)
        desk.sees(f"Value {value}")
    desk.keys(desk.press.back)
    desk.reads("Posted today")


def a_document_is_found_in_the_history(desk: Handheld):
    press = desk.press
    desk.keys("6", TEA, "\r")
    desk.sees(f"R-{YEAR}-000003")
    desk.keys(press.down, "\r")
    desk.sees("User ada", "Posted", f"{TEA} 36 pcs")
    desk.keys(press.post)
    desk.sees("SUPPLIER", "68.5000")
    desk.keys(press.back, press.back)
    desk.reads("Posted today")


def the_differences_of_a_count_are_approved(desk: Handheld):
    press = desk.press
    desk.keys("8", press.down, "\r")
    desk.reads("Short {short}, over {over}", short="0.50", over="9.60")
    desk.sees_under("Diff.", "-2", "+3")
    desk.keys(press.down)
    desk.sees("Counted 1,185", "Books 1,187", "Value -0.50")
    desk.keys(press.down)
    desk.sees("Counted 243", "Books 240", "Value 9.60")
    desk.keys(press.save)
    desk.reads("Approve and post the differences ({count})? F10 again does it, Esc does not.", count=2)
    desk.keys(press.save)
    desk.reads("{number} posted, lines: {count}.", number=f"C-{YEAR}-000001", count=2)
    desk.keys(press.back, press.back)
    desk.reads("Posted today")


def the_books_follow_the_count(house: House):
    stock = {row["sku"]: row for row in house.wms("fay", "stock", "--location", "A1", "--json").json}
    assert {sku: (row["quantity"], row["value"]) for sku, row in stock.items()} == {
        "BOLT": ("1185", "296.25"),
        SOAP: ("243", "777.6"),
    }
    told = [(row["user"], row["action"], row["subject"]) for row in house.export("ada", "audit")]
    assert ("fay", "approve count", "#1 A1") in told
    assert house.wms("ada", "verify", "--full", "--json").json["ok"]


def a_keeper_is_added(desk: Handheld):
    press = desk.press
    desk.keys("1")
    desk.reads("Users: {count}", count=5)
    desk.keys(press.new, f"rita\rkeeper\r{PASSWORD}\r{PASSWORD}\r", press.save)
    desk.reads("User {name} is made, with the role {role}.", name="rita", role="keeper")
    desk.sees("rita keeper active")
    desk.keys(press.back)
    desk.offers(ADMINISTRATION, "admin")


def a_bin_is_made(desk: Handheld):
    press = desk.press
    desk.keys("3", press.new, "B1\rBy the door\rbin\rZONE\r", press.save)
    desk.reads("{code} is saved.", code="B1")
    desk.keys(press.back)
    desk.offers(ADMINISTRATION, "admin")


def the_audit_is_read(desk: Handheld):
    press = desk.press
    desk.keys("8")
    desk.sees("add location B1", "add user")
    desk.keys("rita\r", press.down, "\r")
    desk.sees("User ada", "Action add user", "Subject rita", "keeper")
    desk.keys(press.back, press.back, press.back)
    desk.reads("Posted today")


def the_new_keeper_can_work(house: House):
    assert house.wms("rita", "stock", "--json").status == 0
    assert house.wms("rita", "export", "audit", "-").status == 1
    places = {row["code"]: row for row in house.export("ada", "locations")}
    assert (places["B1"]["name"], places["B1"]["kind"], places["B1"]["parent"]) == ("By the door", "bin", "ZONE")
    assert house.wms("ada", "verify", "--full", "--json").json["ok"]
