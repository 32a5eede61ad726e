"""A list in columns that fit any width, with a chosen row and pages by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message

from wms_tui.tui.terminal.text import NARROW, fit, safe
from wms_tui.tui.widgets.headings import underlined
from wms_tui.tui.widgets.painted import Painted

WIDE = 90
"""Over so many columns every other row is shaded."""
READABLE = 150
"""Columns are stretched to this width; beyond it an eye loses the row even where every other one is shaded."""
SHADED = "on $surface"
Row = tuple[str, ...]
Band = list[tuple[int, int]]
"""What one line of the screen shows of a row: the place of each column, and how wide it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """``least`` columns are always kept, of numbers all; ``stretch`` takes what is left over.

    A high ``rank`` is shrunk and left out first, and so is a column without any text. ``below`` puts the column on a
    line of its own under the others where the terminal is narrow.
    """

    title: str
    least: int = 4
    right: bool = False
    stretch: bool = False
    rank: int = 0
    below: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """What a listing shows, from the ``top``-th row on. ``cursor`` is None until an arrow key chooses a row."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    cursor: int | None = None
    top: int = 0


def layout(columns: Sequence[Column], rows: Sequence[Row], width: int, places: Sequence[int] | None = None) -> Band:
    """Which of the columns (all, or those at ``places``) are shown how wide: natural widths, stretched or shrunk."""
    wanted = range(len(columns)) if places is None else places
    sizes = {place: natural(columns[place], place, rows) for place in wanted}
    least = {place: _least(columns[place], size, width) for place, size in sizes.items()}
    kept = [place for place in wanted if any(row[place] for row in rows)] or list(wanted)
    while len(kept) > 1 and sum(least[place] for place in kept) + gap(width) * (len(kept) - 1) > width:
        kept.remove(max(kept, key=lambda place: (columns[place].rank, place)))
    taken = sum(sizes[place] for place in kept) + gap(width) * (len(kept) - 1)
    spare = width - taken if taken > width else max(0, min(width, READABLE) - taken)
    for place in sorted(kept, key=lambda place: (-columns[place].rank, not columns[place].stretch, -place)):
        change = spare if spare < 0 or columns[place].stretch else 0
        wider = max(least[place], sizes[place] + change)
        spare -= wider - sizes[place]
        sizes[place] = wider
    return [(place, max(1, min(sizes[place], width))) for place in kept]


def _least(column: Column, size: int, width: int) -> int:
    """To what a column may be shrunk: numbers not at all, and a title only on narrow terminals."""
    if column.right:
        return size
    titled = cell_len(column.title) if width >= NARROW else 0
    return min(max(column.least, titled), size)


def bands(columns: Sequence[Column], rows: Sequence[Row], width: int) -> list[Band]:
    """The layout of each line of the screen that a row takes: one, or two on narrow terminals."""
    under = [place for place, column in enumerate(columns) if column.below and any(row[place] for row in rows)]
    if width >= NARROW or not under:
        return [layout(columns, rows, width)]
    over = [place for place, column in enumerate(columns) if not column.below]
    return [layout(columns, rows, width, over), layout(columns, rows, width - 1, under)]


def gap(width: int) -> int:
    """The space between columns."""
    return 2 if width >= NARROW else 1


def natural(column: Column, place: int, rows: Sequence[Row]) -> int:
    """The width at which nothing of the column is cut."""
    return max(cell_len(column.title), *(cell_len(safe(row[place])) for row in rows), 0)


class Listing(Painted[Rows]):
    """Shows a heading and the rows around the chosen one."""

    class Resized(Message):
        """It has room for more rows, or for less."""

    def __init__(self) -> None:
        super().__init__(Rows())
        self._bands: list[Band] = []
        self._bands_of: tuple[object, ...] = ()

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    @property
    def room(self) -> int:
        """How many rows are visible at once."""
        return self._room(*self.place)

    @property
    def seen(self) -> range:
        """The numbers of the rows in view."""
        top = self._top(self.room)
        return range(top, min(top + self.room, len(self.value.rows)))

    def hidden(self) -> str:
        """What the chosen row has that is cut, and with its title what is left out; empty without a choice."""
        columns, rows, cursor = self.value.columns, self.value.rows, self.value.cursor
        if cursor is None or cursor >= len(rows):
            return ""
        shown = {place: size for band in self._fitted(self.place.width) for place, size in band}
        told = [
            text if place in shown else f"{columns[place].title} {text}".strip()
            for place, text in enumerate(rows[cursor])
            if cell_len(safe(text)) > shown.get(place, 0)
        ]
        return "   ".join(told)

    def fill(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
        """Show these rows, from where the reader is."""
        self.show(replace(self.value, columns=columns, rows=rows))

    def rewind(self) -> None:
        """Back to the first row, with none chosen."""
        self.show(replace(self.value, cursor=None, top=0))

    def press(self, key: str) -> bool:
        """Move by an arrow or a page key; False if the list ends there, or for another key."""
        if key in {"pageup", "pagedown"}:
            return self.turn(-1 if key == "pageup" else 1)
        return key in {"up", "down"} and self.move(-1 if key == "up" else 1)

    def move(self, by: int) -> bool:
        """Choose another row; False if there are not that many, so that the page may fetch more."""
        cursor, last = self.value.cursor, len(self.value.rows) - 1
        first = self.seen.start if by > 0 else self.seen.stop - 1
        wanted = first if cursor is None else cursor + by
        if last >= 0:
            self._choose(min(max(0, wanted), last))
        return 0 <= wanted <= last

    def turn(self, pages: int) -> bool:
        """A screenful forward or back, and the chosen row with it; False if the list ends there."""
        by, last = pages * self.room, max(0, len(self.value.rows) - 1)
        top = min(max(0, self._top(self.room) + by), max(0, len(self.value.rows) - self.room))
        cursor = None if self.value.cursor is None else min(max(0, self.value.cursor + by), last)
        moved = replace(self.value, top=top, cursor=cursor)
        turned = moved != self.value
        self.show(moved)
        return turned

    def _choose(self, row: int) -> None:
        chosen = replace(self.value, cursor=row)
        self.show(replace(chosen, top=_top_of(chosen, self.room)))

    def lines(self, width: int, height: int) -> list[Content]:
        columns, rows = self.value.columns, self.value.rows
        lines, room = self._fitted(width), self._room(width, height)
        titles = row_texts(tuple(column.title for column in columns), columns, lines[:1], width)
        heading = [*map(underlined, titles)]
        top = self._top(room)
        visible = enumerate(rows[top : top + room], start=top)
        shown = [line for number, row in visible for line in self._row(number, row, lines, width)]
        return heading + shown if rows and height > 2 else shown

    def _row(self, number: int, row: Row, lines: list[Band], width: int) -> list[Content]:
        style = "reverse" if number == self.value.cursor else SHADED if number % 2 and width > WIDE else ""
        return [Content.styled(text, style) for text in row_texts(row, self.value.columns, lines, width)]

    def _fitted(self, width: int) -> list[Band]:
        """The layout, from all the rows so that it stays as it is while one looks through them."""
        columns, rows = self.value.columns, self.value.rows
        if self._bands_of != (columns, rows, width):
            self._bands_of = (columns, rows, width)
            self._bands = bands(columns, rows, width)
        return self._bands

    def _room(self, width: int, height: int) -> int:
        return max(1, (height - (1 if height > 2 else 0)) // len(self._fitted(width)))

    def _top(self, room: int) -> int:
        return _top_of(self.value, room)


class Lines(Listing):
    """What a scanning page has taken so far, or what its step offers to choose from; it is read, nothing is chosen."""

    def renew(self, rows: Rows) -> None:
        """Show these rows: from the first one, unless they are the same as before."""
        if (rows.columns, rows.rows) != (self.value.columns, self.value.rows):
            self.show(rows)


def _top_of(shown: Rows, room: int) -> int:
    """The first row in view: where the reader is, moved as little as keeps the chosen row in view."""
    if shown.cursor is None:
        return shown.top
    return min(max(shown.top, shown.cursor - room + 1), shown.cursor)


def row_texts(row: Row, columns: Sequence[Column], lines: list[Band], width: int) -> list[str]:
    """A row as lines of the screen, the second one indented."""
    space = " " * gap(width)
    indents = ["", *[" "] * (len(lines) - 1)]
    texts = [space.join(fit(row[place], size, columns[place].right) for place, size in band) for band in lines]
    return [fit(indent + text, width) for indent, text in zip(indents, texts, strict=True)]
