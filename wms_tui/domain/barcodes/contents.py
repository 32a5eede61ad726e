"""What the data of GS1 application identifiers have to keep: check digits, days and hours, values that cannot be.

The rules are those of the GS1 General Specifications, chapter 3, for the parts that a warehouse reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes.dates import is_day, is_hour
from wms_tui.domain.barcodes.digits import check_digit

Fault = tuple[type[errors.BadGs1Code], dict[str, object]]
Check = Callable[[str], Fault | None]
"""From the data to what is wrong with it, None for nothing."""


def _checked(value: str, start: int = 0, stop: int | None = None) -> Fault | None:
    """The digits end with their check digit."""
    digits = value[start:stop]
    right = check_digit(digits[:-1])
    return None if right == int(digits[-1]) else (errors.WrongPartDigit, {"right": right})


def _day(value: str, start: int = 0, whole_month: bool = False) -> Fault | None:
    """Six digits of a day; ``whole_month`` lets day 00 mean the end of the month."""
    digits = value[start : start + 6]
    return None if not digits or is_day(digits, whole_month) else (errors.WrongPartDate, {})


def _hour(value: str, start: int, open_end: bool = False) -> Fault | None:
    """Hour and minute; ``open_end`` lets 9999 mean that none is given."""
    digits = value[start : start + 4]
    fine = not digits or is_hour(digits) or (open_end and digits == "9999")
    return None if fine else (errors.WrongPartDate, {})


def _piece(value: str) -> Fault | None:
    """Piece and total of an item that comes in several."""
    piece, total = int(value[14:16]), int(value[16:18])
    return None if 0 < piece <= total else (errors.WrongPartValue, {})


def _like(value: str, form: re.Pattern[str]) -> Fault | None:
    return None if form.fullmatch(value) else (errors.WrongPartValue, {})


def _kept(form: str) -> tuple[Check, ...]:
    return (partial(_like, form=re.compile(form, re.ASCII | re.DOTALL)),)


_MOD_10: tuple[Check, ...] = (_checked,)
_FIRST_13: tuple[Check, ...] = (partial(_checked, stop=13),)
_MONTH_OR_DAY: tuple[Check, ...] = (partial(_day, whole_month=True),)
_DAY: tuple[Check, ...] = (_day,)
_DELIVERY: tuple[Check, ...] = (*_MONTH_OR_DAY, partial(_hour, start=6, open_end=True))
_COMPANY = _kept(r"\d{4}.*")
_YES_OR_NO = _kept(r"[01]")
_TEMPERATURE = _kept(r"\d{6}-?")
_PIECES: tuple[Check, ...] = (partial(_checked, stop=14), _piece)
_COUNTED = _kept(r"\d{1,8}")

CONTENTS: dict[str, tuple[Check, ...]] = {
    **dict.fromkeys(("00", "01", "02", "03", "402", "8017", "8018"), _MOD_10),
    **{str(ai): _MOD_10 for ai in range(410, 418)},
    **dict.fromkeys(("253", "255"), _FIRST_13),
    "8003": (partial(_checked, start=1, stop=14),),
    **dict.fromkeys(("8006", "8026"), _PIECES),
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), _MONTH_OR_DAY),
    **dict.fromkeys(("4324", "4325"), _DELIVERY),
    **dict.fromkeys(("4326", "7006", "8008"), _DAY),
    "7007": (_day, partial(_day, start=6)),
    **dict.fromkeys(("7003", "7011"), (_day, partial(_hour, start=6))),
    **dict.fromkeys(("30", "37"), _COUNTED),
    **dict.fromkeys(("401", "7023", "8004", "8010", "8013"), _COMPANY),
    **dict.fromkeys(("4321", "4322", "4323"), _YES_OR_NO),
    **dict.fromkeys(("4330", "4331", "4332", "4333"), _TEMPERATURE),
    **{f"43{number:02}": _kept(r"(?:[^%]|%[0-9A-Fa-f]{2})*") for number in (*range(7), *range(10, 17), 20)},
    "4309": _kept(r"(?:0\d{9}|1[0-7]\d{8}|1800000000)(?:[0-2]\d{9}|3[0-5]\d{8}|3600000000)"),
    "7004": _kept(r"\d{1,4}"),
    "8001": _kept(r"(?!0000)\d{4}(?!00000)\d{5}(?!000)\d{3}[019]\d"),
    "8011": _kept(r"[1-9]\d*|0"),
}
"""The checks of each identifier, for data of the right form."""
