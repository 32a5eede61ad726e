"""The one place where something is typed: the question, what is typed so far, and how many keys wait."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from wms_tui.tui.terminal.text import CUT, NARROW, fit, safe, tail
from wms_tui.tui.widgets.painted import Painted

MASK = "*"
CARET = "blink reverse"
"""Where the operator types: the driver puts the cursor there, and sends neither of the two."""
CUT_OFF = f"{CUT} "
"""Ends a question that is cut, so that what is typed is not taken for a part of it."""
TYPED = 6
"""Columns that are kept for what is typed beside a long question; a refusal needs none."""
NOTED = 8
"""Columns that a note needs beside its own."""
ASKED = 6
"""Columns that are kept for the question beside a long text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``note`` stands at the right end, such as the number of waiting keys; ``held`` marks a refusal to acknowledge,
    ``selected`` a text that the next character replaces. ``short`` is the question where there is no room for it.
    """

    prompt: str = ""
    text: str = ""
    masked: bool = False
    note: str = ""
    held: bool = False
    selected: bool = False
    short: str = ""


class EntryLine(Painted[Entry]):
    """One row; two on narrow terminals, where the question takes a row of its own."""

    def __init__(self) -> None:
        super().__init__(Entry())

    def lines(self, width: int, height: int) -> list[Content]:
        style = "bold reverse $error" if self.value.held else "bold $primary"
        if height > 1:
            question = Content.styled(fit(self.value.prompt, width), style)
            return [question, self._typed(Content("> "), width)]
        return [self._typed(self._question(width, style), width)]

    def _question(self, width: int, style: str) -> Content:
        """On narrow terminals without a margin, and in short where it has to share the row."""
        asked, margin = safe(self.value.prompt), "" if width < NARROW else " "
        beside = self._noted() if self.value.held else TYPED
        if self.value.short and cell_len(asked) + len(margin) + 1 > width - beside:
            asked = safe(self.value.short)
        return Content.assemble((f"{margin}{asked} ", style), " " if margin else "")

    def _noted(self) -> int:
        """Columns for the note, beside some of what is typed."""
        return cell_len(self.value.note) + NOTED

    def _typed(self, prompt: Content, width: int) -> Content:
        note = self.value.note if prompt.cell_length + self._noted() <= width else ""
        text = MASK * len(self.value.text) if self.value.masked else safe(self.value.text)
        wanted = 1 if self.value.held else max(TYPED, min(cell_len(text) + 2, width - ASKED))
        asked = min(prompt.cell_length, max(0, width - wanted))
        room = width - asked - cell_len(note) - 2
        shown = tail(text, max(1, room))
        padding = " " * max(0, room - cell_len(shown))
        fits = self.value.held or prompt.cell_length <= asked
        cut = prompt.truncate(asked) if fits else Content.assemble(prompt.truncate(max(0, asked - 2)), CUT_OFF)
        typed = (shown, "reverse" if self.value.selected else "")
        return Content.assemble(cut, typed, (" ", CARET), padding, (note, "$muted"))
