"""What each step of movement entry does with an entered line: the changed draft and the outcome, or a refusal."""

from __future__ import annotations

from collections.abc import Callable

from wms_tui.db import setup
from wms_tui.db.entry import DraftRow
from wms_tui.db.transaction import Tx
from wms_tui.domain import errors, posting
from wms_tui.domain.entry import Outcome, Step
from wms_tui.domain.texts import N_
from wms_tui.services.entry_common import NOTHING, Taken, advance, at_place, find_place, place_asked, refuse_label
from wms_tui.services.entry_items import take_expires, take_item, take_lot
from wms_tui.services.entry_lots import from_where
from wms_tui.services.resolving import reasons

Handler = Callable[[Tx, DraftRow, str], Taken]


def take_source(tx: Tx, row: DraftRow, text: str) -> Taken:
    """The location to take from (for an adjustment: to work at); of a product it is told where that should be."""
    if not text:
        return row, NOTHING
    if find_place(tx, row, text) is None and (told := from_where(tx, row, text)):
        raise told
    place = place_asked(tx, row, text)
    return advance(row, source_id=place.location_id), at_place(place)


def take_target(tx: Tx, row: DraftRow, text: str) -> Taken:
    """The location to put to."""
    if not text:
        return row, NOTHING
    place = place_asked(tx, row, text)
    if place.location_id == row.source_id:
        raise errors.SameLocation(code=place.code)
    return advance(row, target_id=place.location_id), at_place(place)


def take_reason(tx: Tx, row: DraftRow, text: str) -> Taken:
    """A reason by its code or its number in the list."""
    known = reasons(tx)
    if not text:
        return row, NOTHING
    by_number = {str(number): reason for number, reason in enumerate(known.values(), 1)}
    reason = known.get(text) or known.get(text.upper()) or by_number.get(text)
    if reason is None:
        raise errors.UnknownReason(code=text, known=", ".join(known))
    return advance(row, reason_id=reason.reason_id), Outcome(N_("Reason {code}"), {"code": reason.code})


def _text_step(field: str, most: int, wanted: str, free: bool = False) -> Handler:
    """A step that takes a text; a product or location label is no reference and no partner."""

    def take(tx: Tx, row: DraftRow, text: str) -> Taken:
        posting.check_text(field, text, most)
        if text and not free:
            refuse_label(tx, text, wanted)
        kept = text or getattr(row, field)
        return advance(row, **{field: kept}), Outcome("{text}", {"text": kept})

    return take


def take_partner(tx: Tx, row: DraftRow, text: str) -> Taken:
    """A partner by code, or any name."""
    return _take_partner(tx, row, setup.partner(tx, text) or text if text else "")


_take_partner = _text_step("partner", posting.MOST_SHORT, N_("partner"))


def take_confirm(tx: Tx, row: DraftRow, text: str) -> Taken:
    """Only a key posts; a scan here belongs to the items and is refused."""
    if text:
        raise errors.PostingAsked(code=text)
    return row, NOTHING


HANDLERS: dict[Step, Handler] = {
    Step.SOURCE: take_source,
    Step.TARGET: take_target,
    Step.REASON: take_reason,
    Step.ITEM: take_item,
    Step.LOT: take_lot,
    Step.EXPIRES: take_expires,
    Step.REFERENCE: _text_step("reference", posting.MOST_SHORT, N_("reference")),
    Step.PARTNER: take_partner,
    Step.NOTE: _text_step("note", posting.MOST_NOTE, N_("note"), free=True),
    Step.CONFIRM: take_confirm,
}
