"""The parts that stand in the same place on every screen: title, message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len
from textual.content import Content

from wms_tui.domain.wrapping import in_parts, wrapped
from wms_tui.tui.terminal.text import NARROW, fit, safe
from wms_tui.tui.widgets.painted import Painted

PRODUCT = "WMS"
MORE = "F1>"
"""Stands where a sentence goes on in its next part, which F1 shows."""


@dataclass(frozen=True, slots=True)
class Title:
    """``heading`` names the screen; ``operator`` is user and role, or empty before signing in."""

    heading: str = ""
    operator: str = ""


class TitleLine(Painted[Title]):
    """The top line, in reverse."""

    def __init__(self) -> None:
        super().__init__(Title())

    def lines(self, width: int, height: int) -> list[Content]:
        heading = safe(self.value.heading)
        left = f" {PRODUCT}  {heading} " if width >= NARROW else _in_margins(heading, width)
        right = f"{safe(self.value.operator)} " if cell_len(left) + cell_len(self.value.operator) < width else ""
        return [Content.styled(fit(left, width - cell_len(right)) + right, "bold reverse $primary")]


def _in_margins(text: str, width: int) -> str:
    """With a space around it, as far as there is room for that as well."""
    room = width - cell_len(text)
    return f" {text} " if room > 1 else f" {text}" if room == 1 else text


class Tone(StrEnum):
    """What kind of message it is; the style that it is shown in."""

    PLAIN = "$muted"
    DONE = "bold $success"
    BUSY = "$warning"
    REFUSED = "bold reverse $error"


@dataclass(frozen=True, slots=True)
class Message:
    """What came of the last thing that was done."""

    text: str = ""
    tone: Tone = Tone.PLAIN


class MessageLine(Painted[Message]):
    """As many rows as the sentence needs; where there is no room for all of them, it is read in parts."""

    def __init__(self) -> None:
        super().__init__(Message())
        self._part = 0

    def show(self, value: Message) -> None:
        before = self.value
        super().show(value)
        if self.value != before:
            self._part = 0

    def lines(self, width: int, height: int) -> list[Content]:
        return self._styled(wrapped(safe(self.value.text), _columns(width)), width) if self.value.text else []

    def fits(self, width: int, height: int) -> bool:
        """Whether all of it can be seen at once in so many rows."""
        return len(self.lines(width, height)) <= height

    def turn(self) -> bool:
        """Show the next part; after the last one, False, and the first is shown again."""
        following = self._part + 1
        self._part = following if following < len(self._parts()) else 0
        self.refresh()
        return self._part > 0

    def render(self) -> Content:
        parts, width = self._parts(), self.size.width
        part = min(self._part, len(parts) - 1)
        rows = parts[part]
        if part < len(parts) - 1:
            rows = [*rows[:-1], fit(rows[-1], _columns(width) - len(MORE)) + MORE]
        return Content("\n").join(self._styled(rows, width))

    def _parts(self) -> list[list[str]]:
        width, height = self.size
        return in_parts(safe(self.value.text), _columns(width), height, len(MORE) + 1)

    def _styled(self, rows: list[str], width: int) -> list[Content]:
        margin = " " if width >= NARROW else ""
        return [Content.styled(fit(f"{margin}{row}", width), self.value.tone.value) for row in rows]


def _columns(width: int) -> int:
    """What is left beside the margins, which narrow terminals do without."""
    return width - 2 if width >= NARROW else width
