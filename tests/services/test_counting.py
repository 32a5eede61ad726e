"""Counting: what is to be counted, scans, finishing, taking over. A counter never learns what the books say."""

from __future__ import annotations

import re
from dataclasses import fields
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.support.counting import begin, count, finish, reviewed, scan, submit
from tests.support.ledger import issue, picture, receive
from wms_tui.db.tables import CountScan, core
from wms_tui.domain import counting as rules
from wms_tui.domain import counting_errors as errors
from wms_tui.domain.access import Permission
from wms_tui.domain.catalog import AddCategory, ChangeProduct, ProductRef
from wms_tui.domain.counting import (
    AtDesk,
    BinState,
    CountAnswer,
    CountRef,
    CountsQuery,
    CountState,
    CountStep,
    NewCount,
    TakeLocation,
)
from wms_tui.domain.counting_review import Approve, Recount, ReviewQuery
from wms_tui.domain.errors import (
    ExpiryMissing,
    LocationHoldsNoStock,
    LotMissing,
    NoLineYet,
    NotAllowed,
    NothingToUndo,
    SerialQuantity,
    UnknownLocation,
    UnknownProduct,
    WrongEntry,
)
from wms_tui.services import catalog_editing, categories, counting, counting_desk, counting_plans, counting_review
from wms_tui.services.catalog import detail

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture
def plan(backend, keeper):
    """A1 holds 10 BOLT and 4 NUT, A2 3 NUT; a count of both."""
    receive(backend, keeper, "BOLT", 10)
    receive(backend, keeper, "NUT", 4)
    receive(backend, keeper, "NUT", 3, target="A2")
    return begin(backend, keeper, "A1", "A2")


def lines(backend, admin, plan):
    return {key: line.counted for key, line in reviewed(backend, admin, plan).items()}


def refused(backend, error, case, actor, request):
    before = picture(backend)
    with pytest.raises(error) as refusal:
        backend.run(case, actor, request)
    assert picture(backend) == before
    return refusal.value


class TestBeginning:
    def test_a_count_covers_the_locations_below(self, backend, keeper, admin):
        plan = begin(backend, keeper, "MAIN", "A1", "A2", "AISLE")
        found = backend.run(counting.bins, keeper, CountRef(plan))
        assert [place.code for place in found] == ["A1", "A2", "AISLE"]
        assert {place.state for place in found} == {BinState.OPEN}

    def test_a_count_of_a_product_goes_where_it_is_by_the_books(self, backend, keeper, plan):
        own = begin(backend, keeper, products=("NUT",))
        assert [place.code for place in backend.run(counting.bins, keeper, CountRef(own))] == ["A1", "A2"]

    def test_a_category_counts_all_below_it(self, backend, admin, keeper, plan):
        backend.run(categories.add, admin, AddCategory("Iron"))
        backend.run(categories.add, admin, AddCategory("Small", "Iron"))
        bolt = backend.run(detail, admin, ProductRef("BOLT")).product
        backend.run(
            catalog_editing.change, admin, ChangeProduct(bolt.product_id, bolt.version, {"category": "Iron/Small"})
        )
        own = begin(backend, keeper, categories=("Iron",))
        assert [place.code for place in backend.run(counting.bins, keeper, CountRef(own))] == ["A1"]
        scan(backend, keeper, own, "A1", "BOLT")
        refused(backend, errors.ProductNotInCount, counting_desk.answer, keeper, CountAnswer(own, "NUT"))

    def test_it_is_called_after_what_it_counts(self, backend, keeper, plan):
        found = backend.run(counting.plans, keeper, CountsQuery()).rows
        assert [(one.name, one.state, one.created_by) for one in found] == [("A1, A2", CountState.COUNTING, "ken")]

    @pytest.mark.parametrize(
        ("request_", "error"),
        [
            (NewCount(), errors.NothingToCount),
            (NewCount(locations=("NOWHERE",)), UnknownLocation),
            (NewCount(products=("NONE",)), UnknownProduct),
            (NewCount(locations=("SHUT",)), errors.NothingThere),
            (NewCount(locations=("SUPPLIER",)), errors.NothingThere),
            (NewCount(products=("FLOUR",)), errors.NothingThere),
            (NewCount(products=("BOLT",) * 501), errors.TooManyCodes),
        ],
    )
    def test_what_cannot_be_counted_is_refused(self, backend, keeper, request_, error):
        refused(backend, error, counting_plans.begin, keeper, request_)

    def test_finance_does_not_count(self, backend, finance, plan):
        refused(backend, NotAllowed, counting_plans.begin, finance, NewCount(("A1",)))
        refused(backend, NotAllowed, counting_desk.sit_down, finance, CountRef(plan))


