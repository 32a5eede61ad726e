"""Differences, recounts, and approval by somebody else; right while stock moves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.services.test_counting import refused
from tests.support.counting import begin, count, finish, reviewed, scan, submit
from tests.support.ledger import issue, picture, receive, reverse, stock
from wms_tui.domain import counting_errors as errors
from wms_tui.domain.counting import CountRef, CountState
from wms_tui.domain.counting_review import Approve, Recount
from wms_tui.domain.errors import NotAllowed
from wms_tui.services import counting_review as review
from wms_tui.services.history import detail
from wms_tui.services.verify import verify

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture
def plan(backend, keeper):
    """A1 holds 10 BOLT and 4 NUT, A2 3 NUT; a count of both."""
    receive(backend, keeper, "BOLT", 10)
    receive(backend, keeper, "NUT", 4)
    receive(backend, keeper, "NUT", 3, target="A2")
    return begin(backend, keeper, "A1", "A2")


@pytest.fixture
def counted(backend, keeper, plan):
    """9 BOLT, 5 NUT and 3 NUT were found, and handed over."""
    count(backend, keeper, plan, "A1", "9", "BOLT", "5", "NUT")
    count(backend, keeper, plan, "A2", "3", "NUT")
    submit(backend, keeper, plan)
    return plan


def approve(backend, actor, plan, differing):
    return backend.run(review.approve, actor, Approve(plan, differing))


def sound(backend):
    assert verify(backend).ok


def test_differences_are_counted_less_expected(backend, finance, counted):
    found = reviewed(backend, finance, counted)
    assert {key: line.difference for key, line in found.items()} == {
        ("A1", "BOLT"): -1,
        ("A1", "NUT"): 1,
        ("A2", "NUT"): 0,
    }
    assert set(reviewed(backend, finance, counted, differing=True)) == {("A1", "BOLT"), ("A1", "NUT")}


def test_values_are_for_who_may_see_cost(backend, finance, admin, counted):
    found = reviewed(backend, finance, counted)
    assert found["A1", "BOLT"].value == Decimal("-0.25")
    assert found["A1", "NUT"].value is None
    summary = backend.run(review.summary, finance, CountRef(counted))
    assert (summary.short, summary.over, summary.counters) == (Decimal("0.25"), Decimal(0), ("ken",))


def test_approval_posts_one_count_document(backend, finance, counted):
    posted = approve(backend, finance, counted, 2)
    assert posted.number.startswith("C-") and posted.lines == 2
    assert stock(backend) == {("BOLT", "A1"): 9, ("NUT", "A1"): 5, ("NUT", "A2"): 3}
    document = backend.run(detail, finance, posted.number)
    assert [(line.sku, line.source, line.target, line.quantity) for line in document.lines] == [
        ("BOLT", "A1", "LOSS", 1),
        ("NUT", "LOSS", "A1", 1),
    ]
    assert [line.unit_cost for line in document.lines] == [Decimal("0.25"), None]
    sound(backend)


def test_approving_again_posts_nothing(backend, finance, counted):
    posted = approve(backend, finance, counted, 2)
    before = picture(backend)
    again = approve(backend, finance, counted, 2)
    assert (again.number, again.lines, again.again) == (posted.number, 2, True)
    assert picture(backend) == before


def test_a_count_without_differences_posts_nothing(backend, keeper, finance, plan):
    count(backend, keeper, plan, "A1", "10", "BOLT", "4", "NUT")
    count(backend, keeper, plan, "A2", "3", "NUT")
    submit(backend, keeper, plan)
    posted = approve(backend, finance, plan, 0)
    assert (posted.number, posted.lines) == ("", 0)
    assert backend.run(review.summary, finance, CountRef(plan)).plan.state is CountState.POSTED
    sound(backend)


def test_what_somebody_is_counting_is_not_sent_back(backend, keeper, finance, plan):
    scan(backend, keeper, plan, "A1", "5", "BOLT")
    bolt = reviewed(backend, finance, plan)["A1", "BOLT"]
    refused(backend, errors.BeingCounted, review.recount, finance, Recount(plan, (bolt.line_id,)))
    scan(backend, keeper, plan, "BOLT")
    finish(backend, keeper, plan)
    backend.run(review.recount, finance, Recount(plan, (bolt.line_id,)))
    assert reviewed(backend, finance, plan)["A1", "BOLT"].before == 6


def test_whoever_counted_does_not_approve(backend, keeper, admin, plan):
    count(backend, keeper, plan, "A1", "9", "BOLT")
    count(backend, admin, plan, "A2")
    submit(backend, keeper, plan)
    refused(backend, errors.ApprovedByCounter, review.approve, admin, Approve(plan, 3))


def test_whoever_found_nothing_counted_too_though_others_counted_some_of_it_again(backend, keeper, admin, plan):
    count(backend, admin, plan, "A1")
    bolt = reviewed(backend, admin, plan)["A1", "BOLT"]
    backend.run(review.recount, admin, Recount(plan, (bolt.line_id,)))
    count(backend, keeper, plan, "A1", "10", "BOLT")
    count(backend, keeper, plan, "A2", "3", "NUT")
    submit(backend, keeper, plan)
    refused(backend, errors.ApprovedByCounter, review.approve, admin, Approve(plan, 1))
    assert backend.run(review.summary, admin, CountRef(plan)).counters == ("ada", "ken")
    refused(backend, NotAllowed, review.approve, keeper, Approve(plan, 3))


def test_only_what_was_handed_over_is_approved(backend, finance, plan):
    refused(backend, errors.NotInReview, review.approve, finance, Approve(plan, 0))


def test_the_approver_approves_what_he_saw(backend, finance, counted):
    refused(backend, errors.ReviewChanged, review.approve, finance, Approve(counted, 1))


def test_who_said_that_a_location_is_empty_took_part(backend, keeper, admin, finance, plan):
    """Though he scanned nothing, and another one has counted one line there since."""
    count(backend, admin, plan, "A1")
    count(backend, keeper, plan, "A2", "3", "NUT")
    submit(backend, keeper, plan)
    bolt = reviewed(backend, finance, plan)["A1", "BOLT"].line_id
    backend.run(review.recount, finance, Recount(plan, (bolt,)))
    count(backend, keeper, plan, "A1", "10", "BOLT")
    submit(backend, keeper, plan)
    refused(backend, errors.ApprovedByCounter, review.approve, admin, Approve(plan, 1))
    assert backend.run(review.summary, finance, CountRef(plan)).counters == ("ada", "ken")
    assert approve(backend, finance, plan, 1).lines == 1


class TestWhileStockMoves:
    """Each line is right as of when it was counted, whatever happened before and after."""

    def test_an_issue_after_counting(self, backend, keeper, other_keeper, finance, plan):
        count(backend, keeper, plan, "A1", "9", "BOLT", "4", "NUT")
        issue(backend, other_keeper, "BOLT", 5)
        count(backend, keeper, plan, "A2", "3", "NUT")
        submit(backend, keeper, plan)
        assert reviewed(backend, finance, plan)["A1", "BOLT"].difference == -1
        approve(backend, finance, plan, 1)
        assert stock(backend)["BOLT", "A1"] == 4
        sound(backend)

    def test_a_receipt_before_counting(self, backend, keeper, other_keeper, finance, plan):
        receive(backend, other_keeper, "BOLT", 5)
        count(backend, keeper, plan, "A1", "15", "BOLT", "4", "NUT")
        receive(backend, other_keeper, "BOLT", 7)
        assert reviewed(backend, finance, plan)["A1", "BOLT"].difference == 0

    def test_stock_that_comes_after_finishing_is_not_missing(self, backend, keeper, other_keeper, finance, plan):
        count(backend, keeper, plan, "A1", "10", "BOLT", "4", "NUT")
        receive(backend, other_keeper, "FLOUR", 7)
        assert set(reviewed(backend, finance, plan)) == {("A1", "BOLT"), ("A1", "NUT")}

    def test_stock_that_moves_between_two_scans_is_counted_again(self, backend, keeper, other_keeper, finance, plan):
        scan(backend, keeper, plan, "A1", "4", "BOLT")
        issue(backend, other_keeper, "BOLT", 2)
        answered = scan(backend, keeper, plan, "4", "BOLT")
        assert "BOLT" in answered.outcome.fields["sku"] and "=" in answered.outcome.template
        finish(backend, keeper, plan)
        count(backend, keeper, plan, "A2", "3", "NUT")
        submit(backend, keeper, plan)
        needed = refused(backend, errors.RecountNeeded, review.approve, finance, Approve(plan, 2))
        assert "A1" in needed.text()

    def test_setting_the_line_counts_it_anew(self, backend, keeper, other_keeper, finance, plan):
        scan(backend, keeper, plan, "A1", "4", "BOLT")
        issue(backend, other_keeper, "BOLT", 2)
        scan(backend, keeper, plan, "4", "BOLT", "=8")
        line = reviewed(backend, finance, plan)["A1", "BOLT"]
        assert (line.counted, line.expected, line.moved) == (8, 8, False)

    def test_another_product_that_moves_does_not_matter(self, backend, keeper, other_keeper, finance, plan):
        scan(backend, keeper, plan, "A1", "4", "BOLT")
        issue(backend, other_keeper, "NUT", 2)
        scan(backend, keeper, plan, "6", "BOLT")
        assert not reviewed(backend, finance, plan)["A1", "BOLT"].moved

    def test_goods_that_are_gone_by_now_are_told(self, backend, keeper, other_keeper, finance, plan):
        count(backend, keeper, plan, "A1", "2", "BOLT", "4", "NUT")
        issue(backend, other_keeper, "BOLT", 9)
        count(backend, keeper, plan, "A2", "3", "NUT")
        submit(backend, keeper, plan)
        gone = refused(backend, errors.GoodsMovedOn, review.approve, finance, Approve(plan, 1))
        assert {"BOLT", "A1", "8", "1"} <= set(gone.text().replace(":", " ").replace(",", " ").split())

    def test_a_place_that_never_held_the_product(self, backend, keeper, finance, plan):
        count(backend, keeper, plan, "A2", "3", "NUT", "2", "FLOUR")
        submit(backend, keeper, plan, True)
        approve(backend, finance, plan, 1)
        assert stock(backend)["FLOUR", "A2"] == 2
        sound(backend)


class TestRecount:
    def test_a_line_is_counted_again_and_the_rest_stays(self, backend, keeper, other_keeper, finance, counted):
        line = reviewed(backend, finance, counted)["A1", "BOLT"]
        again = backend.run(review.recount, finance, Recount(counted, (line.line_id,)))
        assert again.state is CountState.COUNTING
        receive(backend, keeper, "FLOUR", 3)
        count(backend, other_keeper, counted, "A1", "10", "BOLT")
        submit(backend, other_keeper, counted)
        found = reviewed(backend, finance, counted)
        assert {key: (line.before, line.counted) for key, line in found.items()} == {
            ("A1", "BOLT"): (9, 10),
            ("A1", "NUT"): (None, 5),
            ("A2", "NUT"): (None, 3),
        }
        approve(backend, finance, counted, 1)
        sound(backend)

    def test_what_is_not_found_again_counts_as_nothing(self, backend, keeper, finance, counted):
        line = reviewed(backend, finance, counted)["A1", "BOLT"]
        backend.run(review.recount, finance, Recount(counted, (line.line_id,)))
        assert reviewed(backend, finance, counted)["A1", "BOLT"].difference is None
        count(backend, keeper, counted, "A1")
        line = reviewed(backend, finance, counted)["A1", "BOLT"]
        assert (line.before, line.counted, line.difference) == (9, 0, -10)

    def test_a_line_that_was_not_asked_for_begins_at_nothing(self, backend, keeper, finance, counted):
        line = reviewed(backend, finance, counted)["A1", "BOLT"]
        backend.run(review.recount, finance, Recount(counted, (line.line_id,)))
        count(backend, keeper, counted, "A1", "9", "BOLT", "4", "NUT")
        assert reviewed(backend, finance, counted)["A1", "NUT"].counted == 4

    def test_it_cannot_be_handed_over_before(self, backend, keeper, finance, counted):
        line = reviewed(backend, finance, counted)["A2", "NUT"]
        backend.run(review.recount, finance, Recount(counted, (line.line_id,)))
        from wms_tui.domain.counting import Submit
        from wms_tui.services import counting

        refused(backend, errors.LocationsInWork, counting.submit, keeper, Submit(counted))

    def test_lines_of_another_count_are_left_alone(self, backend, keeper, finance, counted):
        other = begin(backend, keeper, "A2")
        count(backend, keeper, other, "A2")
        line = reviewed(backend, finance, other)["A2", "NUT"]
        refused(backend, errors.NoLines, review.recount, finance, Recount(counted, (line.line_id,)))

    def test_a_posted_count_is_over(self, backend, finance, counted):
        line = reviewed(backend, finance, counted)["A1", "BOLT"]
        approve(backend, finance, counted, 2)
        refused(backend, errors.NotCounting, review.recount, finance, Recount(counted, (line.line_id,)))


def test_a_posted_count_can_be_reversed(backend, admin, finance, counted):
    posted = approve(backend, finance, counted, 2)
    reverse(backend, admin, posted.number)
    assert stock(backend) == {("BOLT", "A1"): 10, ("NUT", "A1"): 4, ("NUT", "A2"): 3}
    sound(backend)


def test_the_audit_tells_the_story(backend, keeper, finance, counted):
    approve(backend, finance, counted, 2)
    actions = [row.action for row in sorted(picture(backend)["audit_event"], key=lambda row: row.id)]
    wanted = ["begin count", "submit count", "post", "approve count"]
    assert [action for action in actions if action in wanted][-4:] != []
    assert {"begin count", "submit count", "approve count"} <= set(actions)
