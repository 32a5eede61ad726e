"""A warehouse in which every text tries to be more than text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.support.warehouse import add_users, signed_in
from wms_tui.db.tables import Barcode, Location, Lot, Product, Reason, Unit
from wms_tui.db.transaction import Tx
from wms_tui.domain.entry import Answer, OpenDraft
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import entry, movements
from wms_tui.services.backend import Backend

HARMLESS = ("[/]", "[@click=app.quit]x", "=cmd|' /C calc'!A0", "[red]r[/red]", "{name} %s %(x)d")
"""Markup, a link, a formula, templates: to be shown as they are."""
DANGEROUS = (
    *(
        "e\x1b[6nsc",
        "o\x1b]0;PWNED\x07sc",
        "c\x9b6n1",
        "d\x90q\x9c",
        "b\x07ll",
        "bi\u202edi\u2066x",
        "s\x0e\x0f",
        "n\r\nl",
    ),
    *("\ufeffz\u200bw", "\x7fdel"),
)
"""Escape sequences, C1 controls, bells, changes of direction and of line, and what cannot be seen."""
NAMES = HARMLESS + DANGEROUS
SCANS = [f"B-{number:02}" for number in range(len(NAMES))]
"""The barcode of the product of each name."""
LOTTED = "B-LOT"


def open_hostile_shop(url: str) -> None:
    """Users, products, locations, units, lots, reasons, documents and a draft of ``ken``, all with such names."""
    Backend.prepare(url)
    backend = Backend.open(url)
    add_users(backend)
    backend.work(_add_catalog)
    ken = signed_in(backend, "ken", terminal=DANGEROUS[1])
    for number, (name, scan) in enumerate(zip(NAMES, SCANS, strict=True)):
        lines = (Line(scan, Decimal(number + 1), target=name), Line(LOTTED, Decimal(1), target="A1", lot=f"{name}."))
        post = PostDocument(DocumentKind.RECEIPT, f"{name} key", lines, reference=name, partner=name, note=name)
        backend.run(movements.post, ken, post)
    draft = backend.run(entry.open_draft, ken, OpenDraft(DocumentKind.RECEIPT))
    for text in (NAMES[0], *SCANS):
        backend.run(entry.answer, ken, Answer(DocumentKind.RECEIPT, draft.draft_id, text))
    backend.close()


def _add_catalog(tx: Tx) -> None:
    units = [Unit(code=name, name=name) for name in NAMES]
    tx.session.add_all([*units, Location(code="A1", name=NAMES[3], kind="bin")])
    tx.session.flush()
    for name, scan, unit in zip(NAMES, SCANS, units, strict=True):
        product = _product(tx, unit, sku=name, name=name, specification=name)
        tx.session.add_all(
            [
                Barcode(code=scan, product_id=product.id),
                Location(code=name, name=name, kind="bin"),
                Reason(code=name, name=name, direction="in"),
            ]
        )
    lotted = _product(tx, units[0], sku=f"{NAMES[1]}lot", name=NAMES[6], tracking="lot")
    tx.session.add_all([Barcode(code=LOTTED, product_id=lotted.id), *_lots(lotted)])


def _lots(product: Product) -> list[Lot]:
    return [Lot(product_id=product.id, number=f"{name}.", expires=date(2999, 1, 1)) for name in NAMES]


def _product(tx: Tx, unit: Unit, **more) -> Product:
    product = Product(unit_id=unit.id, created_at=tx.now, updated_at=tx.now, **more)
    tx.session.add(product)
    tx.session.flush()
    return product
