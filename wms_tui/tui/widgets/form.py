"""The fields of a form under each other: what each is called, what it says, and which one is being filled in."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from wms_tui.tui.terminal.text import NARROW, fit, safe
from wms_tui.tui.widgets.headings import underlined
from wms_tui.tui.widgets.painted import Painted

CHANGED = "*"
MOST_TITLE, MOST_ROW = 34, 110


@dataclass(frozen=True, slots=True)
class FormRow:
    """One field as it is shown; ``fixed`` ones cannot be changed here. ``group`` is what it and its neighbours are."""

    title: str
    text: str
    changed: bool = False
    fixed: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class FormView:
    """All rows, and the place of the one being filled in."""

    rows: tuple[FormRow, ...] = ()
    current: int = 0


class FormPane(Painted[FormView]):
    """Scrolls as little as keeps the current field in view, with the name of its group where it is the first of it."""

    def __init__(self) -> None:
        super().__init__(FormView())
        self._top = 0

    def lines(self, width: int, height: int) -> list[Content]:
        rows, current, column = self.value.rows, self.value.current, self._column(width)
        drawn: list[Content] = []
        above = at = 0
        for place, row in enumerate(rows):
            begins = row.group and (place == 0 or rows[place - 1].group != row.group)
            heading = [underlined(fit(f" {row.group}", width))] if begins else []
            if place == current:
                above, at = len(drawn), len(drawn) + len(heading)
            drawn += [*heading, _drawn(row, place == current, column, width)]
        room = max(1, height)
        self._top = max(min(self._top, above, max(0, len(drawn) - room)), at - room + 1)
        return drawn[self._top : self._top + room]

    def _column(self, width: int) -> int:
        """The width of the titles: the widest, but never so wide that the texts have no room."""
        widest = max((cell_len(safe(row.title)) for row in self.value.rows), default=0)
        most = MOST_TITLE if width >= NARROW else max(4, width // 2 - 2)
        return min(widest, most)


def _drawn(row: FormRow, current: bool, column: int, width: int) -> Content:
    wide, gap = min(width, MOST_ROW), 2
    if width < NARROW:
        column, gap = _beside(row, column, width), 1
    mark = ">" if current else CHANGED if row.changed else " "
    text = fit(row.text, max(1, wide - column - 1 - gap))
    title = (fit(row.title, column), "bold $primary" if current else "$muted")
    style = "reverse" if current else "$muted" if row.fixed else ""
    return Content.assemble((mark, "bold $primary"), title, " " * gap, (text, style))


def _beside(row: FormRow, column: int, width: int) -> int:
    """On narrow terminals a title has all that a short text leaves over; beside a long one it is cut to the column."""
    least = min(column, cell_len(safe(row.title)))
    return width - 2 - max(1, min(cell_len(safe(row.text)), width - 2 - least))
