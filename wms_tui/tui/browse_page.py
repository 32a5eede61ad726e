"""The base of screens that look things up: a line to ask with, and a list of what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from textual.widget import Widget

from wms_tui.domain.enquiry import MOST_PAGE, PAGE
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.texts import N_
from wms_tui.tui.asking_page import AskingPage
from wms_tui.tui.frame import Message
from wms_tui.tui.guide import BACK, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.line import ends, writes
from wms_tui.tui.terminal.text import NARROW
from wms_tui.tui.widgets.entry_line import Entry
from wms_tui.tui.widgets.listing import Column, Listing, Row
from wms_tui.tui.widgets.summary import Summary

Query = TypeVar("Query")
Found = TypeVar("Found")

NOTHING = N_("Nothing found for {text}. Check what you typed.")
FIRST = N_("The first rows.")
LAST = N_("The last rows.")
POSITION = N_("{first}-{last} of {count}")

TALL = 12
"""From so many rows on, a line is spared for what does not fit into the chosen one."""

BROWSING = (
    Hint("F8", N_("Next"), N_("Shows the next rows, as does PgDn.")),
    Hint("F7", N_("Previous"), N_("Shows the rows before, as does PgUp.")),
    BACK,
    Hint("F5", N_("Refresh"), N_("Looks the same up again."), brief=False),
)


class BrowsePage(AskingPage, Generic[Query, Found]):
    """What was found is fetched in parts, as far as it is looked at.

    A query is a frozen dataclass with ``after``, the key of the last row before, and ``limit``. ``LIVE`` pages ask
    while one types, and Enter opens the chosen row. Nothing is written here, so a refusal needs no acknowledgement: the
    next scan simply asks anew.
    """

    HOLDS = False
    TITLED = False
    LOOKS_UP = True
    PATIENCE = 0.3
    WAITING = N_("Looking it up ...")
    LIVE: ClassVar[bool] = False

    def __init__(self, everything: Query) -> None:
        super().__init__()
        self.wanted: Query = everything
        self.found: Part[Found] | None = None
        self.stale = False
        self._asked_for = ""
        self._rows: tuple[Row, ...] = ()
        self._listing = Listing()
        self._summary = Summary()

    def body(self) -> Iterable[Widget]:
        return (self._summary, self._listing)

    async def fetch(self, query: Query) -> Part[Found]:
        """Ask the service for one part."""
        raise NotImplementedError

    def columns(self, found: Part[Found]) -> tuple[Column, ...]:
        raise NotImplementedError

    def cells(self, row: Found) -> Row:
        raise NotImplementedError

    def summary(self, found: Part[Found]) -> str:
        """What is shown, in a sentence."""
        raise NotImplementedError

    @property
    def chosen(self) -> Found | None:
        """The row under the cursor."""
        cursor = self._listing.value.cursor
        return None if self.found is None or cursor is None else self.found.rows[cursor]

    def typed(self, text: str) -> Query:
        """The query for what stands in the line of a ``LIVE`` page."""
        raise NotImplementedError

    async def open_row(self, row: Found) -> None:
        """Enter on a row of a ``LIVE`` page."""

    async def opened(self) -> None:
        if self.found is None:
            await self.ask(self.wanted)
        elif self.stale:
            await self.ask_again()

    async def entered(self, text: str) -> None:
        """Enter: open what is chosen, or the only row; with an empty line and none chosen, show everything."""
        await self._ask_for(text)
        rows = self.found.rows if self.found else ()
        if self.chosen is not None:
            await self.open_row(self.chosen)
        elif text and len(rows) == 1:
            await self.open_row(rows[0])
        elif text and rows:
            self._listing.move(1)
        elif text:
            self.warn(self.tr(NOTHING, text=text))
        else:
            await self._ask_for_all()

    async def pressed(self, key: str) -> None:
        """A key that acts finds what was typed before it, also where it was typed ahead."""
        if self.LIVE and self.line.text and not writes(key) and key not in BACK_KEYS:
            await self._ask_for(self.line.text)
        await super().pressed(key)

    async def _write(self, key: str) -> None:
        typed = self.line.text
        await super()._write(key)
        if not self.LIVE or len(self.shell.gate):
            return
        if self.line.text:
            await self._ask_for(self.line.text)
        elif typed and not ends(key):
            await self._ask_for_all()

    async def _ask_for(self, text: str) -> None:
        """Ask for what was typed, unless that is what is shown."""
        if text and text != self._asked_for:
            await self.ask(self.typed(text))
        self._asked_for = text

    async def _ask_for_all(self) -> None:
        """What was typed is gone, and so is what it found."""
        self._asked_for = ""
        await self.ask(self.typed(""))

    async def ask(self, query: Query) -> None:
        """Show what answers this query; if that fails, what was shown stays."""
        limit = min(MOST_PAGE, max(PAGE, self._listing.room + 1))
        found = await self.fetch(_part_of(query, None, limit))
        self.wanted, self.found = query, found
        self._rows = tuple(self.cells(row) for row in found.rows)
        self._listing.rewind()
        self._fill(found)
        self.say("")

    async def ask_again(self) -> None:
        """Fetch what is shown anew, for what may have changed in the meantime; the reader stays where he is."""
        limit = min(MOST_PAGE, max(PAGE, self._listing.room + 1, len(self._rows)))
        self.found = await self.fetch(_part_of(self.wanted, None, limit))
        self._rows = tuple(self.cells(row) for row in self.found.rows)
        self.stale = False
        self._fill(self.found)

    async def command(self, key: str) -> None:
        if key in {"f8", "pagedown"}:
            await self._next_page()
        elif key in {"f7", "pageup"}:
            self._turn(-1, FIRST)
        elif key in {"down", "up"}:
            self.say("")
            await (self._down() if key == "down" else self._up())
        elif key == "f5":
            await self.ask(self.wanted)
        elif key in BACK_KEYS:
            await self.step_back()

    async def step_back(self) -> None:
        """Esc: what was typed goes first."""
        if not self.line.clear():
            await self.shell.back()
        elif self.LIVE:
            await self._ask_for_all()

    async def _next_page(self) -> None:
        while self._listing.seen.stop + self._listing.room > len(self._rows) and await self._fetch_more():
            pass
        self._turn(1, LAST)

    def _turn(self, pages: int, end: str) -> None:
        self.say("" if self._listing.turn(pages) else self.tr(end))

    async def _down(self) -> None:
        if not self._listing.move(1) and await self._fetch_more():
            self._listing.move(1)

    async def _up(self) -> None:
        self._listing.move(-1)

    async def _fetch_more(self) -> bool:
        """Add the next part to what is shown; False if there is none."""
        if self.found is None or self.found.after is None:
            return False
        more = await self.fetch(_part_of(self.wanted, self.found.after, PAGE))
        self.found = replace(self.found, rows=self.found.rows + more.rows, after=more.after)
        self._rows += tuple(self.cells(row) for row in more.rows)
        self._fill(self.found)
        return True

    def _fill(self, found: Part[Found]) -> None:
        self._listing.fill(self.columns(found) if found.rows else (), self._rows)

    def _open_entry(self) -> Entry:
        entry = super()._open_entry()
        return entry if entry.note else replace(entry, note=self._position())

    def _position(self) -> str:
        """Which rows are in view, where there are more than that."""
        seen = self._listing.seen
        if self.found is None or (len(seen) == len(self._rows) and self.found.after is None):
            return ""
        count = f"{len(self._rows)}{'+' if self.found.after else ''}"
        if self.size.width < NARROW:
            return f"{seen.stop}/{count}"
        return self.tr(POSITION, first=seen.start + 1, last=seen.stop, count=count)

    def paint(self) -> None:
        if self.found is not None:
            self._summary.show(self.summary(self.found))
            self.set_class(not self.found.rows, "-empty")
            self._fill(self.found)
        super().paint()

    def in_full(self) -> str:
        """The sentence above the list, and what does not fit into the chosen row, as far as nothing else shows it."""
        if self.found is None:
            return ""
        tall = self.size.height >= TALL
        above = self.summary(self.found) if self._summary.cut or not tall else ""
        return "   ".join(text for text in (above, "" if tall else self._listing.hidden()) if text)

    def told(self) -> Message:
        """Where nothing is to be said: what does not fit into the chosen row."""
        spare = not self.message.text and self.size.height >= TALL
        return Message(self._listing.hidden()) if spare else self.message

    def on_listing_resized(self) -> None:
        """Once the layout has settled: a longer sentence leaves room for fewer rows."""
        if not self.held:
            self._entry.show(self._open_entry())


def _part_of(query: Query, after: Any, limit: int) -> Query:
    """The query for one part of the rows."""
    part: Any = query
    return replace(part, after=after, limit=limit)
