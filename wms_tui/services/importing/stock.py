"""Bringing in opening stock: one adjustment document, known by what the file says, so that it is posted once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from decimal import Decimal

from wms_tui.db import history, movements
from wms_tui.db.transaction import Tx
from wms_tui.domain import lots
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.movements import KINDS, OPENING_REASON, DocumentKind, Line, PostDocument
from wms_tui.domain.quantities import plain
from wms_tui.domain.texts import N_
from wms_tui.services.importing import checks
from wms_tui.services.importing.looking import wrong_lines
from wms_tui.services.importing.records import StockRow
from wms_tui.services.importing.report import Imported, ImportFile, settle, undone
from wms_tui.services.importing.sheets import Notice
from wms_tui.services.importing.tables import Table
from wms_tui.services.movements import post
from wms_tui.services.use_cases import use_case

IMPORTED_ALREADY = N_("This file was imported already, as {number}. Nothing was written.")
RULE = KINDS[DocumentKind.ADJUSTMENT]


@use_case(Permission.STOCK_IMPORT)
def import_stock(tx: Tx, actor: Actor, request: ImportFile[StockRow]) -> Imported:
    """Post the rows as opening stock. A file with the same contents again writes nothing. Raises ``BadRows``.

    A document that has been reversed since no longer counts.
    """
    key, number = _request_id(tx, request.table)
    if number:
        notice = Notice(IMPORTED_ALREADY, {"number": number})
        return Imported(again=len(request.table.rows), numbers=(number,), notices=(notice,))
    faults = [*request.table.faults, *wrong_lines(tx, RULE, _lines(request.table.rows), lots.day_of(tx.now))]
    left = settle(request, faults)
    good = checks.without(request.table.rows, left)
    lines = tuple(line for _, line in _lines(good))
    with undone(tx, request.dry_run):
        document = PostDocument(DocumentKind.ADJUSTMENT, key, lines)
        numbers = (post(tx, actor, document).number,) if lines else ()
    done = len(good)
    request.progress(done, done)
    notices = request.table.notices
    return Imported(len(lines), unchanged=done - len(lines), numbers=numbers, left=left, notices=notices)


def _lines(rows: tuple[tuple[int, StockRow], ...]) -> list[tuple[int, Line]]:
    """The rows as lines; those with nothing on hand move nothing."""
    return [
        (
            number,
            Line(
                code=row.sku,
                quantity=row.quantity,
                target=row.location,
                lot=row.lot,
                expires=row.expires,
                reason=OPENING_REASON,
                unit_cost=row.unit_cost,
            ),
        )
        for number, row in rows
        if row.quantity
    ]


def _request_id(tx: Tx, table: Table[StockRow]) -> tuple[str, str]:
    """The key of the file's contents, and the number of the document that has it."""
    contents = hashlib.sha256(json.dumps(_contents(table), ensure_ascii=False).encode()).hexdigest()
    turn = 1
    while True:
        key = f"opening-{contents}-{turn}"
        row = tx.one(movements.REQUEST, request_id=key)
        document = history.document(tx, row[1]) if row else None
        if document is None or not document.reversed_by:
            return key, document.number if document else ""
        turn += 1


def _contents(table: Table[StockRow]) -> list[list[str]]:
    """What the file says, in whatever format, order of columns and way of writing numbers."""
    rows = [
        [plain(value) if isinstance(value, Decimal) else str(value) for value in astuple(row)] for _, row in table.rows
    ]
    return [*rows, *([repr(sorted(values.items()))] for values in table.spoiled)]
