"""Cells that hold numbers."""

from __future__ import annotations

from decimal import Decimal

from wms_tui.domain.file_errors import NotANumber, NumberOutOfRange, TooManyPlaces
from wms_tui.domain.product_fields import MOST_DAYS
from wms_tui.domain.quantities import (
    MONEY_PLACES,
    MOST,
    MOST_SHOWN,
    QUANTITY_PLACES,
    check_quantity,
    has_places,
    parse_quantity,
)
from wms_tui.services.importing import decimals
from wms_tui.services.importing.cells import Entry, Reader


def number(entry: Entry) -> Decimal:
    """A number as the file writes them."""
    value = entry.value
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    if not isinstance(value, str):
        raise NotANumber(column=entry.column, text=entry.written())
    return decimals.read_number(decimals.plain_form(entry.written()), entry.column, entry.comma)


def quantity(entry: Entry) -> Decimal:
    """A quantity above 0."""
    try:
        return check_quantity(number(entry), entry.written())
    except NotANumber:
        return parse_quantity(entry.written())


def level(places: int) -> Reader:
    """A number from 0 with at most this many decimals."""

    def read(entry: Entry) -> Decimal:
        value = number(entry)
        if not value.is_finite() or not 0 <= value <= MOST:
            raise NumberOutOfRange(column=entry.column, text=entry.written(), most=MOST_SHOWN)
        if not has_places(value, places):
            raise TooManyPlaces(column=entry.column, text=entry.written(), places=places)
        return value

    return read


def days(entry: Entry) -> int:
    """A whole number of days."""
    value = number(entry)
    if not value.is_finite() or not 0 <= value <= MOST_DAYS:
        raise NumberOutOfRange(column=entry.column, text=entry.written(), most=MOST_DAYS)
    if value != value.to_integral_value():
        raise TooManyPlaces(column=entry.column, text=entry.written(), places=0)
    return int(value)


on_hand = level(QUANTITY_PLACES)
money = level(MONEY_PLACES)
