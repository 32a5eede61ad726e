"""Counting through the keyboard, asserting counts and ledger."""

from __future__ import annotations

import pytest

from tests.support.counting import begin, count, reviewed, scan, submit
from tests.support.ledger import receive
from tests.support.warehouse import signed_in
from tests.tui.conftest import AtWork
from wms_tui.domain.counting import CountRef, CountsQuery, CountState, TakeLocation
from wms_tui.services import counting, counting_desk, counting_review

F2, F4, F6, F7 = b"\x1bOQ", b"\x1bOS", b"\x1b[17~", b"\x1b[18~"
F8, F9, F10 = b"\x1b[19~", b"\x1b[20~", b"\x1b[21~"
UP, DOWN, ESC = b"\x1b[A", b"\x1b[B", b"\x1b"
SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 50), (20, 16)])


@pytest.fixture
def boss(shop):
    return signed_in(shop, "ada")


def plan_of(shop, boss):
    return shop.run(counting_review.plans, boss, CountsQuery(every=True)).rows[0]


def counted(shop, boss, plan_id):
    return {key: line.counted for key, line in reviewed(shop, boss, plan_id).items()}


@SIZES
async def test_a_count_from_beginning_to_handing_over(at_work: AtWork, shop, boss, size):
    async with at_work("ken", size) as it:
        await it.type(b"8" + F2 + b"A1, A2" + F10)
        await it.type(b"A1\r1240\rBOLT\rBOLT\r2\r14006381333938\rMILK\rM1\r3\rMILK\r\r" + F8)
        await it.type(b"A2\r" + F8 + F8)
        plan = plan_of(shop, boss)
        assert (plan.name, plan.counted, plan.locations) == ("A1, A2", 2, 2)
        await it.type(F7 + F7)
        assert plan_of(shop, boss).state is CountState.REVIEW
        assert counted(shop, boss, plan.plan_id) == {
            ("A1", "BOLT"): 1289,
            ("A1", "MILK", "M1"): 4,
            ("A2", "BOLT"): 0,
        }


