"""The audit: who did what to what, the newest first, with filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wms_tui.domain.audit import ACTION_NAMES, AuditQuery, AuditRow
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.texts import N_
from wms_tui.services import audit
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.dated_page import SINCE, UNTIL, DatedPage, last_day
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.audit_event import AuditEvent, subject_of
from wms_tui.tui.widgets.listing import Column, Row

CHOOSE_FIRST = N_("Choose an event with the arrow keys first.")


class Audit(DatedPage[AuditQuery, AuditRow]):
    """A line finds events; on an empty line Enter opens the chosen one."""

    HEADING = N_("Audit")
    GUIDE = Guide(
        N_("Type a user, part of an action, or what it was done to, such as a SKU or a document number."),
        (
            Hint("Enter", N_("Open"), N_("Opens the row chosen with the arrow keys; without one, shows everything.")),
            Hint("F4", N_("Action"), N_("Shows only actions such as the chosen one, then all again.")),
            Hint("F9", N_("User"), N_("Shows only what the same user did, then all again.")),
            Hint("F2", N_("Subject"), N_("Shows only what was done to the same, then all again.")),
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
            await self.ask(replace(self.wanted, text=text, actions=self._called(text)))

    def _called(self, text: str) -> tuple[str, ...]:
        """The actions that have the text in what the reader calls them."""
        sought = text.casefold()
        return tuple(action for action in ACTION_NAMES if sought and sought in self._action(action).casefold())

    async def command(self, key: str) -> None:
        if key == "f4":
            await self._only("action")
        elif key == "f9":
            await self._only("user")
        elif key == "f2":
            await self._only("subject")
        else:
            await super().command(key)

    async def _only(self, field: str) -> None:
        """Show what has the same as the chosen row, or all again."""
        if not getattr(self.wanted, field) and self.chosen is None:
            self.warn(self.tr(CHOOSE_FIRST))
            return
        wanted = "" if getattr(self.wanted, field) else getattr(self.chosen, field)
        change: dict[str, Any] = {field: wanted}
        await self.ask(replace(self.wanted, **change))

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
        subject = subject_of(row, self.shell.translate)
        return (self.formats.second(row.at), row.user, self._action(row.action), subject, row.terminal)

    def _action(self, action: str) -> str:
        return self.tr(ACTION_NAMES.get(action, action))

    def summary(self, found: Part[AuditRow]) -> str:
        query, day = self.wanted, self.formats.day
        parts = (
            self._action(query.action) if query.action else self.tr(N_("All actions")),
            query.user,
            query.subject,
            query.text,
            self.tr(SINCE, day=day(query.since.date())) if query.since else "",
            self.tr(UNTIL, day=day(last_day(query.until))) if query.until else "",
        )
        return "   ".join(part for part in parts if part)
