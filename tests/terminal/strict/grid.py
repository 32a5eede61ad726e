"""The cells of a terminal and its cursor. Every move that a terminal would cut short is an error of whoever sent it."""

from __future__ import annotations

from typing import NamedTuple

from tests.terminal.strict.looks import PLAIN, Look
from tests.terminal.strict.report import Forbidden

RIGHT_HALF = ""


class Cell(NamedTuple):
    """One column of one row; the second column of a wide character holds no text."""

    text: str = " "
    look: Look = PLAIN


class Grid:
    """Rows of cells, counted from 0. ``wraps`` while a character stands in the last column and the cursor on it.

    ``stays_at_margin``: as on a VT100, the next character in a last column wraps, wherever the cursor was meanwhile;
    and on one that is not ``fresh`` the first one as well.
    """

    def __init__(
        self, columns: int, rows: int, stays_at_margin: bool = False, filling: Cell = Cell(), fresh: bool = True
    ) -> None:
        self.columns, self.rows = columns, rows
        self.cells = [[filling] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.wraps = False
        self._stays = stays_at_margin
        self._at_margin = not fresh

    def go(self, row: int, column: int) -> None:
        """Move the cursor. Raises ``Forbidden`` where there is no such cell."""
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            raise Forbidden(f"to row {row + 1}, column {column + 1} of {self.rows} and {self.columns}")
        self.row, self.column, self.wraps = row, column, False

    def put(self, text: str, width: int, look: Look) -> None:
        """A character at the cursor; ``width`` 0 joins it to the one before."""
        if not width:
            self._join(text)
            return
        end = self.column + width
        if self.wraps:
            raise Forbidden(f"{text!r} after the last column wraps to the next row")
        if end > self.columns:
            raise Forbidden(f"{text!r} takes two columns and begins in the last one")
        if end == self.columns and self._stays and self._at_margin:
            raise Forbidden(f"{text!r}: a VT100 wraps here, since the last character was in a last column as well")
        self._set(self.row, self.column, [Cell(text, look), *[Cell(RIGHT_HALF, look)] * (width - 1)])
        self.wraps = self._at_margin = end == self.columns
        self.column = min(end, self.columns - 1)

    @property
    def room(self) -> int:
        """How many plain characters have their place from the cursor on, whatever they are, before the last column."""
        if self.wraps or self.cells[self.row][self.column].text == RIGHT_HALF:
            return 0
        return self.columns - 1 - self.column

    def put_plain(self, text: str, look: Look) -> None:
        """As many characters of one column each as there is ``room`` for; the same as one ``put`` after the other."""
        self._set(self.row, self.column, [Cell(character, look) for character in text])
        self.column += len(text)
        self._at_margin = False

    def erase(self, row: int, start: int, stop: int, blank: Cell) -> None:
        """Blanks from ``start`` on, before ``stop``. Raises ``Forbidden`` for more than there are."""
        if stop > self.columns:
            raise Forbidden(f"erases up to column {stop} of {self.columns}")
        self._set(row, start, [blank] * (stop - start))

    def text(self, row: int) -> str:
        """The whole row, spaces included."""
        return "".join(cell.text for cell in self.cells[row])

    def _join(self, mark: str) -> None:
        column = self.column if self.wraps else self.column - 1
        if column >= 0 and self.cells[self.row][column].text == RIGHT_HALF:
            column -= 1
        if column < 0:
            raise Forbidden(f"U+{ord(mark):04X} has nothing to join in column 1")
        cell = self.cells[self.row][column]
        self.cells[self.row][column] = cell._replace(text=cell.text + mark)

    def _set(self, row: int, start: int, new: list[Cell]) -> None:
        """The right half that is left of a wide character becomes blank; of a left half alone terminals differ."""
        cells, stop = self.cells[row], start + len(new)
        if cells[start].text == RIGHT_HALF:
            raise Forbidden(f"begins in the right half of {cells[start - 1].text!r}: some terminals keep the left one")
        if stop < self.columns and cells[stop].text == RIGHT_HALF:
            cells[stop] = cells[stop]._replace(text=" ")
        cells[start:stop] = new
