"""Codes as scanners deliver them: cleaning, check digits, and what spreadsheets do to them."""

from __future__ import annotations

import re

GTIN_LENGTHS = frozenset({8, 12, 13, 14})
_MANGLED = re.compile(r"[+-]?(\d+[.,]\d+[eE][+-]?\d+|\d+[eE]\+\d+)", re.ASCII)


def clean(raw: str) -> str:
    """The code as it is looked up: outer white space removed, everything else kept."""
    return raw.strip()


def check_digit(digits: str) -> int:
    """The GS1 mod-10 check digit for the digits before it (GS1 General Specifications, 7.9)."""
    weighted = (int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return -sum(weighted) % 10


def has_wrong_check_digit(code: str) -> bool:
    """Whether a code has the form of a GTIN and its last digit does not fit. Real goods carry such codes."""
    looks = len(code) in GTIN_LENGTHS and code.isascii() and code.isdigit()
    return looks and check_digit(code[:-1]) != int(code[-1])


def is_mangled(code: str) -> bool:
    """Whether a spreadsheet has turned a long number into scientific notation, such as ``6.81E+12``.

    A place or a product may well be called ``1E05``: without a point or a plus it is nobody's number.
    """
    return _MANGLED.fullmatch(code.strip()) is not None
