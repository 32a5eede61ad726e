"""The stock enquiry."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from wms_tui.db import catalog, enquiry, stock
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.barcodes import LocationCode, ProductCode, Result, Supplement, visible
from wms_tui.domain.barcodes.visible import CONTROLS
from wms_tui.domain.enquiry import MOST_PAGE, Page, StockQuery, StockRow, Subject
from wms_tui.domain.errors import UnknownProduct
from wms_tui.domain.products import Goods
from wms_tui.domain.quantities import cents
from wms_tui.domain.scanned import number_of
from wms_tui.services import codes
from wms_tui.services.door import holds
from wms_tui.services.use_cases import use_case


@use_case(Permission.STOCK_VIEW, writes=False)
def on_hand(tx: Tx, actor: Actor, query: StockQuery) -> Page[StockRow]:
    """A page of stock, by SKU, location and lot; value only for who may see cost.

    Raises ``UnknownProduct`` and ``UnknownLocation`` for codes that are named as such; a free text never raises.
    """
    query, understood, subject = _understood(tx, _checked(tx, query))
    sees_cost = holds(tx, actor, Permission.COST_VIEW)
    found = enquiry.stock(tx, query)
    rows = tuple(_row(sees_cost, *values) for values in found[: query.limit])
    last = rows[-1] if len(found) > query.limit else None
    return Page(rows, (last.sku, last.location, last.lot) if last else None, understood, subject)


def _checked(tx: Tx, query: StockQuery) -> StockQuery:
    """The query with codes as they are stored."""
    limit = max(1, min(query.limit, MOST_PAGE))
    sku, location = stored_codes(tx, query.sku, query.location)
    return replace(query, sku=sku, location=location, text=codes.entered(query.text), limit=limit)


def stored_codes(tx: Tx, sku: str, location: str) -> tuple[str, str]:
    """A product's and a location's code as they are stored. Raises ``UnknownProduct``, ``UnknownLocation``."""
    sku, location = codes.entered(sku), codes.entered(location)
    goods = codes.goods(tx, sku) if sku else None
    if sku and goods is None:
        raise UnknownProduct(code=visible(sku))
    place = (codes.place(tx, location) or codes.location(tx, location)) if location else None
    return goods.sku if goods else "", place.code if place else ""


def _understood(tx: Tx, query: StockQuery) -> tuple[StockQuery, str, Subject | None]:
    """A free text as a product, else a location, else a lot, else as words that all stand in SKU or name."""
    text = query.text
    if not text:
        return query, "", None
    if goods := codes.product(tx, text):
        return replace(query, sku=goods.sku, text=""), "product", _product(tx, query, goods)
    if place := codes.place(tx, text):
        return replace(query, location=place.code, text=""), "location", Subject(place.code, place.name)
    if not CONTROLS.search(text) and catalog.lots(tx, [text]):
        return replace(query, lot=text, text=""), "lot", Subject(text)
    return _scanned(tx, query, codes.resolved(tx, text))


def _scanned(tx: Tx, query: StockQuery, result: Result) -> tuple[StockQuery, str, Subject | None]:
    """A label as the product and lot, the location or the lot that it names; else its text as words."""
    if isinstance(result, ProductCode) and result.goods is not None:
        lot = number_of(result.goods, result.reading)
        found = replace(query, sku=result.goods.sku, lot=lot, text="")
        subject = Subject(f"{result.goods.sku} {lot}") if lot else _product(tx, query, result.goods)
        return found, "lot" if lot else "product", subject
    if isinstance(result, LocationCode):
        place = result.place
        return replace(query, location=place.code, text=""), "location", Subject(place.code, place.name)
    if isinstance(result, Supplement) and result.reading.sure and result.reading.lot:
        return replace(query, lot=result.reading.lot, text=""), "lot", Subject(result.reading.lot)
    return replace(query, text=visible(query.text)), "name", None


def _product(tx: Tx, query: StockQuery, goods: Goods) -> Subject | None:
    """The product with what is on hand of it now; only with the first page."""
    if query.after or query.as_of:
        return None
    quantity, places = stock.held(tx, goods.product_id)
    return Subject(goods.sku, goods.name, goods.unit, quantity, places)


def _row(sees_cost: bool, *values: object) -> StockRow:
    *shown, cost = values
    row = StockRow(*shown)  # type: ignore[arg-type]  # a row of the statement that is made for it
    if not sees_cost or not isinstance(cost, Decimal):
        return row
    return replace(row, value=cents(row.quantity * cost))
