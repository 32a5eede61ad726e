"""A product's barcodes and other units: scan to add."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from textual.widget import Widget

from wms_tui.domain.barcodes import has_wrong_check_digit
from wms_tui.domain.catalog import AddBarcode, ProductDetail, ProductRef, RemoveBarcode, SetPackUnit
from wms_tui.domain.quantities import parse_quantity
from wms_tui.domain.texts import N_
from wms_tui.services import catalog, catalog_codes
from wms_tui.tui.asking_page import AskingPage
from wms_tui.tui.guide import BACK, Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.widgets.listing import Column, Listing, Row

_PACK = re.compile(r"\s*(\S.*?)\s*=\s*(\S+)\s*")
ADDED = N_("{code} scans as {quantity} {unit} of {sku}.")
ADDED_ODD = N_("{code} scans as {quantity} {unit} of {sku}. Its check digit is wrong; look whether it was read right.")
SURE_CODE = N_("Remove barcode {code}? F9 again does it, Esc does not.")
SURE_UNIT = N_("Remove unit {unit}? F9 again does it, Esc does not.")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A barcode, or where ``code`` is empty a unit with its factor."""

    code: str
    quantity: Decimal
    unit: str


class ProductCodes(AskingPage):
    """A scan adds a barcode in the unit that F4 has chosen; ``carton=24`` adds a unit."""

    HEADING = N_("Barcodes and units")
    GUIDE = Guide(
        N_(
            "Scan a code to add it; F4 chooses how much one scan of it moves. Type carton=24 to add the unit carton of "
            "24 base units."
        ),
        (
            Hint("F4", N_("Unit"), N_("Chooses the unit that the next scanned code stands for.")),
            Hint("F9", N_("Remove"), N_("Removes the row chosen with the arrow keys; asks first.")),
            BACK,
        ),
    )

    def __init__(self, sku: str) -> None:
        super().__init__()
        self._sku = sku
        self._detail: ProductDetail | None = None
        self._unit = 0
        self._rows: tuple[CodeRow, ...] = ()
        self._listing = Listing()

    def body(self) -> Iterable[Widget]:
        return (self._listing,)

    def heading(self) -> str:
        return f"{self._sku}  {super().heading()}"

    def prompt(self) -> str:
        return self.tr(N_("Barcode of one {unit}"), unit=self._units[self._unit])

    @property
    def _units(self) -> tuple[str, ...]:
        if self._detail is None:
            return ("",)
        return (self._detail.product.unit, *(pack.unit for pack in self._detail.units))

    async def opened(self) -> None:
        await self._load()

    async def _load(self) -> None:
        self._detail = detail = await self.client.run(catalog.detail, ProductRef(self._sku))
        self._unit = min(self._unit, len(self._units) - 1)
        units = (CodeRow("", pack.factor, pack.unit) for pack in detail.units)
        self._rows = (*units, *(CodeRow(code.code, code.quantity, code.unit) for code in detail.barcodes))
        self._listing.rewind()

    async def entered(self, text: str) -> None:
        pack = _PACK.fullmatch(text)
        if pack:
            await self._set_unit(pack.group(1), parse_quantity(pack.group(2)))
        elif text.strip():
            await self._add(text.strip())

    async def _add(self, code: str) -> None:
        added = await self.client.run(
            catalog_codes.add_barcode, AddBarcode(self._sku, code, unit=self._units[self._unit])
        )
        await self._load()
        told = ADDED_ODD if has_wrong_check_digit(added.code) else ADDED
        quantity = self.formats.grouped(added.quantity)
        self.done(self.tr(told, code=added.code, quantity=quantity, unit=added.unit, sku=self._sku))

    async def _set_unit(self, unit: str, factor: Decimal) -> None:
        await self.client.run(catalog_codes.set_pack_unit, SetPackUnit(self._sku, unit, factor))
        await self._load()
        told = N_("One {unit} of {sku} is {factor} base units.")
        self.done(self.tr(told, unit=unit, sku=self._sku, factor=self.formats.grouped(factor)))

    async def command(self, key: str) -> None:
        if key == "f4":
            self._unit = (self._unit + 1) % len(self._units)
        elif key == "f9":
            self._ask_to_remove()
        elif key in BACK_KEYS and not self.line.clear():
            await self.shell.back()
        else:
            self._listing.press(key)

    def _ask_to_remove(self) -> None:
        cursor = self._listing.value.cursor
        if cursor is None:
            self.warn(self.tr(N_("Choose a row with the arrow keys first.")))
            return
        row = self._rows[cursor]

        async def carry_out() -> None:
            if row.code:
                await self.client.run(catalog_codes.remove_barcode, RemoveBarcode(self._sku, row.code))
            else:
                await self.client.run(catalog_codes.set_pack_unit, SetPackUnit(self._sku, row.unit, None))
            await self._load()
            self.done(self.tr(N_("{what} is removed."), what=row.code or row.unit))

        question = self.tr(SURE_CODE, code=row.code) if row.code else self.tr(SURE_UNIT, unit=row.unit)
        self.ask_first("f9", carry_out, question)

    def _cells(self, row: CodeRow) -> Row:
        kind = self.tr(N_("Barcode")) if row.code else self.tr(N_("Unit"))
        base = self._detail.product.unit if self._detail else ""
        what, unit = (row.code, row.unit) if row.code else (row.unit, base)
        return (kind, what, self.formats.grouped(row.quantity), unit)

    def paint(self) -> None:
        super().paint()
        columns = (
            Column(self.tr(N_("Kind")), rank=3),
            Column(self.tr(N_("Code")), least=12, stretch=True),
            Column(self.tr(N_("Qty")), right=True),
            Column(self.tr(N_("Unit"))),
        )
        self._listing.fill(columns if self._rows else (), tuple(map(self._cells, self._rows)))