async def test_a_burst_is_counted_whole_and_in_order(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1" + F10)
        await it.type(b"A1\r" + b"BOLT\r" * 120 + b"NUT\r" * 80)
        assert counted(shop, boss, plan_of(shop, boss).plan_id) == {("A1", "BOLT"): 120, ("A1", "NUT"): 80}


@SIZES
async def test_an_unknown_code_holds_and_is_listed(at_work: AtWork, shop, boss, size):
    async with at_work("ken", size) as it:
        await it.type(b"8" + F2 + b"A1" + F10 + b"A1\rBOLT\r777\rNUT\r9999999999999\rBOLT\rNUT\r")
        plan = plan_of(shop, boss)
        assert counted(shop, boss, plan.plan_id) == {("A1", "BOLT"): 1, ("A1", "NUT"): 777}
        assert it.bells
        await it.type(ESC + b"NUT\r" + ESC + F6 + F6)
        assert "9999999999999"[:10] in it.screen()
        assert [one.code for one in shop.run(counting.unknown, boss, CountRef(plan.plan_id))] == ["9999999999999"]


async def test_a_quantity_is_set_and_a_scan_taken_back(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1" + F10 + b"A1\rBOLT\r" + F2 + b"57\rNUT\rNUT\r" + F4)
        assert counted(shop, boss, plan_of(shop, boss).plan_id) == {("A1", "BOLT"): 57, ("A1", "NUT"): 1}


async def test_counting_goes_on_where_it_was_left(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1" + F10 + b"A1\rBOLT\r12\r")
    async with at_work("ken") as it:
        await it.type(b"8A1\r")
        assert "12" in it.screen() and "A1" in it.screen()
        await it.type(b"BOLT\r")
        assert counted(shop, boss, plan_of(shop, boss).plan_id) == {("A1", "BOLT"): 13}


async def test_a_location_is_taken_over_by_key_and_by_no_scan(at_work: AtWork, shop, boss):
    ken = signed_in(shop, "ken")
    plan = begin(shop, ken, "A1", "A2")
    scan(shop, ken, plan, "A1", "5", "BOLT")
    async with at_work("kim") as it:
        await it.type(b"8A1\r\rA1\rBOLT\r")
        assert "ken" in it.screen()
        assert counted(shop, boss, plan) == {("A1", "BOLT"): 5}
        await it.type(F6 + b"BOLT\r")
        assert counted(shop, boss, plan) == {("A1", "BOLT"): 6}


async def test_what_nobody_counted_is_left_out_after_a_second_question(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1, A2" + F10 + b"A1\rBOLT\r" + F8 + F7 + F7)
        assert "A2" in it.screen()
        assert plan_of(shop, boss).state is CountState.COUNTING
        await it.type(F7)
        assert plan_of(shop, boss).state is CountState.REVIEW


async def test_a_scan_withdraws_the_question_and_is_counted(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1, A2" + F10 + b"A1\rBOLT\r" + F8 + F7 + b"A2\rBOLT\r" + F7)
        assert plan_of(shop, boss).state is CountState.COUNTING
        assert counted(shop, boss, plan_of(shop, boss).plan_id)["A2", "BOLT"] == 1


@SIZES
async def test_finance_reviews_sends_back_and_approves(at_work: AtWork, shop, boss, size):
    ken, kim = signed_in(shop, "ken"), signed_in(shop, "kim")
    plan = begin(shop, ken, "A1")
    count(shop, ken, plan, "A1", "1240", "BOLT", "3", "MILK", "M1")
    submit(shop, ken, plan)
    async with at_work("fay", size) as it:
        await it.type(b"8A1\r" + b"\r")
        assert "-8" in it.screen()
        await it.type(DOWN + F2 + F6 + F6)
        assert plan_of(shop, boss).state is CountState.COUNTING
        await it.type(F10)
        assert "once it has been handed over" in " ".join(it.screen().split())
        await it.type(F10)
        assert plan_of(shop, boss).state is CountState.COUNTING
        count(shop, kim, plan, "A1", "1246", "BOLT")
        submit(shop, kim, plan)
        await it.type(b"\x1b[15~" + F10 + F10)
        assert plan_of(shop, boss).document == "C-2026-000001"
        assert "C-2026-000001" in it.screen().replace("\n", "")


async def test_a_keeper_is_told_who_goes_on(at_work: AtWork, shop, boss):
    ken = signed_in(shop, "ken")
    plan = begin(shop, ken, "A1")
    count(shop, ken, plan, "A1", "1240", "BOLT")
    submit(shop, ken, plan)
    async with at_work("ken") as it:
        await it.type(b"8A1\r\r")
        assert "approve" in it.screen()
        assert "1248" not in it.screen() and "1,248" not in it.screen()


async def test_home_tells_who_may_approve(at_work: AtWork, shop):
    ken = signed_in(shop, "ken")
    plan = begin(shop, ken, "A1")
    count(shop, ken, plan, "A1", "1240", "BOLT")
    submit(shop, ken, plan)
    async with at_work("fay") as it:
        await it.until(lambda: "Counts to approve" in it.screen())
    async with at_work("ken") as it:
        await it.until(lambda: "Posted today" in it.screen())
        assert "Counts to approve" not in it.screen()


async def test_a_bad_scope_keeps_the_form(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"\r\rNOTHING-SUCH" + F10)
        assert "NOTHING-SUCH" in it.screen()
        await it.type(b"NUT" + F10)
        assert plan_of(shop, boss).name == "NUT"


async def test_a_count_is_cancelled_after_a_question(at_work: AtWork, shop, boss):
    plan = begin(shop, signed_in(shop, "ken"), "A1")
    async with at_work("ken") as it:
        await it.type(b"8" + DOWN + F9)
        assert shop.run(counting.plans, boss, CountsQuery()).rows
        await it.type(F9)
        assert not shop.run(counting.plans, boss, CountsQuery()).rows
    assert plan


async def test_a_location_lost_while_a_quantity_is_asked_for_ends_the_question(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1, A2" + F10 + b"A1\rBOLT\r" + F2)
        plan = plan_of(shop, boss)
        kim = signed_in(shop, "kim")
        shop.run(counting_desk.sit_down, kim, CountRef(plan.plan_id))
        shop.run(counting_desk.take_over, kim, TakeLocation(plan.plan_id, "A1"))
        await it.type(b"12\r")
        assert "kim" in it.screen() and "Quantity of" not in it.screen()
        await it.type(ESC + b"A2\rNUT\r")
        assert counted(shop, boss, plan.plan_id) == {("A1", "BOLT"): 1, ("A2", "NUT"): 1}


@SIZES
async def test_all_that_is_counted_at_a_location_is_shown_by_key_and_a_scan_goes_on(at_work: AtWork, shop, boss, size):
    async with at_work("ken", size) as it:
        await it.type(b"8" + F2 + b"A1, A2" + F10 + b"A1\r12\rBOLT\rNUT\r" + ESC)
    async with at_work("ken", size) as it:
        await it.type(b"8A1\rA1\r" + F6)
        assert "12" in it.screen() and "NUT" in it.screen() and "A1" in it.screen()
        await it.type(b"NUT\r")
        assert counted(shop, boss, plan_of(shop, boss).plan_id) == {("A1", "BOLT"): 12, ("A1", "NUT"): 2}
        assert it.app.page.heading().startswith("Count ")
        await it.type(F6 + F6)
        assert it.app.page.heading().startswith("Count ")


async def test_an_empty_location_is_finished_only_after_a_question(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1, A2" + F10 + b"A1\r" + F8)
        assert "A1" in it.screen() and plan_of(shop, boss).counted == 0
        await it.type(b"BOLT\r" + F8)
        assert plan_of(shop, boss).counted == 1
        await it.type(b"A2\r" + F8 + ESC)
        assert plan_of(shop, boss).counted == 1
        await it.type(F8 + F8)
        assert plan_of(shop, boss).counted == 2


async def test_a_lot_is_whole_on_a_handheld(at_work: AtWork, shop, boss):
    async with at_work("ken", (20, 16)) as it:
        await it.type(b"8" + F2 + b"A1" + F10 + b"A1\rMILK\r2611190042F\r2027-03-28\r" + F6)
        assert "2611190042F" in it.screen() and "MILK" in it.screen()


async def test_what_moved_while_it_was_counted_is_marked_until_it_is_counted_again(at_work: AtWork, shop, boss):
    ken = signed_in(shop, "ken")
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1" + F10 + b"A1\r1240\rBOLT\r")
        receive(shop, ken, "BOLT", 5)
        bells = it.bells
        await it.type(b"BOLT\rNUT\r")
        await it.until(lambda: it.bells > bells + 2)
        assert "Moved while counted: BOLT" in it.screen() and "! " in it.screen()
        await it.type(F8)
        assert plan_of(shop, boss).counted == 0
        await it.type(ESC + b"BOLT\r=1253\r")
        assert "Moved while counted" not in it.screen()
        await it.type(F8)
        assert plan_of(shop, boss).counted == 1


async def test_a_number_where_a_location_is_asked_for_is_no_unknown_code(at_work: AtWork, shop, boss):
    async with at_work("ken") as it:
        await it.type(b"8" + F2 + b"A1" + F10 + b"12\r" + ESC + b"=3\r")
        assert "Scan the location first" in it.screen()
        assert shop.run(counting.unknown, boss, CountRef(plan_of(shop, boss).plan_id)) == ()
