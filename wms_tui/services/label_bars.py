"""Symbols as black rectangles, by the library Zint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wms_tui.domain.label_symbols import Symbol, SymbolKind, Unencodable
from wms_tui.domain.print_errors import LabelsNotInstalled

ZINT: dict[SymbolKind, str] = {
    SymbolKind.EAN13: "EANX",
    SymbolKind.EAN8: "EANX",
    SymbolKind.UPCA: "UPCA",
    SymbolKind.ITF14: "C25INTER",
    SymbolKind.CODE128: "CODE128",
    SymbolKind.GS1_128: "GS1_128",
    SymbolKind.DATAMATRIX: "DATAMATRIX",
    SymbolKind.GS1_DATAMATRIX: "DATAMATRIX",
    SymbolKind.QR: "QRCODE",
}
MEDIUM = 2
"""Of a QR code 15 % may be damaged."""
UNITS = 2.0
"""Zint draws a module two units wide."""


@dataclass(frozen=True, slots=True)
class Bars:
    """``count`` modules across; rectangles as x, y, width, height in modules. Bars are 1 high, a matrix ``count``."""

    count: int
    rectangles: tuple[tuple[float, float, float, float], ...]


@lru_cache(maxsize=256)
def bars(symbol: Symbol) -> Bars:
    """Raises ``Unencodable``, ``LabelsNotInstalled``."""
    drawn = _encoded(symbol)
    parts = [(part.x, part.y, part.width, part.height) for part in drawn.vector.rectangles]
    left = min(x for x, *_ in parts)
    tall = 1.0 if not symbol.kind.is_matrix else 0.0
    rectangles = tuple(
        ((x - left) / UNITS, 0.0 if tall else y / UNITS, wide / UNITS, tall or high / UNITS)
        for x, y, wide, high in parts
    )
    return Bars(drawn.width, rectangles)


def modules(symbol: Symbol) -> int:
    """How many modules a symbol is across."""
    return bars(symbol).count


def _encoded(symbol: Symbol) -> Any:
    try:
        import zint
    except ModuleNotFoundError as error:
        raise LabelsNotInstalled from error
    drawn = zint.Symbol()
    drawn.symbology = getattr(zint.Symbology, ZINT[symbol.kind])
    drawn.show_text = False
    drawn.input_mode = zint.InputMode.GS1 if symbol.kind.is_gs1 else zint.InputMode.UNICODE
    if symbol.kind is SymbolKind.QR:
        drawn.option_1 = MEDIUM
    if symbol.kind in {SymbolKind.DATAMATRIX, SymbolKind.GS1_DATAMATRIX}:
        drawn.option_3 = int(zint.DataMatrixOptions.SQUARE)
    try:
        drawn.encode(_input(symbol))
        drawn.buffer_vector()
    except (RuntimeError, ValueError) as error:
        raise Unencodable(code=symbol.text) from error
    return drawn


def _input(symbol: Symbol) -> str:
    """What Zint is given: it takes eight digits for an EAN-13, seven for an EAN-8 without its check digit."""
    if symbol.kind.is_gs1:
        return "".join(f"[{ai}]{value}" for ai, value in symbol.elements)
    return symbol.data[:-1] if symbol.kind is SymbolKind.EAN8 else symbol.data
