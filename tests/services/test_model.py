"""The program held against a warehouse of plain dictionaries: whatever is done in whatever order, both say the same.

Two backends work at one database; the one that did not make a change may remember how things were before.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from tests.conftest import _with_catalog
from tests.support import counting as counts
from tests.support.clock import Clock
from tests.support.ledger import ADJUSTMENT, ISSUE, RECEIPT, TRANSFER, document, line, stock
from tests.support.model import No, Plan, Warehouse
from tests.support.model.counts import Bin
from tests.support.threads import all_at_once
from tests.support.warehouse import signed_in
from wms_tui.db.tables import Document, Location, Lot, Movement, Product, core
from wms_tui.domain.catalog import ChangeProduct
from wms_tui.domain.counting import CountRef, TakeLocation
from wms_tui.domain.counting_review import Approve, Recount
from wms_tui.domain.errors import WmsError
from wms_tui.domain.movements import Line, PostDocument, ReverseDocument
from wms_tui.services import catalog_editing, counting, counting_desk, counting_review, locations, movements
from wms_tui.services.backend import Backend
from wms_tui.services.verify import verify

COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
settings.register_profile(
    "suite",
    max_examples=12,
    stateful_step_count=40,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a failure is told at once; the campaign makes it small
    **COMMON,
)
settings.register_profile("campaign", max_examples=500, stateful_step_count=100, **COMMON)

BINS = ("A1", "A2")
KNOWN = ["BOLT", "BOLT", "BOLT-BAG", "14006381333938", "4006381333931", "NUT", "NUT", "FLOUR"]
ODD = ["NUT2", "NUT2", "OLD", "?"]
"""Codes that are there at times, or never, or not for posting."""
QUANTITY = st.sampled_from([Decimal(1), Decimal(2), Decimal(5), Decimal("0.5")])
LOTS = st.sampled_from(["L1", "L1", "L1", "N1", "N2"])
FIRST = (line("BOLT", 30, target="A1"), line("NUT", 9, target="A2"), line("LOTTED", 9, target="A1", lot="L1"))
STEPS = ["work", "submit", "recount", "approve", "cancel"]
REVIEWS = {"recount", "approve"}
KEEPERS = st.sampled_from(["ken", "kim"])
COUNTERS = st.sampled_from(["ken", "kim", "ada"])
REVIEWERS = st.sampled_from(["fay", "ada"])
SIDES = st.sampled_from([0, 1])


CHANGES = [
    ("NUT", "sku", "NUT2"),
    ("NUT", "sku", "NUT"),
    ("NUT", "name", "螺母"),
    ("NUT", "active", False),
    ("NUT", "active", True),
    ("FLOUR", "active", False),
    ("FLOUR", "active", True),
    ("OLD", "active", True),
]


def one_in(times: int) -> st.SearchStrategy[bool]:
    return st.integers(1, times).map(lambda drawn: drawn == times)


@st.composite
def lines(draw: Any, kind: str) -> Line:
    code, lot = draw(GOODS)
    if draw(one_in(20)):
        lot = "" if lot else "L1"
    unit = "carton" if code in {"BOLT", "NUT"} and draw(one_in(4)) else None
    place = st.sampled_from(["SHUT"]) if draw(one_in(10)) else st.sampled_from(BINS)
    more = {"source": draw(place)} if kind in {ISSUE, TRANSFER} else {}
    if kind == TRANSFER and not draw(one_in(10)):
        more["target"] = {"A1": "A2"}.get(more["source"], "A1")
    elif kind in {RECEIPT, TRANSFER}:
        more["target"] = draw(place)
    if kind == ADJUSTMENT:
        way, reason = draw(st.sampled_from([("source", "LOST"), ("target", "FOUND")]))
        more = {way: draw(place), "reason": "FOUND" if draw(one_in(10)) else reason}
    return line(code, draw(QUANTITY), lot=lot or None, unit=unit, **more)


@st.composite
def goods(draw: Any) -> tuple[str, str]:
    """A code and a lot."""
    if draw(one_in(4)):
        return "LOTTED", draw(LOTS)
    return draw(st.sampled_from(ODD if draw(one_in(10)) else KNOWN)), ""


GOODS = goods()


@st.composite
def documents(draw: Any) -> PostDocument:
    kind = draw(st.sampled_from([RECEIPT, RECEIPT, ISSUE, TRANSFER, ADJUSTMENT]))
    return document(kind, *draw(st.lists(lines(kind), min_size=1, max_size=4)))


class Machine(RuleBasedStateMachine):
    """Every rule asks the model and the program for the same, and compares what they answer."""

    def __init__(self, databases: Any) -> None:
        super().__init__()
        self.at_end = ExitStack()
        url = self.at_end.enter_context(databases.copy_of("catalog", _with_catalog))
        self.sides = [Backend.open(url, Clock()) for _ in range(2)]
        for side in self.sides:
            self.at_end.callback(side.close)
        self.people = {name: signed_in(self.sides[0], name) for name in ("ken", "kim", "ada", "fay")}
        products = self.look(select(Product.sku, Product.id, Product.version))
        self.ids = {sku: key for sku, key, _ in products}
        self.model = Warehouse({sku: version for sku, _, version in products})
        self.sent: list[tuple[str, PostDocument]] = []
        self.undone: list[tuple[str, ReverseDocument]] = []
        self.plans: dict[int, Plan] = {}
        self.serial = 0
        self.post(0, "ken", document(RECEIPT, *FIRST))

    def look(self, statement: Any) -> list[Any]:
        return self.sides[0].work(lambda tx: list(tx.connection.execute(statement)), writes=False)

    def both(self, ours: Callable[[], Any], model: Callable[[], Any]) -> Any:
        """What both answer; a refusal is compared by its name and facts, and answers None."""
        try:
            expected = model()
        except No as no:
            with pytest.raises(WmsError) as refused:
                ours()
            assert refused.value.code == no.name, refused.value.text()
            if no.name == "NotEnoughStock":
                fields = refused.value.fields
                place, on_hand, wanted = fields["location"], fields["on_hand"], fields["wanted"]
                assert (place, Decimal(on_hand), Decimal(wanted)) in no.told
            return None
        answered = ours()
        if isinstance(expected, tuple):
            assert (answered.number, answered.lines, answered.again) == expected
        return answered

    def post(self, side: int, user: str, request: PostDocument) -> None:
        backend, actor = self.sides[side], self.people[user]
        self.both(lambda: backend.run(movements.post, actor, request), lambda: self.model.post(user, request))

    @rule(side=SIDES, user=KEEPERS, request=documents())
    def enter(self, side, user, request):
        self.serial += 1
        request = replace(request, request_id=f"request {self.serial}")
        self.sent.append((user, request))
        self.post(side, user, request)

    @precondition(lambda self: self.sent)
    @rule(side=SIDES, data=st.data(), other=one_in(3))
    def send_again(self, side, data, other):
        """As it was, or with something else in it under the same key."""
        user, request = data.draw(st.sampled_from(self.sent))
        self.post(side, user, replace(request, note="something else") if other else request)

    @rule(side=SIDES, quantities=st.lists(QUANTITY, min_size=2, max_size=4), place=st.sampled_from(BINS))
    def several_enter_at_once(self, side, quantities, place):
        """They get numbers in any order, but each its own, and none is left out."""
        assume(place not in self.model.closed)
        backend, wanted = self.sides[side], [document(RECEIPT, line("BOLT", q, target=place)) for q in quantities]
        jobs = [lambda one=one: backend.run(movements.post, self.people["ken"], one) for one in wanted]
        answers = all_at_once(jobs)
        assert not [answer for answer in answers if isinstance(answer, BaseException)]
        for answered, request in sorted(zip(answers, wanted, strict=True), key=lambda pair: pair[0].number):
            assert self.model.post("ken", request) == (answered.number, 1, False)

    @precondition(lambda self: self.model.documents)
    @rule(side=SIDES, user=COUNTERS, data=st.data(), again=one_in(3), other=one_in(2))
    def reverse(self, side, user, data, again, other):
        """``again``: an earlier request, perhaps (``other``) for another document."""
        standing = [one.number for one in self.model.documents if one.kind != "reversal" and not one.reversed_by]
        every = [one.number for one in self.model.documents]
        number = data.draw(st.sampled_from(every if again or not standing else standing))
        if again and self.undone:
            user, request = data.draw(st.sampled_from(self.undone))
            self.undo(side, user, replace(request, number=number) if other else request)
            return
        self.serial += 1
        self.undone.append((user, ReverseDocument(number, f"undo {self.serial}")))
        self.undo(side, *self.undone[-1])

    def undo(self, side: int, user: str, request: ReverseDocument) -> None:
        backend, actor = self.sides[side], self.people[user]
        self.both(
            lambda: backend.run(movements.reverse, actor, request),
            lambda: self.model.reverse(user, request.number, request.request_id, any_ones=user == "ada"),
        )

    @rule(side=SIDES, change=st.sampled_from(CHANGES), late=one_in(4), closes=one_in(4), data=st.data())
    def edit(self, side, change, late, closes, data):
        """A product, at times by somebody who read it before its last change; or whether a location is open."""
        if closes:
            self.open_or_close(side, data.draw(st.sampled_from(["SHUT", "SHUT", "A2"])))
            return
        item, field, value = change
        version = self.model.versions[item] - late
        request = ChangeProduct(self.ids[item], version, {field: value})
        self.both(
            lambda: self.sides[side].run(catalog_editing.change, self.people["ada"], request),
            lambda: self.model.edit(item, version, field, value),
        )

    def open_or_close(self, side: int, place: str) -> None:
        backend, ada = self.sides[side], self.people["ada"]
        row = next(row for row in backend.run(locations.tree, ada, None) if row.code == place)
        counted = any(place in plan.bins and plan.is_open for plan in self.plans.values())
        self.both(lambda: backend.run(locations.close, ada, row), lambda: self.model.open_or_close(place, counted))

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
            backend.run(counting_desk.take_over, actor, TakeLocation(plan_id, place))
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

    def reviewed(self, side: int, plan_id: int) -> dict[tuple[str, str, str], int]:
        """Key → line id, after the lines were held against the model's."""
        found = counts.reviewed(self.sides[side], self.people["fay"], plan_id).values()
        item = self.model.items
        ours = {(item[one.sku], one.location, one.lot): (one.counted, one.expected, one.moved) for one in found}
        lines = self.plans[plan_id].lines
        assert ours == {key: (one.counted, one.expected, one.moved) for key, one in lines.items()}
        return {(item[one.sku], one.location, one.lot): one.line_id for one in found}

    @invariant()
    def stock_is_the_models(self):
        sku = {item: sku for sku, item in self.model.items.items()}
        held = {key: quantity for key, quantity in self.model.stock.items() if quantity}
        named = {tuple(part for part in (sku[item], *rest) if part): q for (item, *rest), q in held.items()}
        assert stock(self.sides[0]) == named

    @invariant()
    def documents_are_the_models(self):
        ours: dict[str, tuple[str, str, list[Any]]] = {}
        for number, kind, reverses, *moved in self.look(LEDGER):
            ours.setdefault(number, (kind, reverses or "", []))[2].append(tuple(moved))
        item = self.model.items
        assert {
            number: (kind, reverses, sorted((item[sku], *rest) for sku, *rest in rows))
            for number, (kind, reverses, rows) in ours.items()
        } == {one.number: (one.kind, one.reverses, sorted(map(_values, one.rows))) for one in self.model.documents}

    def teardown(self):
        try:
            assert [check.name for check in verify(self.sides[1]).checks if not check.ok] == []
        finally:
            self.at_end.close()


def _values(row: Any) -> tuple[Any, ...]:
    return row.item, row.lot, row.source, row.target, row.quantity


def _ledger() -> Any:
    written, moved, product, lot = core(Document), core(Movement), core(Product), core(Lot)
    original, source, target = written.alias(), core(Location).alias(), core(Location).alias()
    return (
        select(written.c.number, written.c.kind, original.c.number, product.c.sku, lot.c.number)
        .add_columns(source.c.code, target.c.code, moved.c.quantity)
        .select_from(written)
        .join(moved, moved.c.document_id == written.c.id)
        .join(product, product.c.id == moved.c.product_id)
        .join(lot, lot.c.id == moved.c.lot_id)
        .join(source, source.c.id == moved.c.source_id)
        .join(target, target.c.id == moved.c.target_id)
        .outerjoin(original, original.c.id == written.c.reverses_id)
    )


LEDGER = _ledger()


def test_the_program_does_as_the_model(databases):
    run_state_machine_as_test(lambda: Machine(databases), settings=settings.get_profile("suite"))


@pytest.mark.campaign
def test_the_program_does_as_the_model_for_long(databases):
    run_state_machine_as_test(lambda: Machine(databases), settings=settings.get_profile("campaign"))
