"""A receipt and an issue on the smallest VT220s, with a refusal between that is read to its end."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from tests.stories.evidence import YEAR
from tests.stories.handhelds import OF_A_KEYBOARD, TYPED, Handheld, handheld, stock_the_shelves
from tests.stories.house import House
from tests.support.cases import few_of
from tests.terminal.harness import sign_in
from tests.terminal.on_the_line import Device
from wms_tui.domain.errors import NotEnoughStock
from wms_tui.domain.texts import ENGLISH, translator

EXPIRES = date.today() + timedelta(200)
SIZES = {"20x4": (20, 4), "40x8": (40, 8)}
WAYS = {"in Chinese": ("zh_CN.UTF-8", OF_A_KEYBOARD), "in English, typed": ("en_GB.UTF-8", TYPED)}
FEW = [("20x4", "in English, typed"), ("40x8", "in Chinese")]
"""Each size and each way."""


@pytest.mark.parametrize("house", [("sqlite", ENGLISH)], indirect=True, ids="-".join)
@pytest.mark.parametrize(("size", "way"), few_of(product(SIZES, WAYS), FEW))
def test_goods_come_and_go_on_the_smallest_screens(house: House, size: str, way: str):
    locale, keys = WAYS[way]
    stock_the_shelves(house.url)
    with handheld(house, Device("vt220", SIZES[size], locale, "vt220"), keys) as desk:
        desk.reads("User name")
        desk.keys(sign_in("ken"))
        desk.reads("Receipt")
        milk_is_received(desk)
        too_much_is_refused_and_the_reason_read(desk)
        what_is_there_is_issued(desk)
        desk.keys(desk.press.back)
        desk.reads("Receipt")
        desk.leaves()
    held = house.wms("ada", "stock", "--sku", "MILK", "--json").json
    assert [(row["location"], row["lot"], row["quantity"]) for row in held] == [("A1", "L", "8")]
    assert house.wms("ada", "verify", "--full", "--json").json["ok"]


def milk_is_received(desk: Handheld):
    desk.keys("1A1\r12\rMILK\r")
    desk.reads("{sku}: which lot?", sku="MILK")
    desk.keys("L\r")
    desk.reads("Lot {lot} is new: when does it expire?", lot="L")
    desk.keys(f"{EXPIRES}\r")
    desk.sees("+12 pcs MILK")
    desk.keys(desk.press.post, desk.press.post)
    desk.reads("{number} posted, lines: {count}.", number=f"R-{YEAR}-000004", count=1)
    desk.keys(desk.press.back)
    desk.reads("Receipt")


def too_much_is_refused_and_the_reason_read(desk: Handheld):
    desk.keys("2A1\r99\rMILK\r\r")
    refusal = NotEnoughStock(sku="MILK", location="A1", on_hand=Decimal(12), wanted=Decimal(99))
    desk.reads_on(refusal.text(translator(desk.language)))
    desk.sees(desk.words("Refused: ", "已拒绝："))
    desk.keys("MILK\r", desk.press.told)
    desk.reads("Ignored after the refusal: {count}. Scan them again.", count=1)
    desk.keys(desk.press.back)
    desk.reads("Item")


def what_is_there_is_issued(desk: Handheld):
    desk.keys("4\rMILK\r\r")
    desk.sees("+4 pcs MILK")
    desk.keys(desk.press.post, desk.press.post)
    desk.reads("{number} posted, lines: {count}.", number=f"I-{YEAR}-000001", count=1)
