"""``wms import``: files of products, locations, stock and movements."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from wms_tui.cli.console import Console
from wms_tui.cli.filing import bring_in, declare_file
from wms_tui.domain.texts import N_, Translate

COUNTS = N_("{created} created, {updated} changed, {unchanged} unchanged.")
STOCK = N_("Rows posted: {created}, as {number}. Rows with nothing on hand: {unchanged}. Imported before: {again}.")
POSTED = N_("Documents posted: {created}. Posted before: {again}.")
WHAT = (
    (
        "products",
        N_("products, with the categories and units that they name"),
        N_(
            "Columns: sku, name, category (Bikes/Road Bikes), specification, unit, price, cost, barcodes "
            "(separated by | ; or space; CODE*24 packs 24 base units), tracking (none, lot, lot+expiry, serial), "
            "min_stock, max_stock, reorder_quantity, lead_time_days, shelf_life_days, receipt_life_days and "
            "issue_life_days (days that a lot must still keep to be received and issued). An empty cell or missing "
            "column leaves what is known as it is."
        ),
    ),
    (
        "locations",
        N_("locations; a parent may stand anywhere in the file"),
        N_("Columns: code, name, kind (warehouse, zone, aisle, bin; without it a bin), parent."),
    ),
    (
        "stock",
        N_("opening stock; the same file again writes nothing"),
        N_("Columns: sku (or a barcode), location, lot, expires (YYYY-MM-DD), quantity, unit_cost."),
    ),
    ("movements", N_("movements, as wms post does"), ""),
)
MOVEMENT_COLUMNS = N_(
    "Columns: key (names the request: rows with one key are one document, and a key is posted once), kind (receipt, "
    "issue, transfer, adjustment), sku (or a barcode), quantity, unit, from, to, lot, expires, reference, partner, "
    "reason, note, override (why a lot is taken that expires too soon), manufactured (YYYY-MM-DD, of a new lot), "
    "at (YYYY-MM-DD HH:MM:SS, in UTC where it names no zone), unit_cost."
)


def declare(parser: ArgumentParser, translate: Translate) -> None:
    kinds = parser.add_subparsers(dest="what", metavar=translate(N_("WHAT")), required=True)
    for what, summary, columns in WHAT:
        told = translate(columns or MOVEMENT_COLUMNS)
        child = kinds.add_parser(what, help=translate(summary), description=told)
        declare_file(child, translate)


def run(console: Console, arguments: Namespace) -> int:
    """Import one file."""
    from wms_tui.services.importing import file_kinds, locations, movements, products, stock

    if arguments.what == "products":
        return bring_in(console, arguments, file_kinds.PRODUCTS, products.import_products, COUNTS)
    if arguments.what == "locations":
        return bring_in(console, arguments, file_kinds.LOCATIONS, locations.import_locations, COUNTS)
    if arguments.what == "stock":
        return bring_in(console, arguments, file_kinds.STOCK, stock.import_stock, STOCK)
    return bring_in(console, arguments, file_kinds.MOVEMENTS, movements.import_movements, POSTED)
