"""Numbers, days and times as people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from wms_tui.domain.quantities import MONEY_PLACES


def grouped(number: Decimal) -> str:
    """The number without an exponent or trailing zeros, in groups of three digits: ``1,234.5``."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(amount: Decimal | None) -> str:
    """With its cents, more where there are more; nothing for an amount that is not known or not to be seen."""
    if amount is None:
        return ""
    whole, _, cents = grouped(amount).partition(".")
    return f"{whole}.{cents:0<2}"


def cost(amount: Decimal | None) -> str:
    """With all its places, so that the points stand under each other."""
    return "" if amount is None else f"{amount:,.{MONEY_PLACES}f}"


def day(when: date | None) -> str:
    return when.isoformat() if when else ""


def minute(when: datetime) -> str:
    """In the local time of the machine that runs the program."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def lately(when: datetime, now: datetime) -> str:
    """The time of a moment of today, the day of an older one."""
    local, today = when.astimezone(), now.astimezone().date()
    return local.strftime("%H:%M") if local.date() == today else day(local.date())


def clock(when: datetime, now: datetime) -> str:
    """The time of a moment of today, day and time of an older one."""
    return lately(when, now) if when.astimezone().date() == now.astimezone().date() else minute(when)


def second(when: datetime) -> str:
    return when.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def midnight(when: date) -> datetime:
    """The moment at which a day begins here."""
    return datetime(when.year, when.month, when.day).astimezone()
