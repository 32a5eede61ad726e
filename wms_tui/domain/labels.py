"""Labels: what stands on the label of a product, lot, location or document, and which symbols may carry its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wms_tui.domain.errors import Refused
from wms_tui.domain.label_symbols import Style, Symbol, for_code, for_elements, for_trade_item, is_gtin, takes_in_gs1
from wms_tui.domain.products import Tracking
from wms_tui.domain.texts import N_, Term, Translate

MOST_LABELS = 1000
MOST_COPIES = 500


class TooManyLabels(Refused):
    template = N_("These are {count} labels; one print takes at most {most}. Print them in parts.")


class BadCopies(Refused):
    template = N_("{text} is not a number of copies. Enter a whole number from 1 to {most}.")


class NoLabels(Refused):
    template = N_("There is nothing to print a label for. Name at least one code.")


class LabelKind(StrEnum):
    PRODUCT = "product"
    LOT = "lot"
    LOCATION = "location"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """Labels of one kind, one for each code; lots are those of the product ``sku``. Every copy comes behind the other.

    A product's code may be any of its barcodes: a carton's makes a label for the carton. ``below`` takes a location
    with all that is under it.
    """

    kind: LabelKind
    codes: tuple[str, ...]
    sku: str = ""
    below: bool = False
    style: Style = Style.AUTO
    copies: int = 1


Fact = tuple[str, str]
"""A line of a label: what it is called, empty where that is plain, and its value."""


@dataclass(frozen=True, slots=True)
class Label:
    """``symbols`` are those that may carry the code, the best first: a narrow label takes the first that fits.

    ``named`` is what the queue calls it. ``title`` is set large. Titles, and values that are a ``Term``, are
    translated where they are printed.
    """

    named: str
    title: str
    facts: tuple[Fact, ...]
    symbols: tuple[Symbol, ...]

    def heading(self, translate: Translate) -> str:
        return _told(self.title, translate)

    def lines(self, translate: Translate) -> tuple[str, ...]:
        """The facts as they are read."""
        return tuple(
            f"{translate(title)} {_told(value, translate)}" if title else _told(value, translate)
            for title, value in self.facts
            if value
        )


@dataclass(frozen=True, slots=True)
class LabelProduct:
    """A product as its labels need it; ``barcodes`` are those of one base unit."""

    sku: str
    name: str
    specification: str
    tracking: Tracking
    barcodes: tuple[str, ...] = ()

    @property
    def gtin(self) -> str:
        """The GTIN of one base unit, empty where there is none."""
        return next((code for code in self.barcodes if is_gtin(code)), "")


def product_label(product: LabelProduct, code: str = "", pack: str = "", style: Style = Style.AUTO) -> Label:
    """A label for one base unit, or for what ``code`` stands for, such as a carton; ``pack`` then says how much it is.

    Without a code the product's GTIN is taken, else its first barcode, else its SKU. Raises ``Unencodable``.
    """
    code = code or product.gtin or next(iter(product.barcodes), product.sku)
    symbols = for_trade_item(code, style) if is_gtin(code) else for_code(code, style)
    facts = ((N_("SKU"), product.sku), ("", product.specification), ("", pack))
    return Label(code if pack else product.sku, product.name or product.sku, facts, symbols)


def lot_label(product: LabelProduct, lot: str, expires: date | None, style: Style = Style.AUTO) -> Label:
    """GTIN, expiry and lot (or serial number) in one GS1 symbol where the product has a GTIN, else the lot alone.

    Raises ``Unencodable``.
    """
    named = f"{product.sku} {lot}"
    serial = product.tracking is Tracking.SERIAL
    known_as = N_("Serial no.") if serial else N_("Lot")
    facts = ((N_("SKU"), product.sku), (known_as, lot), (N_("Expires"), expires.isoformat() if expires else ""))
    if not (product.gtin and takes_in_gs1(lot)):
        return Label(named, product.name or product.sku, facts, for_code(lot, style))
    elements = [("01", product.gtin.zfill(14))]
    if expires:
        elements.append(("17", expires.strftime("%y%m%d")))
    elements.append(("21" if serial else "10", lot))
    return Label(named, product.name or product.sku, facts, for_elements(tuple(elements), style))


def location_label(code: str, name: str, style: Style = Style.AUTO) -> Label:
    """Raises ``Unencodable``."""
    return Label(code, code, (("", name),), for_code(code, style))


def document_label(number: str, facts: Sequence[Fact], style: Style = Style.AUTO) -> Label:
    """Raises ``Unencodable``."""
    return Label(number, number, tuple(facts), for_code(number, style))


def parse_copies(text: str) -> int:
    """Raises ``BadCopies``."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= MOST_COPIES):
        raise BadCopies(text=text, most=MOST_COPIES)
    return int(text)


def check_order(order: LabelOrder) -> None:
    """Raises ``NoLabels``, ``TooManyLabels``, ``BadCopies``."""
    if not order.codes:
        raise NoLabels
    check_count(len(order.codes))
    parse_copies(str(order.copies))


def check_count(count: int) -> None:
    """Raises ``TooManyLabels``."""
    if count > MOST_LABELS:
        raise TooManyLabels(count=count, most=MOST_LABELS)


def _told(value: str, translate: Translate) -> str:
    return translate(value) if isinstance(value, Term) else value
