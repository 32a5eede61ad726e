"""Looking things up: queries, pages and rows of the stock enquiry, the history and today's figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from wms_tui.domain.movements import DocumentKind

Row = TypeVar("Row")
PAGE = 50
MOST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a free text names. For a product, all that is on hand, in base units, and in how many places."""

    code: str
    name: str = ""
    unit: str = ""
    quantity: Decimal = Decimal(0)
    places: int = 0


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the key after which the next page begins; ``after`` is None on the last one.

    ``understood`` says what a free text was taken for, such as ``product`` or ``location``; ``subject`` comes with the
    first page of what was found by its code.
    """

    rows: tuple[Row, ...]
    after: Any = None
    understood: str = ""
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class StockQuery:
    """On hand by product, location (with all below it) and lot.

    ``text`` is one line as a clerk enters it: a product, location or lot code, or words that all stand in
    SKU or name. ``as_of`` asks for the stock at a moment, from the ledger.
    """

    sku: str = ""
    location: str = ""
    lot: str = ""
    text: str = ""
    as_of: datetime | None = None
    after: tuple[str, str, str] | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class StockRow:
    """On hand of one product and lot at one location, in base units; ``value`` only for who may see cost."""

    sku: str
    name: str
    location: str
    lot: str
    expires: date | None
    quantity: Decimal
    unit: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Posted documents, newest first. ``text`` is a number, product, location, user, or the start of a reference."""

    text: str = ""
    kind: DocumentKind | None = None
    user: str = ""
    sku: str = ""
    location: str = ""
    reference: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: int | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A posted document in a list."""

    document_id: int
    number: str
    kind: DocumentKind
    reference: str
    partner: str
    user: str
    happened_at: datetime
    posted_at: datetime
    lines: int
    reversed_by: str


@dataclass(frozen=True, slots=True)
class DetailLine:
    """A movement of a document; ``manufactured`` and ``expires`` are the lot's, ``unit_cost`` only for who may see
    cost.
    """

    line: int
    sku: str
    name: str
    lot: str
    manufactured: date | None
    expires: date | None
    source: str
    target: str
    quantity: Decimal
    base_unit: str
    entered_quantity: Decimal
    unit: str
    reason: str
    unit_cost: Decimal | None


@dataclass(frozen=True, slots=True)
class LotRemark:
    """What was out of the ordinary about the lot of a line; ``action`` is one of ``lots.REMARKS``.

    ``passed`` is the lot that should have gone first, and lay at ``passed_at``; ``reason`` why one was taken that did
    not keep long enough.
    """

    line: int
    action: str
    sku: str
    lot: str
    expires: str = ""
    reason: str = ""
    passed: str = ""
    passed_expires: str = ""
    passed_at: str = ""


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A posted document with everything on it."""

    number: str
    kind: DocumentKind
    reference: str
    partner: str
    note: str
    user: str
    terminal: str
    happened_at: datetime
    posted_at: datetime
    request_id: str
    reverses: str
    reversed_by: str
    lines: tuple[DetailLine, ...]
    remarks: tuple[LotRemark, ...] = ()


@dataclass(frozen=True, slots=True)
class Today:
    """Ask for the figures since a moment, such as local midnight; ``day`` is today where the operator is."""

    since: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened today and what needs a person. Counts to be approved are told to those who may review them."""

    documents: dict[DocumentKind, int]
    low_stock: int
    expiring_lots: int
    counts_to_approve: int = 0
    counts_under_way: int = 0
