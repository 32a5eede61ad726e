"""The cells that the screens want a terminal to show. Nothing gets into them but text, and no text that it lacks."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import ControlType, Segment
from rich.style import Style

from wms_tui.domain.display import harmless
from wms_tui.tui.terminal.colours import PLAIN, REVERSE, Look, look_of, on_blank
from wms_tui.tui.terminal.glyphs import pieces
from wms_tui.tui.terminal.profiles import Profile

BLANK = " "
HALF = ""
"""The right half of a double-width character."""
Position = tuple[int, int]


class Grid:
    """Rows of cells: in each a character with its marks and how it looks."""

    def __init__(self, width: int, height: int, ground: Look = PLAIN) -> None:
        self.width, self.height, self.ground = width, height, ground
        self.texts = [[BLANK] * width for _ in range(height)]
        self.looks = [[ground] * width for _ in range(height)]

    def take(self, other: Grid, row: int) -> None:
        """Have this row as the other one has it."""
        self.texts[row] = other.texts[row].copy()
        self.looks[row] = other.looks[row].copy()

    def row(self, number: int) -> str:
        return "".join(self.texts[number])


class Canvas:
    """Takes what Textual draws. A blinking cell is where the operator types, which is the place of the cursor."""

    def __init__(self, profile: Profile, width: int, height: int) -> None:
        self.profile = profile
        self.grid = Grid(width, height)
        self.caret: Position | None = None
        self.touched: set[int] = set()
        """Rows that have been drawn in since the last frame."""
        self._looks: dict[Style | None, tuple[Look, Look, bool]] = {}

    def resize(self, width: int, height: int) -> None:
        """Begin with blanks; everything is drawn anew."""
        self.grid, self.caret = Grid(width, height), None
        self.touched.clear()

    def draw(self, segments: Iterable[Segment]) -> None:
        """Text goes where the last control put it, and on from there; what stands outside is not seen."""
        x, y, left = 0, 0, 0
        for text, style, control in segments:
            if control:
                for code in control:
                    if code[0] is ControlType.CURSOR_MOVE_TO:
                        left, y = x, _ = int(code[1]), int(code[2])  # type: ignore[misc]
            elif text == "\n":
                x, y = left, y + 1
            elif 0 <= y < self.grid.height:
                self.touched.add(y)
                x = self._put(x, y, text, style)

    def _put(self, x: int, y: int, text: str, style: Style | None) -> int:
        """The column after it."""
        look, blank, caret = self._look(style)
        whole = x == 0 or x >= self.grid.width or self.grid.texts[y][x] != HALF
        if text.isascii() and text.isprintable():
            end = self._put_plain(x, y, text, look, blank)
        else:
            end = self._put_any(x, y, harmless(text), look, blank)
        _mend(self.grid.texts[y], x, end, whole)
        if caret and x < self.grid.width:
            self.caret = (x, y)
        elif self.caret is not None and self.caret[1] == y and x <= self.caret[0] < end:
            self.caret = None
        return end

    def _put_plain(self, x: int, y: int, text: str, look: Look, blank: Look) -> int:
        texts, looks, width = self.grid.texts[y], self.grid.looks[y], self.grid.width
        end = x + len(text)
        text = text[: max(0, width - x)]
        texts[x : x + len(text)] = text
        looks[x : x + len(text)] = [look] * len(text) if look is blank else [blank if c == " " else look for c in text]
        return end

    def _put_any(self, x: int, y: int, text: str, look: Look, blank: Look) -> int:
        texts, looks, width = self.grid.texts[y], self.grid.looks[y], self.grid.width
        for shown, columns in pieces(text, self.profile.charset):
            if not columns:
                self._mark(texts, x, shown)
                continue
            if x + columns > width:
                shown, columns = BLANK, max(0, width - x)
            for part in range(columns):
                whole = columns == 1 or len(shown) == 1
                texts[x + part] = (HALF if part else shown) if whole else shown[part]
                looks[x + part] = blank if shown == BLANK else look
            x += columns
        return x

    @staticmethod
    def _mark(texts: list[str], x: int, mark: str) -> None:
        """Put an accent or the like over the character before."""
        base = x - 2 if 1 < x <= len(texts) and texts[x - 1] == HALF else x - 1
        if 0 <= base < len(texts) and texts[base] != BLANK:
            texts[base] += mark

    def _look(self, style: Style | None) -> tuple[Look, Look, bool]:
        """How it looks, how a blank of it looks, and whether it is the caret, whose reverse the cursor itself is."""
        found = self._looks.get(style)
        if found is None:
            look, caret = look_of(style, self.profile.colours), bool(style and style.blink)
            if caret:
                look = Look(tuple(flag for flag in look.flags if flag != REVERSE), look.text, look.ground)
            blank = on_blank(look)
            found = self._looks[style] = (look, look if blank == look else blank, caret)
        return found


def _mend(texts: list[str], start: int, end: int, whole: bool) -> None:
    """What is left of a double-width character that was written over by half is a blank."""
    if not whole:
        texts[start - 1] = BLANK
    if end < len(texts) and texts[end] == HALF:
        texts[end] = BLANK
