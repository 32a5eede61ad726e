"""Labels in ZPL II, the language of label printers: symbols by the printer's own commands, data that is only data.

Every field goes through ``field``: whatever is in a name or code, it can begin no command (^, ~) and end no field.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from wms_tui.domain.display import harmless
from wms_tui.domain.label_layout import Arranged, Placed
from wms_tui.domain.label_texts import Text
from wms_tui.domain.zpl_symbols import COMMANDS, EANS

MM_PER_INCH = 25.4
DPIS = (203, 300, 600)
HEX = "\\"
"""The sign of a byte in hexadecimal (^FH)."""
_PLAIN = frozenset(string.ascii_letters + string.digits + " !\"#$%&'()*+,-./:;<=>?@[]_`{|}")


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One bit a dot, rows filled up to whole bytes."""

    width: int
    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Media:
    """What is printed on: the label's sides in mm, and dots an inch."""

    width: float
    height: float
    dpi: int

    def dots(self, length: float) -> int:
        return round(length * self.dpi / MM_PER_INCH)


Draw = Callable[[Text, int], Bitmap]
"""Draws a text of letters that the printer does not have, in so many dots an inch."""


def label(arranged: Arranged, media: Media, copies: int, draw: Draw) -> str:
    """One label with its copies, as it is sent to the printer.

    In the printer's own letters where those are enough; as soon as one text needs others, all are drawn, so that they
    look alike: hardly any printer has Chinese.
    """
    shown = [replace(text, text=harmless(text.text)) for text in _to_set(arranged) if text.text.strip()]
    put = _own_letters if all(text.text.isascii() for text in shown) else partial(_drawn, draw=draw)
    texts = "".join(put(text, media) for text in shown)
    head = f"^XA^CI28^LH0,0^PW{media.dots(media.width)}^LL{media.dots(media.height)}"
    return f"{head}{texts}{_symbol(arranged.placed, media)}^PQ{copies},0,0,N^XZ\n"


def _to_set(arranged: Arranged) -> tuple[Text, ...]:
    """The printer itself writes the digits of an EAN below it, between the bars that reach down."""
    symbol = arranged.placed.symbol
    return tuple(text for text in arranged.texts if not (symbol.kind in EANS and text.text == symbol.data))


def field(data: str) -> str:
    """Data as a field: all that is not plain goes in hexadecimal, byte by byte in UTF-8."""
    coded = "".join(sign if sign in _PLAIN else _hexadecimal(sign) for sign in data)
    return f"^FH{HEX}^FD{coded}^FS"


def _hexadecimal(sign: str) -> str:
    return "".join(f"{HEX}{byte:02X}" for byte in sign.encode("utf-8", "replace"))


def _own_letters(text: Text, media: Media) -> str:
    size = media.dots(text.size)
    return f"^FT{media.dots(text.x)},{media.dots(text.base)}^A0N,{size},{size}{field(text.text)}"


def _drawn(text: Text, media: Media, draw: Draw) -> str:
    bitmap = draw(text, media.dpi)
    top = media.dots(text.base) - round(len(bitmap.rows) * BASE_OF_BITMAP)
    return f"^FO{media.dots(text.x)},{max(0, top)}{_graphic(bitmap)}^FS"


BASE_OF_BITMAP = 0.8
"""How far the base line of a drawn text is below its top, as a part of its height."""


def _graphic(bitmap: Bitmap) -> str:
    a_row = len(bitmap.rows[0])
    total = a_row * len(bitmap.rows)
    return f"^GFA,{total},{total},{a_row},{b''.join(bitmap.rows).hex().upper()}"


def _symbol(placed: Placed, media: Media) -> str:
    module, height = max(1, media.dots(placed.module)), media.dots(placed.height)
    begin = f"^FO{media.dots(placed.x)},{media.dots(placed.y)}"
    command, data = COMMANDS[placed.symbol.kind](placed.symbol, module, height)
    return f"{begin}{command}{field(data)}"
