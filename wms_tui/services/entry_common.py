"""What all steps of movement entry share: the draft moving on, and codes of the wrong kind refused."""

from __future__ import annotations

from typing import Any

from wms_tui.db import catalog, locations
from wms_tui.db.entry import DraftRow
from wms_tui.db.transaction import Tx
from wms_tui.domain import entry as rules
from wms_tui.domain import errors, posting
from wms_tui.domain.entry import Outcome, Step
from wms_tui.domain.locations import REAL, Place
from wms_tui.domain.movements import KINDS, DocumentKind, MovementKind
from wms_tui.domain.texts import N_

Taken = tuple[DraftRow, Outcome]

PRODUCT, LOCATION = N_("product code"), N_("location code")
NOTHING = Outcome("")


def kind_of(row: DraftRow) -> DocumentKind:
    return DocumentKind(row.kind)


def rule_of(row: DraftRow) -> MovementKind:
    return KINDS[kind_of(row)]


def advance(row: DraftRow, **changes: Any) -> DraftRow:
    return row._replace(step=rules.next_step(kind_of(row), Step(row.step)).value, **changes)


def at_items(row: DraftRow) -> DraftRow:
    """Ready for the next item, with nothing entered towards it."""
    return row._replace(step=Step.ITEM.value, pending_quantity=None, pending_code="", pending_lot="")


def find_place(tx: Tx, row: DraftRow, code: str) -> Place | None:
    """A real location that can be worked at, None for an unknown code. Raises what is wrong with a known one."""
    place = locations.found(tx, code)
    if place is not None:
        posting.check_place(rule_of(row), place, REAL)
    return place


def place_asked(tx: Tx, row: DraftRow, code: str) -> Place:
    place = find_place(tx, row, code)
    if place is None:
        if catalog.found(tx, code):
            raise errors.WrongEntry(code=code, found=PRODUCT, wanted=LOCATION)
        raise errors.UnknownLocation(code=code)
    return place


def refuse_code(tx: Tx, text: str, wanted: str) -> None:
    """A product or location label scanned where something else is asked for is never taken as that."""
    if catalog.found(tx, text):
        raise errors.WrongEntry(code=text, found=PRODUCT, wanted=wanted)
    if locations.found(tx, text):
        raise errors.WrongEntry(code=text, found=LOCATION, wanted=wanted)


def at_place(place: Place) -> Outcome:
    return Outcome(N_("At {code}"), {"code": place.code})
