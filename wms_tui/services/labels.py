"""Labels of products, lots, locations and documents, as they are in the database now."""

from __future__ import annotations

from collections.abc import Callable

from wms_tui.db import catalog, catalog_detail, documents, locations
from wms_tui.db import labels as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.errors import NotFound, UnknownLocation, UnknownLot, UnknownProduct
from wms_tui.domain.labels import (
    Fact,
    Label,
    LabelKind,
    LabelOrder,
    LabelProduct,
    check_count,
    check_order,
    document_label,
    location_label,
    lot_label,
    product_label,
)
from wms_tui.domain.movements import KIND_NAMES, DocumentKind
from wms_tui.domain.products import Goods
from wms_tui.domain.quantities import plain
from wms_tui.domain.seeded import named
from wms_tui.domain.texts import N_
from wms_tui.services.door import require
from wms_tui.services.use_cases import use_case

SEEN_BY = {
    LabelKind.PRODUCT: Permission.CATALOG_VIEW,
    LabelKind.LOT: Permission.STOCK_VIEW,
    LabelKind.DOCUMENT: Permission.HISTORY_VIEW,
}
"""What else a label needs: it shows what its screen shows. A location's code stands on its shelf for everybody."""


@use_case(Permission.LABEL_PRINT, writes=False)
def labels(tx: Tx, actor: Actor, order: LabelOrder) -> tuple[Label, ...]:
    """The labels of an order, each once.

    Raises ``NotAllowed``, ``NoLabels``, ``TooManyLabels``, ``BadCopies``, ``Unencodable`` and, for what is not there,
    ``UnknownProduct``, ``UnknownLot``, ``UnknownLocation``, ``NotFound``.
    """
    check_order(order)
    if order.kind in SEEN_BY:
        require(tx, actor, SEEN_BY[order.kind])
    made = tuple(MAKERS[order.kind](tx, order))
    check_count(len(made))
    return made


def _products(tx: Tx, order: LabelOrder) -> list[Label]:
    return [_product(tx, code.strip(), order) for code in order.codes]


def _product(tx: Tx, code: str, order: LabelOrder) -> Label:
    """A SKU makes a label of one base unit; a barcode one of what it packs, with that very barcode."""
    goods = _goods(tx, code)
    asked = "" if code.upper() == goods.sku.upper() else code
    amount = goods.pack * goods.factor
    pack = f"{plain(goods.pack)} {goods.scan_unit}" + (f" = {plain(amount)} {goods.unit}" if goods.factor != 1 else "")
    return product_label(_as_label_product(tx, goods), asked, pack if amount != 1 else "", order.style)


def _lots(tx: Tx, order: LabelOrder) -> list[Label]:
    goods = _goods(tx, order.sku.strip())
    product = _as_label_product(tx, goods)
    known = catalog.lots(tx, [code.strip() for code in order.codes])
    made = []
    for code in order.codes:
        lot = known.get((goods.product_id, code.strip()))
        if lot is None:
            raise UnknownLot(sku=goods.sku, lot=code)
        made.append(lot_label(product, lot.number, lot.expires, order.style))
    return made


def _locations(tx: Tx, order: LabelOrder) -> list[Label]:
    made = dict[str, Label]()
    for code in order.codes:
        place = locations.found(tx, code.strip())
        if place is None:
            raise UnknownLocation(code=code)
        found = db.places_below(tx, place.code) if order.below else [(place.code, place.name)]
        made |= {code: location_label(code, named(name), order.style) for code, name in found}
    return list(made.values())


def _documents(tx: Tx, order: LabelOrder) -> list[Label]:
    return [_document(tx, number, order) for number in order.codes]


def _document(tx: Tx, number: str, order: LabelOrder) -> Label:
    header = documents.header(tx, number)
    if header is None:
        raise NotFound(what=N_("document"), code=number)
    _, shown, kind, reference, partner, _, _, _, happened_at, *_ = header
    facts: tuple[Fact, ...] = (
        ("", KIND_NAMES[DocumentKind(kind)]),
        ("", happened_at.date().isoformat()),
        (N_("Reference"), reference),
        (N_("Partner"), partner),
    )
    return document_label(shown, facts, order.style)


MAKERS: dict[LabelKind, Callable[[Tx, LabelOrder], list[Label]]] = {
    LabelKind.PRODUCT: _products,
    LabelKind.LOT: _lots,
    LabelKind.LOCATION: _locations,
    LabelKind.DOCUMENT: _documents,
}


def _goods(tx: Tx, code: str) -> Goods:
    goods = catalog.found(tx, code)
    if goods is None:
        raise UnknownProduct(code=code)
    return goods


def _as_label_product(tx: Tx, goods: Goods) -> LabelProduct:
    stored = catalog_detail.product(tx, goods.product_id)
    found = catalog_detail.barcodes(tx, goods.product_id)
    single = tuple(code.code for code in found if code.quantity == 1 and code.unit == goods.unit)
    return LabelProduct(goods.sku, goods.name, stored.specification, goods.tracking, single)
