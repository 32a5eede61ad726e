"""Reviewing a count: what differs, what is to be counted again, and approval."""

from __future__ import annotations

from dataclasses import replace

from wms_tui.domain.access import Permission
from wms_tui.domain.counting import STATE_NAMES, CountRef, CountState
from wms_tui.domain.counting_errors import NotInReview
from wms_tui.domain.counting_review import Approve, CountSummary, Recount, ReviewLine, ReviewQuery
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.texts import N_
from wms_tui.services import counting_review as review
from wms_tui.tui.browse_page import BROWSING, BrowsePage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.count_places import CountUnknown
from wms_tui.tui.terminal.text import NARROW
from wms_tui.tui.widgets.listing import Column, Row

CHOOSE_FIRST = N_("Choose a line with the arrow keys first.")
SURE_AGAIN = N_("Have lines counted again ({count})? F6 again does it, Esc does not.")
AGAIN = N_("Lines to be counted again: {count}.")
SURE_POST = N_("Approve and post the differences ({count})? F10 again does it, Esc does not.")
SURE_RIGHT = N_("Approve? Everything was found as expected, nothing is posted. F10 again does it, Esc does not.")
POSTED = N_("{number} posted, lines: {count}.")
NOTHING_POSTED = N_("Approved. Nothing differed.")
MARK, WAITS, MOVED = "*", "?", "!"


