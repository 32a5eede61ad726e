"""``wms history``: posted documents, or one of them with its movements."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict, replace
from typing import Any

from wms_tui.cli.arguments import whole
from wms_tui.cli.console import Console, Heading
from wms_tui.cli.moments import moment
from wms_tui.cli.signing import Operator, signed_in
from wms_tui.domain import lots
from wms_tui.domain.enquiry import MOST_PAGE, PAGE, DocumentDetail, DocumentRow, HistoryQuery
from wms_tui.domain.movements import KIND_NAMES, DocumentKind
from wms_tui.domain.texts import N_, Translate, sentence

HEADINGS = (
    Heading("document_id", N_("Id"), right=True),
    Heading("number", N_("Number")),
    Heading("kind", N_("Kind")),
    Heading("reference", N_("Reference")),
    Heading("partner", N_("Partner")),
    Heading("user", N_("User")),
    Heading("happened_at", N_("Happened (UTC)")),
    Heading("posted_at", N_("Posted (UTC)")),
    Heading("lines", N_("Lines"), right=True),
    Heading("reversed_by", N_("Reversed by")),
)
LINE_HEADINGS = (
    Heading("line", N_("Line"), right=True),
    Heading("sku", N_("SKU")),
    Heading("name", N_("Name")),
    Heading("lot", N_("Lot")),
    Heading("manufactured", N_("Manufactured")),
    Heading("expires", N_("Expires")),
    Heading("source", N_("From")),
    Heading("target", N_("To")),
    Heading("entered_quantity", N_("Quantity"), right=True),
    Heading("unit", N_("Unit")),
    Heading("quantity", N_("Base quantity"), right=True),
    Heading("base_unit", N_("Base unit")),
    Heading("reason", N_("Reason")),
    Heading("unit_cost", N_("Unit cost"), right=True),
)
FIELDS = (
    ("number", N_("Number")),
    ("kind", N_("Kind")),
    ("reference", N_("Reference")),
    ("partner", N_("Partner")),
    ("note", N_("Note")),
    ("user", N_("User")),
    ("terminal", N_("Terminal")),
    ("happened_at", N_("Happened (UTC)")),
    ("posted_at", N_("Posted (UTC)")),
    ("request_id", N_("Key")),
    ("reverses", N_("Reverses")),
    ("reversed_by", N_("Reversed by")),
)


def declare(parser: ArgumentParser, translate: Translate) -> None:
    number = translate(N_("one document, with its movements"))
    parser.add_argument("number", nargs="?", metavar=translate(N_("NUMBER")), help=number)
    parser.add_argument("--kind", choices=[kind.value for kind in DocumentKind], help=translate(N_("the kind")))
    parser.add_argument("--user", default="", help=translate(N_("who posted it")))
    parser.add_argument("--sku", default="", help=translate(N_("a product that it moved")))
    parser.add_argument("--location", default="", help=translate(N_("a location that it touched, or one below it")))
    parser.add_argument("--reference", default="", help=translate(N_("how its reference begins")))
    since = translate(N_("posted at this time or later, in UTC where it names no zone"))
    parser.add_argument("--since", metavar=translate(N_("TIME")), type=moment(translate), help=since)
    until = translate(N_("posted before this time"))
    parser.add_argument("--until", metavar=translate(N_("TIME")), type=moment(translate), help=until)
    most = translate(N_("at most so many, newest first"))
    parser.add_argument("--limit", metavar=translate(N_("COUNT")), type=whole(translate), default=PAGE, help=most)
    after = translate(N_("go on after this id, the last one shown"))
    parser.add_argument("--after", metavar=translate(N_("ID")), type=whole(translate), help=after)


def run(console: Console, arguments: Namespace) -> int:
    """Show the newest documents that match, or one."""
    from wms_tui.services import history

    with signed_in(console) as operator:
        if arguments.number:
            detail = operator.run(history.detail, arguments.number)
        else:
            documents = _pages(operator, _query(arguments), arguments.limit)
    if arguments.number:
        _show(console, detail)
    else:
        rows = [[_value(console, row, heading.key) for heading in HEADINGS] for row in documents]
        console.table(HEADINGS, rows)
    return 0


def _query(arguments: Namespace) -> HistoryQuery:
    return HistoryQuery(
        kind=DocumentKind(arguments.kind) if arguments.kind else None,
        user=arguments.user,
        sku=arguments.sku,
        location=arguments.location,
        reference=arguments.reference,
        since=arguments.since,
        until=arguments.until,
        after=arguments.after,
    )


def _pages(operator: Operator, query: HistoryQuery, limit: int) -> list[DocumentRow]:
    """So many documents, page by page."""
    from wms_tui.services import history

    rows: list[DocumentRow] = []
    after = query.after
    while len(rows) < limit:
        page = operator.run(history.page, replace(query, after=after, limit=min(limit - len(rows), MOST_PAGE)))
        rows += page.rows
        after = page.after
        if after is None:
            break
    return rows


def _value(console: Console, row: Any, key: str) -> Any:
    """A field; kinds by their name for people."""
    value = getattr(row, key)
    if isinstance(value, DocumentKind) and not console.as_json:
        return console.translate(KIND_NAMES[value])
    return value


def _show(console: Console, detail: DocumentDetail) -> None:
    if console.as_json:
        console.answer(asdict(detail))
        return
    for key, title in FIELDS:
        value = _value(console, detail, key)
        if value:
            console.field(title, value)
    for remark in detail.remarks:
        console.field(N_("Lots"), sentence(console.translate, *lots.told(remark)))
    headings = [heading for heading in LINE_HEADINGS if any(getattr(line, heading.key) for line in detail.lines)]
    console.table(headings, [[getattr(line, heading.key) for heading in headings] for line in detail.lines])
