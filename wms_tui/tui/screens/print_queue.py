"""The print queue: what waits, what came of each job, and printing again."""

from __future__ import annotations

from wms_tui.domain.enquiry import MOST_PAGE
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.printing import FAULT_NAMES, STATE_NAMES, JobQuery, JobRow, JobState, MoveJob
from wms_tui.domain.texts import N_
from wms_tui.services import label_queue
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row

AGAIN = N_("Print job {job} again: {count} labels of {title}? F9 again does it, Esc does not.")
CANCEL = N_("Cancel job {job}, labels of {title}? F4 again does it, Esc does not.")
WAITS, GONE = N_("Job {job} waits to be printed."), N_("Job {job} is cancelled.")
TOLD = N_("Job {job}: {state}. {why}")
LATER = N_("It is tried again at {time}.")


class PrintQueue(WholePage[JobRow]):
    """Enter tells why the chosen job is not printed."""

    HEADING = N_("Print queue")
    ON_CHOSEN = frozenset({"f4", "f9"})
    CHOOSE_FIRST = N_("Choose a job with the arrow keys first.")
    GUIDE = Guide(
        N_(
            "Jobs that are not sent are tried again by themselves. Where the line broke in the middle nobody knows "
            "what came out: look at the printer, then print again or cancel."
        ),
        (
            Hint("Enter", N_("Why"), N_("Tells why the chosen job is not printed.")),
            Hint("F9", N_("Again"), N_("Prints the chosen job again; asks first.")),
            Hint("F4", N_("Cancel"), N_("Cancels the chosen job; asks first.")),
            Hint("F6", N_("All"), N_("Shows those that were sent or cancelled as well, or leaves them out.")),
            *BROWSING,
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._open_only = True

    async def everything(self) -> tuple[JobRow, ...]:
        return (await self.client.run(label_queue.queue, JobQuery(self._open_only, limit=MOST_PAGE))).rows

    async def open_row(self, row: JobRow) -> None:
        why = self.tr(FAULT_NAMES[row.fault]) if row.fault else ""
        if row.state is JobState.WAITING and row.next_try:
            why = f"{why} {self.tr(LATER, time=self.formats.clock(row.next_try, self.client.clock()))}"
        self.say(self.tr(TOLD, job=row.job_id, state=STATE_NAMES[row.state], why=why).strip())

    async def command(self, key: str) -> None:
        if key == "f6":
            self._open_only = not self._open_only
            await self.ask(self.wanted)
        elif key != "f2":
            await super().command(key)

    async def on_chosen(self, key: str, row: JobRow) -> None:
        to = JobState.WAITING if key == "f9" else JobState.CANCELLED

        async def carry_out() -> None:
            await self.client.run(label_queue.move, MoveJob(row.job_id, row.state, to))
            self.client.wake_printing()
            await self.ask_again()
            self.done(self.tr(WAITS if to is JobState.WAITING else GONE, job=row.job_id))

        question = AGAIN if to is JobState.WAITING else CANCEL
        self.ask_first(key, carry_out, self.tr(question, job=row.job_id, count=row.labels, title=row.title))

    def columns(self, found: Part[JobRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Job")), least=3, right=True),
            Column(self.tr(N_("Status")), least=8),
            Column(self.tr(N_("Printer")), least=6, rank=2, below=True),
            Column(self.tr(N_("Labels of")), least=8, stretch=True, rank=3, below=True),
            Column(self.tr(N_("Labels")), right=True, rank=4),
            Column(self.tr(N_("Tries")), right=True, rank=6),
            Column(self.tr(N_("User")), least=4, rank=5),
            Column(self.tr(N_("Changed")), least=8, rank=7),
        )

    def cells(self, row: JobRow) -> Row:
        formats, tries = self.formats, self.formats.grouped(row.tries) if row.tries else ""
        state, changed = self.tr(STATE_NAMES[row.state]), formats.clock(row.changed_at, self.client.clock())
        labels = formats.grouped(row.labels)
        return (str(row.job_id), state, row.printer, row.title, labels, tries, row.user, changed)

    def summary(self, found: Part[JobRow]) -> str:
        told = N_("Jobs that are not printed: {count}") if self._open_only else N_("All jobs: {count}")
        return self.tr(told, count=self.formats.grouped(len(found.rows)))
