"""What a code says by itself, before any product or location is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """How the code was written."""

    PLAIN = "plain"
    GTIN = "gtin"
    SSCC = "sscc"
    RESTRICTED = "restricted"
    GS1 = "gs1"
    BRACKETED = "bracketed"
    LINK = "link"


class Element(NamedTuple):
    """One part of a GS1 code: its application identifier, its data as scanned, and GS1's title for it."""

    ai: str
    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured amount. ``what`` is GS1's title without the unit, such as ``NET WEIGHT``; ``unit`` such as ``kg``."""

    ai: str
    what: str
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts in a code. What it does not carry is empty or None.

    ``gtin`` has the digits that were read (8, 12, 13 or 14; ``gtin_14`` pads them); ``contained`` tells that it names
    what a logistic unit holds (AI 02), ``count`` being how many of it. ``count`` else is AI 30 or a site's count code.
    ``expires`` is AI 17 or 7003, ``expires_at`` the moment of 7003; ``best_before`` is 15, ``sell_by`` 16, ``produced``
    11 or 8008, ``packed`` 13. ``item`` is a site's item number in a restricted code, ``price`` what such a one carries.
    ``sure`` is False where the same text may as well be something else (``10123`` is lot 123, or just a number):
    what the step expects goes first then. ``otherwise`` is what it may be instead.
    """

    form: Form
    aim: str = ""
    elements: tuple[Element, ...] = ()
    gtin: str = ""
    contained: bool = False
    sscc: str = ""
    lot: str = ""
    serial: str = ""
    expires: date | None = None
    expires_at: datetime | None = None
    best_before: date | None = None
    sell_by: date | None = None
    produced: date | None = None
    packed: date | None = None
    count: Decimal | None = None
    measures: tuple[Measure, ...] = ()
    price: Decimal | None = None
    item: str = ""
    location: str = ""
    sure: bool = True
    otherwise: Reading | None = None

    @property
    def gtin_14(self) -> str:
        return self.gtin.zfill(14) if self.gtin else ""

    @property
    def last_day(self) -> date | None:
        """The day that first-expired-first-out goes by: the expiry date, else best before, else sell by."""
        return self.expires or self.best_before or self.sell_by

    @property
    def net_weight(self) -> Measure | None:
        """The net weight, in kilograms where the code says both."""
        return next((one for one in self.measures if one.what == "NET WEIGHT"), None)

    @property
    def is_empty(self) -> bool:
        """Whether it carries nothing that stock is kept by."""
        return not (
            self.gtin or self.sscc or self.lot or self.serial or self.last_day or self.produced or self.packed
            or self.count is not None or self.measures or self.location
        )  # fmt: skip
