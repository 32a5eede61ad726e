"""One product: what it is, where it lies, how its stock went, what it costs."""

from __future__ import annotations

from decimal import Decimal

from wms_tui.domain.access import Permission
from wms_tui.domain.catalog import (
    STOCK_DAYS,
    STOCK_STATE_NAMES,
    TRACKING_NAMES,
    ChangeProduct,
    ProductDetail,
    ProductRef,
)
from wms_tui.domain.labels import LabelKind
from wms_tui.domain.product_fields import BY_NAME
from wms_tui.domain.quantities import cents
from wms_tui.domain.texts import N_
from wms_tui.services import catalog, catalog_editing
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.reading_page import READING, ReadingPage
from wms_tui.tui.screens.audit import Audit
from wms_tui.tui.screens.print_label import print_label, with_label
from wms_tui.tui.screens.product_codes import ProductCodes
from wms_tui.tui.screens.product_form import ProductForm
from wms_tui.tui.screens.product_tables import codes, moves, places, prices, units
from wms_tui.tui.widgets.sheet import Fact
from wms_tui.tui.widgets.sparkline import sparkline

ABOUT = N_("Everything about one product. Scan or type another code to see that product.")
EDIT = Hint("F2", N_("Edit"), N_("Changes the product."))
COPY = Hint("F4", N_("Copy"), N_("Makes a new product from this one."))
CODES = Hint("F6", N_("Barcodes"), N_("Adds and removes barcodes and units."))
SWITCH = Hint("F9", N_("On/off"), N_("Deactivates the product, or activates it again; asks first."))
LABEL = Hint("F5", N_("Label"), N_("Prints labels of the product."))
AUDIT = Hint("F10", N_("Audit"), N_("Shows what was changed of the product, and by whom."))
SURE_OFF = N_("Deactivate {sku}? Nobody can move it then. F9 again does it, Esc does not.")
SURE_ON = N_("Activate {sku} again? F9 again does it, Esc does not.")
SPARK_ROOM = 22
"""Columns that the title of the stock's row takes at most."""


class ProductPage(ReadingPage):
    """A scan shows another product."""

    def __init__(self, sku: str) -> None:
        super().__init__()
        self.sku = sku
        self._detail: ProductDetail | None = None

    def heading(self) -> str:
        return self.sku

    def prompt(self) -> str:
        return self.tr(N_("Product"))

    def guide(self) -> Guide:
        may = self.client.operator.may
        edits = may(Permission.CATALOG_EDIT)
        offered = ((EDIT, edits or may(Permission.PRICE_EDIT)), (COPY, edits), (CODES, edits), (SWITCH, edits))
        audit = (AUDIT,) if may(Permission.AUDIT_VIEW) else ()
        return with_label(self, Guide(ABOUT, (*(hint for hint, offer in offered if offer), *audit, *READING)), LABEL)

    async def opened(self) -> None:
        await self._load(self.sku)

    async def entered(self, text: str) -> None:
        if text.strip():
            await self._load(text.strip())
            self.sheet.rewind()
            self.say("")

    async def command(self, key: str) -> None:
        offered = {hint.key for hint in self.guide().hints}
        if self._detail is None or key.upper() not in offered or key not in {"f2", "f4", "f5", "f6", "f9", "f10"}:
            await super().command(key)
        elif key == "f2":
            await self.shell.go(ProductForm(self._detail.product))
        elif key == "f4":
            await self.shell.go(ProductForm(self._detail.product, copy=True))
        elif key == "f5":
            await print_label(self, LabelKind.PRODUCT, self._detail.product.sku)
        elif key == "f6":
            await self.shell.go(ProductCodes(self.sku))
        elif key == "f10":
            await self.shell.go(Audit(self.sku))
        else:
            self._ask_to_switch(self._detail)

    def _ask_to_switch(self, detail: ProductDetail) -> None:
        product = detail.product

        async def carry_out() -> None:
            request = ChangeProduct(product.product_id, product.version, {"active": not product.active})
            await self.client.run(catalog_editing.change, request)
            await self._load(product.sku)
            done = N_("{sku} is inactive now.") if product.active else N_("{sku} is active again.")
            self.done(self.tr(done, sku=product.sku))

        self.ask_first("f9", carry_out, self.tr(SURE_OFF if product.active else SURE_ON, sku=product.sku))

    async def _load(self, code: str) -> None:
        self._detail = detail = await self.client.run(catalog.detail, ProductRef(code))
        self.sku = detail.product.sku
        self._show(detail)

    def _show(self, detail: ProductDetail) -> None:
        tables = (places, codes, units, moves, prices)
        self.sheet.write(self._facts(detail), *(table(self, detail) for table in tables))

    def on_resize(self) -> None:
        if self._detail is not None:
            self._show(self._detail)

    def _facts(self, detail: ProductDetail) -> tuple[Fact, ...]:
        """What is known; what is empty is left out."""
        product, formats = detail.product, self.formats
        on_hand = f"{formats.grouped(detail.on_hand)} {product.unit}"
        state = self.tr(STOCK_STATE_NAMES[detail.state])
        margin = product.price - product.cost if product.price is not None and product.cost is not None else None
        share = formats.percent(margin / product.price) if margin is not None and product.price else ""
        value = None if product.cost is None else cents(detail.on_hand * product.cost)
        facts = (
            (N_("Name"), product.name),
            (N_("Status"), "" if product.active else self.tr(N_("Inactive"))),
            (N_("On hand"), f"{on_hand}   {state}"),
            (self.tr(N_("Last {days} days"), days=STOCK_DAYS), self._spark(detail)),
            (N_("Category"), product.category),
            (N_("Specification"), product.specification),
            (N_("Tracking"), self.tr(TRACKING_NAMES[product.tracking])),
            (BY_NAME["shelf_life_days"].title, _whole(product.shelf_life_days)),
            (BY_NAME["receipt_life_days"].title, _whole(product.receipt_life_days)),
            (BY_NAME["issue_life_days"].title, _whole(product.issue_life_days)),
            (BY_NAME["min_stock"].title, self._number(product.min_stock)),
            (BY_NAME["max_stock"].title, self._number(product.max_stock)),
            (BY_NAME["reorder_quantity"].title, self._number(product.reorder_quantity)),
            (BY_NAME["lead_time_days"].title, _whole(product.lead_time_days)),
            (BY_NAME["price"].title, formats.money(product.price)),
            (BY_NAME["cost"].title, formats.money(product.cost)),
            (N_("Margin"), f"{formats.money(margin)}   {share}".strip()),
            (N_("Stock value"), formats.money(value)),
        )
        return tuple((self.tr(title), text) for title, text in facts if text)

    def _number(self, number: Decimal | None) -> str:
        return "" if number is None else self.formats.grouped(number)

    def _spark(self, detail: ProductDetail) -> str:
        if not any(detail.stock_by_day):
            return ""
        return sparkline(detail.stock_by_day, min(STOCK_DAYS, max(10, self.size.width - SPARK_ROOM)))


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)
