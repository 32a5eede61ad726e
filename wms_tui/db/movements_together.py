"""Many documents in one statement of PostgreSQL, which is a transaction of its own: one way to the server and back.

What the documents were made from may have changed since it was looked up: the statement holds it against the tables as
they are now, and where anything differs, or stock is short, it ends in a division by zero and nothing is written.
"""

from __future__ import annotations

import json
from collections import Counter as Counts
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from wms_tui.db.movements import BalanceKey, Change, DocumentRow, MovementRow
from wms_tui.db.prepared import Prepared
from wms_tui.db.transaction import Tx
from wms_tui.domain.quantities import MOST_ON_HAND

_OF_KEY = "concat_ws('/', balance.product_id, balance.location_id, balance.lot_id)"
_NET = f"CAST(CAST(:net AS jsonb) ->> {_OF_KEY} AS numeric)"
_NEEDED = f"coalesce(CAST(CAST(:needed AS jsonb) ->> {_OF_KEY} AS numeric), 0)"

_POST_ALL = f"""
WITH change AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(CAST(:changes AS jsonb))
    AS change (product_id bigint, location_id bigint, lot_id bigint, net numeric, needed numeric)
), put AS (
    INSERT INTO balance (product_id, location_id, lot_id, quantity)
    SELECT product_id, location_id, lot_id, greatest(net, 0) FROM change
    WHERE needed = 0 OR EXISTS (
        SELECT FROM balance AS held WHERE held.product_id = change.product_id
        AND held.location_id = change.location_id AND held.lot_id = change.lot_id
    )
    ORDER BY product_id, location_id, lot_id
    ON CONFLICT (product_id, location_id, lot_id) DO UPDATE SET quantity = balance.quantity + {_NET}
    WHERE balance.quantity >= {_NEEDED} AND balance.quantity + {_NET} <= {MOST_ON_HAND}
    RETURNING 1
), sound AS MATERIALIZED (
    SELECT 1 / CASE WHEN (SELECT count(*) FROM put) = (SELECT count(*) FROM change)
    AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(CAST(:operators AS jsonb)) AS operator (session text, permission text)
        WHERE NOT EXISTS (
            SELECT FROM session JOIN "user" ON "user".id = session.user_id
            JOIN role_permission AS held ON held.role_id = "user".role_id
            WHERE session.id = operator.session AND session.ended_at IS NULL AND "user".active
            AND held.permission = operator.permission
        )
    ) AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(CAST(:goods AS jsonb)) AS goods (id bigint, version bigint)
        WHERE NOT EXISTS (SELECT FROM product WHERE product.id = goods.id AND product.version = goods.version)
    ) AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(CAST(:places AS jsonb)) AS place (id bigint, code text, kind text)
        WHERE NOT EXISTS (
            SELECT FROM location WHERE location.id = place.id AND location.code = place.code
            AND location.kind = place.kind AND NOT location.closed
        )
    ) THEN 1 ELSE 0 END AS taken
), number AS (
    INSERT INTO counter (name, value)
    SELECT taking.name, taking.taken * sound.taken
    FROM sound, jsonb_to_recordset(CAST(:counters AS jsonb)) AS taking (name text, taken bigint) ORDER BY taking.name
    ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value
    RETURNING name, value
), written AS (
    INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at,
        request_id, request_hash)
    SELECT number.name || '-' || lpad(CAST(number.value - later AS text),
            greatest(6, length(CAST(number.value - later AS text))), '0'),
        kind, reference, partner, note, user_id, terminal, happened_at, posted_at, request_id, request_hash
    FROM jsonb_to_recordset(CAST(:documents AS jsonb)) AS asked (place bigint, counter text, later bigint, kind text,
        reference text, partner text, note text, user_id bigint, terminal text, happened_at timestamptz,
        posted_at timestamptz, request_id text, request_hash text)
    JOIN number ON number.name = asked.counter ORDER BY place
    RETURNING id, number, request_id, user_id, terminal, happened_at, posted_at
), moved AS (
    INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, unit_cost, reason_id, user_id, at)
    SELECT written.id, line, product_id, lot_id, source_id, target_id, quantity, unit_id, entered_quantity, unit_cost,
        reason_id, written.user_id, written.happened_at
    FROM jsonb_to_recordset(CAST(:movements AS jsonb)) AS moving (request_id text, line bigint, product_id bigint,
        lot_id bigint, source_id bigint, target_id bigint, quantity numeric, unit_id bigint, entered_quantity numeric,
        unit_cost numeric, reason_id bigint)
    JOIN written USING (request_id) ORDER BY written.id, line
), told AS (
    INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after)
    SELECT posted_at, user_id, terminal, 'post', number, '', '' FROM written ORDER BY id
)
SELECT request_id, id, number FROM written
"""  # noqa: S608 - constants of ours
POST_ALL = Prepared(lambda: text(_POST_ALL))


