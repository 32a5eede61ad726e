"""The fewest bytes from what a terminal shows to what it should show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wms_tui.tui.terminal.canvas import BLANK, HALF, Canvas, Grid, Position
from wms_tui.tui.terminal.colours import PLAIN, Look, change, on_blank
from wms_tui.tui.terminal.glyphs import sure
from wms_tui.tui.terminal.profiles import Profile

GAP = 6
"""Cells that stay as they are between two that change are sent again rather than jumped over, up to so many."""
SHORT_GAP = 3
"""Blanks between two looks are sent rather than jumped over, up to so many: a jump takes three bytes."""
WORTH_ERASING = 4
"""An erasure takes three bytes or more."""
TALL, BESIDE = 20, 2
"""From so many rows on those around the caret come first: so many above it, and all below."""
HOME, ERASE_ALL, ERASE_ROW = b"\x1b[H", b"\x1b[2J", b"\x1b[K"
SHOW_CURSOR, HIDE_CURSOR = b"\x1b[?25h", b"\x1b[?25l"
ENTER_ALTERNATE, LEAVE_ALTERNATE = b"\x1b[?1049h", b"\x1b[?1049l"


class Painter:
    """Knows what the terminal shows, where its cursor is, and in which look it writes."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._shown: Grid | None = None
        self._at: Position | None = None
        self._look = PLAIN
        self._cursor = True
        self._at_margin = True
        self._out = bytearray()

    def forget(self) -> None:
        """What the terminal shows is not known any more: the next frame is whole."""
        self._shown = None
        self._at_margin = True

    def frame(self, canvas: Canvas) -> bytes:
        """What to send for what is on the canvas now; empty where the terminal shows it already."""
        grid = canvas.grid
        shown = self._shown
        if shown is None or (shown.width, shown.height) != (grid.width, grid.height):
            shown = self._begin(grid)
            canvas.touched.update(range(grid.height))
        for row in _in_order(canvas.touched, canvas.caret, grid.height):
            if shown.texts[row] != grid.texts[row] or shown.looks[row] != grid.looks[row]:
                self._paint_row(row, shown, grid)
                shown.take(grid, row)
        canvas.touched.clear()
        self._place_cursor(canvas.caret, grid)
        out, self._out = bytes(self._out), bytearray()
        return out

    def farewell(self) -> bytes:
        """An empty screen as the next program expects it."""
        out = b"\x1b[m" + (LEAVE_ALTERNATE if self.profile.alternate else HOME + ERASE_ALL)
        self._shown, self._at = None, None
        return out + (SHOW_CURSOR if self.profile.hides_cursor and not self._cursor else b"")

    def greeting(self) -> bytes:
        """What makes the terminal ours."""
        return ENTER_ALTERNATE if self.profile.alternate else b""

    def _begin(self, grid: Grid) -> Grid:
        """Erase everything, in the colour of most of it where the terminal can."""
        self._out += b"\x1b[m"
        self._look = PLAIN
        ground = Look(ground=_most(grid)) if self.profile.erases_in_colour else PLAIN
        self._dress(ground)
        self._out += HOME + ERASE_ALL
        self._at = (0, 0)
        self._shown = Grid(grid.width, grid.height, ground)
        return self._shown

    def _paint_row(self, row: int, shown: Grid, grid: Grid) -> None:
        texts, looks = grid.texts[row], grid.looks[row]
        tail = self._tail(row, shown, grid)
        for first, end in _spans(row, shown, grid, tail):
            start = first - self._wraps_at(first)
            self._move(start, row)
            self._write(texts[start:end], looks[start:end], row)
        if tail < grid.width:
            self._move(tail, row)
            self._dress(looks[tail])
            self._out += ERASE_ROW

    def _wraps_at(self, column: int) -> bool:
        """Whether a character there would go to the next row, unless the one before it is written again."""
        assert self._shown is not None
        at_risk = self.profile.stays_at_margin and self._at_margin
        return at_risk and 0 < column == self._shown.width - 1

    def _tail(self, row: int, shown: Grid, grid: Grid) -> int:
        """From which column on the row is erased rather than written; the width for none."""
        texts, looks = grid.texts[row], grid.looks[row]
        ground = looks[-1]
        if texts[-1] != BLANK or ground.flags or (ground.ground and not self.profile.erases_in_colour):
            return grid.width
        tail = grid.width
        while tail and texts[tail - 1] == BLANK and looks[tail - 1] == ground:
            tail -= 1
        before = zip(shown.texts[row][tail:], shown.looks[row][tail:], strict=True)
        changing = sum(text != BLANK or look != ground for text, look in before)
        return tail if changing >= WORTH_ERASING else grid.width

    def _write(self, texts: list[str], looks: list[Look], row: int) -> None:
        """Cells from where the cursor is."""
        assert self._at is not None
        column = self._at[0]
        for text, look in zip(texts, looks, strict=True):
            if text != HALF:
                if self._at is None:
                    self._move(column, row)
                if text != BLANK or look != on_blank(self._look):
                    self._dress(look)
                self._out += text.encode(self.profile.charset, "replace")
                self._at = (column + 1, row) if sure(text[0]) and len(text) == 1 else None
            elif self._at is not None:
                self._at = (column + 1, row)
            column += 1
        assert self._shown is not None
        self._at_margin = column >= self._shown.width
        if self._at_margin:
            self._at = None  # terminals differ in where the cursor is after the last column

    def _dress(self, look: Look) -> None:
        if look != self._look:
            self._out += change(self._look, look)
            self._look = look

    def _move(self, column: int, row: int) -> None:
        if self._at == (column, row):
            return
        self._out += min(self._ways(column, row), key=len)
        self._at = (column, row)

    def _ways(self, column: int, row: int) -> Iterator[bytes]:
        yield b"\x1b[%d;%dH" % (row + 1, column + 1) if column else b"\x1b[%dH" % (row + 1) if row else HOME
        if self._at is None:
            return
        x, y = self._at
        if y == row:
            if column < x:
                yield b"\b" * (x - column)
            yield _sideways(column - x)
            yield b"\r" + (_sideways(column) if column else b"")
        elif 0 < row - y <= 3:
            yield b"\r" + b"\n" * (row - y) + (_sideways(column) if column else b"")

    def _place_cursor(self, caret: Position | None, grid: Grid) -> None:
        """Where the operator types; a screen without such a place has none, or keeps it in the last row."""
        if caret is not None:
            self._move(*caret)
        elif not self.profile.hides_cursor and self._out:
            self._move(0, grid.height - 1)
        wanted = caret is not None
        if self.profile.hides_cursor and wanted != self._cursor:
            self._out += SHOW_CURSOR if wanted else HIDE_CURSOR
            self._cursor = wanted