class TestScanning:
    def test_scans_of_the_same_product_add_up(self, backend, keeper, admin, plan):
        answered = scan(backend, keeper, plan, "A1", "BOLT", "4006381333931", "12", "BOLT", "BOLT-BAG", "NUT")
        assert [(line.sku, line.counted) for line in answered.view.lines] == [("NUT", 1), ("BOLT", 24)]
        assert lines(backend, admin, plan) == {("A1", "BOLT"): 24, ("A1", "NUT"): 1}

    def test_a_carton_counts_as_what_is_in_it(self, backend, keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "2", "14006381333938", "BOLT")
        assert lines(backend, admin, plan) == {("A1", "BOLT"): 49}

    def test_the_last_line_can_be_set(self, backend, keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "BOLT", "BOLT", "=17")
        assert lines(backend, admin, plan) == {("A1", "BOLT"): 17}
        scan(backend, keeper, plan, "14006381333938", "=3")
        assert lines(backend, admin, plan) == {("A1", "BOLT"): 72}

    def test_every_scan_is_kept_and_can_be_taken_back(self, backend, keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "5", "BOLT", "=2", "NUT")
        for left in ({"BOLT": 2, "NUT": None}, {"BOLT": 5, "NUT": None}, {"BOLT": None, "NUT": None}):
            backend.run(counting_desk.take_back, keeper, AtDesk(plan))
            assert lines(backend, admin, plan) == {("A1", sku): quantity for sku, quantity in left.items()}
        refused(backend, NothingToUndo, counting_desk.take_back, keeper, AtDesk(plan))
        assert len(picture(backend)["count_scan"]) == 3
        scan(backend, keeper, plan, "BOLT")
        assert lines(backend, admin, plan)["A1", "BOLT"] == 1

    def test_what_was_entered_towards_a_scan_is_taken_back_first(self, backend, keeper, plan):
        scan(backend, keeper, plan, "A1", "BOLT", "7")
        answered = backend.run(counting_desk.take_back, keeper, AtDesk(plan))
        assert answered.view.pending_quantity is None
        assert [line.counted for line in answered.view.lines] == [1]

    def test_lots_are_asked_for_and_unknown_ones_made(self, backend, keeper, admin, plan):
        answered = scan(backend, keeper, plan, "A1", "LOTTED")
        assert (answered.view.step, answered.view.pending_sku) == (CountStep.LOT, "LOTTED")
        refused(backend, LotMissing, counting_desk.answer, keeper, CountAnswer(plan, ""))
        answered = scan(backend, keeper, plan, "NEW", "LOTTED")
        assert answered.view.default == "NEW"
        scan(backend, keeper, plan, "", "LOTTED", "L1")
        assert lines(backend, admin, plan) == {("A1", "LOTTED", "NEW"): 2, ("A1", "LOTTED", "L1"): 1}

    def test_what_was_counted_names_its_lot_before_its_name(self, backend, keeper, plan):
        outcome = scan(backend, keeper, plan, "A1", "LOTTED", "L1").outcome
        assert outcome.template.format(**outcome.fields) == "+1 pcs LOTTED = 1 pcs  lot L1  Resin"

    def test_the_expiry_of_an_unknown_lot_is_asked_for(self, backend, keeper, admin, plan):
        answered = scan(backend, keeper, plan, "A1", "MILK", "M9")
        assert answered.view.step is CountStep.EXPIRES
        refused(backend, ExpiryMissing, counting_desk.answer, keeper, CountAnswer(plan, ""))
        scan(backend, keeper, plan, "2027-03-01", "3", "MILK", "GONE")
        assert lines(backend, admin, plan) == {("A1", "MILK", "M9"): 1, ("A1", "MILK", "GONE"): 3}

    def test_a_carton_set_twice_stays_a_carton(self, backend, keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "14006381333938", "=3", "=2")
        assert lines(backend, admin, plan) == {("A1", "BOLT"): 48}

    def test_a_quantity_set_after_stock_moved_is_taken_back_whole(self, backend, keeper, admin, plan):
        """What was counted before belongs to other books."""
        scan(backend, keeper, plan, "A1", "10", "BOLT")
        issue(backend, keeper, "BOLT", 3)
        scan(backend, keeper, plan, "=7")
        assert lines(backend, admin, plan) == {("A1", "BOLT"): 7}
        backend.run(counting_desk.take_back, keeper, AtDesk(plan))
        assert lines(backend, admin, plan) == {("A1", "BOLT"): None}
        refused(backend, NothingToUndo, counting_desk.take_back, keeper, AtDesk(plan))

    def test_a_serial_number_counts_once(self, backend, keeper, plan):
        scan(backend, keeper, plan, "A1", "SERIAL", "S1", "SERIAL")
        refused(backend, SerialQuantity, counting_desk.answer, keeper, CountAnswer(plan, "S1"))

    def test_inactive_products_are_counted(self, backend, keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "OLD")
        assert lines(backend, admin, plan) == {("A1", "OLD"): 1}

    def test_unknown_codes_are_listed_and_not_lost(self, backend, keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "BOLT")
        answered = scan(backend, keeper, plan, "9999999999999")
        assert "9999999999999" in answered.refused.text()
        assert answered.view.step is CountStep.ITEM
        found = backend.run(counting.unknown, keeper, CountRef(plan))
        assert [(one.code, one.location, one.user) for one in found] == [("9999999999999", "A1", "ken")]

    def test_a_product_is_no_location(self, backend, keeper, plan):
        scan(backend, keeper, plan)
        refused(backend, WrongEntry, counting_desk.answer, keeper, CountAnswer(plan, "BOLT"))

    def test_places_that_do_not_belong_are_refused(self, backend, keeper, plan):
        scan(backend, keeper, plan)
        refused(backend, errors.LocationNotInCount, counting_desk.answer, keeper, CountAnswer(plan, "AISLE"))
        refused(backend, errors.LocationNotInCount, counting_desk.answer, keeper, CountAnswer(plan, "LOSS"))
        refused(backend, LocationHoldsNoStock, counting_desk.answer, keeper, CountAnswer(plan, "ZONE"))

    def test_a_product_is_counted_where_nobody_expected_it(self, backend, keeper, admin, plan):
        own = begin(backend, keeper, products=("BOLT",))
        scan(backend, keeper, own, "AISLE", "BOLT")
        assert lines(backend, admin, own) == {("AISLE", "BOLT"): 1}

    def test_nothing_can_be_set_before_a_scan(self, backend, keeper, plan):
        scan(backend, keeper, plan, "A1")
        refused(backend, NoLineYet, counting_desk.answer, keeper, CountAnswer(plan, "=4"))


