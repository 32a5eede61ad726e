"""Counting: plans, the steps of counting, and the requests and answers. Nothing here that a counter sees tells stock.

A line is counted right while stock moves because it remembers the ledger's position: the id of the newest document when
its balance was read. Its difference is what was counted less the balance at that position.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from wms_tui.domain.enquiry import PAGE
from wms_tui.domain.entry import Outcome
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_


class CountState(StrEnum):
    """Where a plan stands."""

    COUNTING = "counting"
    REVIEW = "review"
    POSTED = "posted"
    CANCELLED = "cancelled"


STATE_NAMES = {
    CountState.COUNTING: N_("being counted"),
    CountState.REVIEW: N_("to be approved"),
    CountState.POSTED: N_("posted"),
    CountState.CANCELLED: N_("cancelled"),
}
OPEN = (CountState.COUNTING, CountState.REVIEW)
MOST_NAME = 200
MOST_CODES = 500
"""Locations or products that a plan may list."""


class CountStep(StrEnum):
    """What is asked for at a counter's desk."""

    LOCATION = "location"
    ITEM = "item"
    LOT = "lot"
    EXPIRES = "expires"


class BinState(StrEnum):
    """How far a location of a plan is."""

    OPEN = "open"
    IN_WORK = "in work"
    RECOUNT = "recount"
    DONE = "done"


BIN_STATE_NAMES = {
    BinState.OPEN: N_("to be counted"),
    BinState.IN_WORK: N_("in work"),
    BinState.RECOUNT: N_("to be recounted"),
    BinState.DONE: N_("counted"),
}


@dataclass(frozen=True, slots=True)
class NewCount:
    """What to count: locations with all below them, categories by path, products by code; in products, what they hold.

    With locations and products only those products at those locations. ``name`` may be empty: the scope names it.
    """

    locations: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class CountRef:
    """A plan by its id."""

    plan_id: int


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """A line entered or scanned at the counter's desk; ``seen`` is the desk's ``saved_at`` as it was seen."""

    plan_id: int
    text: str
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Something done by key at the counter's desk, such as taking back or finishing a location."""

    plan_id: int
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakeLocation:
    """Take a location over from another counter, or with ``anew`` count one again, from nothing, that is counted."""

    plan_id: int
    code: str
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand the plan over for approval; ``without_rest`` leaves out what nobody has begun."""

    plan_id: int
    without_rest: bool = False


@dataclass(frozen=True, slots=True)
class CountsQuery:
    """Plans, the newest first, by part of their name or of who began them; ``every``: also those that are over."""

    text: str = ""
    every: bool = False
    after: int | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class CountPlan:
    """A plan in a list."""

    plan_id: int
    name: str
    state: CountState
    created_by: str
    created_at: datetime
    locations: int
    counted: int
    document: str = ""


@dataclass(frozen=True, slots=True)
class CountedLine:
    """What was counted, in base units; ``expected`` is nowhere in it.

    ``moved``: stock moved between two of its scans, so that all of it has to be counted again.
    """

    line_id: int
    location: str
    sku: str
    name: str
    lot: str
    counted: Decimal
    unit: str
    counted_by: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A product and lot that is to be counted again."""

    sku: str
    name: str
    lot: str


@dataclass(frozen=True, slots=True)
class CountBin:
    """A location of a plan, and who is at it or was there last."""

    code: str
    name: str
    state: BinState
    counter: str


@dataclass(frozen=True, slots=True)
class UnknownScan:
    """A code that nobody knows, and where it was scanned."""

    code: str
    location: str
    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CountView:
    """A counter's desk: where he stands, what is asked for, and what he counted there, the latest first.

    ``wanted`` lists what is to be counted again at the location; ``nearest`` the locations that are still to do.
    """

    plan_id: int
    name: str
    state: CountState
    step: CountStep
    location: str
    pending_quantity: Decimal | None
    pending_sku: str
    pending_lot: str
    default: str
    lines: tuple[CountedLine, ...]
    wanted: tuple[Wanted, ...]
    nearest: tuple[str, ...]
    locations: int
    counted: int
    unknown: int
    saved_at: datetime
    pending_serial: bool = False


@dataclass(frozen=True, slots=True)
class CountAnswered:
    """The desk after an answer. ``refused`` is an unknown code, which is kept in the plan's list all the same."""

    view: CountView
    outcome: Outcome
    refused: WmsError | None = None