def _in_order(rows: Iterable[int], caret: Position | None, height: int) -> list[int]:
    """From the top; on a tall screen what is said beside the caret first: over a slow line the rest takes a while."""
    first = caret[1] - BESIDE if caret is not None and height >= TALL else 0
    return sorted(rows, key=lambda row: (row < first, row))


def _sideways(columns: int) -> bytes:
    many = b"" if abs(columns) == 1 else b"%d" % abs(columns)
    return b"\x1b[" + many + (b"C" if columns > 0 else b"D")


def _spans(row: int, shown: Grid, grid: Grid, end: int) -> Iterator[tuple[int, int]]:
    """First and last+1 column of the cells to write, left of ``end``; whole characters."""
    texts, looks, old, old_looks = grid.texts[row], grid.looks[row], shown.texts[row], shown.looks[row]
    start = stop = -1
    for column in range(end):
        if texts[column] == old[column] and looks[column] == old_looks[column]:
            continue
        if start < 0:
            start = column
        elif not _joins(texts, looks, stop, column):
            yield _whole(texts, start, stop)
            start = column
        stop = column + 1
    if start >= 0:
        yield _whole(texts, start, stop)


def _joins(texts: list[str], looks: list[Look], stop: int, column: int) -> bool:
    """Whether the cells between two that change are better sent than jumped over."""
    return column - stop <= GAP and (_alike(texts, looks, stop - 1, column) or _parts_words(texts, looks, stop, column))


def _alike(texts: list[str], looks: list[Look], first: int, last: int) -> bool:
    """Whether these cells are written in one look."""
    look, blank = looks[first], on_blank(looks[first])
    return all(looks[x] == (blank if texts[x] == BLANK else look) for x in range(first, last + 1))


def _parts_words(texts: list[str], looks: list[Look], first: int, after: int) -> bool:
    """Whether these cells are blanks, which a jump would cost more than to send in the look before them."""
    blank = on_blank(looks[first - 1])
    return after - first <= SHORT_GAP and all(texts[x] == BLANK and looks[x] == blank for x in range(first, after))


def _whole(texts: list[str], start: int, stop: int) -> tuple[int, int]:
    """With both halves of the characters at its ends."""
    while start and texts[start] == HALF:
        start -= 1
    while stop < len(texts) and texts[stop] == HALF:
        stop += 1
    return start, stop


def _most(grid: Grid) -> str:
    """The ground of most cells."""
    counts: dict[str, int] = {}
    for looks in grid.looks:
        for look in looks:
            counts[look.ground] = counts.get(look.ground, 0) + 1
    return max(counts, key=lambda ground: counts[ground], default="")