class TestFinishing:
    def test_what_was_not_found_counts_as_nothing(self, backend, keeper, admin, plan):
        count(backend, keeper, plan, "A1", "9", "BOLT")
        assert lines(backend, admin, plan) == {("A1", "BOLT"): 9, ("A1", "NUT"): 0}

    def test_a_count_of_one_product_leaves_the_others_alone(self, backend, keeper, admin, plan):
        own = begin(backend, keeper, products=("NUT",))
        count(backend, keeper, own, "A1")
        assert lines(backend, admin, own) == {("A1", "NUT"): 0}

    def test_an_unfinished_scan_is_finished_first(self, backend, keeper, plan):
        scan(backend, keeper, plan, "A1", "LOTTED")
        refused(backend, errors.LineUnfinished, counting_desk.finish, keeper, AtDesk(plan))
        backend.run(counting_desk.step_back, keeper, AtDesk(plan))
        finish(backend, keeper, plan)

    def test_without_a_location_there_is_nothing_to_finish(self, backend, keeper, plan):
        scan(backend, keeper, plan)
        refused(backend, errors.LocationFirst, counting_desk.finish, keeper, AtDesk(plan))

    def test_the_desk_names_what_is_left(self, backend, keeper, plan):
        answered = count(backend, keeper, plan, "A1")
        view = answered.view
        assert (view.step, view.nearest, view.locations, view.counted) == (CountStep.LOCATION, ("A2",), 2, 1)

    def test_a_counted_location_is_counted_again_only_if_asked(self, backend, keeper, admin, plan):
        count(backend, keeper, plan, "A1", "9", "BOLT")
        refused(backend, errors.LocationCounted, counting_desk.answer, keeper, CountAnswer(plan, "A1"))
        answered = backend.run(counting_desk.take_over, keeper, TakeLocation(plan, "A1", anew=True))
        assert answered.view.lines == ()
        scan(backend, keeper, plan, "4", "BOLT")
        finish(backend, keeper, plan)
        found = reviewed(backend, admin, plan)
        assert {key: (line.before, line.counted) for key, line in found.items()} == {
            ("A1", "BOLT"): (9, 4),
            ("A1", "NUT"): (0, 0),
        }

    def test_begun_locations_must_be_finished(self, backend, keeper, plan):
        scan(backend, keeper, plan, "A1", "BOLT")
        assert "A1" in refused(backend, errors.LocationsInWork, counting.submit, keeper, rules.Submit(plan)).text()

    @pytest.mark.parametrize("leave", ["by key", "for another location"])
    def test_a_location_left_with_nothing_counted_is_free_again(self, backend, keeper, other_keeper, plan, leave):
        scan(backend, keeper, plan, "A1", *(["A2"] if leave != "by key" else []))
        if leave == "by key":
            backend.run(counting_desk.step_back, keeper, AtDesk(plan))
        assert backend.run(counting.bins, keeper, CountRef(plan))[0].state is BinState.OPEN
        assert scan(backend, other_keeper, plan, "A1").view.location == "A1"

    def test_a_location_left_half_counted_stays_taken(self, backend, keeper, other_keeper, plan):
        scan(backend, keeper, plan, "A1", "BOLT")
        backend.run(counting_desk.step_back, keeper, AtDesk(plan))
        scan(backend, other_keeper, plan)
        refused(backend, errors.LocationTaken, counting_desk.answer, other_keeper, CountAnswer(plan, "A1"))

    def test_what_was_taken_back_at_a_location_that_was_left_waits_for_nobody(self, backend, keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "BOLT")
        backend.run(counting_desk.take_back, keeper, AtDesk(plan))
        backend.run(counting_desk.step_back, keeper, AtDesk(plan))
        count(backend, keeper, plan, "A2", "3", "NUT")
        submit(backend, keeper, plan, True)
        found = backend.run(counting_review.summary, admin, CountRef(plan))
        assert (found.waiting, found.left_out) == (0, ("A1",))
        assert ("A1", "BOLT") not in reviewed(backend, admin, plan, differing=True)
        assert backend.run(counting_review.approve, admin, Approve(plan, 0)).lines == 0

    def test_locations_that_nobody_counted_are_left_out_only_if_asked(self, backend, keeper, admin, plan):
        refused(backend, errors.NothingCounted, counting.submit, keeper, rules.Submit(plan, True))
        count(backend, keeper, plan, "A1", "10", "BOLT", "4", "NUT")
        refused(backend, errors.LocationsLeft, counting.submit, keeper, rules.Submit(plan))
        assert submit(backend, keeper, plan, True).state is CountState.REVIEW
        assert backend.run(counting_review.summary, admin, CountRef(plan)).left_out == ("A2",)
        refused(backend, errors.NotCounting, counting_desk.answer, keeper, CountAnswer(plan, "A2"))

    def test_whoever_began_a_count_may_cancel_it(self, backend, keeper, other_keeper, admin, plan):
        refused(backend, errors.NotYours, counting.cancel, other_keeper, CountRef(plan))
        backend.run(counting.cancel, keeper, CountRef(plan))
        refused(backend, errors.NotCounting, counting.cancel, admin, CountRef(plan))
        assert backend.run(counting.plans, keeper, CountsQuery()).rows == ()
        assert len(backend.run(counting.plans, keeper, CountsQuery(every=True)).rows) == 1


