"""Sentences in lines of so many columns, English at its spaces and Chinese between any two characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from wms_tui.domain.display import width

_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0003fffd"
)
_OPENING = "（《「『【〈“‘"
_CLOSING = "，。：；！？、）》」』】〉”’…"
_PIECE = re.compile(f"\\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\\s{_WIDE}]+)[{_CLOSING}]*")
"""White space, a word, or one wide character; no line begins with what closes or ends with what opens."""


Width = Callable[[str], float]


def wrapped(text: str, columns: float, width: Width = width) -> list[str]:
    """The text in lines of at most this many columns, without white space at their ends; at least one line.

    With a ``width`` of one's own, such as a font's, ``columns`` are what it counts in.
    """
    columns = max(1, columns)
    lines, used = [""], 0.0
    for piece in _PIECE.findall(text):
        if used + width(piece) <= columns:
            lines[-1] += piece
            used += width(piece)
        elif piece.isspace():
            used = columns
        else:
            lines += _cut(piece, columns, width)
            used = width(lines[-1])
    told = [line.rstrip() for line in lines]
    return told[1:] if len(told) > 1 and not told[0] else told


def in_parts(text: str, columns: int, rows: int, mark: int) -> list[list[str]]:
    """The text in parts of at most so many lines; the last line of each part but the last leaves ``mark`` columns free.

    Where not even the mark has room, there is one part, with all lines.
    """
    parts, rest = [], text.strip()
    while rows > 0 and columns > mark and len(wrapped(rest, columns)) > rows:
        part = []
        for left in reversed(range(rows)):
            part.append(wrapped(rest, columns if left else columns - mark)[0])
            rest = rest[len(part[-1]) :].lstrip()
        parts.append(part)
    return [*parts, wrapped(rest, columns)]


def _cut(word: str, columns: float, width: Width) -> Iterator[str]:
    """A word in parts that fit."""
    part = ""
    for character in word:
        if part and width(part + character) > columns:
            yield part
            part = ""
        part += character
    yield part
