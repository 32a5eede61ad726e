"""Reviewing a count: its lines beside the ledger. For roles that may see differences, and cost if they may see that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wms_tui.domain.counting import CountPlan
from wms_tui.domain.enquiry import PAGE


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A counted line beside the ledger, in base units; ``value`` of the difference only for who may see cost.

    ``counted`` is None while it waits to be counted again; ``before`` is what was counted the time before. ``moved``:
    the stock moved between two scans of the line, so that it has to be counted again.
    """

    line_id: int
    location: str
    sku: str
    name: str
    lot: str
    counted: Decimal | None
    expected: Decimal
    before: Decimal | None
    unit: str
    counted_by: str
    counted_at: datetime
    moved: bool
    value: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        return None if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class ReviewQuery:
    """Lines of a plan by location, product and lot; ``differing`` leaves out what was found as expected."""

    plan_id: int
    differing: bool = True
    text: str = ""
    after: tuple[str, str, str] | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class CountSummary:
    """A plan for whoever reviews it. ``short`` and ``over`` are values of the differences, for who may see cost."""

    plan: CountPlan
    lines: int
    differing: int
    waiting: int
    moved: int
    left_out: tuple[str, ...]
    unknown: int
    counters: tuple[str, ...]
    short: Decimal | None = None
    over: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Recount:
    """Lines of a plan to be counted again."""

    plan_id: int
    line_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Approve:
    """Approve a plan and post its differences. ``differing`` is how many the approver saw."""

    plan_id: int
    differing: int


@dataclass(frozen=True, slots=True)
class CountPosted:
    """``number`` is empty where nothing differed, so that nothing was posted; ``again``: it had been done before."""

    number: str
    lines: int
    again: bool = False
