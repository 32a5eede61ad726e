"""What a site sets up for itself: locations, units, reasons, partners and settings, as they are kept on the screen.

Whoever changes something says what he saw; if it is not so any more, nothing is changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from wms_tui.domain.barcodes.commands import BADGE_PREFIX, PREFIX
from wms_tui.domain.errors import Refused, Stale
from wms_tui.domain.locations import LocationKind
from wms_tui.domain.movements import Direction
from wms_tui.domain.texts import N_

MOST_UNIT, MOST_UNIT_NAME = 20, 100
MOST_CODE, MOST_NAME = 80, 200
MOST_EXPIRY_DAYS = 3650
CURRENCY = re.compile(r"[A-Z]{3}")


class CodeMissing(Refused):
    template = N_("The code is missing. Enter one without spaces at its ends.")


class NameMissing(Refused):
    template = N_("The name is missing.")


class CodeInUse(Refused):
    template = N_("There is {code} already. Choose another code.")


class ChangedMeanwhile(Stale):
    template = N_("{code} was changed by somebody else in the meantime. Look at it again, then change it.")


class SettingsChanged(ChangedMeanwhile):
    template = N_("Somebody else has changed the settings in the meantime. Look at them again, then change them.")


class LocationFixed(Refused):
    template = N_("{code} stands for the world outside: only its name can be changed.")


class LocationHoldsStock(Refused):
    template = N_("There is stock at {code}, products: {products}. Move it away first.")


class LocationBeingCounted(Refused):
    template = N_("{code} is part of a count that is open. Finish or cancel the count first.")


class UnitInUse(Refused):
    template = N_("{unit} is the unit of products or barcodes and cannot be removed.")


class BadCurrency(Refused):
    template = N_("{text} is not a currency. Use the three letters of its code, such as EUR or CNY.")


class BadDays(Refused):
    template = N_("{text} is not a number of days. Enter a whole number from 0 to {most}.")


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A location in the tree, ``depth`` under its root; ``products`` counts what is on hand in it."""

    code: str
    name: str
    kind: LocationKind
    parent: str
    closed: bool
    depth: int = 0
    products: int = 0


@dataclass(frozen=True, slots=True)
class NewLocation:
    code: str
    name: str
    kind: LocationKind
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLocation:
    """What the location that was seen as ``before`` is to be."""

    before: LocationRow
    code: str
    name: str
    kind: LocationKind
    parent: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of measure, of how many products it is a unit, and whether goods may be counted in parts of it."""

    code: str
    name: str
    products: int = 0
    decimals: bool = False


@dataclass(frozen=True, slots=True)
class ChangeUnit:
    before: UnitRow
    name: str
    decimals: bool = False


@dataclass(frozen=True, slots=True)
class ReasonRow:
    code: str
    name: str
    direction: Direction
    active: bool = True


@dataclass(frozen=True, slots=True)
class ChangeReason:
    before: ReasonRow
    name: str
    active: bool


class PartnerKind(StrEnum):
    """What a partner is to the site."""

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    BOTH = "both"


PARTNER_KINDS = {
    PartnerKind.SUPPLIER: N_("supplier"),
    PartnerKind.CUSTOMER: N_("customer"),
    PartnerKind.BOTH: N_("supplier and customer"),
}


@dataclass(frozen=True, slots=True)
class PartnerRow:
    code: str
    name: str
    kind: PartnerKind
    active: bool = True


@dataclass(frozen=True, slots=True)
class ChangePartner:
    before: PartnerRow
    name: str
    kind: PartnerKind
    active: bool


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What holds for the whole site; an empty ``currency`` shows amounts without one.

    The others say how codes are read: see ``reading_rules``.
    """

    name: str = ""
    currency: str = ""
    expiry_days: int = 30
    fnc1: str = ""
    command_prefix: str = PREFIX
    badge_prefix: str = BADGE_PREFIX
    restricted: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    before: SiteSettings
    after: SiteSettings


def parse_days(text: str) -> int:
    """Whole days. Raises ``BadDays``."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal()) or int(text) > MOST_EXPIRY_DAYS:
        raise BadDays(text=text, most=MOST_EXPIRY_DAYS)
    return int(text)


def parse_currency(text: str) -> str:
    """An ISO code in capitals, or nothing. Raises ``BadCurrency``."""
    code = text.strip().upper()
    if code and not CURRENCY.fullmatch(code):
        raise BadCurrency(text=text)
    return code
