"""What a scanned code stands for: one of a closed set of results."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from wms_tui.domain.barcode_errors import CodeRefused
from wms_tui.domain.barcodes.commands import Command
from wms_tui.domain.barcodes.readings import Reading
from wms_tui.domain.barcodes.visible import visible
from wms_tui.domain.locations import Place
from wms_tui.domain.products import Goods


@dataclass(frozen=True, slots=True)
class ProductCode:
    """A product. ``goods`` says how much of which unit one scan moves; it is None where no catalog was asked.

    ``code`` is the one that the catalog knows. How many of it: ``reading.count`` (times ``goods.pack``), else a weight
    in ``reading.measures``, else one.
    """

    raw: str
    code: str
    goods: Goods | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class LogisticUnit:
    """A pallet or carton by its SSCC that does not say what it holds."""

    raw: str
    sscc: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Supplement:
    """Lot, dates, serial, count or weight without a product: the second of two labels.

    Where ``reading.sure`` is False it may as well be a number or a misread barcode: take it where a lot, a date or a
    serial is asked for, and nowhere else.
    """

    raw: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class LocationCode:
    raw: str
    place: Place
    reading: Reading


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """Somebody's badge; ``badge`` is secret and stays out of tapes, logs and ``repr``."""

    raw: str = field(repr=False)
    badge: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CommandCode:
    """A command; ``quantity`` for QUANTITY, ``target`` the screen for SCREEN (empty for the menu), the key for KEY."""

    raw: str
    command: Command
    quantity: Decimal | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class PlainCode:
    """Plain text out of a symbol that is known to hold no GS1 data, where no catalog was asked."""

    raw: str
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not understood, or understood and not known here. ``reading`` is what could be read all the same."""

    raw: str
    refusal: type[CodeRefused]
    fields: tuple[tuple[str, object], ...] = ()
    reading: Reading | None = None

    def error(self) -> CodeRefused:
        """The refusal to raise or to show, with its sentence."""
        return self.refusal(code=visible(self.raw), **dict(self.fields))


Result = ProductCode | LogisticUnit | Supplement | LocationCode | BadgeCode | CommandCode | PlainCode | Unknown
