"""A document of one line in one statement of PostgreSQL, for whoever posts alone.

It holds what the line was made from against the tables, as ``posting_statement`` does for any number of documents, in
a fraction of its steps: where anything differs, or stock is short, it ends in a division by zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wms_tui.db.movements import DocumentRow, MovementRow
from wms_tui.db.transaction import Tx
from wms_tui.domain.locations import Place
from wms_tui.domain.quantities import MOST_ON_HAND

_STATEMENT = """
WITH put AS (
    INSERT INTO balance (product_id, location_id, lot_id, quantity)
    SELECT %(product)s::int8, place, %(lot)s::int8, greatest(net, 0) FROM (VALUES {ends}) AS change (place, net)
    WHERE net > 0 OR (
        SELECT true FROM balance WHERE product_id = %(product)s AND location_id = place AND lot_id = %(lot)s
    )
    ORDER BY place
    ON CONFLICT (product_id, location_id, lot_id) DO UPDATE SET quantity = balance.quantity + {net}
    WHERE balance.quantity + least({net}, 0) >= 0 AND balance.quantity + {net} <= {most}
    RETURNING 1
), number AS (
    INSERT INTO counter (name, value)
    SELECT %(counter)s, 1 / CASE WHEN (SELECT count(*) FROM put) = {changes}
    AND EXISTS (
        SELECT FROM session JOIN "user" ON "user".id = session.user_id
        JOIN role_permission AS held ON held.role_id = "user".role_id
        WHERE session.id = %(session)s AND session.ended_at IS NULL AND "user".active
        AND held.permission = %(permission)s
    )
    AND EXISTS (SELECT FROM product WHERE id = %(product)s AND version = %(version)s)
    AND EXISTS (
        SELECT FROM location WHERE id = %(source)s AND code = %(source_code)s AND kind = %(source_kind)s AND NOT closed
    )
    AND EXISTS (
        SELECT FROM location WHERE id = %(target)s AND code = %(target_code)s AND kind = %(target_kind)s AND NOT closed
    ) THEN 1 ELSE 0 END
    ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value
    RETURNING name, value
), written AS (
    INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at,
        request_id, request_hash)
    SELECT name || '-' || to_char(value, 'FM999999999999000000'), %(kind)s, %(reference)s, %(partner)s, %(note)s,
        %(user)s::int8, %(terminal)s, %(happened)s::timestamptz, %(posted)s::timestamptz, %(request)s, %(digest)s
    FROM number
    RETURNING id, number, user_id, terminal, happened_at, posted_at
), moved AS (
    INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, unit_cost, reason_id, user_id, at)
    SELECT id, 1, %(product)s, %(lot)s, %(source)s::int8, %(target)s::int8, %(quantity)s::numeric, %(unit)s::int8,
        %(entered)s::numeric, %(cost)s::numeric, %(reason)s::int8, user_id, happened_at
    FROM written
), told AS (
    INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after)
    SELECT posted_at, user_id, terminal, 'post', number, '', '' FROM written
)
SELECT id, number FROM written
"""
_GOES, _COMES = "-%(quantity)s::numeric", "%(quantity)s::numeric"


def _touching(source: bool, target: bool) -> str:
    """For a line that changes the balance of its source, of its target or of both."""
    ends = [f"(%(source)s::int8, {_GOES})"] * source + [f"(%(target)s::int8, {_COMES})"] * target
    net = f"CASE balance.location_id WHEN %(source)s THEN {_GOES} ELSE {_COMES} END"
    if len(ends) == 1:
        net = _GOES if source else _COMES
    statement = _STATEMENT.format(ends=", ".join(ends), changes=len(ends), net=net, most=MOST_ON_HAND)
    return " ".join(statement.split())


STATEMENTS = {ends: _touching(*ends) for ends in ((True, False), (False, True), (True, True))}
"""By whether source and target are real locations, which have balances."""


@dataclass(frozen=True, slots=True)
class Alone:
    """A document of one line with all that it was made from. ``version`` is its product's."""

    prefix: str
    document: DocumentRow
    row: MovementRow
    session_id: str
    permission: str
    version: int
    source: Place
    target: Place


def post_alone(tx: Tx, alone: Alone) -> tuple[int, str]:
    """Id and number of the document. Raises the driver's error where nothing was written."""
    statement = STATEMENTS[alone.source.is_real, alone.target.is_real]
    ((document_id, number),) = tx.native(statement, _values(alone))
    return document_id, number


def _values(alone: Alone) -> dict[str, Any]:
    """All of them are texts: psycopg keeps a statement for each combination of types that it is given."""
    document, row, source, target = alone.document, alone.row, alone.source, alone.target
    return {
        "product": str(row.product_id),
        "lot": str(row.lot_id),
        "source": str(row.source_id),
        "target": str(row.target_id),
        "source_code": source.code,
        "source_kind": source.kind.value,
        "target_code": target.code,
        "target_kind": target.kind.value,
        "version": str(alone.version),
        "session": alone.session_id,
        "permission": alone.permission,
        "counter": f"{alone.prefix}-{document.posted_at.year}",
        "kind": document.kind,
        "reference": document.reference,
        "partner": document.partner,
        "note": document.note,
        "user": str(document.user_id),
        "terminal": document.terminal,
        "happened": document.happened_at.isoformat(),
        "posted": document.posted_at.isoformat(),
        "request": document.request_id,
        "digest": document.request_hash,
        "quantity": str(row.quantity),
        "unit": str(row.unit_id),
        "entered": str(row.entered_quantity),
        "cost": None if row.unit_cost is None else str(row.unit_cost),
        "reason": None if row.reason_id is None else str(row.reason_id),
    }
