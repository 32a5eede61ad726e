"""What of a text a terminal can show: each character as itself, as its likeness, or as ``?``, always in its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, normalize

from rich.cells import get_character_cell_size, split_graphemes

from wms_tui.tui.terminal.profiles import ASCII, UTF_8

UNKNOWN = "?"
_MARKS = frozenset({"Mn", "Me"})
_UNSEEN = frozenset({"Cf", "Co"})
_UNLIKE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f1e6-\U0001f1ff]")
"""With joiners, soft hyphens and private characters what no two terminals show alike: selectors of emoji, flags."""
_JOINED = re.compile("[\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")
"""Where there are such, several characters may take the columns of one."""
_LIKE = str.maketrans(
    {
        "×": "x", "÷": "/", "…": ".", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "•": "*", "·": ".", "°": "o",
        "‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "→": ">", "←": "<", "↑": "^", "↓": "v", "✓": "v",
        "\xa0": " ", "ß": "s", "æ": "a", "ø": "o", "Æ": "A", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L",
        "€": "E", "£": "L", "¥": "Y", "±": "+", "µ": "u", "Ω": "O",
        "▁": ".", "▂": ":", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#", "█": "@", "│": "|", "─": "-",
    }
)  # fmt: skip
_SURE = (("\u2e80", "\u303e"), ("\u3041", "\ua4cf"), ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"), ("\uff01", "\uff60"))


@lru_cache(maxsize=2_000)
def pieces(text: str, charset: str) -> tuple[tuple[str, int], ...]:
    """What is shown of a text, and in how many columns each piece; they come to the columns that pages reckon with.

    Of characters that are joined into one the first is shown.
    """
    return tuple(_pieces(text, charset))


def _pieces(text: str, charset: str) -> Iterator[tuple[str, int]]:
    if not _JOINED.search(text):
        yield from (folded(character, charset) for character in text)
        return
    for start, end, columns in split_graphemes(text)[0]:
        shown, width = folded(text[start], charset)
        yield shown, width
        yield from (folded(mark, charset) for mark in text[start + 1 : end] if category(mark) in _MARKS)
        yield from [(" ", 1)] * (columns - width)


@lru_cache(maxsize=20_000)
def folded(character: str, charset: str) -> tuple[str, int]:
    """The character as this charset has it, and its columns: 0 for a mark that belongs to the one before it."""
    width = get_character_cell_size(character)
    kind = category(character)
    if kind in _UNSEEN or _UNLIKE.match(character) or (not width and kind not in _MARKS):
        return UNKNOWN * width, width
    if charset == UTF_8 or character.isascii():
        return character, width
    if width == 0:
        return "", 0
    if charset != ASCII and width == 2 and _encodes(character, charset):
        return character, 2
    return _like(character).ljust(width, " " if width > 1 and _like(character) != UNKNOWN else UNKNOWN), width


def sure(character: str) -> bool:
    """Whether all terminals agree on how many columns it takes; of signs such as ``×`` they do not."""
    return character < "\x7f" or any(first <= character <= last for first, last in _SURE)


def shows(text: str, charset: str) -> bool:
    """Whether at least one letter or digit of the text can be read there."""
    return any(one.isalnum() and folded(one, charset)[0].strip(f"{UNKNOWN} ") for one in text)


def _like(character: str) -> str:
    """One character of ASCII."""
    likeness = character.translate(_LIKE)
    if not likeness.isascii():
        likeness = "".join(one for one in normalize("NFKD", character) if one.isascii() and one.isprintable())
    return likeness if len(likeness) == 1 and likeness.isprintable() else UNKNOWN


def _encodes(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
