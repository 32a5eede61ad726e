"""Counting among others at work: held where it matters, right in every order, posted once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.services.test_verify import problems, scaled, spoil
from tests.support.counting import begin, count, finish, reviewed, scan, submit
from tests.support.ledger import ISSUE, RECEIPT, document, issue, line, picture, receive, stock
from tests.support.threads import all_at_once, held_open, until_somebody_waits
from tests.support.warehouse import signed_in
from wms_tui.domain.counting import CountAnswer, CountRef
from wms_tui.domain.counting_review import Approve
from wms_tui.domain.errors import WmsError
from wms_tui.services import counting_desk, movements
from wms_tui.services import counting_review as review
from wms_tui.services.verify import verify

pytestmark = pytest.mark.usefixtures("catalog")


@pytest.fixture
def counted(backend, keeper):
    receive(backend, keeper, "BOLT", 10)
    receive(backend, keeper, "NUT", 4)
    plan = begin(backend, keeper, "A1")
    count(backend, keeper, plan, "A1", "9", "BOLT", "5", "NUT")
    submit(backend, keeper, plan)
    return plan


def test_a_scan_while_an_issue_is_under_way_counts_after_it(backend, keeper, other_keeper, finance):
    """The scan waits for the balance that the issue holds, and remembers a position behind the issue."""
    receive(backend, keeper, "BOLT", 10)
    plan = begin(backend, keeper, "A1")
    scan(backend, keeper, plan, "A1")
    request = document(ISSUE, line("BOLT", 4, source="A1"))
    with (
        held_open(backend, lambda tx: movements.post(tx, other_keeper, request)) as release,
        ThreadPoolExecutor(1) as pool,
    ):
        scanned = pool.submit(backend.run, counting_desk.answer, keeper, CountAnswer(plan, "BOLT"))
        until_somebody_waits(backend)
        release()
        scanned.result(30)
    assert reviewed(backend, finance, plan)["A1", "BOLT"].expected == 6
    assert verify(backend).ok


def test_an_issue_while_a_scan_is_under_way_comes_after_it(backend, keeper, other_keeper, finance):
    receive(backend, keeper, "BOLT", 10)
    plan = begin(backend, keeper, "A1")
    scan(backend, keeper, plan, "A1")
    request = document(ISSUE, line("BOLT", 4, source="A1"))

    def scan_it(tx):
        return counting_desk.answer(tx, keeper, CountAnswer(plan, "BOLT"))

    with held_open(backend, scan_it) as release, ThreadPoolExecutor(1) as pool:
        issued = pool.submit(backend.run, movements.post, other_keeper, request)
        until_somebody_waits(backend)
        release()
        issued.result(30)
    assert reviewed(backend, finance, plan)["A1", "BOLT"].expected == 10
    assert verify(backend).ok


def test_another_document_that_is_slow_to_commit_is_still_newer_than_the_scan(backend, keeper, other_keeper, finance):
    """Ids are given out before commits: only who holds the balance may say which documents it holds."""
    receive(backend, keeper, "BOLT", 10)
    plan = begin(backend, keeper, "A1")
    slow = document(RECEIPT, line("FLOUR", 1, target="A2"))
    if backend.where.startswith("/"):
        pytest.skip("SQLite has one writer")
    scan(backend, keeper, plan, "A1")
    with held_open(backend, lambda tx: movements.post(tx, other_keeper, slow)) as release:
        scan(backend, keeper, plan, "BOLT")
        release()
    issue(backend, other_keeper, "BOLT", 1)
    assert verify(backend).ok
    assert reviewed(backend, finance, plan)["A1", "BOLT"].expected == 10


def test_eight_approvals_post_once(backend, finance, counted):
    answers = all_at_once([lambda: backend.run(review.approve, finance, Approve(counted, 2))] * 8)
    assert {answer.number for answer in answers} == {"C-2026-000001"}
    assert [answer.again for answer in answers].count(False) == 1
    assert stock(backend) == {("BOLT", "A1"): 9, ("NUT", "A1"): 5}


def test_two_who_reach_for_one_location(backend, keeper, other_keeper):
    receive(backend, keeper, "BOLT", 10)
    plan = begin(backend, keeper, "A1")
    for actor in (keeper, other_keeper):
        scan(backend, actor, plan)

    def reach(actor):
        return lambda: backend.run(counting_desk.answer, actor, CountAnswer(plan, "A1"))

    answers = all_at_once([reach(keeper), reach(other_keeper)])
    assert sorted(type(answer).__name__ for answer in answers) == ["CountAnswered", "LocationTaken"]


def test_a_count_under_way_while_everything_moves(backend, keeper, other_keeper, finance, admin):
    """Two count what is physically there, two move it; in the end the books say what is there."""
    rng = random.Random(7)
    receive(backend, keeper, "BOLT", 200, target="A1")
    receive(backend, keeper, "NUT", 200, target="A2")
    plan = begin(backend, keeper, "A1", "A2")

    def move(actor, seed):
        rng = random.Random(seed)

        def work():
            for _ in range(15):
                code, place = rng.choice([("BOLT", "A1"), ("NUT", "A2")])
                if rng.random() < 0.5:
                    receive(backend, actor, code, rng.randint(1, 3), target=place)
                else:
                    issue(backend, actor, code, rng.randint(1, 3), source=place)

        return work

    def count_one(actor, place, code):
        """A person counts what stands there: three less than the books, whenever it is looked at."""

        def work():
            scan(backend, actor, plan, place, code)
            for _ in range(50):
                books = stock(backend)[code, place]
                answered = scan(backend, actor, plan, f"={books - 3}")
                if answered and stock(backend)[code, place] == books:
                    break
            finish(backend, actor, plan)

        return work

    movers = [move(signed_in(backend, "ada", f"t{seed}"), rng.random()) for seed in range(2)]
    answers = all_at_once([*movers, count_one(keeper, "A1", "BOLT"), count_one(other_keeper, "A2", "NUT")])
    assert not [answer for answer in answers if isinstance(answer, BaseException)]
    submit(backend, keeper, plan)
    before, lines = stock(backend), reviewed(backend, finance, plan)
    differing = sum(one.difference != 0 for one in lines.values())
    try:
        backend.run(review.approve, finance, Approve(plan, differing))
    except WmsError as error:
        pytest.fail(error.text())
    after = stock(backend)
    assert {(sku, place): after[sku, place] - before[sku, place] for place, sku in lines} == {
        (sku, place): one.difference for (place, sku), one in lines.items()
    }
    assert verify(backend).ok


class TestAudit:
    def test_a_line_that_remembers_something_else_is_found(self, backend, counted):
        spoil(backend, f"UPDATE count_line SET expected = expected + {scaled(backend, 1)} WHERE product_id = 1")
        found = problems(backend, "Counts remember what the ledger held")
        assert [(row["sku"], row["location"], row["expected"], row["found"]) for row in found] == [
            ("BOLT", "A1", "10", "11")
        ]

    def test_a_count_that_posted_something_else_is_found(self, backend, finance, counted):
        backend.run(review.approve, finance, Approve(counted, 2))
        assert verify(backend, keeps=False).ok
        spoil(backend, f"UPDATE count_line SET counted = counted - {scaled(backend, 1)} WHERE product_id = 1")
        found = problems(backend, "Count documents hold the differences of their counts")
        assert [(row["sku"], row["number"]) for row in found] == [("BOLT", f"#{counted}")]

    def test_a_posted_count_without_its_plan_is_found(self, backend, finance, counted):
        backend.run(review.approve, finance, Approve(counted, 2))
        spoil(backend, "UPDATE count_plan SET document_id = NULL")
        found = problems(backend, "Count documents hold the differences of their counts")
        assert "C-2026-000001" in {row["number"] for row in found}


def test_looking_writes_nothing(backend, finance, counted):
    before = picture(backend)
    reviewed(backend, finance, counted)
    backend.run(review.summary, finance, CountRef(counted))
    assert picture(backend) == before
