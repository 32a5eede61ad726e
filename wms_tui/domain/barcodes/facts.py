"""From the parts of a GS1 code to what a warehouse wants to know."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from wms_tui.domain.barcodes.dates import day_of, moment_of
from wms_tui.domain.barcodes.readings import Element, Form, Measure, Reading

Facts = dict[str, Any]
_UNIT = re.compile(r"(?P<what>.+?) \((?P<unit>[^)]+)\)(?P<log>, log)?")


def reading_of(form: Form, elements: tuple[Element, ...], today: date, aim: str = "", sure: bool = True) -> Reading:
    """The reading of checked elements."""
    facts: Facts = {"measures": ()}
    for part in elements:
        take = _TAKES.get(part.ai)
        if take is not None:
            take(facts, part.value, today)
        elif part.ai[0] == "3" and len(part.ai) == 4 and part.ai < "3700":
            facts["measures"] += (_measure(part),)
    return Reading(form, aim, elements, sure=sure, **facts)


def _measure(part: Element) -> Measure:
    amount = Decimal(part.value).scaleb(-int(part.ai[3]))
    named = _UNIT.fullmatch(part.title)
    if named is None:
        return Measure(part.ai, part.title, amount, "")
    return Measure(part.ai, named["what"] + (named["log"] or ""), amount, named["unit"])


def _text(name: str) -> Callable[[Facts, str, date], None]:
    def take(facts: Facts, value: str, today: date) -> None:
        facts[name] = value

    return take


def _day(name: str) -> Callable[[Facts, str, date], None]:
    def take(facts: Facts, value: str, today: date) -> None:
        facts[name] = day_of(value[:6], today)

    return take


def _count(facts: Facts, value: str, today: date) -> None:
    facts["count"] = Decimal(value)


def _contained(facts: Facts, value: str, today: date) -> None:
    facts["gtin"], facts["contained"] = value, True


def _expiry_moment(facts: Facts, value: str, today: date) -> None:
    facts["expires_at"] = moment_of(value, today)
    facts.setdefault("expires", facts["expires_at"].date())


def _made(facts: Facts, value: str, today: date) -> None:
    facts.setdefault("produced", day_of(value[:6], today))


def _extension(facts: Facts, value: str, today: date) -> None:
    facts["location"] = facts.get("location", "") + value


_TAKES: dict[str, Callable[[Facts, str, date], None]] = {
    "00": _text("sscc"),
    "01": _text("gtin"),
    "02": _contained,
    "03": _text("gtin"),
    "10": _text("lot"),
    "11": _day("produced"),
    "13": _day("packed"),
    "15": _day("best_before"),
    "16": _day("sell_by"),
    "17": _day("expires"),
    "21": _text("serial"),
    "30": _count,
    "37": _count,
    "254": _extension,
    "414": _text("location"),
    "7003": _expiry_moment,
    "8008": _made,
}
