"""A document of one line in one statement of PostgreSQL, for whoever posts alone; with the draft that it was.

It holds what the line was made from against the tables, as ``posting_statement`` does for any number of documents, in
a fraction of its steps: where anything differs, or stock is short, it ends in a division by zero. Product and locations
are held as its foreign keys hold them (``holding.py``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from wms_tui.db.movements import DocumentRow
from wms_tui.db.movements_together import EndedDraft
from wms_tui.db.transaction import Tx
from wms_tui.domain.locations import Place
from wms_tui.domain.movements import MovementKind
from wms_tui.domain.quantities import MOST_ON_HAND

_STATEMENT = """
WITH ENDED put AS (
    INSERT INTO balance (product_id, location_id, lot_id, quantity)
    SELECT {product}::int8, place, {lot}::int8, greatest(net, 0) FROM (VALUES ENDS) AS change (place, net)
    WHERE net > 0 OR (
        SELECT true FROM balance WHERE product_id = {product} AND location_id = place AND lot_id = {lot}
    )
    ORDER BY place
    ON CONFLICT (product_id, location_id, lot_id) DO UPDATE SET quantity = balance.quantity + NET
    WHERE balance.quantity + least(NET, 0) >= 0 AND balance.quantity + NET <= {most}
    RETURNING 1
), number AS (
    INSERT INTO counter (name, value)
    SELECT {counter}, 1 / CASE WHEN (SELECT count(*) FROM put) = {changes}
    AND EXISTS (
        SELECT FROM session JOIN "user" ON "user".id = session.user_id
        JOIN role_permission AS held ON held.role_id = "user".role_id
        WHERE session.id = {session} AND session.ended_at IS NULL AND "user".active
        AND held.permission = {permission}
    )
    AND EXISTS (SELECT FROM product WHERE id = {product} AND version = {version} FOR KEY SHARE)
    AND EXISTS (
        SELECT FROM location WHERE id = {source} AND code = {source_code} AND kind = {source_kind} AND NOT closed
        FOR KEY SHARE
    )
    AND EXISTS (
        SELECT FROM location WHERE id = {target} AND code = {target_code} AND kind = {target_kind} AND NOT closed
        FOR KEY SHARE
    ) GONE THEN 1 ELSE 0 END
    ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value
    RETURNING name, value
), written AS (
    INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at,
        request_id, request_hash)
    SELECT name || '-' || to_char(value, 'FM999999999999000000'), {kind}, {reference}, {partner}, {note},
        {user}::int8, {terminal}, {happened}::timestamptz, {posted}::timestamptz, {request}, {digest}
    FROM number
    RETURNING id, number, user_id, terminal, happened_at, posted_at
), moved AS (
    INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, unit_cost, reason_id, user_id, at)
    SELECT id, 1, {product}, {lot}, {source}::int8, {target}::int8, {quantity}::numeric, {unit}::int8,
        {entered}::numeric, {cost}::numeric, {reason}::int8, user_id, happened_at
    FROM written
), told AS (
    INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after)
    SELECT posted_at, user_id, terminal, 'post', number, '', '' FROM written
)
SELECT id, number FROM written
"""
_ENDED = """
gone AS (
    DELETE FROM draft WHERE id = {draft}::int8 AND request_id = {request} AND saved_at = {saved}::timestamptz
    RETURNING id
), emptied AS (DELETE FROM draft_scan USING gone WHERE draft_id = gone.id),
"""
_GONE = "AND EXISTS (SELECT FROM gone)"
_VALUES = (
    "product", "lot", "source", "target", "source_code", "source_kind", "target_code", "target_kind", "version",
    "permission", "kind", "unit",
    "session", "counter", "reference", "partner", "note", "user", "terminal", "happened", "posted", "request",
    "digest", "quantity", "entered", "cost", "reason",
    "draft", "saved",
)  # fmt: skip
_MARKS = {name: f"${place}" for place, name in enumerate(_VALUES, 1)}


def _touching(source: bool, target: bool, draft: bool) -> str:
    """For a line that changes the balance of its source, of its target or of both, and was a draft or not."""
    goes, comes = "-{quantity}::numeric", "{quantity}::numeric"
    ends = ["({source}::int8, " + goes + ")"] * source + ["({target}::int8, " + comes + ")"] * target
    net = goes if source else comes
    if source and target:
        net = "CASE balance.location_id WHEN {source} THEN " + goes + " ELSE " + comes + " END"
    statement = _STATEMENT.replace("ENDS", ", ".join(ends)).replace("NET", net)
    statement = statement.replace("ENDED", _ENDED * draft).replace("GONE", _GONE * draft)
    return " ".join(statement.format(changes=len(ends), most=MOST_ON_HAND, **_MARKS).split())


STATEMENTS = {
    (*ends, draft): _touching(*ends, draft)
    for ends in ((True, False), (False, True), (True, True))
    for draft in (False, True)
}
"""By whether source and target are real locations, which have balances, and whether there is a draft to end."""


class Way(NamedTuple):
    """What all lines share that move the same goods between the same places: values and statements, by draft or not.

    All values are texts: psycopg keeps a statement for each combination of types that it is given.
    """

    prefix: str
    values: tuple[str, ...]
    statements: tuple[str, str]


def way(
    rule: MovementKind, product_id: int, version: int, lot_id: int, unit_id: int, source: Place, target: Place
) -> Way:
    """``version`` is the product's, and all of them as they were looked up."""
    values = (
        str(product_id),
        str(lot_id),
        str(source.location_id),
        str(target.location_id),
        source.code,
        source.kind.value,
        target.code,
        target.kind.value,
        str(version),
        rule.permission.value,
        rule.kind.value,
        str(unit_id),
    )
    ends = source.is_real, target.is_real
    return Way(rule.prefix, values, (STATEMENTS[*ends, False], STATEMENTS[*ends, True]))


class Alone(NamedTuple):
    """A document of one line with all that it was made from; ``quantity`` is in base units."""

    way: Way
    document: DocumentRow
    session_id: str
    quantity: Decimal
    entered: Decimal
    cost: Decimal | None
    reason_id: int | None = None
    draft: EndedDraft | None = None


def post_alone(tx: Tx, alone: Alone) -> tuple[int, str]:
    """Id and number of the document. Raises the driver's error where nothing was written."""
    ((document_id, number),) = tx.numbered(alone.way.statements[alone.draft is not None], _values(alone))
    return document_id, number


def _values(alone: Alone) -> tuple[str | None, ...]:
    document = alone.document
    posted = happened = document.posted_at.isoformat()
    if document.happened_at is not document.posted_at:
        happened = document.happened_at.isoformat()
    return (
        *alone.way.values,
        alone.session_id,
        f"{alone.way.prefix}-{document.posted_at.year}",
        document.reference,
        document.partner,
        document.note,
        str(document.user_id),
        document.terminal,
        happened,
        posted,
        document.request_id,
        document.request_hash,
        str(alone.quantity),
        str(alone.entered),
        None if alone.cost is None else str(alone.cost),
        None if alone.reason_id is None else str(alone.reason_id),
        *_ended(alone.draft),
    )


def _ended(draft: EndedDraft | None) -> tuple[str, ...]:
    return (str(draft.draft_id), draft.saved_at.isoformat()) if draft else ()
