"""The base of screens that offer other screens."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from wms_tui.domain.barcodes import visible
from wms_tui.domain.texts import N_
from wms_tui.domain.wrapping import wrapped
from wms_tui.tui.guide import Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.line import Line, writes
from wms_tui.tui.menu import MenuEntry, chosen, entries_for
from wms_tui.tui.page import Page
from wms_tui.tui.terminal.text import fit, safe
from wms_tui.tui.widgets.painted import Painted

MenuRow = tuple[str, str, str]
"""Digit, letter, title."""
KEYS = 7
"""The columns that the digit and the letter take, with the spaces around them."""
GAP = 1
"""Between two entries beside each other."""
LABEL_BEGINS = frozenset("](\x1d")
"""A symbology identifier, a bracketed GS1 code, FNC1: what no menu has, and every letter after it is the label's."""
NO_SCANS_HERE = N_("{code} was scanned in a menu, and nothing was done with it. Open a screen, then scan it again.")
TURNING = Hint("F8", N_("Next"), N_("Shows the rest of the menu, where there is no room for all of it."), brief=False)
MORE = "F8>"
_TURNS = {"f8": 1, "pagedown": 1, "down": 1, "f7": -1, "pageup": -1, "up": -1}
DIGIT = 4
"""The columns that the digit alone takes."""


class MenuPane(Painted[tuple[MenuRow, ...]]):
    """One row an entry, with the keys that open it; beside each other where there are not enough rows."""

    def __init__(self) -> None:
        super().__init__(())
        self._top = 0

    def turn(self, pages: int) -> None:
        """Show another part, where there is no room for all of it; after the last one comes the first."""
        size = max(1, self.size.height)
        parts = -(-len(self._all(*self.size)) // size)
        self._top = (self._top // size + pages) % parts * size
        self.refresh()

    def lines(self, width: int, height: int) -> list[Content]:
        drawn = self._all(width, height)
        if not 0 < height < len(drawn):
            return drawn
        return _with_more(drawn[self._top :][:height] or drawn[:height], width)

    def _all(self, width: int, height: int) -> list[Content]:
        rows = self.value
        if self._least() - GAP > width:
            return [line for row in rows for line in _narrow(row, width)]
        columns = min(-(-len(rows) // max(1, height)), max(1, width // self._least())) or 1
        size = -(-len(rows) // columns)
        return [
            Content.assemble(*(_entry(row, width // columns) for row in rows[place::size])) for place in range(size)
        ]

    def _least(self) -> int:
        """The width at which no title is cut."""
        return max((cell_len(safe(title)) for _, _, title in self.value), default=0) + KEYS + GAP


def _with_more(lines: list[Content], width: int) -> list[Content]:
    """With the key that shows the rest, in the last line whose title leaves room for it."""
    for place in reversed(range(len(lines))):
        told = lines[place].rstrip()
        room = width - told.cell_length - len(MORE)
        if room > 0:
            return [*lines[:place], Content.assemble(told, " " * room, (MORE, "$muted")), *lines[place + 1 :]]
    return lines


def _entry(row: MenuRow, width: int) -> Content:
    digit, letter, title = row
    return Content.assemble(
        (f" {digit} ", "bold reverse $primary"),
        (f" {letter} ", "bold $primary"),
        fit(f" {safe(title)}", max(0, width - KEYS + 1)),
    )


def _narrow(row: MenuRow, width: int) -> list[Content]:
    """Where a title would be cut: the digit alone before it, or its words under each other."""
    digit, _, title = row
    first, *rest = wrapped(safe(title), max(1, width - DIGIT))
    beside = Content.assemble((f" {digit} ", "bold reverse $primary"), " ", first)
    return [beside, *(Content(" " * DIGIT + line) for line in rest)]


class MenuPage(Page):
    """A digit or a letter opens its screen at once. A GS1 label is read to its end, so that it opens none."""

    TITLED = False

    def __init__(self) -> None:
        super().__init__()
        self._menu = MenuPane()
        self._label = Line()

    def body(self) -> Iterable[Widget]:
        return (self._menu,)

    def offered(self) -> Iterable[MenuEntry]:
        """All entries, whoever is signed in."""
        raise NotImplementedError

    def entries(self) -> tuple[MenuEntry, ...]:
        """Those that the operator's role may open."""
        actor = self.client.actor
        return entries_for(actor, self.offered()) if actor else ()

    async def pressed(self, key: str) -> None:
        if (self._label.text or key in LABEL_BEGINS) and writes(key):
            self._read_on(key)
            return
        if self._label.clear():
            self.say("")
            if key in BACK_KEYS:
                return
        entry = chosen(key, self.entries())
        if key in _TURNS:
            self.say("")
            self._menu.turn(_TURNS[key])
        elif entry:
            self.say("")
            await self.shell.go(entry.make())
        elif len(key) == 1:
            self.warn(self.tr(N_("There is no {key} in the menu."), key=repr(key)))
        else:
            await self.command(key)

    def _read_on(self, key: str) -> None:
        label = self._label.press(key)
        if label is None:
            self.say(visible(self._label.text))
        else:
            self.warn(self.tr(NO_SCANS_HERE, code=visible(label)))

    async def command(self, key: str) -> None:
        """Take a key that is no entry."""
        if key in BACK_KEYS:
            await self.shell.back()

    def paint(self) -> None:
        super().paint()
        self._menu.show(tuple((entry.digit, entry.letter, self.tr(entry.title)) for entry in self.entries()))
