"""Movement kinds as data, and the request and receipt of posting.

Adding a kind is one entry in ``KINDS``: where its goods come from and go to, what it needs, who may post it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from wms_tui.domain.access import Permission
from wms_tui.domain.locations import CUSTOMER_CODE, LOSS_CODE, REAL, SUPPLIER_CODE, LocationKind
from wms_tui.domain.texts import N_


class DocumentKind(StrEnum):
    RECEIPT = "receipt"
    ISSUE = "issue"
    TRANSFER = "transfer"
    ADJUSTMENT = "adjustment"
    COUNT = "count"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class MovementKind:
    """The rules of one kind. ``default_source`` and ``default_target`` are the codes used where a line names none."""

    kind: DocumentKind
    name: str
    prefix: str
    permission: Permission
    sources: frozenset[LocationKind]
    targets: frozenset[LocationKind]
    default_source: str | None = None
    default_target: str | None = None
    needs_reason: bool = False
    refuses_expired: bool = False
    makes_lots: bool = False


_OUTSIDE = frozenset({LocationKind.LOSS, LocationKind.SCRAP})

KINDS: dict[DocumentKind, MovementKind] = {
    rule.kind: rule
    for rule in (
        MovementKind(
            DocumentKind.RECEIPT,
            N_("Receipt"),
            "R",
            Permission.RECEIVE,
            sources=frozenset({LocationKind.SUPPLIER}),
            targets=REAL,
            default_source=SUPPLIER_CODE,
            makes_lots=True,
            refuses_expired=True,
        ),
        MovementKind(
            DocumentKind.ISSUE,
            N_("Issue"),
            "I",
            Permission.ISSUE,
            sources=REAL,
            targets=frozenset({LocationKind.CUSTOMER}),
            default_target=CUSTOMER_CODE,
            refuses_expired=True,
        ),
        MovementKind(DocumentKind.TRANSFER, N_("Transfer"), "T", Permission.TRANSFER, sources=REAL, targets=REAL),
        MovementKind(
            DocumentKind.ADJUSTMENT,
            N_("Adjustment"),
            "A",
            Permission.ADJUST,
            sources=REAL | _OUTSIDE,
            targets=REAL | _OUTSIDE,
            default_source=LOSS_CODE,
            default_target=LOSS_CODE,
            needs_reason=True,
            makes_lots=True,
        ),
    )
}

PREFIXES: dict[DocumentKind, str] = {
    **{kind: rule.prefix for kind, rule in KINDS.items()},
    DocumentKind.COUNT: "C",
    DocumentKind.REVERSAL: "V",
}
"""First letter of a document number, such as ``R-2026-000012``."""

KIND_NAMES: dict[DocumentKind, str] = {
    **{kind: rule.name for kind, rule in KINDS.items()},
    DocumentKind.COUNT: N_("Count"),
    DocumentKind.REVERSAL: N_("Reversal"),
}


class Direction(StrEnum):
    """Which way a reason moves stock: into the location or out of it."""

    IN = "in"
    OUT = "out"


DIRECTION_NAMES = {Direction.IN: N_("in"), Direction.OUT: N_("out")}


OPENING_REASON = "OPENING"

REASONS: tuple[tuple[str, str, Direction], ...] = (
    ("FOUND", N_("Found"), Direction.IN),
    ("LOST", N_("Lost"), Direction.OUT),
    ("DAMAGED", N_("Damaged"), Direction.OUT),
    ("EXPIRED", N_("Expired"), Direction.OUT),
    ("SAMPLE", N_("Sample or internal use"), Direction.OUT),
    ("RETURNED", N_("Customer return"), Direction.IN),
    (OPENING_REASON, N_("Opening stock"), Direction.IN),
)
"""Reason codes of a new database; a site adds its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document as it was entered.

    ``code`` is a SKU or barcode; ``quantity`` counts ``unit`` (where None: what the barcode packs, or the base unit).
    ``source`` and ``target`` are location codes; None takes the kind's own. ``override`` is why a lot is taken that
    does not keep long enough; ``passed`` is the lot that should have gone before this one, and lay at ``passed_at``.
    ``manufactured`` is kept with a lot that the line makes; a lot that is there keeps what is known of it.
    """

    code: str
    quantity: Decimal
    source: str | None = None
    target: str | None = None
    unit: str | None = None
    lot: str | None = None
    expires: date | None = None
    reason: str | None = None
    unit_cost: Decimal | None = None
    override: str | None = None
    passed: str | None = None
    passed_at: str | None = None
    manufactured: date | None = None


@dataclass(frozen=True, slots=True)
class PostDocument:
    """A document to post. ``request_id`` makes sending it again harmless; ``at`` is when it happened (UTC)."""

    kind: DocumentKind
    request_id: str
    lines: tuple[Line, ...]
    reference: str = ""
    partner: str = ""
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """What posting answers; ``again`` says that this request had been posted before."""

    document_id: int
    number: str
    kind: DocumentKind
    lines: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class ReverseDocument:
    """A posted document to undo by a linked reversal."""

    number: str
    request_id: str
    note: str = field(default="")
