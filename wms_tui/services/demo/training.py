"""What a training needs in the demonstration's warehouse beside its goods: a badge, two free bins, a planned count."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field

from wms_tui.db import access as people
from wms_tui.domain.counting import NewCount
from wms_tui.domain.locations import LocationKind
from wms_tui.domain.setup import NewLocation
from wms_tui.services import access, badges, counting_plans, locations
from wms_tui.services.backend import Backend
from wms_tui.services.demo.furnishing import TERMINAL
from wms_tui.services.demo.posting import RECEIVER

TRAINER, TRAINEE = "mei", RECEIVER
ZONE, FREE = "F", ("F-09-01", "F-09-02")
"""Bins that the history has never used."""
COUNTED = FREE[0]


@dataclass(frozen=True, slots=True)
class Badge:
    """``code`` with its prefix, as a scanner sends it."""

    code: str = field(repr=False)
    pin: str = field(repr=False)


def prepare(url: str, badge: Badge, prefix: str) -> None:
    """Give the trainee a badge, make the free bins, and plan a count of one of them. ``prefix`` begins each badge."""
    with closing(Backend.open(url)) as backend:
        trainer = access.open_session(backend, _account(backend, TRAINER), TERMINAL)
        badges.give(backend, trainer, TRAINEE, badge.code, badge.pin, prefix)
        for code in FREE:
            backend.run(locations.add, trainer, NewLocation(code, "", LocationKind.BIN, ZONE))
        backend.run(counting_plans.begin, trainer, NewCount((COUNTED,)))
        access.sign_out(backend, trainer)


def _account(backend: Backend, name: str) -> people.Account:
    account = backend.work(lambda tx: people.account(tx, name), writes=False)
    assert account is not None
    return account
