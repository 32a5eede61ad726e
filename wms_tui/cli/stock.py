"""``wms stock``: what is on hand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from wms_tui.cli.console import Console, Heading
from wms_tui.cli.moments import moment
from wms_tui.cli.signing import Operator, signed_in
from wms_tui.domain.enquiry import MOST_PAGE, StockQuery, StockRow
from wms_tui.domain.texts import N_, Translate

HEADINGS = (
    Heading("sku", N_("SKU")),
    Heading("name", N_("Name")),
    Heading("location", N_("Location")),
    Heading("lot", N_("Lot")),
    Heading("expires", N_("Expires")),
    Heading("quantity", N_("On hand"), right=True),
    Heading("unit", N_("Unit")),
    Heading("value", N_("Value"), right=True),
)


def declare(parser: ArgumentParser, translate: Translate) -> None:
    parser.add_argument("--sku", default="", help=translate(N_("a SKU or barcode")))
    parser.add_argument("--location", default="", help=translate(N_("a location, with everything below it")))
    parser.add_argument("--lot", default="", help=translate(N_("a lot number")))
    told = translate(N_("the stock at a time, in UTC where it names no zone; a day means its end"))
    parser.add_argument("--as-of", metavar=translate(N_("TIME")), type=moment(translate, end_of_day=True), help=told)


def run(console: Console, arguments: Namespace) -> int:
    """Show all rows that match."""
    query = StockQuery(arguments.sku, arguments.location, arguments.lot, as_of=arguments.as_of, limit=MOST_PAGE)
    with signed_in(console) as operator:
        rows = _all(operator, query)
    sees_value = any(row.value is not None for row in rows)
    headings = HEADINGS if sees_value else HEADINGS[:-1]
    console.table(headings, [[getattr(row, heading.key) for heading in headings] for row in rows])
    return 0


def _all(operator: Operator, query: StockQuery) -> list[StockRow]:
    from wms_tui.services import stock

    page = operator.run(stock.on_hand, query)
    rows = list(page.rows)
    while page.after is not None:
        page = operator.run(stock.on_hand, replace(query, after=page.after))
        rows += page.rows
    return rows
