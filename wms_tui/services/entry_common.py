"""What all steps of movement entry share: the draft moving on, and codes of the wrong kind refused."""

from __future__ import annotations

from typing import Any

from wms_tui.db.entry import DraftRow
from wms_tui.db.transaction import Tx
from wms_tui.domain import entry as rules
from wms_tui.domain import errors, posting
from wms_tui.domain.barcodes import LocationCode, ProductCode, visible
from wms_tui.domain.barcodes.visible import CONTROLS
from wms_tui.domain.entry import Outcome, Step
from wms_tui.domain.locations import REAL, Place
from wms_tui.domain.movements import KINDS, DocumentKind, MovementKind
from wms_tui.domain.texts import N_
from wms_tui.services import codes

Taken = tuple[DraftRow, Outcome]

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
    place = codes.place(tx, code)
    return None if place is None else at_work(row, place)


def at_work(row: DraftRow, place: Place) -> Place:
    """The location itself, if it can be worked at. Raises what is wrong with it."""
    posting.check_place(rule_of(row), place, REAL)
    return place


def place_asked(tx: Tx, row: DraftRow, code: str) -> Place:
    """The location of a code, a GLN as well. Raises what the code is instead."""
    place = find_place(tx, row, code)
    return at_work(row, codes.location(tx, code)) if place is None else place


def refuse_code(tx: Tx, text: str, wanted: str) -> None:
    """A product or location label scanned where something else is asked for is never taken as that."""
    if CONTROLS.search(text):
        raise errors.BadCharacters
    if codes.product(tx, text):
        raise errors.WrongEntry(code=text, found=codes.PRODUCT, wanted=wanted)
    if codes.place(tx, text):
        raise errors.WrongEntry(code=text, found=codes.LOCATION, wanted=wanted)


def refuse_label(tx: Tx, text: str, wanted: str) -> None:
    """``refuse_code``, and a GS1 label that names goods or a location."""
    result = codes.resolved(tx, text)
    if isinstance(result, ProductCode | LocationCode):
        found = codes.PRODUCT if isinstance(result, ProductCode) else codes.LOCATION
        raise codes.told(errors.WrongEntry(code=visible(text), found=found, wanted=wanted), result.reading)
    if CONTROLS.search(text):
        raise errors.BadCharacters


def at_place(place: Place) -> Outcome:
    return Outcome(N_("At {code}"), {"code": place.code})
