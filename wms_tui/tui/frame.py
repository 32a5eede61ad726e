"""The parts that stand in the same place on every screen: title, message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len
from textual.content import Content

from wms_tui.domain.wrapping import wrapped
from wms_tui.tui.terminal.text import fit, safe
from wms_tui.tui.widgets.painted import Painted

PRODUCT = "WMS"


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
        left = f" {PRODUCT}  {heading} " if width >= 40 else f" {heading} "
        right = f"{safe(self.value.operator)} " if cell_len(left) + cell_len(self.value.operator) < width else ""
        return [Content.styled(fit(left, width - cell_len(right)) + right, "bold reverse $primary")]


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
    """One row, or as many as the sentence needs; where there is no room for all of them, a mark says so."""

    def __init__(self) -> None:
        super().__init__(Message())

    def lines(self, width: int, height: int) -> list[Content]:
        if not self.value.text:
            return [Content("")]
        return self._styled(wrapped(safe(self.value.text), width - 2), width)

    def render(self) -> Content:
        width, height = self.size
        rows = wrapped(safe(self.value.text), width - 2)
        if not 0 < height < len(rows):
            return super().render()
        return Content("\n").join(self._styled([*rows[: height - 1], " ".join(rows[height - 1 :])], width))

    def _styled(self, rows: list[str], width: int) -> list[Content]:
        return [Content.styled(fit(f" {row}", width), self.value.tone.value) for row in rows]