class TestTwoPeople:
    def test_they_count_at_different_locations(self, backend, keeper, other_keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "BOLT")
        scan(backend, other_keeper, plan, "A2", "NUT")
        refused(backend, errors.LocationTaken, counting_desk.answer, other_keeper, CountAnswer(plan, "A1"))
        states = {
            place.code: (place.state, place.counter) for place in backend.run(counting.bins, keeper, CountRef(plan))
        }
        assert states == {"A1": (BinState.IN_WORK, "ken"), "A2": (BinState.IN_WORK, "kim")}

    def test_one_takes_over_from_the_other(self, backend, keeper, other_keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "5", "BOLT")
        scan(backend, other_keeper, plan)
        answered = backend.run(counting_desk.take_over, other_keeper, TakeLocation(plan, "A1"))
        assert [line.counted for line in answered.view.lines] == [5]
        lost = refused(backend, errors.LocationLost, counting_desk.answer, keeper, CountAnswer(plan, "BOLT"))
        assert "kim" in lost.text()
        assert backend.run(counting_desk.sit_down, keeper, CountRef(plan)).step is CountStep.LOCATION
        scan(backend, other_keeper, plan, "4", "BOLT")
        finish(backend, other_keeper, plan)
        assert lines(backend, admin, plan)["A1", "BOLT"] == 9

    def test_a_location_finished_meanwhile_is_not_taken_over(self, backend, keeper, other_keeper, admin, plan):
        scan(backend, keeper, plan, "A1", "9", "BOLT")
        scan(backend, other_keeper, plan)
        refused(backend, errors.LocationTaken, counting_desk.answer, other_keeper, CountAnswer(plan, "A1"))
        finish(backend, keeper, plan)
        take = TakeLocation(plan, "A1")
        refused(backend, errors.LocationCounted, counting_desk.take_over, other_keeper, take)
        assert lines(backend, admin, plan)["A1", "BOLT"] == 9

    def test_a_location_counted_anew_meanwhile_is_not_taken_from_its_counter(
        self, backend, keeper, other_keeper, admin, plan
    ):
        count(backend, keeper, plan, "A1", "9", "BOLT")
        anew = TakeLocation(plan, "A1", anew=True)
        scan(backend, other_keeper, plan)
        backend.run(counting_desk.take_over, keeper, anew)
        refused(backend, errors.LocationTaken, counting_desk.take_over, other_keeper, anew)

    def test_a_desk_is_where_it_was_left_on_any_terminal(self, backend, keeper, plan, clock):
        seen = scan(backend, keeper, plan, "A1", "BOLT", "12").view
        clock.advance(minutes=1)
        view = backend.run(counting_desk.sit_down, keeper, CountRef(plan))
        assert (view.step, view.location, view.pending_quantity) == (CountStep.ITEM, "A1", 12)
        changed = refused(
            backend, errors.DeskChanged, counting_desk.answer, keeper, CountAnswer(plan, "BOLT", seen.saved_at)
        )
        assert changed.text()


