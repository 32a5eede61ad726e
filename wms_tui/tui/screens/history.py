"""History: the posted documents, newest first, with filters."""

from __future__ import annotations

from dataclasses import replace

from wms_tui.domain.enquiry import DocumentRow, HistoryQuery
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.labels import LabelKind
from wms_tui.domain.movements import KIND_NAMES, DocumentKind
from wms_tui.domain.texts import N_
from wms_tui.services import history
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.dated_page import SINCE, UNTIL, DatedPage, last_day
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.document import Document
from wms_tui.tui.screens.print_label import print_label, with_label
from wms_tui.tui.terminal.sounds import TAKEN
from wms_tui.tui.widgets.listing import Column, Row

KINDS: tuple[DocumentKind | None, ...] = (None, *DocumentKind)
REVERSED = "x"

NOTHING = N_("Nothing was posted that fits this.")
UNDERSTOOD = {
    "document": N_("document {text}"),
    "product": N_("product {text}"),
    "location": N_("location {text}"),
    "user": N_("user {text}"),
    "reference": N_("reference {text}"),
}


class History(DatedPage[HistoryQuery, DocumentRow]):
    """A line finds documents; on an empty line Enter opens the chosen one."""

    HEADING = N_("History")
    GUIDE = Guide(
        N_("Type a document number, product, location, user, or the start of a reference. x marks reversed documents."),
        (
            Hint("Enter", N_("Open"), N_("Opens the row chosen with the arrow keys; without one, shows everything.")),
            Hint("F4", N_("Kind"), N_("Shows one kind of document after the other, then all.")),
            Hint("F6", N_("Dates"), N_("Asks for the first and the last day; an empty line sets no limit.")),
            *BROWSING,
        ),
    )

    def __init__(self) -> None:
        super().__init__(HistoryQuery())
        self._document: Document | None = None

    def guide(self) -> Guide:
        return with_label(self, self.GUIDE)

    async def opened(self) -> None:
        await super().opened()
        if self._document and self._document.changed_stock:
            await self.ask(self.wanted)
        self._document = None

    async def find(self, text: str) -> None:
        if not text and self.chosen:
            self._document = Document(self.chosen.number)
            await self.shell.go(self._document)
        else:
            await self.show(replace(self.wanted, text=text))

    async def command(self, key: str) -> None:
        if key == "f4":
            kind = KINDS[(KINDS.index(self.wanted.kind) + 1) % len(KINDS)]
            await self.ask(replace(self.wanted, kind=kind))
        elif key == "f10":
            await print_label(self, LabelKind.DOCUMENT, self.chosen.number if self.chosen else None)
        else:
            await super().command(key)

    async def show(self, query: HistoryQuery) -> None:
        await self.ask(query)
        if self.found and self.found.rows:
            self.shell.sounds.play(TAKEN)
        else:
            self.warn(self.tr(NOTHING))

    async def fetch(self, query: HistoryQuery) -> Part[DocumentRow]:
        return await self.client.run(history.page, query)

    def columns(self, found: Part[DocumentRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Number")), least=13),
            Column("", least=1),
            Column(self.tr(N_("Kind")), least=10, rank=5),
            Column(self.tr(N_("Posted")), least=16, rank=1, below=True),
            Column(self.tr(N_("Reference")), least=9, rank=2, below=True),
            Column(self.tr(N_("Partner")), least=13, rank=6, stretch=True, below=True),
            Column(self.tr(N_("User")), least=4, rank=3),
            Column(self.tr(N_("Lines")), right=True, rank=7),
        )

    def cells(self, row: DocumentRow) -> Row:
        mark = REVERSED if row.reversed_by else ""
        kind, posted = self.tr(KIND_NAMES[row.kind]), self.formats.minute(row.posted_at)
        return (row.number, mark, kind, posted, row.reference, row.partner, row.user, self.formats.grouped(row.lines))

    def summary(self, found: Part[DocumentRow]) -> str:
        kind = self.tr(KIND_NAMES[self.wanted.kind]) if self.wanted.kind else self.tr(N_("All documents"))
        day, query = self.formats.day, self.wanted
        since = self.tr(SINCE, day=day(query.since.date())) if query.since else ""
        until = self.tr(UNTIL, day=day(last_day(query.until))) if query.until else ""
        text = self.tr(UNDERSTOOD[found.understood], text=self.wanted.text) if found.understood else ""
        return "   ".join(part for part in (kind, text, since, until) if part)
