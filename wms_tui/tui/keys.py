"""Raw keys: what a terminal sends, one string a key.

A key of one character is that character as data, control characters included (0x1D, GS1's FNC1, is ``"\\x1d"``).
A longer string is the name of a key that writes nothing: ``enter``, ``tab``, ``escape``, ``backspace``, ``f1`` …
How terminals encode them stands in ``terminal/keymaps.py``.
"""

from __future__ import annotations

from collections.abc import Iterable

ENTER = "enter"
TAB = "tab"
ESCAPE = "escape"
BACKSPACE = "backspace"
CLEAR = "\x15"  # ctrl+u
UNKNOWN = "unknown"
"""A key that no map has: the gate passes one on only to whoever learns keys."""

_CHARACTERS = {"\r": ENTER, "\t": TAB, "\x1b": ESCAPE, "\x7f": BACKSPACE, "\b": BACKSPACE}


class Sent(str):
    """The name of a key, which also knows the characters that the terminal sent for it: ``raw``."""

    __slots__ = ("raw",)
    raw: str

    def __new__(cls, name: str, raw: str) -> Sent:
        key = super().__new__(cls, name)
        key.raw = raw
        return key


def raw_of(key: str) -> str:
    """What the terminal sent for a key; empty for a name that came without it."""
    if isinstance(key, Sent):
        return key.raw
    return key if len(key) == 1 else ""


def character_key(character: str) -> str:
    """The raw key for one character that was typed, scanned or pasted."""
    return _CHARACTERS.get(character, character)


def fold_line_ends(keys: Iterable[str], after_return: bool) -> tuple[list[str], bool]:
    """Make CR, LF and CR LF one ``enter`` each; the flag carries a CR over to the next call."""
    folded = []
    for key in keys:
        if key != "\n" or not after_return:
            folded.append(ENTER if key == "\n" else key)
        after_return = key == ENTER
    return folded, after_return
