"""Texts on a label: set as large as their place lets them be, smaller where there is much, and shortened visibly.

Lengths are in mm; widths of text come from whoever knows the font.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wms_tui.domain.wrapping import wrapped

LEADING = 1.2
DESCENT = 0.25
"""Of the size of a text: its lines' distance, and how far letters reach below their base line."""
ELLIPSIS = "..."
SCALES = tuple((large / 20, 1.0) for large in range(20, 6, -1)) + tuple(
    (0.3 * small / 20, small / 20) for small in range(19, 10, -1)
)
"""By how much title and lines are made smaller, the first choice first."""
_WORD = re.compile("[\x21-\x7e]+")

Measure = Callable[[str, bool], float]
"""The width of a text, bold or not, at a size of 1 mm."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line with its left end on the base line, ``size`` mm high from ascender to descender."""

    x: float
    base: float
    size: float
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Surface:
    """A label to be filled. ``dot`` is the printer's: modules are whole dots, or scanners see bars of all widths."""

    width: float
    height: float
    dot: float
    measure: Measure


def fitted(surface: Surface, text: str, width: float, size: float) -> Text:
    """One line that is set smaller, down to half, and then shortened, where it is too long."""
    wide = surface.measure(text, False) * size
    size = max(size / 2, size * min(1.0, width / wide)) if wide else size
    return Text(0, 0, size, _shortened(surface, text, width / size, False))


def set_texts(
    surface: Surface, title: str, lines: Sequence[str], box: tuple[float, float, float, float]
) -> tuple[Text, ...]:
    """Title and lines as large as the box (x, y, width, height) lets them be; what is too much even then is shortened.

    The title shrinks first, then all do; at last the lines at the end are left out.
    """
    left, top, width, height = box
    for large, small in SCALES:
        rows = _set(surface, title, lines, width, (min(height * 0.5, 12.0) * large, min(height * 0.2, 4.2) * small))
        if _height(rows) <= height and not any(row.endswith(ELLIPSIS) for row, _, _ in rows):
            break
    while _height(rows) > height and len(rows) > 1:
        rows = rows[:-1]
    placed, y = list[Text](), top
    for text, size, bold in rows:
        y += size * LEADING
        placed.append(Text(left, y - size * DESCENT, size, text, bold))
    return tuple(placed)


Set = tuple[str, float, bool]


def _set(
    surface: Surface, title: str, lines: Sequence[str], width: float, sizes: tuple[float, float]
) -> tuple[Set, ...]:
    """The rows at these sizes of title and lines. A title's long word is rather set smaller than broken."""
    large, small = sizes
    widest = max((surface.measure(word, True) for word in _WORD.findall(title)), default=0)
    large = max(small, min(large, width / widest)) if widest else large
    rows = [(row, large, True) for row in _rows(surface, title, width / large, True)]
    for line in lines:
        rows += [(row, small, False) for row in _rows(surface, line, width / small, False)]
    return tuple(rows)


def _rows(surface: Surface, text: str, ems: float, bold: bool) -> list[str]:
    """The text in two rows at most; the rest of it is told by an ellipsis."""
    rows = wrapped(text, ems, lambda part: surface.measure(part, bold))
    if len(rows) <= 2:
        return rows
    return [rows[0], _shortened(surface, " ".join(rows[1:]), ems, bold)]


def _shortened(surface: Surface, text: str, ems: float, bold: bool) -> str:
    if surface.measure(text, bold) <= ems + 1e-6:
        return text
    while text and surface.measure(text + ELLIPSIS, bold) > ems:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def _height(lines: Sequence[Set]) -> float:
    return sum(size * LEADING for _, size, _ in lines)
