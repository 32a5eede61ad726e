"""The statement that posts any number of documents on PostgreSQL; ``posting_alone.py`` has a shorter one for one line.

It is a transaction of its own. What the documents were made from may have changed since it was looked up: the statement
holds it against the tables as they are, and where anything differs, or stock is short, it ends in a division by zero
and nothing is written. Products and locations it holds as its foreign keys do, ``FOR KEY SHARE``, and so sees them as
they are at the end, however long it waited: see ``holding.py``.

Operators are looked at first, as they were when the statement began. Then balances are locked in the order of their
keys, and the counter after them. Ids are taken last: those of the documents of one balance are in the order in which
they changed it, which the position of a counted line relies on (``counting_lines.py``).

An EXISTS beside an OR would be planned as a walk through all balances, hence the scalar question.

Drafts that the documents were, and lots that they make or date, have parts of their own, which only those pay for.
"""

from __future__ import annotations

import re
from functools import cache

from wms_tui.domain.quantities import MOST_ON_HAND

Columns = dict[str, str]
"""Column → its type."""

IN_JSON: dict[str, Columns] = {
    "making": {
        "stand_in": "int8",
        "product_id": "int8",
        "number": "text",
        "expires": "date",
        "manufactured": "date",
    },
    "dating": {"id": "int8", "expires": "date"},
    "ended": {"id": "int8", "request_id": "text", "saved_at": "timestamptz"},
    "operator": {"session": "text", "permission": "text"},
    "place": {"id": "int8", "code": "text", "kind": "text"},
    "taking": {"name": "text", "taken": "int8"},
}
"""What a batch has few rows of, or most batches none: each a JSON array."""

IN_ARRAYS: dict[str, Columns] = {
    "change": {"product_id": "int8", "location_id": "int8", "lot_id": "int8", "net": "numeric", "needed": "numeric"},
    "goods": {"id": "int8", "version": "int8"},
    "asked": {
        "place": "int8",
        "counter": "text",
        "later": "int8",
        "kind": "text",
        "reference": "text",
        "partner": "text",
        "note": "text",
        "user_id": "int8",
        "terminal": "text",
        "happened_at": "timestamptz",
        "posted_at": "timestamptz",
        "request_id": "text",
        "request_hash": "text",
    },
    "moving": {
        "place": "int8",
        "line": "int8",
        "product_id": "int8",
        "lot_id": "int8",
        "source_id": "int8",
        "target_id": "int8",
        "quantity": "numeric",
        "unit_id": "int8",
        "entered_quantity": "numeric",
        "unit_cost": "numeric",
        "reason_id": "int8",
    },
}
"""What a batch has many rows of: an array for each column. A movement names its document by its ``place`` from 0."""

PARTS = ("making", "dating", "ended")
"""Sources that most documents have nothing in: lots that are made and dated, drafts that end."""

