"""Codes and texts in a replay: one line of plain text, in which invisible characters have names.

``<GS>`` (or ``<FNC1>``) is 0x1D, ``<0x11>`` any control character, ``<U+00A0>`` any other, ``<SP>`` a space at either
end, ``<LT>`` the character ``<``. ``<DAY+30>`` is the day 30 days from now in the six digits of a GS1 date, so that a
file does not expire with its goods.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from wms_tui.domain.replay_errors import BadEscape

NAMES = {
    "GS": "\x1d",
    "FNC1": "\x1d",
    "FS": "\x1c",
    "RS": "\x1e",
    "US": "\x1f",
    "ESC": "\x1b",
    "TAB": "\t",
    "CR": "\r",
    "LF": "\n",
    "SP": " ",
    "LT": "<",
}
_BY_CHARACTER = {character: name for name, character in reversed(NAMES.items())}
_ESCAPE = re.compile(r"<([^<>]*)>?")
_CODE = re.compile(r"(?:0x([0-9A-Fa-f]{2})|U\+([0-9A-Fa-f]{4,6}))")
_DAY = re.compile(r"DAY([+-]\d{1,5})", re.ASCII)
_WRITTEN = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\u200b-\u200f\ufeff<]|^ | $")


def unescaped(text: str, today: date) -> str:
    """The characters that a text stands for. Raises ``BadEscape``."""
    return _ESCAPE.sub(lambda found: _meant(found, today), text)


def escaped(text: str) -> str:
    """A text as it is written in a replay."""
    return _WRITTEN.sub(lambda found: f"<{_name(found[0])}>", text)


def _name(character: str) -> str:
    code = ord(character)
    return _BY_CHARACTER.get(character) or (f"0x{code:02X}" if code < 0x100 else f"U+{code:04X}")


def _meant(found: re.Match[str], today: date) -> str:
    name = found[1]
    if found[0].endswith(">"):
        if name in NAMES:
            return NAMES[name]
        if day := _DAY.fullmatch(name):
            return f"{today + timedelta(int(day[1])):%y%m%d}"
        if (code := _CODE.fullmatch(name)) and (point := int(code[1] or code[2], 16)) < 0x110000:
            return chr(point)
    raise BadEscape(text=found[0])
