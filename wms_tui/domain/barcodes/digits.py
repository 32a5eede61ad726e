"""Plain codes: cleaning, check digits, the forms of one GTIN, and what spreadsheets do to long numbers."""

from __future__ import annotations

import re

GTIN_LENGTHS = frozenset({8, 12, 13, 14})
_MANGLED = re.compile(r"[+-]?(\d+[.,]\d+[eE][+-]?\d+|\d+[eE]\+\d+)", re.ASCII)
_OUTER = " \t\r\n"


def clean(raw: str) -> str:
    """The code as it is looked up: outer white space removed, everything else kept."""
    return raw.strip()


def trimmed(raw: str) -> str:
    """The code as it is interpreted: FNC1, which Python counts as white space, stays."""
    return raw.strip(_OUTER)


def is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def check_digit(digits: str) -> int:
    """The GS1 mod-10 check digit for the digits before it (GS1 General Specifications, 7.9)."""
    return -(3 * sum(map(int, digits[::-2])) + sum(map(int, digits[-2::-2]))) % 10


def is_checked(digits: str) -> bool:
    """Whether the last of these digits is the check digit of those before it."""
    return check_digit(digits[:-1]) == int(digits[-1])


def has_wrong_check_digit(code: str) -> bool:
    """Whether a code has the form of a GTIN and its last digit does not fit. Real goods carry such codes."""
    return len(code) in GTIN_LENGTHS and is_digits(code) and not is_checked(code)


def is_mangled(code: str) -> bool:
    """Whether a spreadsheet has turned a long number into scientific notation, such as ``6.81E+12``.

    A place or a product may well be called ``1E05``: without a point or a plus it is nobody's number.
    """
    return _MANGLED.fullmatch(code.strip()) is not None


def gtin_forms(gtin: str) -> tuple[str, ...]:
    """All codes that name the trade item of a GTIN: as given, then with 14, 13, 12 and 8 digits, then as UPC-E.

    Leading zeros do not change a check digit: ``4006381333931`` and ``04006381333931`` are the same item.
    """
    full = gtin.zfill(14)
    forms = [gtin, full]
    for length in (13, 12, 8):
        if not full.startswith("0" * (14 - length)):
            break
        forms.append(full[-length:])
    if len(forms) > 3 and (short := upc_e_of(full[-12:])):
        forms.append(short)
    return tuple(dict.fromkeys(forms))


def upc_a_of(short: str) -> str:
    """The 12 digits of a UPC-E code: 6 digits alone, with its number system, or with the check digit as well.

    Empty where there is none (GS1 General Specifications, 5.2.2.4.2).
    """
    if len(short) == 6:
        short = "0" + short
    if len(short) not in {7, 8} or short[0] not in "01":
        return ""
    digits = short[0] + _EXPANSIONS[short[6]].format(*short[1:7])
    whole = digits + str(check_digit(digits))
    return whole if len(short) == 7 or whole[-1] == short[-1] else ""


_EXPANSIONS = {
    **dict.fromkeys("012", "{0}{1}{5}0000{2}{3}{4}"),
    "3": "{0}{1}{2}00000{3}{4}",
    "4": "{0}{1}{2}{3}00000{4}",
    **dict.fromkeys("56789", "{0}{1}{2}{3}{4}0000{5}"),
}


def upc_e_of(gtin_12: str) -> str:
    """The 8 digits of UPC-E for a UPC-A code; empty where zeros cannot be left out."""
    if gtin_12[0] not in "01":
        return ""
    maker, item, check = gtin_12[1:6], gtin_12[6:11], gtin_12[11]
    if maker[3:] == "00" and maker[2] in "012" and item[:2] == "00":
        body = maker[:2] + item[2:] + maker[2]
    elif maker[3:] == "00" and item[:3] == "000":
        body = maker[:3] + item[3:] + "3"
    elif maker[4] == "0" and item[:4] == "0000":
        body = maker[:4] + item[4] + "4"
    elif item[:4] == "0000" and item[4] in "56789":
        body = maker + item[4]
    else:
        return ""
    return gtin_12[0] + body + check
