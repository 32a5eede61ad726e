"""Units of measure."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.seeded import kept_name, shown_name
from wms_tui.domain.setup import ChangeUnit, CodeInUse, CodeMissing, UnitRow
from wms_tui.domain.texts import N_
from wms_tui.services import units
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row

SURE = N_("Remove unit {unit}? F9 again does it, Esc does not.")
CODE, NAME, DECIMALS = "code", "name", "decimals"
YES, NO = "yes", "no"


class Units(WholePage[UnitRow]):
    """Enter changes the chosen unit."""

    HEADING = N_("Units")
    CHOOSE_FIRST = N_("Choose a unit with the arrow keys first.")
    GUIDE = Guide(
        N_("What goods are counted in. A product has a base unit, and other units of so many base units."),
        (
            Hint("F2", N_("New"), N_("Makes a unit.")),
            Hint("F9", N_("Remove"), N_("Removes the chosen unit, if nothing is counted in it; asks first.")),
            *BROWSING,
        ),
    )

    async def everything(self) -> tuple[UnitRow, ...]:
        return await self.client.run(units.list_units)

    async def open_row(self, row: UnitRow) -> None:
        await self.open_form(UnitForm(row))

    def new_form(self) -> FormPage:
        return UnitForm(None)

    async def on_chosen(self, key: str, row: UnitRow) -> None:
        self._ask_to_remove(row.code)

    def _ask_to_remove(self, code: str) -> None:
        async def carry_out() -> None:
            await self.client.run(units.remove, code)
            await self.ask_again()
            self.done(self.tr(N_("{what} is removed."), what=code))

        self.ask_first("f9", carry_out, self.tr(SURE, unit=code))

    def columns(self, found: Part[UnitRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Unit")), least=4),
            Column(self.tr(N_("Name")), least=8, stretch=True),
            Column(self.tr(N_("Decimals")), rank=2),
            Column(self.tr(N_("Products")), right=True),
        )

    def cells(self, row: UnitRow) -> Row:
        products = self.formats.grouped(row.products) if row.products else ""
        decimals = self.tr(N_("Yes")) if row.decimals else ""
        return (row.code, shown_name(self.shell.translate, row.name), decimals, products)

    def summary(self, found: Part[UnitRow]) -> str:
        return self.tr(N_("Units: {count}"), count=len(found.rows))


class UnitForm(FormPage):
    """A new unit, or another name for one."""

    GUIDE = Guide(N_("The code stands beside every quantity: keep it short."), FILLING)

    def __init__(self, row: UnitRow | None) -> None:
        super().__init__()
        self._row = row

    def heading(self) -> str:
        return self._row.code if self._row else self.tr(N_("New unit"))

    async def fields(self) -> tuple[Field, ...]:
        row = self._row or UnitRow("", "")
        return (
            Field(CODE, N_("Code"), row.code, fixed=self._row is not None),
            Field(NAME, N_("Name"), shown_name(self.shell.translate, row.name)),
            Field(
                DECIMALS,
                N_("May have decimals"),
                YES if row.decimals else NO,
                about=N_("Whether goods may be counted in parts of it, as in kilograms; pieces and cartons are whole."),
                choices=(Choice(NO, N_("No")), Choice(YES, N_("Yes"))),
            ),
        )

    def blamed(self, error: Exception) -> str:
        return CODE if isinstance(error, CodeInUse | CodeMissing) else NAME

    async def save(self, values: Mapping[str, str]) -> None:
        decimals = values[DECIMALS] == YES
        if self._row is None:
            await self.client.run(units.add, UnitRow(values[CODE], values[NAME], decimals=decimals))
        else:
            await self.client.run(
                units.change,
                ChangeUnit(self._row, kept_name(self.shell.translate, self._row.name, values[NAME]), decimals),
            )
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{code} is saved."), code=values[CODE]))
