"""Restricted-circulation codes: numbers that a shop or a country gives out itself, with a weight or a price inside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from wms_tui.domain.barcode_errors import WrongMeasureDigit
from wms_tui.domain.barcodes.digits import check_digit


class Carried(StrEnum):
    """What the varying digits of a code say, by the letter that stands for them in a pattern."""

    WEIGHT = "W"
    PRICE = "P"
    COUNT = "N"


_PATTERN = re.compile(r"(?:02|2\d)\d*I+(?:([WPN])\1*|V([WPN])\2{3,4})C", re.ASCII)


@dataclass(frozen=True, slots=True)
class RestrictedRule:
    """How to read codes that begin with the digits of ``pattern``, 13 characters in the manner of an EAN-13.

    ``I`` is the item number, ``W`` weight in kilograms, ``P`` price, ``N`` count, ``V`` the digit that checks those,
    ``C`` the check digit; ``decimals`` of the varying digits stand behind the point. ``27IIIIIWWWWWC`` with 3 decimals
    reads 2712341002251 as item 12341, 0.225 kg. Raises ``ValueError`` for another pattern.
    """

    pattern: str
    decimals: int = 0

    def __post_init__(self) -> None:
        if len(self.pattern) != 13 or not _PATTERN.fullmatch(self.pattern):
            raise ValueError(self.pattern)

    @property
    def prefix(self) -> str:
        return self.pattern[: self.pattern.index("I")]

    @property
    def carried(self) -> Carried:
        return Carried(self.pattern[-2])

    def item(self, code: str) -> str:
        return code[self.pattern.index("I") : self.pattern.rindex("I") + 1]

    def amount(self, code: str) -> Decimal:
        """What the 13 digits carry. Raises ``WrongMeasureDigit``."""
        digits = code[self.pattern.index(self.carried) : 12]
        verifier = self.pattern.find("V")
        if verifier >= 0 and measure_digit(digits) != int(code[verifier]):
            raise WrongMeasureDigit(digits=digits)
        return Decimal(digits).scaleb(-self.decimals)

    def without_amount(self, code: str) -> str:
        """The 13 digits with the amount at zero, under which the catalog may know the product."""
        start = self.pattern.index(self.carried)
        zeros = "0" * (12 - start)
        verifier = str(measure_digit(zeros)) if "V" in self.pattern else ""
        digits = code[: start - len(verifier)] + verifier + zeros
        return digits + str(check_digit(digits))


@lru_cache(maxsize=16)
def by_prefix(rules: tuple[RestrictedRule, ...]) -> tuple[tuple[str, RestrictedRule], ...]:
    """The rules, the most exact prefix first."""
    return tuple(sorted(((rule.prefix, rule) for rule in rules), key=lambda pair: -len(pair[0])))


def rule_for(code: str, rules: tuple[RestrictedRule, ...]) -> RestrictedRule | None:
    """The rule for 13 digits."""
    return next((rule for prefix, rule in by_prefix(rules) if code.startswith(prefix)), None)


def is_restricted(gtin: str) -> bool:
    """Whether a GTIN is of those that mean nothing elsewhere: 02, 04 and 20 to 29, and 0 and 2 of eight digits."""
    if len(gtin) == 8 or gtin.startswith("000000"):
        return gtin[-8] in "02"
    return gtin.zfill(14)[1:3] in {"02", "04"} or gtin.zfill(14)[:2] == "02"


def measure_digit(digits: str) -> int:
    """The digit that checks a price or weight of 4 or 5 digits (GS1 General Specifications, 7.9.2 to 7.9.4)."""
    values = [int(digit) for digit in digits]
    if len(values) == 4:
        return 3 * sum(weigh(value) for weigh, value in zip(_OF_FOUR, values, strict=True)) % 10
    total = sum(weigh(value) for weigh, value in zip(_OF_FIVE, values, strict=True))
    return next(digit for digit in range(10) if _five_minus(digit) == -total % 10)


def _two_minus(digit: int) -> int:
    return (2 * digit - 2 * digit // 10) % 10


def _three(digit: int) -> int:
    return 3 * digit % 10


def _five_plus(digit: int) -> int:
    return (5 * digit + 5 * digit // 10) % 10


def _five_minus(digit: int) -> int:
    return (5 * digit - 5 * digit // 10) % 10


_OF_FOUR = (_two_minus, _two_minus, _three, _five_minus)
_OF_FIVE = (_five_plus, _two_minus, _five_minus, _five_plus, _two_minus)


def _family(decimals: dict[str, int], form: str) -> tuple[RestrictedRule, ...]:
    return tuple(RestrictedRule(prefix + form, places) for prefix, places in decimals.items())


_NORDIC_WEIGHTS = _family({"23": 3, "24": 2, "25": 1}, "IIIIIIWWWWC")
_NORDIC = _NORDIC_WEIGHTS + _family({"20": 2, "21": 1, "22": 0}, "IIIIIIPPPPC")

RESTRICTED: dict[str, tuple[RestrictedRule, ...]] = {
    "DE": _family({"22": 2, "23": 2}, "IIIIVPPPPPC")
    + _family({"25": 0, "26": 0}, "IIIIVNNNNNC")
    + _family({"28": 3, "29": 3}, "IIIIVWWWWWC"),
    "DK": _family(dict.fromkeys(("21", "22", "23", "24"), 2), "IIIIPPPPPPC")
    + _family({"26": 3, "28": 3}, "IIIIWWWWWWC")
    + _family({"27": 3}, "IIIIIWWWWWC"),
    "EE": _NORDIC_WEIGHTS,
    "FI": _NORDIC_WEIGHTS,
    "GB": _family({"20": 2}, "IIIIIVPPPPC"),
    "LT": _NORDIC_WEIGHTS,
    "LV": _NORDIC_WEIGHTS,
    "NO": _NORDIC,
    "SE": _NORDIC,
}
"""The rules that the national GS1 organisations publish, by country."""
