"""A code as people can read it, with its invisible characters named."""

from __future__ import annotations

import re
import unicodedata

GS = "\x1d"
"""FNC1 as scanners send it between the parts of a GS1 code: the group separator."""

_NAMES = {
    0x00: "NUL", 0x04: "EOT", 0x08: "BS", 0x09: "TAB", 0x0A: "LF", 0x0D: "CR", 0x10: "DLE", 0x11: "XON", 0x13: "XOFF",
    0x1B: "ESC", 0x1C: "FS", 0x1D: "FNC1", 0x1E: "RS", 0x1F: "US", 0x7F: "DEL",
}  # fmt: skip
_HIDDEN = re.compile("[^!-~]")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no SKU, barcode or location code holds, and some databases cannot be asked for."""
SHOWN = 120


def visible(raw: str) -> str:
    """The code with each invisible character as ``<FNC1>``, ``<ESC>`` or ``<U+200B>``; a long one is cut."""
    shown = _HIDDEN.sub(lambda found: _named(found[0]), raw[:SHOWN])
    return shown + (f"… ({len(raw)})" if len(raw) > SHOWN else "")


def _named(character: str) -> str:
    code = ord(character)
    if character == " " or (code > 0xA0 and unicodedata.category(character)[0] in "LNPS"):
        return character
    return f"<{_NAMES.get(code) or (f'0x{code:02X}' if code < 0x100 else f'U+{code:04X}')}>"
