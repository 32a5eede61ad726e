"""A sheet to read: facts on top, tables below, scrolled as one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.content import Content

from wms_tui.domain.wrapping import wrapped
from wms_tui.tui.terminal.text import NARROW, fit, safe
from wms_tui.tui.widgets.headings import underlined
from wms_tui.tui.widgets.listing import Band, Column, Row, gap, layout, natural, row_texts
from wms_tui.tui.widgets.painted import Painted

Fact = tuple[str, str]
"""A title and what it is."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in columns, under a title of their own if there is one."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on the sheet, read from the ``top``-th line on. Tables without rows are left out."""

    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    top: int = 0


class Sheet(Painted[Written]):
    """Nothing is chosen on it; it only moves up and down."""

    def __init__(self) -> None:
        super().__init__(Written())
        self._whole: list[Content] = []
        self._whole_of: tuple[object, ...] = ()

    def write(self, facts: tuple[Fact, ...], *tables: Table) -> None:
        self.show(replace(self.value, facts=facts, tables=tuple(table for table in tables if table.rows)))

    def rewind(self) -> None:
        self.show(replace(self.value, top=0))

    def roll(self, lines: int) -> None:
        """Move as far as there is something to read."""
        width, height = self.size
        last = max(0, len(self._all(width)) - height)
        self.show(replace(self.value, top=min(max(0, self.value.top + lines), last)))

    def lines(self, width: int, height: int) -> list[Content]:
        return self._all(width)[self.value.top : self.value.top + max(0, height)]

    def _all(self, width: int) -> list[Content]:
        facts, tables = self.value.facts, self.value.tables
        if self._whole_of != (facts, tables, width):
            self._whole_of = (facts, tables, width)
            self._whole = [*_facts(facts, width), *(line for table in tables for line in _titled(table, width))]
        return self._whole


def _titled(table: Table, width: int) -> list[Content]:
    title = [Content.styled(fit(table.title, width).rstrip(), "bold $primary")] if table.title else []
    return [Content(""), *title, *_table(table.columns, table.rows, width)]


def _facts(facts: tuple[Fact, ...], width: int) -> list[Content]:
    """Titles in a column of their own; on narrow terminals each fact under its title's line."""
    column = max((cell_len(title) for title, _ in facts), default=0) + 2
    if width < NARROW:
        column = 0
    return [line for title, text in facts for line in _fact(title, text, column, width)]


def _fact(title: str, text: str, column: int, width: int) -> list[Content]:
    if not column:
        whole = wrapped(f"{title} {safe(text)}", width)
        head = Content.assemble((whole[0][: len(title)], "$muted"), whole[0][len(title) :])
        return [head, *map(Content, whole[1:])]
    titles = [fit(title, column), *[" " * column] * 50]
    rows = zip(titles, wrapped(safe(text), width - column), strict=False)
    return [Content.assemble((head, "$muted"), line) for head, line in rows]


def _table(columns: tuple[Column, ...], rows: tuple[Row, ...], width: int) -> list[Content]:
    lines = packed(columns, rows, width)
    titles = row_texts(tuple(column.title for column in columns), columns, lines, width)
    shown = (text for row in rows for text in row_texts(row, columns, lines, width))
    return [*map(underlined, titles), *map(Content, shown)]


def packed(columns: tuple[Column, ...], rows: tuple[Row, ...], width: int) -> list[Band]:
    """One line for each row if that is wide enough for all of its columns, else as many as it takes."""
    used = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    sizes = {place: natural(columns[place], place, rows) for place in used}
    if sum(sizes.values()) + gap(width) * (len(used) - 1) <= width:
        return [layout(columns, rows, width, used)]
    lines = [[place for place in used if not columns[place].below]]
    for place in used:
        if columns[place].below:
            fits = sum(sizes[other] + gap(width) for other in lines[-1]) + sizes[place] < width
            if len(lines) > 1 and fits:
                lines[-1].append(place)
            else:
                lines.append([place])
    return [layout(columns, rows, width - (1 if number else 0), line) for number, line in enumerate(lines)]
