"""Making and changing a product, and choosing where two have changed it at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wms_tui.domain import catalog_errors
from wms_tui.domain.access import Permission
from wms_tui.domain.catalog import TRACKING_NAMES, ChangeProduct, NewProduct, Product
from wms_tui.domain.catalog_errors import ProductChanged
from wms_tui.domain.product_fields import BY_NAME, FIELDS, ProductField, read, written
from wms_tui.domain.products import Tracking
from wms_tui.domain.texts import N_
from wms_tui.services import catalog_editing
from wms_tui.tui.form_page import FILLING, Choice, Field, FormPage
from wms_tui.tui.guide import Guide

MINE, THEIRS = "mine", "theirs"
KEEP_MINE, KEEP_THEIRS = N_("Mine: {text}"), N_("Theirs: {text}")
BLAMED = {
    catalog_errors.SkuTaken: "sku",
    catalog_errors.CodeInUse: "sku",
    catalog_errors.CodeIsPlace: "sku",
    catalog_errors.NoCategory: "category",
    catalog_errors.NoSuchUnit: "unit",
    catalog_errors.BaseUnitFixed: "unit",
    catalog_errors.TrackingInUse: "tracking",
    catalog_errors.StockLevelsCrossed: "min_stock",
}
BARCODE = "barcode"


class ProductForm(FormPage):
    """A new product (with a barcode that was scanned, or as a copy), or one to change.

    ``made`` tells whoever asked for a new one its SKU, once this page is left.
    """

    GUIDE = Guide(
        N_("Fill in what is known of the product; SKU, name and base unit must be. An empty field says nothing."),
        FILLING,
    )

    def __init__(
        self,
        product: Product | None = None,
        copy: bool = False,
        barcode: str = "",
        made: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._made = made or self._tell_made
        self._model = product
        self._product = None if copy else product
        self._barcode = barcode

    def heading(self) -> str:
        if self._product is not None:
            return self.tr(N_("Edit {sku}"), sku=self._product.sku)
        return self.tr(N_("New product"))

    async def fields(self) -> tuple[Field, ...]:
        """Those that the role may not change are shown, and fixed; a cost that it may not see is not there."""
        may = self.client.operator.may
        fields = [
            self._field(field, all(map(may, field.permissions)))
            for field in FIELDS
            if field.name != "cost" or may(Permission.COST_VIEW)
        ]
        if self._product is None:
            about = N_("A code to scan it by; more can be added afterwards.")
            fields.insert(2, Field(BARCODE, N_("Barcode"), self._barcode, about))
        return tuple(fields)

    def _field(self, field: ProductField, changeable: bool) -> Field:
        value = written(getattr(self._model, field.name)) if self._model else self._default(field.name)
        if self._product is None and self._model and (field.name == "sku" or not changeable):
            value = ""
        choices = (
            tuple(Choice(tracking.value, TRACKING_NAMES[tracking]) for tracking in Tracking)
            if field.name == "tracking"
            else ()
        )
        return Field(field.name, field.title, value, field.about, choices, fixed=not changeable)

    @staticmethod
    def _default(name: str) -> str:
        return {"tracking": Tracking.NONE.value, "unit": "pcs"}.get(name, "")

    def check(self, field: Field, text: str) -> str:
        if field.name in BY_NAME and text != field.value:
            read(field.name, text)
        return text

    def blamed(self, error: Exception) -> str:
        return next((name for kind, name in BLAMED.items() if isinstance(error, kind)), "")

    async def save(self, values: Mapping[str, str]) -> None:
        if self._product is None:
            await self._make(values)
        else:
            await self._change(self._product, values)

    async def _make(self, values: Mapping[str, str]) -> None:
        needed = {"sku", "name", "unit"}
        given = {
            name: read(name, text) for name, text in values.items() if name in BY_NAME and (text or name in needed)
        }
        barcode = values[BARCODE].strip()
        request = NewProduct(given, (barcode,) if barcode else (), self._model.sku if self._model else "")
        made = await self.client.run(catalog_editing.create, request)
        await self.shell.back()
        self._made(made.sku)

    def _tell_made(self, sku: str) -> None:
        self.shell.page.done(self.tr(N_("Product {sku} is made."), sku=sku))

    async def _change(self, product: Product, values: Mapping[str, str]) -> None:
        changed = {name: read(name, values[name]) for name in self.changed_fields}
        request = ChangeProduct(product.product_id, product.version, changed)
        try:
            await self.client.run(catalog_editing.change, request)
        except ProductChanged as conflict:
            await self._settle(product, changed, conflict)
            return
        await self._leave_saved(product.sku)

    async def _settle(self, product: Product, changed: Mapping[str, object], conflict: ProductChanged) -> None:
        """Fields that only one of the two has changed are no conflict."""
        disputed = {
            name: value
            for name, value in changed.items()
            if conflict.theirs[name] not in {value, getattr(product, name)}
        }
        if disputed:
            await self.shell.replace(ProductConflict(product, changed, disputed, conflict))
            return
        await self.client.run(catalog_editing.change, ChangeProduct(product.product_id, conflict.version, changed))
        await self._leave_saved(product.sku)

    async def _leave_saved(self, sku: str) -> None:
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{sku} is saved."), sku=sku))


class ProductConflict(FormPage):
    """Both values of each field that two people have changed; the choice goes over theirs only where it says so."""

    GUIDE = Guide(
        N_("Somebody else has changed this product while you did. Choose for each field whose value stays, then save."),
        FILLING,
    )

    def __init__(
        self, product: Product, changed: Mapping[str, object], disputed: Mapping[str, object], conflict: ProductChanged
    ) -> None:
        super().__init__()
        self._product = product
        self._changed = changed
        self._disputed = disputed
        self._conflict = conflict

    def heading(self) -> str:
        return self.tr(N_("Edit {sku}"), sku=self._product.sku)

    async def fields(self) -> tuple[Field, ...]:
        return tuple(self._field(name, mine) for name, mine in self._disputed.items())

    def _field(self, name: str, mine: object) -> Field:
        choices = (
            Choice(THEIRS, self.tr(KEEP_THEIRS, text=self._told(name, self._conflict.theirs[name]))),
            Choice(MINE, self.tr(KEEP_MINE, text=self._told(name, mine))),
        )
        return Field(name, BY_NAME[name].title, THEIRS, choices=choices)

    def _told(self, name: str, value: object) -> str:
        return self.tr(TRACKING_NAMES[Tracking(str(value))]) if name == "tracking" else written(value)

    async def opened(self) -> None:
        await super().opened()
        self.refuse(self._conflict)

    async def save(self, values: Mapping[str, str]) -> None:
        kept = {name: value for name, value in self._changed.items() if values.get(name, MINE) == MINE}
        request = ChangeProduct(self._product.product_id, self._conflict.version, kept)
        try:
            await self.client.run(catalog_editing.change, request)
        except ProductChanged as conflict:
            disputed = {name: value for name, value in kept.items() if conflict.theirs[name] != value}
            await self.shell.replace(ProductConflict(self._product, kept, disputed or kept, conflict))
            return
        await self.shell.back()
        self.shell.page.done(self.tr(N_("{sku} is saved."), sku=self._product.sku))
