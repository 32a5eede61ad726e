"""The tables on a product's sheet."""

from __future__ import annotations

from wms_tui.domain.catalog import ProductDetail
from wms_tui.domain.product_fields import BY_NAME
from wms_tui.domain.texts import N_
from wms_tui.tui.page import Page
from wms_tui.tui.widgets.listing import Column
from wms_tui.tui.widgets.sheet import Table


def places(page: Page, detail: ProductDetail) -> Table:
    """Where it is, by lot."""
    columns = (
        Column(page.tr(N_("Location")), least=8),
        Column(page.tr(N_("Lot")), least=6, rank=1),
        Column(page.tr(N_("Expires")), least=10, rank=2),
        Column(page.tr(N_("Qty")), right=True),
    )
    rows = (
        (place.location, place.lot, page.formats.day(place.expires), page.formats.grouped(place.quantity))
        for place in detail.places
    )
    return Table(columns, tuple(rows), page.tr(N_("Where it is")))


def codes(page: Page, detail: ProductDetail) -> Table:
    """What scans as it."""
    columns = (
        Column(page.tr(N_("Barcode")), least=14),
        Column(page.tr(N_("Qty")), right=True),
        Column(page.tr(N_("Unit"))),
    )
    rows = ((code.code, page.formats.grouped(code.quantity), code.unit) for code in detail.barcodes)
    return Table(columns, tuple(rows), page.tr(N_("Barcodes")))


def units(page: Page, detail: ProductDetail) -> Table:
    """What else it is counted in."""
    columns = (
        Column(page.tr(N_("Unit"))),
        Column(page.tr(N_("In base units")), right=True),
        Column(page.tr(N_("Base unit"))),
    )
    rows = ((pack.unit, page.formats.grouped(pack.factor), detail.product.unit) for pack in detail.units)
    return Table(columns, tuple(rows), page.tr(N_("Units")))


def moves(page: Page, detail: ProductDetail) -> Table:
    """Its last movements, the newest first."""
    columns = (
        Column(page.tr(N_("Posted")), least=16, rank=1),
        Column(page.tr(N_("Number")), least=13),
        Column(page.tr(N_("From")), least=6, rank=3, below=True),
        Column(page.tr(N_("To")), least=6, rank=3, below=True),
        Column(page.tr(N_("Lot")), least=6, rank=4, below=True),
        Column(page.tr(N_("Qty")), right=True),
        Column(page.tr(N_("User")), rank=5, below=True),
    )
    rows = (
        (
            page.formats.minute(move.at),
            move.number,
            move.source,
            move.target,
            move.lot,
            page.formats.grouped(move.quantity),
            move.user,
        )
        for move in detail.moves
    )
    return Table(columns, tuple(rows), page.tr(N_("Last movements")))


def prices(page: Page, detail: ProductDetail) -> Table:
    """How its price, and for who may see it its cost, went."""
    columns = (
        Column(page.tr(N_("When")), least=16),
        Column(page.tr(N_("What"))),
        Column(page.tr(N_("Before")), right=True),
        Column(page.tr(N_("After")), right=True),
        Column(page.tr(N_("User")), rank=1),
    )
    rows = (
        (
            page.formats.minute(step.at),
            page.tr(BY_NAME[step.field].title),
            page.formats.money(step.before),
            page.formats.money(step.after),
            step.user,
        )
        for step in detail.prices
    )
    return Table(columns, tuple(rows), page.tr(N_("Price history")))
