"""The fields of a form under each other: what each is called, what it says, and which one is being filled in."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from wms_tui.tui.terminal import fit, safe
from wms_tui.tui.widgets.listing import NARROW
from wms_tui.tui.widgets.painted import Painted

CHANGED = "*"
MOST_TITLE, MOST_ROW = 28, 110


@dataclass(frozen=True, slots=True)
class FormRow:
    """One field as it is shown; ``fixed`` ones cannot be changed here."""

    title: str
    text: str
    changed: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class FormView:
    """All rows, and the place of the one being filled in."""

    rows: tuple[FormRow, ...] = ()
    current: int = 0


class FormPane(Painted[FormView]):
    """Scrolls as little as keeps the current field in view."""

    def __init__(self) -> None:
        super().__init__(FormView())
        self._top = 0

    def lines(self, width: int, height: int) -> list[Content]:
        rows, current = self.value.rows, self.value.current
        room = max(1, height)
        self._top = min(max(self._top, current - room + 1), current, max(0, len(rows) - room))
        column = self._column(width)
        shown = enumerate(rows[self._top : self._top + room], start=self._top)
        return [_drawn(row, place == current, column, width) for place, row in shown]

    def _column(self, width: int) -> int:
        """The width of the titles: the widest, but never so wide that the texts have no room."""
        widest = max((cell_len(safe(row.title)) for row in self.value.rows), default=0)
        most = MOST_TITLE if width >= NARROW else max(4, width // 2 - 2)
        return min(widest, most)


def _drawn(row: FormRow, current: bool, column: int, width: int) -> Content:
    wide = min(width, MOST_ROW)
    mark = ">" if current else CHANGED if row.changed else " "
    text = fit(row.text, max(1, wide - column - 3))
    title = (fit(row.title, column), "bold $primary" if current else "$muted")
    style = "reverse" if current else "$muted" if row.fixed else ""
    return Content.assemble((mark, "bold $primary"), title, "  ", (text, style))
