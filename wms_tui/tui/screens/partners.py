"""Partners: suppliers and customers."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.setup import PARTNER_KINDS, ChangePartner, CodeInUse, CodeMissing, PartnerKind, PartnerRow
from wms_tui.domain.texts import N_
from wms_tui.services import partners
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row

INACTIVE_NOW, ACTIVE_AGAIN = N_("{what} is inactive now."), N_("{what} is active again.")
CODE, NAME, KIND = "code", "name", "kind"
KINDS = tuple(Choice(kind.value, PARTNER_KINDS[kind]) for kind in PartnerKind)


class Partners(WholePage[PartnerRow]):
    """Enter changes the chosen partner."""

    HEADING = N_("Partners")
    CHOOSE_FIRST = N_("Choose a partner with the arrow keys first.")
    GUIDE = Guide(
        N_("Suppliers and customers. In movement entry a partner's code may be scanned or typed for the name."),
        (
            Hint("F2", N_("New"), N_("Makes a partner.")),
            Hint("F9", N_("On/off"), N_("Lets the chosen partner's code be used no more, or again.")),
            *BROWSING,
        ),
    )

    async def everything(self) -> tuple[PartnerRow, ...]:
        return await self.client.run(partners.list_partners)

    async def open_row(self, row: PartnerRow) -> None:
        await self.open_form(PartnerForm(row))

    def new_form(self) -> FormPage:
        return PartnerForm(None)

    async def on_chosen(self, key: str, row: PartnerRow) -> None:
        await self.client.run(partners.change, ChangePartner(row, row.name, row.kind, not row.active))
        await self.ask_again()
        self.done(self.tr(INACTIVE_NOW if row.active else ACTIVE_AGAIN, what=row.code))

    def columns(self, found: Part[PartnerRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Code")), least=8),
            Column(self.tr(N_("Name")), least=8, stretch=True),
            Column(self.tr(N_("Kind")), least=6, rank=2),
            Column(self.tr(N_("Status")), least=6, rank=1),
        )

    def cells(self, row: PartnerRow) -> Row:
        status = self.tr(N_("active") if row.active else N_("inactive"))
        return (row.code, row.name, self.tr(PARTNER_KINDS[row.kind]), status)

    def summary(self, found: Part[PartnerRow]) -> str:
        return self.tr(N_("Partners: {count}"), count=len(found.rows))


class PartnerForm(FormPage):
    """A new partner, or one that is changed."""

    GUIDE = Guide(N_("Documents keep the name that a partner had when they were posted."), FILLING)

    def __init__(self, row: PartnerRow | None) -> None:
        super().__init__()
        self._row = row

    def heading(self) -> str:
        return self._row.code if self._row else self.tr(N_("New partner"))

    async def fields(self) -> tuple[Field, ...]:
        row = self._row or PartnerRow("", "", PartnerKind.SUPPLIER)
        return (
            Field(CODE, N_("Code"), row.code, fixed=self._row is not None),
            Field(NAME, N_("Name"), row.name),
            Field(KIND, N_("Kind"), row.kind.value, choices=KINDS),
        )

    def blamed(self, error: Exception) -> str:
        return CODE if isinstance(error, CodeInUse | CodeMissing) else NAME

    async def save(self, values: Mapping[str, str]) -> None:
        kind = PartnerKind(values[KIND])
        if self._row is None:
            await self.client.run(partners.add, PartnerRow(values[CODE], values[NAME], kind))
        else:
            await self.client.run(partners.change, ChangePartner(self._row, values[NAME], kind, self._row.active))
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{code} is saved."), code=values[CODE]))
