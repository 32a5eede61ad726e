"""Counting briefly: begin, scan, finish, hand over."""

from __future__ import annotations

from wms_tui.domain.counting import AtDesk, CountAnswer, CountRef, NewCount, Submit
from wms_tui.domain.counting_review import ReviewQuery
from wms_tui.services import counting, counting_desk, counting_plans, counting_review


def begin(backend, actor, *locations, **more):
    """A plan's id."""
    return backend.run(counting_plans.begin, actor, NewCount(locations, **more)).plan_id


def scan(backend, actor, plan_id, *texts):
    """Enter lines one after the other at the operator's desk; the last answer."""
    backend.run(counting_desk.sit_down, actor, CountRef(plan_id))
    answered = None
    for text in texts:
        answered = backend.run(counting_desk.answer, actor, CountAnswer(plan_id, text))
    return answered


def finish(backend, actor, plan_id):
    return backend.run(counting_desk.finish, actor, AtDesk(plan_id))


def count(backend, actor, plan_id, location, *texts):
    """Everything that is at one location."""
    scan(backend, actor, plan_id, location, *texts)
    return finish(backend, actor, plan_id)


def submit(backend, actor, plan_id, without_rest=False):
    return backend.run(counting.submit, actor, Submit(plan_id, without_rest))


def reviewed(backend, actor, plan_id, differing=False):
    """(location, SKU) or (location, SKU, lot) → line."""
    found = backend.run(counting_review.lines, actor, ReviewQuery(plan_id, differing)).rows
    return {tuple(part for part in (line.location, line.sku, line.lot) if part): line for line in found}
