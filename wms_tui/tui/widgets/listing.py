"""A list in columns that fit any width, with a chosen row and pages by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.content import Content

from wms_tui.tui.terminal import fit, safe
from wms_tui.tui.widgets.painted import Painted

GAP = 2
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """``least`` columns are always kept; ``stretch`` takes what is left over; a high ``rank`` is left out first."""

    title: str
    least: int = 4
    right: bool = False
    stretch: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """What a listing shows. ``cursor`` is None until an arrow key chooses a row; ``more`` says that rows follow."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    cursor: int | None = None
    more: bool = False


def layout(columns: Sequence[Column], rows: Sequence[Row], width: int) -> list[tuple[int, int]]:
    """Which columns (by place) are shown how wide: natural widths, then stretched or shrunk to fit."""
    kept = list(range(len(columns)))
    while len(kept) > 1 and sum(columns[place].least + GAP for place in kept) - GAP > width:
        kept.remove(max(kept, key=lambda place: (columns[place].rank, place)))
    widths = {place: _natural(columns[place], place, rows) for place in kept}
    spare = width - sum(widths.values()) - GAP * (len(kept) - 1)
    for place in sorted(kept, key=lambda place: not columns[place].stretch):
        change = spare if spare < 0 or columns[place].stretch else 0
        wider = max(columns[place].least, widths[place] + change)
        spare -= wider - widths[place]
        widths[place] = wider
    return [(place, max(1, min(widths[place], width))) for place in kept]


def _natural(column: Column, place: int, rows: Sequence[Row]) -> int:
    return max(column.least, cell_len(column.title), *(cell_len(safe(row[place])) for row in rows), 0)


class Listing(Painted[Rows]):
    """Shows a heading and the rows around the chosen one."""

    def __init__(self) -> None:
        super().__init__(Rows())
        self._top = 0

    @property
    def room(self) -> int:
        """How many rows are visible at once."""
        return max(1, self.size.height - (1 if self.size.height > 2 else 0))

    def press(self, key: str) -> bool:
        """Move by an arrow or a page key; False if the list ends there, or for another key."""
        steps = {"up": -1, "down": 1, "pageup": -self.room, "pagedown": self.room}
        return key in steps and self.move(steps[key])

    def move(self, by: int) -> bool:
        """Choose another row; False if there are not that many, so that the page may fetch more."""
        cursor = self.value.cursor
        wanted = (0 if by > 0 else -1) if cursor is None else cursor + by
        last = len(self.value.rows) - 1
        if last >= 0:
            self.show(replace(self.value, cursor=min(max(0, wanted), last)))
        return 0 <= wanted <= last

    def lines(self, width: int, height: int) -> list[Content]:
        columns, rows = self.value.columns, self.value.rows
        room = max(1, height - (1 if height > 2 else 0))
        self._scroll(room)
        visible = rows[self._top : self._top + room]
        places = layout(columns, visible, width)
        heading = _text(tuple(column.title for column in columns), columns, places)
        head = [Content.styled(fit(heading, width), "$muted underline")] if height > 2 else []
        return head + [self._row(number, row, places, width) for number, row in enumerate(visible, start=self._top)]

    def _row(self, number: int, row: Row, places: list[tuple[int, int]], width: int) -> Content:
        style = "reverse" if number == self.value.cursor else ""
        return Content.styled(fit(_text(row, self.value.columns, places), width), style)

    def _scroll(self, room: int) -> None:
        """Keep the chosen row in view."""
        cursor = self.value.cursor or 0
        self._top = min(max(self._top, cursor - room + 1), cursor)


def _text(row: Row, columns: Sequence[Column], places: list[tuple[int, int]]) -> str:
    return (" " * GAP).join(fit(row[place], width, columns[place].right) for place, width in places)
