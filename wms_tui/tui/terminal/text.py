"""What may reach a terminal: text without control characters, cut to columns without splitting a character."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from wms_tui.domain.display import DANGEROUS, harmless

CUT = "~"
NARROW = 40
"""Under so many columns a screen does without margins, and a row may take two lines."""


def safe(text: str) -> str:
    """The text with everything replaced that a terminal would obey instead of show."""
    return harmless(text)


def fit(text: str, width: int, right: bool = False) -> str:
    """The text in exactly this many columns, cut or padded; a double-width character is never split."""
    text = safe(text)
    if cell_len(text) > width:
        return set_cell_size(text, max(0, width - 1)) + CUT if width > 0 else ""
    padding = " " * (width - cell_len(text))
    return padding + text if right else text + padding


def tail(text: str, width: int) -> str:
    """The end of the text, in at most this many columns; for a line that is longer than its place."""
    text = safe(text)
    while cell_len(text) > width:
        text = text[max(1, (len(text) - width) // 2) :]
    return text


class SafeText(LineFilter):
    """The last line of defence: nothing that is drawn carries a control character, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if not any(DANGEROUS.search(segment.text) for segment in segments):
            return segments
        return [Segment(safe(text), style) for text, style, _ in segments]
