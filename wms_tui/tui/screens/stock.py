"""Stock enquiry: what is on hand of a product, at a location, of a lot."""

from __future__ import annotations

from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.enquiry import StockQuery, StockRow, Subject
from wms_tui.domain.labels import LabelKind
from wms_tui.domain.seeded import shown_name
from wms_tui.domain.texts import N_
from wms_tui.services import stock
from wms_tui.tui.browse_page import BROWSING, BrowsePage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.print_label import print_label, with_label
from wms_tui.tui.terminal.sounds import TAKEN
from wms_tui.tui.terminal.text import NARROW
from wms_tui.tui.widgets.listing import Column, Row

NOT_FOUND = N_("{text} is no code, and no product on hand has it in its SKU or name.")
NOTHING = N_("{what}: nothing on hand")
EVERYTHING = N_("All stock")
IN_ONE_PLACE = N_("{what}: {quantity} {unit} in one place")
IN_PLACES = N_("{what}: {quantity} {unit} in {places} places")
OPENS = N_(
    "Shows the product of the row chosen with the arrow keys, and from there what else is in its location; with no "
    "row chosen, all stock."
)
ALL_IN_ONE_PLACE = N_("{quantity} {unit} {named}, in one place")
ALL_IN_PLACES = N_("{quantity} {unit} {named}, in {places} places")
"""On narrow terminals, where of a long sentence the beginning is seen."""
UNDERSTOOD = {
    "": EVERYTHING,
    "product": N_("Product {named}"),
    "location": N_("Location {named}"),
    "lot": N_("Lot {named}"),
    "name": N_("Products with {named} in SKU or name"),
}


class Stock(BrowsePage[StockQuery, StockRow]):
    """Each line that is entered or scanned asks anew."""

    HEADING = N_("Stock enquiry")
    GUIDE = Guide(
        N_("Scan or type a product, location, lot, or any part of a SKU or name. An empty line shows all stock."),
        (Hint("Enter", N_("Open"), OPENS), *BROWSING),
    )

    def __init__(self) -> None:
        super().__init__(StockQuery())

    def prompt(self) -> str:
        return self.tr(N_("Look up"))

    def guide(self) -> Guide:
        return with_label(self, self.GUIDE)

    async def command(self, key: str) -> None:
        row = self.chosen
        if key != "f10":
            await super().command(key)
        elif row is not None and row.lot:
            await print_label(self, LabelKind.LOT, row.lot, row.sku)
        else:
            await print_label(self, LabelKind.PRODUCT, row.sku if row else None)

    async def entered(self, text: str) -> None:
        text = text.strip() or self._beyond()
        await self.ask(StockQuery(text=text))
        if self.found and not self.found.rows and self.found.understood == "name":
            self.warn(self.tr(NOT_FOUND, text=text))
        else:
            self.shell.sounds.play(TAKEN)

    def _beyond(self) -> str:
        """Where the chosen row leads: from one product to its location, from anywhere else to its product."""
        if self.found is None or self.chosen is None:
            return ""
        return self.chosen.location if self.found.understood == "product" else self.chosen.sku

    async def fetch(self, query: StockQuery) -> Part[StockRow]:
        return await self.client.run(stock.on_hand, query)

    def columns(self, found: Part[StockRow]) -> tuple[Column, ...]:
        """What all rows have in common is left out first, and needs no line of its own on a narrow terminal."""
        product, place = found.understood == "product", found.understood == "location"
        name_rank = 9 if product else 2 if place else 6
        return (
            Column(self.tr(N_("SKU")), least=10, rank=9 if product else 1),
            Column(self.tr(N_("Name")), least=8, stretch=True, rank=name_rank, below=not product),
            Column(self.tr(N_("Location")), least=6, rank=9 if place else 1, below=not (product or place)),
            Column(self.tr(N_("Lot")), least=10, rank=3, below=True),
            Column(self.tr(N_("Expires")), least=10, rank=4, below=True),
            Column(self.tr(N_("Qty")), least=4, right=True),
            Column(self.tr(N_("Unit")), least=4, rank=5),
            Column(self.tr(N_("Value")), right=True, rank=7),
        )

    def cells(self, row: StockRow) -> Row:
        formats = self.formats
        expires, quantity = formats.day(row.expires), formats.grouped(row.quantity)
        return (row.sku, row.name, row.location, row.lot, expires, quantity, row.unit, formats.money(row.value))

    def summary(self, found: Part[StockRow]) -> str:
        subject = found.subject or Subject(self.wanted.text)
        name = shown_name(self.shell.translate, subject.name)
        what = self.tr(UNDERSTOOD[found.understood], named=f"{subject.code} {name}".rstrip())
        if not found.rows:
            return self.tr(NOTHING, what=what)
        if found.understood != "product":
            return what
        quantity = self.formats.grouped(subject.quantity)
        one, several = (ALL_IN_ONE_PLACE, ALL_IN_PLACES) if self.size.width < NARROW else (IN_ONE_PLACE, IN_PLACES)
        template = one if subject.places == 1 else several
        fields = {"what": what, "named": f"{subject.code} {name}", "unit": subject.unit, "places": subject.places}
        return self.tr(template, quantity=quantity, **fields)
