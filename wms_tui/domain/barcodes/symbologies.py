"""What a scanner says of the symbol that it read: AIM symbology identifiers such as ``]C1`` (ISO/IEC 15424)."""

from __future__ import annotations

import re
from typing import NamedTuple

_AIM = re.compile(r"\](?P<kind>[A-Za-z])(?P<modifier>[0-9A-Fm])")

GS1_SYMBOLS = frozenset({"]C1", "]e0", "]e1", "]d2", "]d5", "]Q3", "]Q4", "]J1", "]J4", "]z1"})
"""GS1-128, DataBar and composite, DataMatrix, QR, DotCode and Aztec with FNC1 in first position."""

RETAIL = {"]E0": 13, "]E3": 13, "]E4": 8}
"""EAN and UPC: how many digits the main symbol has; ``]E3`` has an add-on behind it."""

NAMES: dict[str, str] = {
    "A": "Code 39", "C": "Code 128", "E": "EAN/UPC", "F": "Codabar", "G": "Code 93", "H": "Code 11", "I": "ITF",
    "L": "PDF417", "M": "MSI", "Q": "QR Code", "S": "Code 2 of 5", "U": "MaxiCode", "X": "other", "d": "Data Matrix",
    "e": "GS1 DataBar", "J": "DotCode", "h": "Han Xin", "o": "OCR", "z": "Aztec",
}  # fmt: skip
_GS1_NAMES = {"]C1": "GS1-128", "]d2": "GS1 DataMatrix", "]Q3": "GS1 QR Code", "]J1": "GS1 DotCode"}


class Symbol(NamedTuple):
    """The identifier, empty where the scanner sends none, and the data behind it."""

    aim: str
    data: str


def symbol_of(text: str) -> Symbol | None:
    """The text without its symbology identifier; None where it begins like one and is none."""
    if not text.startswith("]"):
        return Symbol("", text)
    found = _AIM.match(text)
    if found is None or found["kind"] not in NAMES:
        return None
    return Symbol(found[0], text[3:])


def name_of(aim: str) -> str:
    """The kind of symbol by its usual name; empty for no identifier."""
    return _GS1_NAMES.get(aim) or NAMES.get(aim[1:2], "")


def split_composite(data: str, length: int) -> tuple[str, str]:
    """The linear part of this length, and the element string of the composite part above it (empty for none)."""
    linear, rest = data[:length], data[length:]
    for mark in ("|]e0", "]e0", "|]e1", "]e1"):
        if rest.startswith(mark):
            return linear, rest[len(mark) :]
    return data, ""
