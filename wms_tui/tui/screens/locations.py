"""Locations: the tree, and what may be changed of it."""

from __future__ import annotations

from collections.abc import Mapping

from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.errors import ClosedLocation
from wms_tui.domain.file_errors import CodeTaken, KindFixed, ParentLoop, ParentMissing, WrongParent
from wms_tui.domain.labels import LabelKind
from wms_tui.domain.locations import KIND_NAMES, PARENTS, LocationKind
from wms_tui.domain.seeded import kept_name, shown_name
from wms_tui.domain.setup import (
    ChangeLocation,
    CodeInUse,
    CodeMissing,
    LocationBeingCounted,
    LocationHoldsStock,
    LocationRow,
    NewLocation,
)
from wms_tui.domain.texts import N_
from wms_tui.services import locations
from wms_tui.tui.browse_page import BROWSING
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.print_label import print_label, with_label
from wms_tui.tui.whole_page import WholePage
from wms_tui.tui.widgets.listing import Column, Row

SURE_CLOSE = N_("Close {code} and everything below it? F9 again does it, Esc does not.")
SURE_OPEN = N_("Open {code} and everything below it again? F9 again does it, Esc does not.")
CLOSED, OPENED = N_("Locations closed: {count}."), N_("Locations opened: {count}.")
SHUT = N_("closed")
WRONG_PARENT = (ParentMissing, ParentLoop, WrongParent, LocationHoldsStock, LocationBeingCounted, ClosedLocation)
WRONG_CODE = (CodeInUse, CodeMissing, CodeTaken)
CODE, NAME, KIND, PARENT = "code", "name", "kind", "parent"
BELOW = {
    LocationKind.WAREHOUSE: LocationKind.ZONE,
    LocationKind.ZONE: LocationKind.BIN,
    LocationKind.AISLE: LocationKind.BIN,
}
"""What a site usually makes under a kind."""


class Locations(WholePage[LocationRow]):
    """Enter changes the chosen location."""

    HEADING = N_("Locations")
    CHOOSE_FIRST = N_("Choose a location with the arrow keys first.")
    GUIDE = Guide(
        N_("Warehouses, zones, aisles and bins, and the places that stand for the world outside. Enter changes one."),
        (
            Hint("F2", N_("New"), N_("Makes a location, under the chosen one if there is one.")),
            Hint("F9", N_("On/off"), N_("Closes the chosen location and all below it, or opens it again; asks.")),
            *BROWSING,
        ),
    )

    async def everything(self) -> tuple[LocationRow, ...]:
        return await self.client.run(locations.tree)

    async def open_row(self, row: LocationRow) -> None:
        await self.open_form(LocationForm(row))

    def new_form(self) -> FormPage:
        return LocationForm(None, self.chosen)

    async def on_chosen(self, key: str, row: LocationRow) -> None:
        self._ask_to_close(row)

    def _ask_to_close(self, row: LocationRow) -> None:
        async def carry_out() -> None:
            count = await self.client.run(locations.close, row)
            await self.ask_again()
            self.done(self.tr(OPENED if row.closed else CLOSED, count=count))

        self.ask_first("f9", carry_out, self.tr(SURE_OPEN if row.closed else SURE_CLOSE, code=row.code))

    def guide(self) -> Guide:
        return with_label(self, self.GUIDE)

    async def command(self, key: str) -> None:
        if key == "f10":
            await print_label(self, LabelKind.LOCATION, self.chosen.code if self.chosen else None)
        else:
            await super().command(key)

    def columns(self, found: Part[LocationRow]) -> tuple[Column, ...]:
        return (
            Column(self.tr(N_("Location")), least=12),
            Column(self.tr(N_("Name")), least=6, stretch=True, rank=3),
            Column(self.tr(N_("Kind")), least=4, rank=2),
            Column("", least=4, rank=0),
            Column(self.tr(N_("Products")), right=True, rank=1),
        )

    def cells(self, row: LocationRow) -> Row:
        indent = "" if self.wanted.text else "  " * row.depth
        translate, products = self.shell.translate, self.formats.grouped(row.products) if row.products else ""
        kind, shut = self.tr(KIND_NAMES[row.kind]), self.tr(SHUT) if row.closed else ""
        return (f"{indent}{row.code}", shown_name(translate, row.name), kind, shut, products)

    def summary(self, found: Part[LocationRow]) -> str:
        return self.tr(N_("Locations: {count}"), count=self.formats.grouped(len(found.rows)))


class LocationForm(FormPage):
    """A new location, or one that is changed."""

    GUIDE = Guide(
        N_("The location above is given by its code. A location with stock in it stays where it is."), FILLING
    )

    def __init__(self, row: LocationRow | None, above: LocationRow | None = None) -> None:
        super().__init__()
        self._row = row
        self._above = above if above and above.kind in BELOW else None

    def heading(self) -> str:
        return self._row.code if self._row else self.tr(N_("New location"))

    async def fields(self) -> tuple[Field, ...]:
        row, above = self._row, self._above
        if row is None:
            kind = BELOW[above.kind] if above else LocationKind.BIN
            row = LocationRow("", "", kind, above.code if above else "", closed=False)
        fixed = row.kind not in PARENTS
        kinds = (row.kind,) if fixed else tuple(PARENTS)
        choices = tuple(Choice(kind.value, KIND_NAMES[kind]) for kind in kinds)
        return (
            Field(CODE, N_("Code"), row.code, about=N_("What stands on the label, and is scanned."), fixed=fixed),
            Field(NAME, N_("Name"), shown_name(self.shell.translate, row.name)),
            Field(KIND, N_("Kind"), row.kind.value, choices=choices, fixed=fixed),
            Field(PARENT, N_("Location above"), row.parent, fixed=fixed),
        )

    def blamed(self, error: Exception) -> str:
        if isinstance(error, WRONG_PARENT):
            return PARENT
        return KIND if isinstance(error, KindFixed) else CODE if isinstance(error, WRONG_CODE) else NAME

    async def save(self, values: Mapping[str, str]) -> None:
        before = self._row.name if self._row else ""
        name = kept_name(self.shell.translate, before, values[NAME])
        told = (values[CODE], name, LocationKind(values[KIND]), values[PARENT])
        if self._row is None:
            await self.client.run(locations.add, NewLocation(*told))
        else:
            await self.client.run(locations.change, ChangeLocation(self._row, *told))
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{code} is saved."), code=values[CODE]))
