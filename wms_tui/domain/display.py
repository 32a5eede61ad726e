"""Text from outside on a terminal: nothing in it is executed, and its width in columns is known."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

DANGEROUS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""C0 and C1 controls, bidirectional controls, invisible characters, halves of surrogate pairs."""


def harmless(text: str) -> str:
    """The text with every character that could steer a terminal shown as U+FFFD."""
    return DANGEROUS.sub(REPLACEMENT, text)


def width(text: str) -> int:
    """How many columns the text takes: two for wide East Asian characters, none for combining marks."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int, right: bool = False) -> str:
    """The text filled with spaces to this many columns; ``right`` aligns it to the right."""
    room = " " * max(0, columns - width(text))
    return room + text if right else text + room
