"""The catalog: products by any part of SKU, name or barcode, as one types."""

from __future__ import annotations

from dataclasses import replace

from wms_tui.domain.access import Permission
from wms_tui.domain.catalog import STOCK_STATE_NAMES, CatalogQuery, CatalogRow, StockState
from wms_tui.domain.enquiry import Page as Part
from wms_tui.domain.texts import N_
from wms_tui.services import catalog
from wms_tui.tui.browse_page import BROWSING, BrowsePage
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.screens.categories import Categories
from wms_tui.tui.screens.product import ProductPage
from wms_tui.tui.screens.product_form import ProductForm
from wms_tui.tui.widgets.listing import Column, Row

STATES = tuple(StockState)
ACTIVE = {True: N_("Active products"), False: N_("Inactive products"), None: N_("All products")}
NEXT_ACTIVE = {True: False, False: None, None: True}
NOTHING = N_("No product fits this. Type less, or change the filters with F4, F6 and F9.")
MARKS = {StockState.LOW: N_("low"), StockState.HIGH: N_("high")}
INACTIVE = N_("inactive")
TWO_TEXTS = 64
"""Under this width there is no room for name and category beside each other."""


class Catalog(BrowsePage[CatalogQuery, CatalogRow]):
    """What is typed is searched at once; Enter opens the chosen product."""

    LIVE = True
    HEADING = N_("Catalog")

    def __init__(self) -> None:
        super().__init__(CatalogQuery())

    def guide(self) -> Guide:
        make = Hint("F2", N_("New"), N_("Makes a new product, with the code that was scanned and not found."))
        return Guide(
            N_(
                "Type any part of a SKU, name or barcode, several words if you like; or scan a code. Enter opens the "
                "chosen product."
            ),
            (
                *([make] if self.client.operator.may(Permission.CATALOG_EDIT) else []),
                Hint("F4", N_("Stock"), N_("Shows products by how their stock stands: one state after the other.")),
                Hint(
                    "F6",
                    N_("Category"),
                    N_("Shows the products of one category; Enter alone there shows all."),
                ),
                Hint("F9", N_("Active"), N_("Shows active products, inactive ones, or both.")),
                *BROWSING,
            ),
        )

    def prompt(self) -> str:
        return self.tr(N_("Find"))

    def typed(self, text: str) -> CatalogQuery:
        return replace(self.wanted, text=text.strip())

    async def open_row(self, row: CatalogRow) -> None:
        self.stale = True
        await self.shell.go(ProductPage(row.sku))

    async def fetch(self, query: CatalogQuery) -> Part[CatalogRow]:
        """At least a row, where there is one: the service ends a page early when few of very many fit.

        A character that was typed meanwhile asks for something else, and is not kept waiting.
        """
        part: Part[CatalogRow] = await self.client.run(catalog.search, query)
        while not part.rows and part.after is not None and not self.shell.gate.types_on:
            part = await self.client.run(catalog.search, replace(query, after=part.after))
        return part

    async def command(self, key: str) -> None:
        if key == "f2" and self.client.operator.may(Permission.CATALOG_EDIT):
            self.stale = True
            await self.shell.go(ProductForm(barcode=self._unknown_code()))
        elif key == "f4":
            await self.ask(replace(self.wanted, state=STATES[(STATES.index(self.wanted.state) + 1) % len(STATES)]))
        elif key == "f6":
            await self.shell.go(Categories(self.pick_category))
        elif key == "f9":
            await self.ask(replace(self.wanted, active=NEXT_ACTIVE[self.wanted.active]))
        else:
            await super().command(key)

    def _unknown_code(self) -> str:
        """What was scanned and stands for no product yet."""
        text = self.wanted.text
        return text if text.isdecimal() and self.found is not None and not self.found.rows else ""

    async def pick_category(self, path: str) -> None:
        """Show what is in this category; an empty one is all."""
        await self.ask(replace(self.wanted, category=path))

    def columns(self, found: Part[CatalogRow]) -> tuple[Column, ...]:
        """The category is left out before a name loses what tells it from the next one."""
        told_apart = 8 if self.size.width < TWO_TEXTS else 32
        return (
            Column(self.tr(N_("SKU")), least=10),
            Column(self.tr(N_("Name")), least=told_apart, stretch=True, rank=1, below=True),
            Column(self.tr(N_("Category")), least=8, rank=6),
            Column(self.tr(N_("On hand")), right=True, rank=2),
            Column(self.tr(N_("Unit")), least=3, rank=4),
            Column("", least=8, rank=3),
            Column(self.tr(N_("Sales price")), right=True, rank=5),
        )

    def cells(self, row: CatalogRow) -> Row:
        mark = INACTIVE if not row.active else MARKS.get(row.state, "")
        on_hand, price = self.formats.grouped(row.on_hand), self.formats.money(row.price)
        category = row.category.rpartition("/")[2]
        return (row.sku, row.name, category, on_hand, row.unit, self.tr(mark) if mark else "", price)

    def summary(self, found: Part[CatalogRow]) -> str:
        if not found.rows:
            return self.tr(NOTHING)
        state = "" if self.wanted.state is StockState.ANY else self.tr(STOCK_STATE_NAMES[self.wanted.state])
        parts = (self.tr(ACTIVE[self.wanted.active]), state, self.wanted.category, self.wanted.text)
        return "   ".join(part for part in parts if part)
