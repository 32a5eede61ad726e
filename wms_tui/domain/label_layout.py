"""Where on a label everything stands: text that is never cut off in silence, and a symbol with its quiet zones kept.

Lengths are in mm, from the left upper corner of the label; widths of text come from whoever knows the font.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor

from wms_tui.domain.errors import Refused
from wms_tui.domain.label_symbols import Symbol, SymbolKind
from wms_tui.domain.label_texts import DESCENT, LEADING, Surface, Text, fitted, set_texts
from wms_tui.domain.texts import N_

EDGE = 1.0
"""What label printers may leave out at the edges."""
PAD = 2.0
LEAST_BAR_HEIGHT = 5.0


class DoesNotFit(Refused):
    template = N_("The symbol of {code} does not fit on a label of {size} mm. Choose a larger label or another symbol.")


@dataclass(frozen=True, slots=True)
class Rules:
    """Of a symbol: the quiet zone in modules on each side, and the least and most width of a module in mm."""

    quiet: int
    least: float
    most: float


RULES: dict[SymbolKind, Rules] = {
    SymbolKind.EAN13: Rules(11, 0.264, 0.4),
    SymbolKind.EAN8: Rules(7, 0.264, 0.4),
    SymbolKind.UPCA: Rules(9, 0.264, 0.4),
    SymbolKind.ITF14: Rules(10, 0.25, 0.5),
    SymbolKind.CODE128: Rules(10, 0.19, 0.5),
    SymbolKind.GS1_128: Rules(10, 0.25, 0.5),
    SymbolKind.DATAMATRIX: Rules(2, 0.25, 1.0),
    SymbolKind.GS1_DATAMATRIX: Rules(2, 0.25, 1.0),
    SymbolKind.QR: Rules(4, 0.25, 1.0),
}
"""GS1 General Specifications, 5.12.3, and ISO/IEC 15417, 16022 and 18004; a Data Matrix needs 1, it is given 2."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A symbol whose modules are ``module`` mm wide; x and y are those of its first module, quiet zones outside."""

    symbol: Symbol
    x: float
    y: float
    width: float
    height: float
    module: float


@dataclass(frozen=True, slots=True)
class Arranged:
    texts: tuple[Text, ...]
    placed: Placed


def arrange(
    surface: Surface, title: str, lines: Sequence[str], symbols: Sequence[Symbol], modules: Callable[[Symbol], int]
) -> Arranged:
    """The first of the symbols that fits, with the texts around it. ``modules`` counts a symbol's across.

    Raises ``DoesNotFit``.
    """
    for symbol in symbols:
        place = _with_matrix if symbol.kind.is_matrix else _with_bars
        arranged = place(surface, title, lines, symbol, modules(symbol))
        if arranged is not None:
            return arranged
    raise DoesNotFit(code=symbols[-1].text, size=f"{surface.width:g} x {surface.height:g}")


def _with_bars(surface: Surface, title: str, lines: Sequence[str], symbol: Symbol, count: int) -> Arranged | None:
    """Texts above, bars below them over the whole width, what they say at the bottom."""
    rules = RULES[symbol.kind]
    module = _module(rules, (surface.width - 2 * EDGE) / (count + 2 * rules.quiet), surface.dot)
    said = fitted(surface, symbol.text, surface.width - 2 * PAD, min(3.2, surface.height * 0.1))
    height = min(max(LEAST_BAR_HEIGHT, surface.height * 0.36), 25.0)
    top = surface.height - EDGE - said.size * LEADING - height
    if module is None or top < EDGE + said.size:
        return None
    x = _on_dot((surface.width - count * module) / 2, surface.dot)
    placed = Placed(symbol, x, _on_dot(top, surface.dot), count * module, height, module)
    below = Text((surface.width - surface.measure(said.text, False) * said.size) / 2, 0, said.size, said.text)
    base = surface.height - EDGE - said.size * DESCENT
    texts = set_texts(surface, title, lines, (PAD, EDGE + 0.5, surface.width - 2 * PAD, top - EDGE - 1.0))
    return Arranged((*texts, Text(below.x, base, below.size, below.text)), placed)


def _with_matrix(surface: Surface, title: str, lines: Sequence[str], symbol: Symbol, count: int) -> Arranged | None:
    """The matrix on the left, all texts to its right."""
    rules = RULES[symbol.kind]
    side = min(surface.height - 2 * EDGE, surface.width * 0.45)
    module = _module(rules, side / (count + 2 * rules.quiet), surface.dot)
    if module is None:
        return None
    room = (count + 2 * rules.quiet) * module
    x, y = EDGE + rules.quiet * module, (surface.height - count * module) / 2
    placed = Placed(symbol, _on_dot(x, surface.dot), _on_dot(y, surface.dot), count * module, count * module, module)
    left = EDGE + max(room, rules.quiet * module) + 0.5
    said = (
        () if symbol.kind is SymbolKind.QR else tuple(part for part in symbol.parts if not _ends(part, title, *lines))
    )
    box = (left, EDGE + 0.5, surface.width - left - EDGE, surface.height - 2 * EDGE - 1.0)
    return Arranged(set_texts(surface, title, (*lines, *said), box), placed)


def _module(rules: Rules, room: float, dot: float) -> float | None:
    """As wide as it may be in whole dots; None where that is too narrow to be read."""
    module = floor(min(room, rules.most) / dot + 1e-6) * dot
    return module if module >= rules.least - dot * 0.05 else None


def _on_dot(length: float, dot: float) -> float:
    return round(length / dot) * dot


def _ends(part: str, *texts: str) -> bool:
    """Whether one of the texts says it already."""
    return any(text.endswith(part) for text in texts)
