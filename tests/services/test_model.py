"""The program held against a warehouse of plain dictionaries: whatever is done in whatever order, both say the same.

Two backends work at one database; the one that did not make a change may remember how things were before.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from tests.support.ledger import ISSUE, RECEIPT, document, line
from tests.support.model.counting_rules import Counting
from tests.support.model.drafting_rules import Drafting, as_document
from tests.support.model.drawing import BINS, CHANGES, COUNTERS, KEEPERS, QUANTITY, SIDES, documents, one_in
from tests.support.threads import all_at_once
from wms_tui.domain.catalog import ChangeProduct
from wms_tui.domain.entry import DraftRef
from wms_tui.domain.movements import PostDocument, ReverseDocument
from wms_tui.services import catalog_editing, entry, locations, movements

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


class Machine(Counting, Drafting):
    """Counting, entry at the screens, and everything else that moves stock or changes what is known of it."""

    @rule(side=SIDES, user=KEEPERS, request=documents())
    def enter(self, side, user, request):
        self.send(side, user, request)

    @rule(side=SIDES, renames=st.booleans())
    def change_behind_ones_back(self, side, renames):
        """What was just used at one side is changed at the other one, and used again as it was."""
        if renames:
            sku, other = ("NUT", "NUT2") if "NUT" in self.model.items else ("NUT2", "NUT")
            used = [document(RECEIPT, line(sku, 1, target="A1"))]
        else:
            if "SHUT" in self.model.closed:
                self.open_or_close(1 - side, "SHUT")
            used = [document(RECEIPT, line("BOLT", 1, target="SHUT")), document(ISSUE, line("BOLT", 1, source="SHUT"))]
        for request in used:
            self.send(side, "ken", request)
        if renames:
            self.edit_product(1 - side, "NUT", self.model.versions["NUT"], "sku", other)
        else:
            self.open_or_close(1 - side, "SHUT")
        self.send(side, "kim", used[0])

    def send(self, side: int, user: str, request: PostDocument) -> None:
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
        """They get numbers in any order, but each its own, and none is left out; one of them posts what he scanned."""
        assume(place not in self.model.closed)
        backend, wanted = self.sides[side], [document(RECEIPT, line("BOLT", q, target=place)) for q in quantities]
        jobs = [lambda one=one: backend.run(movements.post, self.people["ken"], one) for one in wanted]
        self.scanned(side, "ada", RECEIPT, place, "BOLT", "LOTTED", f"lot {self.serial}")
        view = self.opened(side, "ada", RECEIPT)
        jobs.append(lambda: backend.run(entry.post, self.people["ada"], DraftRef(RECEIPT, view.draft_id, view.seen)))
        wanted.append(as_document(view, self.lines(side, "ada", view)))
        answers = all_at_once(jobs)
        assert not [answer for answer in answers if isinstance(answer, BaseException)]
        for answered, request in sorted(zip(answers, wanted, strict=True), key=lambda pair: pair[0].number):
            user = "ada" if request is wanted[-1] else "ken"
            assert self.model.post(user, request) == (answered.number, len(request.lines), False)

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

    @rule(side=SIDES, change=st.sampled_from(CHANGES), late=one_in(4), closes=one_in(3), data=st.data())
    def edit(self, side, change, late, closes, data):
        """A product, at times by somebody who read it before its last change; or whether a location is open."""
        if closes:
            self.open_or_close(side, data.draw(st.sampled_from(["SHUT", "SHUT", "A2"])))
            return
        item, field, value = change
        self.edit_product(side, item, self.model.versions[item] - late, field, value)

    def edit_product(self, side: int, item: str, version: int, field: str, value: object) -> None:
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


def test_the_program_does_as_the_model(databases):
    run_state_machine_as_test(lambda: Machine(databases), settings=settings.get_profile("suite"))


@pytest.mark.campaign
def test_the_program_does_as_the_model_for_long(databases):
    run_state_machine_as_test(lambda: Machine(databases), settings=settings.get_profile("campaign"))
