"""Decimal point or decimal comma: found from a whole file's numbers, never guessed from one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from wms_tui.domain.file_errors import AmbiguousNumber, MixedDecimals, NotANumber
from wms_tui.domain.quantities import parse_decimal

_SPACED = re.compile(r"(?<=\d)[\s'’](?=\d{3}(\D|$))")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_LAST = re.compile(r"[+-]?[\d.,]*([.,])\d+", re.ASCII)


def plain_form(text: str) -> str:
    """The number in ASCII digits, without spaces or apostrophes between its thousands."""
    return text if text.isascii() and text.isdigit() else _SPACED.sub("", unicodedata.normalize("NFKC", text).strip())


def writes_comma(text: str) -> bool | None:
    """Whether this number can only be meant with a decimal comma (True) or point (False); None where both may be."""
    found = _LAST.fullmatch(text)
    if found is None or _AMBIGUOUS.fullmatch(text):
        return None
    last = found.group(1)
    groups = text.count(last) > 1
    return (last == ",") != groups


def decimal_comma(path: str, separator: str, numbers: Iterable[tuple[int, str]]) -> bool | None:
    """How a file writes decimals, from its (line, number) pairs in plain form: True by comma, False by point.

    Without evidence a file separated by commas writes points, and one separated by semicolons commas if it has any;
    None is all others. Raises ``MixedDecimals`` for evidence of both.
    """
    evidence: dict[bool, tuple[int, str]] = {}
    doubtful: set[str] = set()
    for line, text in numbers:
        comma = writes_comma(text)
        if comma is not None:
            evidence.setdefault(comma, (line, text))
        elif _AMBIGUOUS.fullmatch(text):
            doubtful.add("," if "," in text else ".")
    if len(evidence) == 2:
        raise _mixed(path, evidence)
    return next(iter(evidence)) if evidence else _by_separator(separator, doubtful)


def _by_separator(separator: str, doubtful: set[str]) -> bool | None:
    if separator == "," and "," not in doubtful:
        return False
    return True if separator == ";" and doubtful == {","} else None


def _mixed(path: str, evidence: dict[bool, tuple[int, str]]) -> MixedDecimals:
    (point_line, point), (comma_line, comma) = evidence[False], evidence[True]
    return MixedDecimals(path=path, point=point, point_line=point_line, comma=comma, comma_line=comma_line)


def read_number(text: str, column: str, comma: bool | None) -> Decimal:
    """The number in plain form. Raises ``AmbiguousNumber`` where the file does not tell, and ``NotANumber``."""
    if comma is None and _AMBIGUOUS.fullmatch(text):
        mark = "," if "," in text else "."
        whole, fraction = text.replace(mark, ""), text.replace(",", ".") + "0"
        raise AmbiguousNumber(column=column, text=text, whole=whole, fraction=fraction)
    number = parse_decimal(text, comma)
    if number is None:
        raise NotANumber(column=column, text=text)
    return number