def without_ids(answer):
    return re.sub(r"(plan_id|line_id)=\d+", "", repr(answer))


class TestBlindness:
    def test_no_answer_to_a_counter_has_a_field_for_the_books(self):
        answers = (rules.CountView, rules.CountedLine, rules.CountPlan, rules.CountBin, rules.Wanted)
        told = {field.name for kind in answers for field in fields(kind)}
        assert not told & {"expected", "difference", "value", "cost", "before", "on_hand", "position"}

    def test_the_books_change_nothing_that_a_counter_is_told(self, backend, keeper, other_keeper, plan):
        """The same scans, with other books behind them, are answered the same."""
        first = begin(backend, keeper, "AISLE")
        told = [scan(backend, keeper, first, "AISLE", "3", "BOLT", "NUT").view, finish(backend, keeper, first)]
        receive(backend, keeper, "BOLT", 77, target="AISLE")
        receive(backend, keeper, "FLOUR", 5, target="AISLE")
        second = begin(backend, keeper, "AISLE")
        told_then = [scan(backend, keeper, second, "AISLE", "3", "BOLT", "NUT").view, finish(backend, keeper, second)]

        assert [without_ids(one) for one in told_then] == [without_ids(one) for one in told]

    def test_counting_anew_lists_nothing_that_only_the_books_know(self, backend, keeper, plan):
        count(backend, keeper, plan, "A1")
        answered = backend.run(counting_desk.take_over, keeper, TakeLocation(plan, "A1", anew=True))
        assert answered.view.wanted == ()

    def test_keepers_see_no_differences(self, backend, keeper, plan):
        for case, request in (
            (counting_review.lines, ReviewQuery(plan)),
            (counting_review.summary, CountRef(plan)),
            (counting_review.plans, CountsQuery()),
            (counting_review.unknown_codes, CountRef(plan)),
        ):
            assert case.needs(request) is Permission.COUNT_REVIEW
            refused(backend, NotAllowed, case, keeper, request)

    def test_what_is_to_be_counted_again_does_not_say_what_was_counted(self, backend, keeper, admin, plan):
        count(backend, keeper, plan, "A1", "9", "BOLT")
        line = reviewed(backend, admin, plan)["A1", "BOLT"]
        backend.run(counting_review.recount, admin, Recount(plan, (line.line_id,)))
        view = scan(backend, keeper, plan, "A1").view
        assert [wanted.sku for wanted in view.wanted] == ["BOLT"]
        assert view.lines == ()


def test_every_scan_says_who_and_when(backend, keeper, plan, clock):
    scan(backend, keeper, plan, "A1", "2", "BOLT")
    scans = backend.work(lambda tx: tx.connection.execute(select(core(CountScan))).mappings().all(), writes=False)
    assert [(scan["user_id"], scan["quantity"], scan["at"]) for scan in scans] == [
        (keeper.user_id, Decimal(2), clock())
    ]


def test_the_ledger_stays_as_it_is_while_counting(backend, keeper, admin, plan):
    before = picture(backend)
    count(backend, keeper, plan, "A1", "9", "BOLT")
    after = picture(backend)
    assert [after[table] for table in ("movement", "document")] == [before[table] for table in ("movement", "document")]
    issue(backend, keeper, "BOLT", 10)


def test_all_lines_of_a_location_can_be_looked_at(backend, keeper, plan):
    scan(backend, keeper, plan, "A1", "2", "BOLT", "NUT")
    assert [line.sku for line in backend.run(counting_desk.lines, keeper, AtDesk(plan))] == ["NUT", "BOLT"]
    backend.run(counting_desk.step_back, keeper, AtDesk(plan))
    assert backend.run(counting_desk.lines, keeper, AtDesk(plan)) == ()
