"""Symbols of labels: which of them carry a code, and what exactly a scanner reads from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from wms_tui.domain.barcodes import GTIN_LENGTHS, check_digit
from wms_tui.domain.errors import Refused
from wms_tui.domain.texts import N_

FNC1 = "\x1d"
_PRINTABLE = re.compile("[\x20-\x7e]+")
_IN_GS1 = re.compile(r"""[!"%-?A-Z_a-z]{1,20}""")
"""The characters of a lot or serial number (GS1 General Specifications, 7.11), of which there are at most 20."""
LINK = "https://id.gs1.org"
FIXED_LENGTH = frozenset({"01", "17"})
"""Elements that no separator follows (GS1 General Specifications, 7.8.5)."""


class Unencodable(Refused):
    template = N_(
        "{code} cannot be printed as a barcode: scanners read letters, digits and signs of ASCII only. "
        "Give it a code of these."
    )


class SymbolKind(StrEnum):
    EAN13 = "ean-13"
    EAN8 = "ean-8"
    UPCA = "upc-a"
    ITF14 = "itf-14"
    CODE128 = "code-128"
    GS1_128 = "gs1-128"
    DATAMATRIX = "datamatrix"
    GS1_DATAMATRIX = "gs1-datamatrix"
    QR = "qr"

    @property
    def is_matrix(self) -> bool:
        return self in {SymbolKind.DATAMATRIX, SymbolKind.GS1_DATAMATRIX, SymbolKind.QR}

    @property
    def is_gs1(self) -> bool:
        """Whether it holds an element string behind FNC1."""
        return self in {SymbolKind.GS1_128, SymbolKind.GS1_DATAMATRIX}


class Style(StrEnum):
    """What the operator wants; ``AUTO`` is bars where they fit, else a matrix."""

    AUTO = "auto"
    BARS = "bars"
    MATRIX = "matrix"
    QR = "qr"


STYLE_NAMES = {
    Style.AUTO: N_("what fits"),
    Style.BARS: N_("bars"),
    Style.MATRIX: N_("Data Matrix"),
    Style.QR: N_("QR code"),
}

BY_LENGTH = {8: SymbolKind.EAN8, 12: SymbolKind.UPCA, 13: SymbolKind.EAN13, 14: SymbolKind.ITF14}

Elements = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """``data`` is what a scanner types; GS1 symbols have ``elements`` and the scanner's symbology identifier before."""

    kind: SymbolKind
    data: str
    elements: Elements = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """What stands beside it for people, by element."""
        return tuple(f"({ai}){value}" for ai, value in self.elements) or (self.data,)

    @property
    def text(self) -> str:
        return " ".join(self.parts)


def is_gtin(code: str) -> bool:
    """Whether a code is a GTIN with the right check digit."""
    looks = len(code) in GTIN_LENGTHS and code.isascii() and code.isdigit()
    return looks and check_digit(code[:-1]) == int(code[-1])


def takes_in_gs1(lot: str) -> bool:
    """Whether a lot or serial number may stand in a GS1 symbol."""
    return _IN_GS1.fullmatch(lot) is not None


def for_code(code: str, style: Style) -> tuple[Symbol, ...]:
    """Symbols of a code of the site's own. Raises ``Unencodable``."""
    if not _PRINTABLE.fullmatch(code) or code != code.strip():
        raise Unencodable(code=code)
    return _wanted(style, Symbol(SymbolKind.CODE128, code), Symbol(SymbolKind.DATAMATRIX, code), code)


def for_trade_item(gtin: str, style: Style) -> tuple[Symbol, ...]:
    """Symbols of a GTIN: that of its length in bars, or a GS1 Data Matrix."""
    bars = Symbol(BY_LENGTH[len(gtin)], gtin)
    return _wanted(style, bars, _gs1(SymbolKind.GS1_DATAMATRIX, (("01", gtin.zfill(14)),)), gtin)


def for_elements(elements: Elements, style: Style) -> tuple[Symbol, ...]:
    """Symbols of a GS1 element string."""
    bars, matrix = _gs1(SymbolKind.GS1_128, elements), _gs1(SymbolKind.GS1_DATAMATRIX, elements)
    return _wanted(style, bars, matrix, digital_link(elements))


def digital_link(elements: Elements) -> str:
    """The elements as a GS1 Digital Link URI, which is how they stand in a QR code (GS1 Digital Link, 4.5)."""
    found = dict(elements)
    path = "".join(f"/{ai}/{quote(found[ai], safe='')}" for ai in ("01", "10", "21") if ai in found)
    return LINK + path + (f"?17={found['17']}" if "17" in found else "")


def _gs1(kind: SymbolKind, elements: Elements) -> Symbol:
    return Symbol(kind, element_string(elements), elements)


def element_string(elements: Elements) -> str:
    """The elements as a scanner types them: FNC1 as 0x1D behind those of variable length, but not at the end."""
    last = len(elements) - 1
    return "".join(
        ai + value + ("" if ai in FIXED_LENGTH or place == last else FNC1) for place, (ai, value) in enumerate(elements)
    )


def _wanted(style: Style, bars: Symbol, matrix: Symbol, plain: str) -> tuple[Symbol, ...]:
    wanted = {
        Style.AUTO: (bars, matrix),
        Style.BARS: (bars,),
        Style.MATRIX: (matrix,),
        Style.QR: (Symbol(SymbolKind.QR, plain),),
    }
    return wanted[style]