@dataclass(slots=True)
class Batch:
    """Documents that are to be written at once, with all that they were made from.

    ``operators`` are (session, permission); ``goods`` product → version; ``places`` location → (code, kind).
    """

    documents: list[tuple[str, DocumentRow, Sequence[MovementRow]]] = field(default_factory=list)
    changes: dict[BalanceKey, Change] = field(default_factory=dict)
    operators: set[tuple[str, str]] = field(default_factory=set)
    goods: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[str, str]] = field(default_factory=dict)

    def change(self, changes: Mapping[BalanceKey, Change]) -> None:
        """What one more document does to the balances, after those before it."""
        for key, change in changes.items():
            before = self.changes.get(key)
            self.changes[key] = change if before is None else before.then(change)


def post_all(tx: Tx, batch: Batch) -> dict[str, tuple[int, str]]:
    """Request id → (id, number) of every document. Raises the driver's error where nothing was written."""
    rows = tx.all(POST_ALL, **{name: json.dumps(values) for name, values in _values(batch).items()})
    return {request_id: (document_id, number) for request_id, document_id, number in rows}


def _values(batch: Batch) -> dict[str, Any]:
    by_name = {"/".join(map(str, key)): change for key, change in batch.changes.items()}
    counters = [f"{prefix}-{document.posted_at.year}" for prefix, document, _ in batch.documents]
    return {
        "changes": [_change(*key, change) for key, change in batch.changes.items()],
        "net": {name: str(change.net) for name, change in by_name.items()},
        "needed": {name: str(change.needed) for name, change in by_name.items() if change.needed},
        "operators": [{"session": session, "permission": permission} for session, permission in batch.operators],
        "goods": [{"id": key, "version": version} for key, version in batch.goods.items()],
        "places": [{"id": key, "code": code, "kind": kind} for key, (code, kind) in batch.places.items()],
        "counters": [{"name": name, "taken": taken} for name, taken in Counts(counters).items()],
        "documents": list(_documents(batch, counters)),
        "movements": [row for _, document, moves in batch.documents for row in _movements(document.request_id, moves)],
    }


def _change(product_id: int, location_id: int, lot_id: int, change: Change) -> dict[str, Any]:
    key = {"product_id": product_id, "location_id": location_id, "lot_id": lot_id}
    return {**key, "net": str(change.net), "needed": str(change.needed)}


def _documents(batch: Batch, counters: Sequence[str]) -> Iterable[dict[str, Any]]:
    """``later`` is how many documents of the batch take a number of the same counter after this one."""
    left = Counts(counters)
    for place, (counter, (_, document, _)) in enumerate(zip(counters, batch.documents, strict=True)):
        left[counter] -= 1
        yield {
            "place": place,
            "counter": counter,
            "later": left[counter],
            "kind": document.kind,
            "reference": document.reference,
            "partner": document.partner,
            "note": document.note,
            "user_id": document.user_id,
            "terminal": document.terminal,
            "happened_at": document.happened_at.isoformat(),
            "posted_at": document.posted_at.isoformat(),
            "request_id": document.request_id,
            "request_hash": document.request_hash,
        }


def _movements(request_id: str, moves: Sequence[MovementRow]) -> Iterable[dict[str, Any]]:
    for line, move in enumerate(moves, 1):
        yield {
            "request_id": request_id,
            "line": line,
            "product_id": move.product_id,
            "lot_id": move.lot_id,
            "source_id": move.source_id,
            "target_id": move.target_id,
            "quantity": str(move.quantity),
            "unit_id": move.unit_id,
            "entered_quantity": str(move.entered_quantity),
            "unit_cost": _written(move.unit_cost),
            "reason_id": move.reason_id,
        }


def _written(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
