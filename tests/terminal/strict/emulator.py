"""The terminal itself: what each character, control and sequence does, or why it must not come."""

from __future__ import annotations

import re
import unicodedata

from wcwidth import wcwidth

from tests.terminal.strict.grid import Cell, Grid
from tests.terminal.strict.looks import PLAIN, Look, rendered
from tests.terminal.strict.numbers import Numbers, count, part, place
from tests.terminal.strict.reader import Reader
from tests.terminal.strict.report import AROUND, Forbidden, Refused
from tests.terminal.strict.rules import ALTERNATE_SCREEN, BEL, BS, CR, CURSOR_SHOWN, LF, Rules

LEFT_BEHIND = Cell("#", Look(underline=True, reverse=True))
"""What fills a terminal before the program comes to it."""
_PLAIN = re.compile(rb"[ -~]+")
_MOVES = {"A": (-1, 0), "B": (1, 0), "C": (0, 1), "D": (0, -1)}


class StrictTerminal:
    """A terminal of one kind, size in columns and rows, and charset (``ascii``, ``utf-8``, ``gb18030``).

    ``used`` begins with what somebody left behind: cells full of signs, and a look that is not plain. On one that
    ``erases_in_colour``, as xterm does and screen does not, blanks have the background of the moment. ``bells`` are
    those rung so far, ``received`` the bytes.
    """

    def __init__(
        self,
        rules: Rules,
        columns: int,
        rows: int,
        charset: str = "ascii",
        used: bool = False,
        erases_in_colour: bool = False,
    ) -> None:
        self.rules, self.charset, self._erases_in_colour = rules, charset, erases_in_colour
        self.bells = self.received = 0
        self.cursor_shown, self.look = True, LEFT_BEHIND.look if used else PLAIN
        self._filling = LEFT_BEHIND if used else Cell()
        self._before = b""
        self._main: Grid | None = None
        self._reader = Reader(rules, charset, self)
        self.resize(columns, rows)

    def feed(self, data: bytes) -> None:
        """Take what was sent, in parts of any length.

        Raises:
            Refused: something that this kind does not understand; nothing of it is done.
        """
        at = 0
        while at < len(data):
            taken = self._plain_run(data, at) or data[at : at + 1]
            at += len(taken)
            self.received += len(taken)
            self._before = (self._before + taken)[-AROUND - 1 :]
            try:
                self._take(taken)
            except Forbidden as why:
                self._reader.reset()
                raise Refused(self.rules.name, str(why), self._before, data[at:]) from None

    def _plain_run(self, data: bytes, at: int) -> bytes:
        """The ASCII that comes next and is taken at once, since nothing can be wrong with it before the last column."""
        found = _PLAIN.match(data, at)
        if not found or not self._reader.between:
            return b""
        return found[0][: self.grid.room]

    def _take(self, part: bytes) -> None:
        if len(part) == 1:
            self._reader.take(part[0])
        else:
            self.grid.put_plain(part.decode("ascii"), self.look)

    def resize(self, columns: int, rows: int) -> None:
        """What stands on the screen then differs from terminal to terminal: here, what somebody left behind."""
        self.grid = self._empty(columns, rows, self._filling)
        self._main = self._main and self._empty(columns, rows, self._filling)

    def disturb(self, text: str, row: int, column: int, look: Look = PLAIN) -> None:
        """Somebody else writes on the line, at a place counted from 0, and leaves the cursor and the look there."""
        self.grid.go(row, column)
        for character in text:
            self.grid.put(character, wcwidth(character), look)
        self.look = look

    @property
    def between(self) -> bool:
        """Whether no character or sequence has begun that is not ended."""
        return self._reader.between

    @property
    def alternate(self) -> bool:
        return self._main is not None

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column, counted from 0."""
        return self.grid.row, self.grid.column

    def rows(self) -> list[str]:
        """The text of each row without the spaces at its end."""
        return [self.grid.text(row).rstrip() for row in range(self.grid.rows)]

    def looks(self, row: int) -> list[Look]:
        """How each column of a row is shown."""
        return [cell.look for cell in self.grid.cells[row]]

    def show(self, character: str) -> None:
        width = wcwidth(character)
        if self.charset == "gb18030" and unicodedata.east_asian_width(character) == "A":
            raise Forbidden(f"{character!r} takes one column or two, as the font has it")
        if width < 0:
            raise Forbidden(f"U+{ord(character):04X} has no width")
        self.grid.put(character, width, self.look)

    def control(self, control: str) -> None:
        grid = self.grid
        if control == BEL:
            self.bells += 1
        elif control == CR:
            grid.go(grid.row, 0)
        else:
            self._must_not_wrap("BS" if control == BS else "LF")
            grid.go(grid.row + (control == LF), grid.column - (control == BS))

    def sequence(self, private: bool, numbers: Numbers, final: str) -> None:
        if private != (final in "hl"):
            raise Forbidden(f"{'private ' if private else ''}sequence with {numbers} {final}")
        if private:
            self._switch(numbers, final == "h")
        elif final == "m":
            self.look = rendered(self.look, [number or 0 for number in numbers], self.rules)
        elif final == "H":
            self.grid.go(*place(numbers))
        elif final in _MOVES:
            self._must_not_wrap("a move from where it stands")
            (down, across), times = _MOVES[final], count(numbers)
            self.grid.go(self.grid.row + down * times, self.grid.column + across * times)
        else:
            self._erase(numbers, final)

    def _must_not_wrap(self, what: str) -> None:
        if self.grid.wraps:
            raise Forbidden(f"{what} after a character in the last column: terminals differ on where the cursor is")

    def _erase(self, numbers: Numbers, final: str) -> None:
        grid = self.grid
        if (final, numbers) != ("J", [2]):
            self._must_not_wrap("erasing")
        if final == "X":
            grid.erase(grid.row, grid.column, grid.column + count(numbers), self._blank())
            return
        what, blank = part(numbers), self._blank()
        start, stop = (0 if what else grid.column), (grid.column + 1 if what == 1 else grid.columns)
        grid.erase(grid.row, start, stop, blank)
        for row in range(grid.rows) if final == "J" else ():
            if (row < grid.row and what) or (row > grid.row and what != 1):
                grid.erase(row, 0, grid.columns, blank)

    def _blank(self) -> Cell:
        """What an erased cell is; terminals agree on it only for some looks."""
        paper = self.look.paper if self._erases_in_colour else None
        if self.look._replace(bold=False, ink=None) != PLAIN._replace(paper=paper):
            raise Forbidden(f"erases while {self.look}: some terminals fill with it, others do not")
        return Cell(look=Look(paper=paper))

    def _switch(self, numbers: Numbers, on: bool) -> None:
        for number in numbers or [None]:
            if number not in self.rules.modes:
                raise Forbidden(f"private mode {number}")
        for number in numbers:
            if number == CURSOR_SHOWN:
                self.cursor_shown = on
            elif number == ALTERNATE_SCREEN:
                self._change_screens(on)

    def _change_screens(self, on: bool) -> None:
        """The alternate screen begins blank, and the cursor where it was."""
        if on == self.alternate:
            raise Forbidden("alternate screen twice")
        if self._main:
            self.grid, self._main = self._main, None
            return
        self._main, cursor = self.grid, self.cursor
        self.grid = self._empty(self._main.columns, self._main.rows)
        self.grid.go(*cursor)

    def _empty(self, columns: int, rows: int, filling: Cell = Cell()) -> Grid:
        return Grid(columns, rows, self.rules.stays_at_margin, filling, fresh=filling == Cell())
