"""Movement entry: one line with a step. What is asked for in which order, and what an entered line means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from wms_tui.domain.errors import BadDate, BadQuantity
from wms_tui.domain.movements import Direction, DocumentKind
from wms_tui.domain.quantities import QUANTITY_PLACES, parse_quantity


class Step(StrEnum):
    """What the entry line asks for."""

    SOURCE = "source"
    TARGET = "target"
    REASON = "reason"
    ITEM = "item"
    LOT = "lot"
    EXPIRES = "expires"
    REFERENCE = "reference"
    PARTNER = "partner"
    NOTE = "note"
    CONFIRM = "confirm"


_ENDING = (Step.ITEM, Step.REFERENCE, Step.PARTNER, Step.NOTE, Step.CONFIRM)

STEPS: dict[DocumentKind, tuple[Step, ...]] = {
    DocumentKind.RECEIPT: (Step.TARGET, *_ENDING),
    DocumentKind.ISSUE: (Step.SOURCE, *_ENDING),
    DocumentKind.TRANSFER: (Step.SOURCE, Step.TARGET, *_ENDING),
    DocumentKind.ADJUSTMENT: (Step.SOURCE, Step.REASON, *_ENDING),
}
"""The steps of each kind in order; LOT and EXPIRES come in between where a product needs them."""


def first_step(kind: DocumentKind) -> Step:
    return STEPS[kind][0]


def next_step(kind: DocumentKind, step: Step) -> Step:
    """The step after this one; the last one stays."""
    steps = STEPS[kind]
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def may_go(kind: DocumentKind, now: Step, to: Step, has_lines: bool) -> bool:
    """Whether the operator may go to a step by key: back to any that was passed, or with lines on to the ending."""
    steps = STEPS[kind]
    if to not in steps:
        return False
    place = steps.index(Step.ITEM if now in {Step.LOT, Step.EXPIRES} else now)
    return steps.index(to) <= place or (has_lines and steps.index(to) > steps.index(Step.ITEM))


@dataclass(frozen=True, slots=True)
class NextQuantity:
    """``12``, ``12*``, ``*12``, ``x12``: how many the next scan moves."""

    quantity: Decimal


@dataclass(frozen=True, slots=True)
class LastQuantity:
    """``=12``: how many the last line moves."""

    quantity: Decimal


_PLAIN = re.compile(r"\d{1,4}([.,]\d{1,6})?", re.ASCII)
_MARKED = re.compile(
    r"(?:[*×]|[xX](?=[1-9]\d{0,3}$))(?P<after>[\d.,]+)|(?P<before>[\d.,]+(?:[*×]|(?<!\d{10})[xX]))", re.ASCII
)
"""Behind ten digits and more an X is the lot of a GS1 label."""
_SETS = re.compile(r"=(?P<value>.+)")


def parse_line(text: str) -> NextQuantity | LastQuantity | None:
    """What a line means that is not a known code; None if it can only be an unknown code.

    Raises ``BadQuantity`` for a line that is marked as a quantity and is none.
    """
    if sets := _SETS.fullmatch(text):
        return LastQuantity(parse_quantity(sets["value"]))
    if marked := _MARKED.fullmatch(text):
        return NextQuantity(parse_quantity(marked["after"] or marked["before"][:-1]))
    if _PLAIN.fullmatch(text):
        return NextQuantity(parse_quantity(text))
    if re.fullmatch(r"-\d+([.,]\d+)?|\d+([.,]\d+)?[eE]\+?\d+", text, re.ASCII) and len(text) < 7:
        raise BadQuantity(text=text, places=QUANTITY_PLACES)
    return None


_DATE = re.compile(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})", re.ASCII)


def parse_date(text: str) -> date:
    """``2027-01-31``, ``2027/1/31`` or ``20270131``. Raises ``BadDate``."""
    found = _DATE.fullmatch(text.strip())
    try:
        if found and (len(found[2]) == len(found[3]) == 2 or not text.strip().isdigit()):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise BadDate(text=text)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """Begin a document of a kind, or go on with the operator's draft of it."""

    kind: DocumentKind


Seen = tuple[str, datetime]
"""Which draft the operator saw, by its request id, and as of which save."""


@dataclass(frozen=True, slots=True)
class DraftRef:
    """One's own draft; with ``seen`` only as long as it is what the operator saw."""

    kind: DocumentKind
    draft_id: int
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A line entered or scanned at the draft's current step; ``override`` says why it is taken in spite of expiry."""

    kind: DocumentKind
    draft_id: int
    text: str
    seen: Seen | None = None
    override: str = ""


@dataclass(frozen=True, slots=True)
class OverrideLot:
    """Why a lot that the draft moves already is taken though it does not keep long enough."""

    kind: DocumentKind
    draft_id: int
    sku: str
    lot: str
    override: str
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Go:
    """Go to another step by key."""

    kind: DocumentKind
    draft_id: int
    step: Step
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of the draft: scans of the same goods and places, added up. ``quantity`` counts ``unit``.

    ``override``, ``passed``, ``passed_at`` and ``manufactured`` are those of ``movements.Line``.
    """

    sku: str
    name: str
    quantity: Decimal
    unit: str
    lot: str
    expires: date | None
    source: str
    target: str
    reason: str
    product_id: int
    last_seq: int
    override: str = ""
    passed: str = ""
    passed_at: str = ""
    manufactured: date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the step offers: a reason code, or a lot with its expiry and stock."""

    code: str
    name: str
    expires: date | None = None
    on_hand: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A lot at a location, with how much of it is left there in base units."""

    lot: str
    expires: date | None
    location: str
    quantity: Decimal


class Proposal(NamedTuple):
    """What an empty line takes, and what lies elsewhere and should go before all that is here."""

    offer: Offer | None
    earlier: Offer | None


@dataclass(frozen=True, slots=True)
class OnHand:
    """Stock of the product in view: at the location at work, and in all."""

    sku: str
    name: str
    unit: str
    location: str
    here: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class EntryView:
    """A draft as the screen shows it. ``lines`` holds the latest first, ``line_count`` counts them all.

    ``earlier`` is a lot that lies elsewhere and should go before all that are here; ``pending_serial`` tells that a
    serial number is asked for.
    """

    draft_id: int
    request_id: str
    kind: DocumentKind
    step: Step
    source: str
    target: str
    reason: str
    direction: Direction | None
    reference: str
    partner: str
    note: str
    pending_quantity: Decimal | None
    pending_sku: str
    pending_name: str
    pending_lot: str
    line_count: int
    lines: tuple[EntryLine, ...]
    on_hand: OnHand | None
    choices: tuple[Choice, ...]
    default: str
    saved_at: datetime
    earlier: Offer | None = None
    pending_serial: bool = False

    @property
    def seen(self) -> Seen:
        return self.request_id, self.saved_at


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line that was taken: a sentence, and how much of what; ``warns`` where that needs a look."""

    template: str
    fields: dict[str, Any] = field(default_factory=dict)
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    view: EntryView
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """An open draft in a list."""

    draft_id: int
    kind: DocumentKind
    step: Step
    lines: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class LastDocument:
    """The operator's last posted document, as the question before its undoing shows it."""

    number: str
    kind: DocumentKind
    lines: int
    posted_at: datetime
    reversed_by: str