class CountReview(BrowsePage[ReviewQuery, ReviewLine]):
    """Lines beside the ledger, those first shown that need a look."""

    LIVE = True
    HEADING = N_("Review")

    def __init__(self, plan_id: int) -> None:
        super().__init__(ReviewQuery(plan_id))
        self._found: CountSummary | None = None
        self._marked: set[int] = set()

    def heading(self) -> str:
        return f"{self.tr(self.HEADING)}  {self._found.plan.name}" if self._found else self.tr(self.HEADING)

    def guide(self) -> Guide:
        post = Hint("F10", N_("Approve"), N_("Approves the count and posts its differences; asks first."))
        return Guide(
            N_(
                "What was counted beside the books as they stood when it was counted. * marks lines for a recount, "
                "? waits to be counted again, ! moved while it was counted and has to be counted again."
            ),
            (
                Hint("F2", N_("Mark"), N_("Marks the chosen line to be counted again, or not.")),
                Hint("F6", N_("Recount"), N_("Has the marked lines, or the chosen one, counted again; asks first.")),
                *([post] if self.client.operator.may(Permission.COUNT_APPROVE) else []),
                Hint("F4", N_("All"), N_("Shows all lines, or only those that need a look.")),
                Hint("F9", N_("Unknown"), N_("Shows codes that nobody knows, scanned in this count.")),
                *BROWSING,
            ),
        )

    def prompt(self) -> str:
        return self.tr(N_("Find"))

    def typed(self, text: str) -> ReviewQuery:
        return replace(self.wanted, text=text.strip())

    async def fetch(self, query: ReviewQuery) -> Part[ReviewLine]:
        if query.after is None:
            self._found = await self.client.run(review.summary, CountRef(query.plan_id))
        return await self.client.run(review.lines, query)

    async def open_row(self, row: ReviewLine) -> None:
        await self._mark(row)

    async def command(self, key: str) -> None:
        if key == "f4":
            await self.ask(replace(self.wanted, differing=not self.wanted.differing))
        elif key == "f9":
            await self.shell.go(CountUnknown(self.wanted.plan_id, review.unknown_codes))
        elif key == "f10" and self.client.operator.may(Permission.COUNT_APPROVE):
            await self._ask_to_approve()
        elif key not in {"f2", "f6"}:
            await super().command(key)
        elif self.chosen is None and not (key == "f6" and self._marked):
            self.warn(self.tr(CHOOSE_FIRST))
        elif key == "f6":
            self._ask_to_count_again()
        elif self.chosen is not None:
            await self._mark(self.chosen)

    async def _mark(self, row: ReviewLine) -> None:
        self._marked ^= {row.line_id}
        if self.found is not None:
            self._rows = tuple(self.cells(line) for line in self.found.rows)

    def _ask_to_count_again(self) -> None:
        chosen = self._marked or ({self.chosen.line_id} if self.chosen else set())
        lines = tuple(sorted(chosen))

        async def carry_out() -> None:
            await self.client.run(review.recount, Recount(self.wanted.plan_id, lines))
            self._marked.clear()
            await self.ask(self.wanted)
            self.done(self.tr(AGAIN, count=len(lines)))

        self.ask_first("f6", carry_out, self.tr(SURE_AGAIN, count=len(lines)))

    async def _ask_to_approve(self) -> None:
        """The question says how many differ, and only so many are posted."""
        self._found = await self.client.run(review.summary, CountRef(self.wanted.plan_id))
        if self._found.plan.state is not CountState.REVIEW:
            raise NotInReview(state=STATE_NAMES[self._found.plan.state])
        differing = self._found.differing
        question = self.tr(SURE_POST if differing else SURE_RIGHT, count=self.formats.grouped(differing))
        self.ask_first("f10", lambda: self._approve(differing), question)

    async def _approve(self, differing: int) -> None:
        posted = await self.client.run(review.approve, Approve(self.wanted.plan_id, differing))
        await self.ask(self.wanted)
        said = POSTED if posted.number else NOTHING_POSTED
        self.done(self.tr(said, number=posted.number, count=self.formats.grouped(posted.lines)))

    def columns(self, found: Part[ReviewLine]) -> tuple[Column, ...]:
        return (
            Column("", least=1),
            Column(self.tr(N_("Location")), least=8, rank=1),
            Column(self.tr(N_("SKU")), least=8),
            Column(self.tr(N_("Name")), least=10, stretch=True, rank=8, below=True),
            Column(self.tr(N_("Lot")), least=4, rank=4, below=True),
            Column(self.tr(N_("Counted")), right=True, rank=3),
            Column(self.tr(N_("Books")), right=True, rank=5),
            Column(self.tr(N_("Diff.") if self.size.width < NARROW else N_("Difference")), right=True),
            Column(self.tr(N_("Unit")), least=3, rank=6),
            Column(self.tr(N_("Value")), right=True, rank=2),
            Column(self.tr(N_("Before")), right=True, rank=7),
            Column(self.tr(N_("User")), least=4, rank=9),
        )

    def cells(self, row: ReviewLine) -> Row:
        grouped, signed = self.formats.grouped, self.formats.signed
        mark = MARK if row.line_id in self._marked else WAITS if row.counted is None else MOVED if row.moved else ""
        counted = "" if row.counted is None else grouped(row.counted)
        difference = "" if row.difference is None else signed(row.difference)
        before = "" if row.before is None else grouped(row.before)
        value = "" if row.value is None else self.formats.money(row.value)
        return (
            *(mark, row.location, row.sku, row.name, row.lot, counted, grouped(row.expected)),
            *(difference, row.unit, value, before, row.counted_by),
        )

    def summary(self, found: Part[ReviewLine]) -> str:
        return "   ".join(self._told()) if self._found else ""

    def _told(self) -> list[str]:
        """How the count stands, what it is worth, and what keeps it from being posted."""
        assert self._found is not None
        this, grouped, money = self._found, self.formats.grouped, self.formats.money
        told = [self.tr(STATE_NAMES[this.plan.state])]
        told.append(self.tr(N_("Lines: {count}"), count=grouped(this.lines)))
        told.append(self.tr(N_("Differences: {count}"), count=grouped(this.differing)))
        if this.short is not None and this.over is not None:
            told.append(self.tr(N_("Short {short}, over {over}"), short=money(this.short), over=money(this.over)))
        waiting = this.waiting + this.moved
        if waiting and this.plan.state in {CountState.COUNTING, CountState.REVIEW}:
            told.append(self.tr(N_("To be counted again: {count}"), count=grouped(waiting)))
        if this.left_out:
            told.append(self.tr(N_("Locations not counted: {count}"), count=grouped(len(this.left_out))))
        if this.unknown:
            told.append(self.tr(N_("Unknown codes: {count}"), count=grouped(this.unknown)))
        if this.plan.document:
            told.append(this.plan.document)
        return told
