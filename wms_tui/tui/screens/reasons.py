"""Reason codes of adjustments."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.errors import BadReasonCode, NameTaken
from wms_tui.domain.movements import DIRECTION_NAMES, Direction
from wms_tui.domain.seeded import kept_name, shown_name
from wms_tui.domain.setup import ChangeReason, ReasonRow
from wms_tui.domain.texts import N_
from wms_tui.services import reasons
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row

INACTIVE_NOW, ACTIVE_AGAIN = N_("{what} is inactive now."), N_("{what} is active again.")
CODE, NAME, DIRECTION = "code", "name", "direction"
WAYS = tuple(Choice(way.value, DIRECTION_NAMES[way]) for way in Direction)


class Reasons(WholePage[ReasonRow]):
    """Enter changes the chosen reason."""

    HEADING = N_("Reasons")
    CHOOSE_FIRST = N_("Choose a reason with the arrow keys first.")
    GUIDE = Guide(
        N_("Why stock is adjusted, and whether it comes in or goes out. Enter changes the chosen one."),
        (
            Hint("F2", N_("New"), N_("Makes a reason.")),
            Hint("F9", N_("On/off"), N_("Lets the chosen reason be used no more, or again.")),
            *BROWSING,
        ),
    )

    async def everything(self) -> tuple[ReasonRow, ...]:
        return await self.client.run(reasons.all_reasons)

    async def open_row(self, row: ReasonRow) -> None:
        await self.open_form(ReasonForm(row))

    def new_form(self) -> FormPage:
        return ReasonForm(None)

    async def on_chosen(self, key: str, row: ReasonRow) -> None:
        await self.client.run(reasons.change_reason, ChangeReason(row, row.name, not row.active))
        await self.ask_again()
        self.done(self.tr(INACTIVE_NOW if row.active else ACTIVE_AGAIN, what=row.code))

    def columns(self, found: Part[ReasonRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Code")), least=8),
            Column(self.tr(N_("Name")), least=8, stretch=True, rank=1),
            Column(self.tr(N_("Direction")), least=3),
            Column(self.tr(N_("Status")), least=6, rank=2),
        )

    def cells(self, row: ReasonRow) -> Row:
        status = self.tr(N_("active") if row.active else N_("inactive"))
        return (row.code, shown_name(self.shell.translate, row.name), self.tr(DIRECTION_NAMES[row.direction]), status)

    def summary(self, found: Part[ReasonRow]) -> str:
        return self.tr(N_("Reasons: {count}"), count=len(found.rows))


class ReasonForm(FormPage):
    """A new reason, or another name for one."""

    GUIDE = Guide(N_("The direction says which way the reason moves stock; it stays as it was made."), FILLING)

    def __init__(self, row: ReasonRow | None) -> None:
        super().__init__()
        self._row = row

    def heading(self) -> str:
        return self._row.code if self._row else self.tr(N_("New reason"))

    async def fields(self) -> tuple[Field, ...]:
        row, known = self._row or ReasonRow("", "", Direction.OUT), self._row is not None
        return (
            Field(CODE, N_("Code"), row.code, fixed=known),
            Field(NAME, N_("Name"), shown_name(self.shell.translate, row.name)),
            Field(DIRECTION, N_("Direction"), row.direction.value, choices=WAYS, fixed=known),
        )

    def blamed(self, error: Exception) -> str:
        return CODE if isinstance(error, NameTaken | BadReasonCode) else NAME

    async def save(self, values: Mapping[str, str]) -> None:
        if self._row is None:
            new = reasons.NewReason(values[CODE], values[NAME], Direction(values[DIRECTION]))
            await self.client.run(reasons.add_reason, new)
        else:
            name = kept_name(self.shell.translate, self._row.name, values[NAME])
            request = ChangeReason(self._row, name, self._row.active)
            await self.client.run(reasons.change_reason, request)
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{code} is saved."), code=values[CODE]))
