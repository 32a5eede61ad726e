"""The statement that posts documents on PostgreSQL, for one line and for any number of them.

It is a transaction of its own. What the documents were made from may have changed since it was looked up: the statement
holds it against the tables as they are, and where anything differs, or stock is short, it ends in a division by zero
and nothing is written.
"""

from __future__ import annotations

from wms_tui.domain.quantities import MOST_ON_HAND

SOURCES: dict[str, dict[str, str]] = {
    "change": {"product_id": "int8", "location_id": "int8", "lot_id": "int8", "net": "numeric", "needed": "numeric"},
    "operator": {"session": "text", "permission": "text"},
    "goods": {"id": "int8", "version": "int8"},
    "place": {"id": "int8", "code": "text", "kind": "text"},
    "taking": {"name": "text", "taken": "int8"},
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
        "request_id": "text",
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
"""What the statement is given, in the order in which it names it, with the types of the columns."""

_STATEMENT = """
WITH change AS MATERIALIZED (SELECT * FROM {change}), put AS (
    INSERT INTO balance (product_id, location_id, lot_id, quantity)
    SELECT product_id, location_id, lot_id, greatest(net, 0) FROM change
    WHERE needed = 0 OR EXISTS (
        SELECT FROM balance AS held WHERE held.product_id = change.product_id
        AND held.location_id = change.location_id AND held.lot_id = change.lot_id
    )
    ORDER BY product_id, location_id, lot_id
    ON CONFLICT (product_id, location_id, lot_id) DO UPDATE SET quantity = balance.quantity + {net}
    WHERE balance.quantity >= {needed} AND balance.quantity + {net} <= {most}
    RETURNING 1
), sound AS MATERIALIZED (
    SELECT 1 / CASE WHEN (SELECT count(*) FROM put) = (SELECT count(*) FROM change)
    AND NOT EXISTS (
        SELECT FROM {operator} WHERE NOT EXISTS (
            SELECT FROM session JOIN "user" ON "user".id = session.user_id
            JOIN role_permission AS held ON held.role_id = "user".role_id
            WHERE session.id = operator.session AND session.ended_at IS NULL AND "user".active
            AND held.permission = operator.permission
        )
    ) AND NOT EXISTS (
        SELECT FROM {goods}
        WHERE NOT EXISTS (SELECT FROM product WHERE product.id = goods.id AND product.version = goods.version)
    ) AND NOT EXISTS (
        SELECT FROM {place} WHERE NOT EXISTS (
            SELECT FROM location WHERE location.id = place.id AND location.code = place.code
            AND location.kind = place.kind AND NOT location.closed
        )
    ) THEN 1 ELSE 0 END AS taken
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
    SELECT written.id, line, product_id, lot_id, source_id, target_id, quantity, unit_id, entered_quantity, unit_cost,
        reason_id, written.user_id, written.happened_at
    FROM {moving} JOIN written USING (request_id) ORDER BY written.id, line
), told AS (
    INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after)
    SELECT posted_at, user_id, terminal, 'post', number, '', '' FROM written ORDER BY id
)
SELECT request_id, id, number FROM written
"""
_KEY = "concat_ws('/', balance.product_id, balance.location_id, balance.lot_id)"
_SAME = "product_id = balance.product_id AND location_id = balance.location_id AND lot_id = balance.lot_id"


IN_ARRAYS: dict[str, dict[str, str]] = {
    "change": SOURCES["change"],
    "goods": SOURCES["goods"],
    "moving": {"place": "int8"} | {name: kind for name, kind in SOURCES["moving"].items() if name != "request_id"},
}
"""What a document has many rows of: an array for each column. A movement names its document by its ``place``."""


def array_names(name: str) -> list[str]:
    """The parameters for the columns of such a source, short since the statement has to be."""
    return [f"{name[0]}{number}" for number in range(len(IN_ARRAYS[name]))]


def _of_any_size() -> str:
    """Sources of few rows are JSON arrays; what is taken from a balance is looked up in a JSON object by its key."""
    sources = {
        name: f"jsonb_to_recordset(%({name})s) {name} ({', '.join(map(' '.join, columns.items()))})"
        for name, columns in SOURCES.items()
    }
    sources |= {name: f"{_unnested(name)} {name} ({', '.join(IN_ARRAYS[name])})" for name in ("change", "goods")}
    sources["moving"] = (
        f"(SELECT request_id, line.* FROM {_unnested('moving')} line ({', '.join(IN_ARRAYS['moving'])}) "
        f"JOIN jsonb_to_recordset(%(asked)s) asked (place int8, request_id text) USING (place)) moving"
    )
    net = f"coalesce((%(net)s::jsonb ->> {_KEY})::numeric, excluded.quantity)"
    return _in_one_line(sources, {"net": net, "needed": f"coalesce((%(needed)s::jsonb ->> {_KEY})::numeric, 0)"})


def _unnested(name: str) -> str:
    arrays = zip(array_names(name), IN_ARRAYS[name].values(), strict=True)
    return f"unnest({', '.join(f'%({array})s::{kind}[]' for array, kind in arrays)})"


def _of_one_line(changes: int) -> str:
    """For a document of one line that touches so many balances, in parameters: in half the time."""
    sizes = dict.fromkeys(SOURCES, 1) | {"change": changes, "place": 2}
    sources = {}
    for name, columns in SOURCES.items():
        row = f"({', '.join(f'%s::{kind}' for kind in columns.values())})"
        sources[name] = f"(VALUES {', '.join([row] * sizes[name])}) AS {name} ({', '.join(columns)})"
    looked_up = {name: f"(SELECT {name} FROM change WHERE {_SAME})" for name in ("net", "needed")}
    return _in_one_line(sources, looked_up)


def _in_one_line(sources: dict[str, str], looked_up: dict[str, str]) -> str:
    """psycopg parses a statement of more than 4,096 characters anew each time that it is run."""
    line = " ".join(_STATEMENT.format(most=MOST_ON_HAND, **sources, **looked_up).split())
    return line.replace("( ", "(").replace(" )", ")")


ANY_SIZE = _of_any_size()
ONE_LINE = {changes: _of_one_line(changes) for changes in (1, 2)}
"""By how many balances the line touches."""
