"""Exact quantities and money.

A quantity has at most 6 decimals, a price at most 4; both are ``Decimal``, never binary floats.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from wms_tui.domain.errors import BadCost, BadQuantity, QuantityOutOfRange

QUANTITY_PLACES = 6
MONEY_PLACES = 4
CENT = Decimal("0.01")
NOTHING, ONE = Decimal(0), Decimal(1)
MOST = Decimal("999999999")
MOST_SHOWN = "999,999,999"
MOST_ON_HAND = Decimal("999999999999")
"""Of one product and lot at one location; its sums stay within SQLite's 64 bits."""
MOST_ON_HAND_SHOWN = "999,999,999,999"

_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
_GROUPED_BY_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII)
_GROUPED_BY_POINT = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", re.ASCII)
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)


def parse_decimal(text: str, decimal_comma: bool | None = None) -> Decimal | None:
    """The number that a person or a spreadsheet wrote, or None: ``1.5``, ``1,5``, ``1,234.50``, ``1.234,50``.

    ``1,234`` may be a thousand or a little over one: it is None unless ``decimal_comma`` says how its file writes.
    """
    text = text.strip()
    if decimal_comma is None and _AMBIGUOUS.fullmatch(text):
        return None
    if (
        decimal_comma is not True
        and _GROUPED_BY_COMMA.fullmatch(text)
        and not (decimal_comma is None and text[0] == "0")
    ):
        return _decimal(text.replace(",", ""))
    if decimal_comma is not False and _grouped_by_point(text, decimal_comma):
        return _decimal(text.replace(".", "").replace(",", "."))
    return _decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def _grouped_by_point(text: str, decimal_comma: bool | None) -> bool:
    """Points group where the file writes decimal commas, or where the number itself shows it."""
    shows_it = text.count(".") > 1 or "," in text
    return (decimal_comma is True or shows_it) and _GROUPED_BY_POINT.fullmatch(text) is not None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def parse_quantity(text: str) -> Decimal:
    """The quantity that somebody typed; above 0.

    Raises ``BadQuantity`` for text, zero, negatives and too many decimals, ``QuantityOutOfRange`` above the maximum.
    """
    number = parse_decimal(text)
    if number is None:
        number = _scientific(text)
    if number is None:
        raise BadQuantity(text=text, places=QUANTITY_PLACES)
    return check_quantity(number, text)


def _scientific(text: str) -> Decimal | None:
    """``1e30`` deserves the answer "too much" instead of "not a number"."""
    number = _decimal(text.strip()) if re.fullmatch(r"[+-]?\d+(\.\d+)?[eE]\+?\d{1,4}", text.strip()) else None
    return number if number is not None and number > MOST else None


def check_quantity(number: Decimal, text: str | None = None) -> Decimal:
    """The same number if it is a quantity that can be moved; see ``parse_quantity`` for what is raised."""
    if number.is_finite() and NOTHING < number <= MOST and has_places(number, QUANTITY_PLACES):
        return number
    shown = _shown(number) if text is None else text
    if number.is_finite() and number > MOST:
        raise QuantityOutOfRange(text=shown, most=MOST_SHOWN)
    raise BadQuantity(text=shown, places=QUANTITY_PLACES)


def check_cost(cost: Decimal) -> Decimal:
    """The same number if it is a cost of one unit. Raises ``BadCost``."""
    if not cost.is_finite() or not 0 <= cost <= MOST or not has_places(cost, MONEY_PLACES):
        raise BadCost(text=_shown(cost), places=MONEY_PLACES)
    return cost


def cents(amount: Decimal) -> Decimal:
    """A value to the hundredth, halves to the even digit; what rounds to nothing has no sign."""
    return amount.quantize(CENT) + 0


def _shown(number: Decimal) -> str:
    """The number for a sentence, without 30 zeros."""
    return plain(number) if number.is_finite() and abs(number.adjusted()) < 15 else str(number)


def has_places(number: Decimal, places: int) -> bool:
    """Whether the number is exact with this many decimals, however many digits it is written with."""
    if number == number.to_integral_value():
        return number.is_finite()
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        return False
    zeros = len(digits) - len(bytes(digits).rstrip(b"\x00"))
    return not number or exponent + zeros >= -places


def plain(number: Decimal) -> str:
    """The number without an exponent or trailing zeros: ``3``, ``0.25``, ``1200``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
