"""What counters and reviewers do while the model and the program are compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.support import counting as counts
from tests.support.ledger import RECEIPT, document, line
from tests.support.model.compared import Compared
from tests.support.model.counts import Bin, Plan
from tests.support.model.drawing import BINS, COUNTERS, GOODS, KEEPERS, QUANTITY, REVIEWERS, SIDES, one_in
from wms_tui.domain.counting import CountRef, TakeLocation
from wms_tui.domain.counting_review import Approve, Recount
from wms_tui.services import counting, counting_desk, counting_review

STEPS = ["work", "submit", "recount", "approve", "cancel"]
REVIEWS = {"recount", "approve"}


class Counting(Compared):
    """One count after the other, at times two at once."""

    @rule(side=SIDES, user=COUNTERS, reviewer=REVIEWERS, odd=one_in(6), data=st.data())
    def count(self, side, user, reviewer, odd, data):
        """The next step of a count; ``odd``: any step, at any time."""
        open_ones = [plan_id for plan_id, plan in self.plans.items() if plan.is_open]
        if not open_ones or (odd and len(open_ones) < 2):
            self.begin_count(side, data.draw(KEEPERS), data.draw(st.sampled_from([BINS, BINS, BINS[:1]])))
            return
        plan_id = data.draw(st.sampled_from(sorted(self.plans) if odd else open_ones))
        step = data.draw(st.sampled_from(STEPS if odd else self.plans[plan_id].next_steps))
        getattr(self, step)(side, reviewer if step in REVIEWS else user, plan_id, self.plans[plan_id], data)

    def work(self, side: int, user: str, plan_id: int, plan: Plan, data: Any) -> None:
        """Go to a location, or stay where one stands; count some things; perhaps that is all."""
        if not plan.at(user) or data.draw(one_in(6)):
            self.go(side, user, plan_id, data.draw(st.sampled_from(BINS)), takes_over=data.draw(one_in(3)))
        for _ in range(data.draw(st.integers(0, 3)) if plan.at(user) else 0):
            self.count_one(side, user, plan_id, data)
        if plan.at(user) and not data.draw(one_in(3)):
            counts.finish(self.sides[side], self.people[user], plan_id)
            plan.finish(user)

    def go(self, side: int, user: str, plan_id: int, place: str, takes_over: bool) -> None:
        backend, actor, plan = self.sides[side], self.people[user], self.plans[plan_id]
        if takes_over and plan.state == "counting" and place in plan.bins:
            counts.scan(backend, actor, plan_id)
            backend.run(counting_desk.take_over, actor, TakeLocation(plan_id, place, anew=plan.bins[place].done))
            plan.take_over(user, place)
        else:
            self.both(lambda: counts.scan(backend, actor, plan_id, place), lambda: plan.go(user, place))

    def count_one(self, side: int, user: str, plan_id: int, data: Any) -> None:
        backend, actor, plan = self.sides[side], self.people[user], self.plans[plan_id]
        quantity = data.draw(QUANTITY)
        if data.draw(one_in(4)):
            self.both(
                lambda: counts.scan(backend, actor, plan_id, f"={quantity}"), lambda: plan.set_last(user, quantity)
            )
            return
        code, lot = data.draw(GOODS)
        self.scan_goods(side, user, plan_id, code, lot, quantity)
        if data.draw(one_in(3)):
            self.bring_more(1 - side, plan.at(user), code, lot)
            self.scan_goods(side, user, plan_id, code, lot, quantity)

    def bring_more(self, side: int, place: str, code: str, lot: str) -> None:
        """Of what is just being counted, to where it is counted."""
        self.post(side, "kim", document(RECEIPT, line(code, 1, target=place, lot=lot or None)))

    def scan_goods(self, side: int, user: str, plan_id: int, code: str, lot: str, quantity: Decimal) -> None:
        backend, actor, plan = self.sides[side], self.people[user], self.plans[plan_id]
        assume(code != "?" and (code not in {"NUT", "NUT2"} or code in self.model.items))
        counts.scan(backend, actor, plan_id, str(quantity), code, *([lot] if lot else []))
        item, factor = self.model.item(code)
        plan.scan(user, item, lot, quantity, factor)

    def begin_count(self, side: int, user: str, places: tuple[str, ...]) -> None:
        open_ones = [place for place in places if place not in self.model.closed]
        plan_id = counts.begin(self.sides[side], self.people[user], *open_ones)
        self.plans[plan_id] = Plan(self.model, {place: Bin() for place in open_ones})

    def submit(self, side: int, user: str, plan_id: int, plan: Plan, data: Any) -> None:
        without_rest, actor = not data.draw(one_in(3)), self.people[user]
        self.both(
            lambda: counts.submit(self.sides[side], actor, plan_id, without_rest), lambda: plan.submit(without_rest)
        )

    def recount(self, side: int, user: str, plan_id: int, plan: Plan, data: Any) -> None:
        ids = self.reviewed(side, plan_id)
        keys = data.draw(st.lists(st.sampled_from(sorted(ids)), unique=True, max_size=2)) if ids else []
        request, actor = Recount(plan_id, tuple(ids[key] for key in keys)), self.people[user]
        self.both(lambda: self.sides[side].run(counting_review.recount, actor, request), lambda: plan.recount(keys))

    def approve(self, side: int, user: str, plan_id: int, plan: Plan, _data: Any) -> None:
        self.reviewed(side, plan_id)
        request, actor = Approve(plan_id, sum(one.differs for one in plan.lines.values())), self.people[user]
        self.both(
            lambda: self.sides[side].run(counting_review.approve, actor, request),
            lambda: plan.approve(user, f"plan {plan_id}"),
        )

    def cancel(self, side: int, user: str, plan_id: int, plan: Plan, _data: Any) -> None:
        request, actor = CountRef(plan_id), self.people["ada"]
        self.both(lambda: self.sides[side].run(counting.cancel, actor, request), plan.cancel)