_STATEMENT = """
WITH {first}change AS MATERIALIZED (SELECT {changed} FROM {change}), put AS (
    INSERT INTO balance (product_id, location_id, lot_id, quantity)
    SELECT product_id, location_id, lot_id, greatest(net, 0) FROM change
    WHERE needed = 0 OR (
        SELECT true FROM balance AS held WHERE held.product_id = change.product_id
        AND held.location_id = change.location_id AND held.lot_id = change.lot_id
    )
    ORDER BY product_id, location_id, lot_id
    ON CONFLICT (product_id, location_id, lot_id) DO UPDATE SET quantity = balance.quantity + {net}
    WHERE balance.quantity >= {needed} AND balance.quantity + {net} <= {most}
    RETURNING 1
), sound AS MATERIALIZED (
    SELECT 1 / CASE WHEN NOT EXISTS (
        SELECT FROM {operator} WHERE NOT EXISTS (
            SELECT FROM session JOIN "user" ON "user".id = session.user_id
            JOIN role_permission USING (role_id)
            WHERE session.id = operator.session AND session.ended_at IS NULL AND "user".active
            AND role_permission.permission = operator.permission
        )
    ) AND (SELECT count(*) FROM put) = (SELECT count(*) FROM change) {in_full} AND (SELECT count(*) FROM (
        SELECT * FROM {goods} ORDER BY id
    ) AS goods CROSS JOIN LATERAL (
        SELECT FROM product WHERE id = goods.id AND version = goods.version FOR KEY SHARE
    ) AS kept) = {products} AND (SELECT count(*) FROM (
        SELECT * FROM {place} ORDER BY id
    ) AS place CROSS JOIN LATERAL (
        SELECT FROM location WHERE id = place.id AND code = place.code AND kind = place.kind AND NOT closed
        FOR KEY SHARE
    ) AS open) = {places} THEN 1 ELSE 0 END AS taken
), number AS (
    INSERT INTO counter (name, value)
    SELECT taking.name, taking.taken * sound.taken FROM sound, {taking} ORDER BY taking.name
    ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value
    RETURNING name, value
), written AS (
    INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at,
        request_id, request_hash)
    SELECT number.name || '-' || to_char(number.value - later, 'FM999999999999000000'), kind, reference, partner,
        note, user_id, terminal, happened_at, posted_at, request_id, request_hash
    FROM {asked} JOIN number ON number.name = asked.counter ORDER BY place
    RETURNING id, number, request_id, user_id, terminal, happened_at, posted_at
), moved AS (
    INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, unit_cost, reason_id, user_id, at)
    SELECT written.id, line, product_id, {lot_id}, source_id, target_id, quantity, unit_id, entered_quantity, unit_cost,
        reason_id, written.user_id, written.happened_at
    FROM {moving} JOIN written ON written.request_id = ({request_ids})[place + 1] ORDER BY written.id, line
), told AS (
    INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after)
    SELECT posted_at, user_id, terminal, 'post', number, '', '' FROM written ORDER BY id
)
SELECT request_id, id, number FROM written
"""
_PARTS = {
    "making": """made AS (
    INSERT INTO lot (product_id, number, expires, manufactured)
    SELECT product_id, number, expires, manufactured FROM making
    ORDER BY product_id, number ON CONFLICT DO NOTHING RETURNING id, product_id, number
), """,
    "dating": """dated AS (
    UPDATE lot SET expires = dating.expires FROM dating WHERE lot.id = dating.id AND lot.expires IS NULL RETURNING 1
), """,
    "ended": """gone AS (
    DELETE FROM draft WHERE (id, request_id, saved_at) IN (SELECT * FROM ended) RETURNING id
), emptied AS (DELETE FROM draft_scan USING gone WHERE draft_id = gone.id), """,
}
"""What is done with them. It must be done in full: a lot that is there already, or a draft that is another by now, is
for the long way. A new lot goes by its stand-in, a negative number, until it has an id.
"""
_DONE = {"making": "made", "dating": "dated", "ended": "gone"}
_MADE = "(SELECT made.id FROM made JOIN making USING (product_id, number) WHERE stand_in = lot_id)"
_KEY = "concat_ws('/', balance.product_id, balance.location_id, balance.lot_id)"


def array_names(name: str) -> list[str]:
    """The names of the arrays for the columns of such a source."""
    return [f"{name}.{column}" for column in IN_ARRAYS[name]]


@cache
def of_any_size(parts: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """The statement, and the names of its values in their order.

    Sources of few rows are JSON arrays; what is taken from a balance is looked up in a JSON object by its key.
    """
    sources = {
        name: f"jsonb_to_recordset({_named(name)}) {name} ({', '.join(map(' '.join, columns.items()))})"
        for name, columns in IN_JSON.items()
    } | {name: f"{_unnested(name)} {name} ({', '.join(columns)})" for name, columns in IN_ARRAYS.items()}
    looked_up = {
        name: f"coalesce(({_named(name)}::jsonb ->> {_KEY})::numeric, {otherwise})"
        for name, otherwise in (("net", "excluded.quantity"), ("needed", "0"))
    }
    more = {
        "products": f"cardinality({_named('goods.id')}::int8[])",
        "places": f"jsonb_array_length({_named('place')})",
        "request_ids": f"{_named('asked.request_id')}::text[]",
    }
    statement = _statement(sources, looked_up | more, parts)
    names = tuple(dict.fromkeys(_NAMED.findall(statement)))
    return _NAMED.sub(lambda found: f"${names.index(found[1]) + 1}", statement), names


def _named(name: str) -> str:
    return f"%({name})s"


_NAMED = re.compile(r"%\(([\w.]+)\)s")


def _unnested(name: str) -> str:
    arrays = zip(array_names(name), IN_ARRAYS[name].values(), strict=True)
    return f"unnest({', '.join(f'{_named(array)}::{kind}[]' for array, kind in arrays)})"


def _statement(sources: dict[str, str], more: dict[str, str], parts: tuple[str, ...]) -> str:
    lot_id = f"coalesce({_MADE}, lot_id)" if "making" in parts else "lot_id"
    pieces = {
        "first": "".join(f"{name} AS MATERIALIZED (SELECT * FROM {sources[name]}), {_PARTS[name]}" for name in parts),
        "in_full": " ".join(
            f"AND (SELECT count(*) FROM {_DONE[name]}) = (SELECT count(*) FROM {name})" for name in parts
        ),
        "changed": f"product_id, location_id, {lot_id} AS lot_id, net, needed" if "making" in parts else "*",
        "lot_id": lot_id,
    }
    return " ".join(_STATEMENT.format(most=MOST_ON_HAND, **sources, **more, **pieces).split())
