"""The audit: who did what to what, the newest first, with filters."""

from __future__ import annotations

from dataclasses import replace

from wms_tui.domain.audit import ACTION_NAMES, FIELD_NAMES, AuditQuery, AuditRow
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.texts import N_
from wms_tui.services import audit
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.dated_page import SINCE, UNTIL, DatedPage, last_day
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.reading_page import READING, ReadingPage
from wms_tui.tui.widgets.listing import Column, Row
from wms_tui.tui.widgets.sheet import Table

ACTIONS = ("", *ACTION_NAMES)


class Audit(DatedPage[AuditQuery, AuditRow]):
    """A line finds events; on an empty line Enter opens the chosen one."""

    HEADING = N_("Audit")
    GUIDE = Guide(
        N_("Type a user, part of an action, or what it was done to, such as a SKU or a document number."),
        (
            Hint("Enter", N_("Open"), N_("Opens the row chosen with the arrow keys; without one, shows everything.")),
            Hint("F4", N_("Action"), N_("Shows only actions such as the chosen one, then all again.")),
            Hint("F6", N_("Dates"), N_("Asks for the first and the last day; an empty line sets no limit.")),
            *BROWSING,
        ),
    )

    def __init__(self, subject: str = "") -> None:
        super().__init__(AuditQuery(subject=subject))

    async def find(self, text: str) -> None:
        if not text and self.chosen:
            await self.shell.go(AuditEvent(self.chosen))
        else:
            await self.ask(replace(self.wanted, text=text))

    async def command(self, key: str) -> None:
        if key == "f4":
            action = "" if self.wanted.action else self.chosen.action if self.chosen else ACTIONS[1]
            await self.ask(replace(self.wanted, action=action))
        else:
            await super().command(key)

    async def fetch(self, query: AuditQuery) -> Part[AuditRow]:
        return await self.client.run(audit.page, query)

    def columns(self, found: Part[AuditRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Time")), least=19, rank=2, below=True),
            Column(self.tr(N_("User")), least=4, rank=1),
            Column(self.tr(N_("Action")), least=8),
            Column(self.tr(N_("Subject")), least=8, stretch=True),
            Column(self.tr(N_("Terminal")), least=6, rank=3),
        )

    def cells(self, row: AuditRow) -> Row:
        return (self.formats.second(row.at), row.user, self._action(row.action), row.subject, row.terminal)

    def _action(self, action: str) -> str:
        return self.tr(ACTION_NAMES.get(action, action))

    def summary(self, found: Part[AuditRow]) -> str:
        query, day = self.wanted, self.formats.day
        parts = (
            self._action(query.action) if query.action else self.tr(N_("All actions")),
            query.subject,
            query.text,
            self.tr(SINCE, day=day(query.since.date())) if query.since else "",
            self.tr(UNTIL, day=day(last_day(query.until))) if query.until else "",
        )
        return "   ".join(part for part in parts if part)


class AuditEvent(ReadingPage):
    """One event, field by field."""

    HEADING = N_("Audit")
    GUIDE = Guide(N_("What was changed, from what to what."), READING)

    def __init__(self, row: AuditRow) -> None:
        super().__init__()
        self._row = row

    async def opened(self) -> None:
        row = self._row
        facts = (
            (N_("Time"), self.formats.second(row.at)),
            (N_("User"), row.user),
            (N_("Terminal"), row.terminal),
            (N_("Action"), self.tr(ACTION_NAMES.get(row.action, row.action))),
            (N_("Subject"), row.subject),
        )
        columns = (
            Column(self.tr(N_("Field")), least=8),
            Column(self.tr(N_("Before")), least=8, below=True),
            Column(self.tr(N_("After")), least=8, stretch=True, below=True),
        )
        names = dict.fromkeys((*row.before, *row.after))
        titles = {name: self.tr(FIELD_NAMES.get(name, name)) for name in names}
        rows = tuple((titles[name], row.before.get(name, ""), row.after.get(name, "")) for name in names)
        self.sheet.write(tuple((self.tr(title), text) for title, text in facts if text), Table(columns, rows))
