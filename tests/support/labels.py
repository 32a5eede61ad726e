"""Products that labels of the supply chain name, beside those of ``support.warehouse``."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import select

from wms_tui.db.tables import Barcode, Location, Product, ProductUnit, Unit
from wms_tui.db.transaction import Tx
from wms_tui.services.backend import Backend

GS = "\x1d"
MILK, MILK_CARTON, RESIN, DRILL = "09501101530003", "19501101530000", "09501101531000", "04012345000009"
FLOUR, OIL = "99501101532000", "99501101533007"
BOLT, BOLT_CARTON = "04006381333931", "14006381333938"
GLN, SSCC = "9501101020016", "106141412345678908"


def add_labels(backend: Backend) -> None:
    """Barcodes of MILK (cartons of 12), LOTTED, SERIAL and FLOUR, litres of OIL, and a bin with a GLN."""
    backend.work(_add_labels)


def _add_labels(tx: Tx) -> None:
    of = {product.sku: product for product in tx.session.exec(select(Product))}
    carton = tx.session.exec(select(Unit).where(Unit.code == "carton")).one()
    litre = Unit(code="l")
    tx.session.add(litre)
    tx.session.flush()
    oil = Product(sku="OIL", name="Oil", unit_id=litre.id, created_at=tx.now, updated_at=tx.now)
    tx.session.add(oil)
    tx.session.flush()
    codes = {MILK: "MILK", RESIN: "LOTTED", DRILL: "SERIAL", FLOUR: "FLOUR"}
    tx.session.add_all(
        [
            *(Barcode(code=code, product_id=of[sku].id) for code, sku in codes.items()),
            ProductUnit(product_id=of["MILK"].id, unit_id=carton.id, factor=Decimal(12)),
            Barcode(code=MILK_CARTON, product_id=of["MILK"].id, unit_id=carton.id),
            Barcode(code=OIL, product_id=oil.id),
            Barcode(code="2712341000004", product_id=of["FLOUR"].id),
            Location(code=GLN, kind="bin"),
        ]
    )
