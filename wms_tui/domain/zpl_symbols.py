"""Symbols by a label printer's own commands: what ^BC, ^BE, ^B8, ^B2, ^BX and ^BQ are given, and how wide they print.

After the ZPL II Programming Guide; Code 128 by its table of invocation codes.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable

from wms_tui.domain.label_symbols import FNC1, Symbol, SymbolKind

ESCAPES = "_|`{}@#$&" + string.ascii_letters + string.digits
EANS = frozenset({SymbolKind.EAN13, SymbolKind.EAN8, SymbolKind.UPCA})

START_B, START_C = ">:", ">;"
TO_C, TO_B, FNC1_CODE = ">5", ">6", ">8"
IN_B = {">": ">0", "^": "><", "~": ">="}
"""Code 128 as ^BC takes it: switches of code sets, and the characters that would be taken for one."""


def _code_128(symbol: Symbol, module: int, height: int) -> tuple[str, str]:
    return f"^BY{module}^BCN,{height},N,N,N,N", "".join(code_128(symbol))


def _ean_13(symbol: Symbol, module: int, height: int) -> tuple[str, str]:
    """The printer computes the check digit. A UPC-A is an EAN-13 with a zero before it, bar by bar."""
    return f"^BY{module}^BEN,{height},Y,N", symbol.data[:-1].zfill(12)


def _ean_8(symbol: Symbol, module: int, height: int) -> tuple[str, str]:
    return f"^BY{module}^B8N,{height},Y,N", symbol.data[:-1]


def _itf(symbol: Symbol, module: int, height: int) -> tuple[str, str]:
    return f"^BY{module},3^B2N,{height},N,N,N", symbol.data


def _data_matrix(symbol: Symbol, module: int, height: int) -> tuple[str, str]:
    """FNC1 is the escape sign and a 1; the sign is one that the data does not have, so that nothing else is escaped."""
    sign = next(sign for sign in ESCAPES if sign not in symbol.data)
    start = f"{sign}1" if symbol.kind.is_gs1 else ""
    return f"^BXN,{module},200,,,,{sign}", start + symbol.data.replace(FNC1, f"{sign}1")


def _qr(symbol: Symbol, module: int, height: int) -> tuple[str, str]:
    return f"^BQN,2,{min(module, 10)},M", f"MA,{symbol.data}"


COMMANDS: dict[SymbolKind, Callable[[Symbol, int, int], tuple[str, str]]] = {
    SymbolKind.EAN13: _ean_13,
    SymbolKind.EAN8: _ean_8,
    SymbolKind.UPCA: _ean_13,
    SymbolKind.ITF14: _itf,
    SymbolKind.CODE128: _code_128,
    SymbolKind.GS1_128: _code_128,
    SymbolKind.DATAMATRIX: _data_matrix,
    SymbolKind.GS1_DATAMATRIX: _data_matrix,
    SymbolKind.QR: _qr,
}
"""The command and the field's data of each symbol, from the symbol, a module's width and the height in dots."""


def code_128(symbol: Symbol) -> list[str]:
    """The symbol characters, each as ^BC takes it: pairs of digits in code set C where that is shorter, else set B."""
    data = (FNC1 if symbol.kind.is_gs1 else "") + symbol.data
    in_c = _digits(data, 1 if data.startswith(FNC1) else 0) >= 4
    codes, place = [START_C if in_c else START_B], 0
    while place < len(data):
        if data[place] == FNC1:
            codes.append(FNC1_CODE)
            place += 1
        elif in_c and _digits(data, place) >= 2:
            codes.append(data[place : place + 2])
            place += 2
        elif in_c or _is_worth_c(data, place):
            codes.append(TO_B if in_c else TO_C)
            in_c = not in_c
        else:
            codes.append(IN_B.get(data[place], data[place]))
            place += 1
    return codes


def modules(symbol: Symbol, at_least: int) -> int:
    """How many modules the printer's symbol is across at the most; ``at_least`` is what the best encoder needs."""
    if symbol.kind in {SymbolKind.CODE128, SymbolKind.GS1_128}:
        return 11 * (len(code_128(symbol)) + 1) + 13
    if symbol.kind is SymbolKind.QR:
        return max(at_least, _smallest(QR_SIDES, len(symbol.data)))
    if symbol.kind.is_matrix:
        pairs = sum(len(run) // 2 for run in re.findall("[0-9]+", symbol.data))
        return max(at_least, _smallest(MATRIX_SIDES, len(symbol.data) - pairs + symbol.kind.is_gs1))
    return at_least


MATRIX_SIDES = {10: 3, 12: 5, 14: 8, 16: 12, 18: 18, 20: 22, 22: 30, 24: 36, 26: 44, 32: 62, 36: 86, 40: 114, 44: 144}
"""Modules of a side, and the codewords that a Data Matrix holds; a character takes one, two digits take one."""
QR_SIDES = {17 + 4 * (place + 1): room for place, room in enumerate((14, 26, 42, 62, 84, 106, 122, 152, 180, 213))}
"""The same of a QR code with error correction M, in bytes."""


def _smallest(sides: dict[int, int], length: int) -> int:
    return next((side for side, room in sides.items() if room >= length), 0)


def _digits(data: str, place: int) -> int:
    """How many digits stand from here on."""
    end = place
    while end < len(data) and data[end] in string.digits:
        end += 1
    return end - place


def _is_worth_c(data: str, place: int) -> bool:
    """Six digits pay for the way there and back, four at the end; of an odd number the first one stays in set B."""
    count = _digits(data, place)
    return count % 2 == 0 and (count >= 6 or (count >= 4 and place + count == len(data)))
