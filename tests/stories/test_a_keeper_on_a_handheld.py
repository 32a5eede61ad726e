"""A keeper's day at 20 by 16: in ASCII alone, in Chinese on a VT220, and there by digits and letters alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.stories.evidence import YEAR
from tests.stories.handhelds import (
    BOLTS,
    OF_A_KEYBOARD,
    PLAINEST,
    TEA,
    TYPED,
    VT220,
    Handheld,
    Keys,
    handheld,
    stock_the_shelves,
)
from tests.stories.house import House
from tests.terminal.on_the_line import Device
from wms_tui.domain.texts import ENGLISH

TODAY = date.today()
SOON, LATER = TODAY + timedelta(200), TODAY + timedelta(400)
"""When the lots S and L expire."""
WAYS = {
    "mono-ascii": (PLAINEST, OF_A_KEYBOARD),
    "vt220 in Chinese": (VT220, OF_A_KEYBOARD),
    "digits and letters": (VT220, TYPED),
}


@pytest.mark.parametrize("house", [("sqlite", ENGLISH)], indirect=True, ids="-".join)
@pytest.mark.parametrize(("device", "keys"), WAYS.values(), ids=WAYS)
def test_a_keepers_day_on_a_handheld(house: House, device: Device, keys: Keys):
    stock_the_shelves(house.url)
    with handheld(house, device, keys) as desk:
        desk.sign_in("ken", "keeper")
        milk_of_two_lots_is_received(desk)
        what_expires_first_is_issued(desk)
        a_wrong_label_is_refused(desk)
        it_is_posted(desk, "I", 2)
        the_location_is_counted_blind(desk)
        stock_is_looked_up(desk)
        desk.leaves()
    the_ledger_holds(house)


def milk_of_two_lots_is_received(desk: Handheld):
    desk.keys("1A1\r12\rMILK\r")
    desk.reads("{sku}: which lot?", sku="MILK")
    desk.keys("L\r")
    desk.reads("Lot {lot} is new: when does it expire?", lot="L")
    desk.keys(f"{LATER}\r")
    desk.sees("+12 pcs MILK", LATER.isoformat(), desk.words("?", "牛奶"))
    desk.keys(f"6\rMILK\rS\r{SOON}\r{TEA}\r")
    desk.sees(f"+1 pcs {TEA}", desk.words("?", "明前西湖龙井茶叶礼盒装"))
    it_is_posted(desk, "R", 3, before=3)


def it_is_posted(desk: Handheld, kind: str, lines: int, before: int = 0):
    desk.keys(desk.press.post, desk.press.post)
    desk.reads("{number} posted, lines: {count}.", number=f"{kind}-{YEAR}-{before + 1:06}", count=lines)
    desk.sees(desk.words(f"posted, lines: {lines}.", f"已过账，行数：{lines}。"))
    desk.keys(desk.press.back)
    desk.reads("Posted today")


def what_expires_first_is_issued(desk: Handheld):
    desk.keys("2A1\r4\rMILK\r")
    desk.reads("{sku}: Enter takes lot {lot}, here: {quantity}", sku="MILK", lot=f"S ({SOON})", quantity=6)
    desk.sees_under(desk.say("On hand"), "6", "12")
    desk.keys("\r")
    desk.sees("+4 pcs MILK", desk.words("lot S", "批号 S"))
    desk.keys("2\rMILK\rL\r")
    told = desk.words("though S", "但应先出 A1 的 S")
    desk.sees("+2 pcs MILK", told, f"({SOON})")


def a_wrong_label_is_refused(desk: Handheld):
    desk.keys("WRONG\r")
    desk.sees(desk.words("Unknown code WRONG. Check the label", "未知代码 WRONG。请检查标签"))
    desk.sees(desk.words("Refused: Esc or ..OK", "已拒绝：Esc 或 ..OK"))
    desk.keys("MILK\r")
    desk.sees("- 1")
    desk.keys(desk.press.told)
    desk.reads("Item")


def the_location_is_counted_blind(desk: Handheld):
    press = desk.press
    desk.it.forget()
    desk.keys("8")
    desk.reads("No count is open. F2 begins one.")
    desk.keys(press.new, "A1\r", press.save)
    desk.reads("Still to count")
    desk.keys("A1\r1185\rBOLT\r")
    desk.sees("+1185 pcs BOLT")
    desk.keys(f"10\rMILK\rL\r2\rMILK\rS\r240\rSOAP-07\r1\r{TEA}\r")
    desk.sees(f"+1 pcs {TEA}")
    desk.keys(press.post)
    desk.reads("{code} is counted, lines: {count}.", code="A1", count=5)
    assert desk.ever_showed("1185") and not desk.ever_showed(str(BOLTS))
    desk.keys(press.hand_over, press.sure)
    desk.reads("{name} is handed over for approval.", name="A1")
    desk.keys(press.back)
    desk.reads("Posted today")


def stock_is_looked_up(desk: Handheld):
    desk.keys("5")
    desk.sees_under(desk.say("Qty"), "1,187", "10", "2", "240")
    desk.keys("MILK\r")
    desk.sees_under(desk.say("Qty"), "10", "2")
    desk.reads(
        "{quantity} {unit} {named}, in one place", quantity=12, unit="pcs", named=desk.words("MILK ?", "MILK 牛奶")
    )
    desk.keys(desk.press.back)
    desk.reads("Posted today")


def the_ledger_holds(house: House):
    held = house.wms("ada", "stock", "--sku", "MILK", "--json").json
    assert {(row["location"], row["lot"]): row["quantity"] for row in held} == {("A1", "S"): "2", ("A1", "L"): "10"}
    issue = house.wms("ada", "history", f"I-{YEAR}-000001", "--json").json
    assert [(line["lot"], line["quantity"]) for line in issue["lines"]] == [("S", "4"), ("L", "2")]
    assert house.wms("ada", "verify", "--full", "--json").json["ok"]
