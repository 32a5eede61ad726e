"""The audit's own SQL over the ledger: nothing here is shared with the code that posts.

Each check is a statement that returns the bad rows as (sku, location, lot, number, expected, found). Sums are taken in
two halves on SQLite, whose ``SUM`` fails beyond 64 bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from wms_tui.db.verify_scope import FULL, HALF, Scope
from wms_tui.domain.texts import N_
from wms_tui.domain.verify import Checked, Problem

MOST_PROBLEMS = 1000
REAL = "('bin', 'aisle')"


@dataclass(frozen=True, slots=True)
class Check:
    """``sql`` finds the bad rows, ``count`` names the table whose rows are looked at; ``Scope.sql`` fills in both.

    ``sums`` marks ``expected`` and ``found`` as sums in halves: expected_high, expected_low, found_high, found_low;
    ``scaled`` as single quantities. ``quick`` stands in for ``sql`` since a checkpoint: where it finds a row, the whole
    ledger is looked at to name it.
    """

    name: str
    count: str
    sql: str
    sums: bool = False
    scaled: bool = False
    quick: str = ""


NAMES = """
    COALESCE(product.sku, '#' || bad.product_id), COALESCE(location.code, '#' || bad.location_id),
    COALESCE(lot.number, '#' || bad.lot_id)
"""
NAMED = """
    LEFT JOIN product ON product.id = bad.product_id
    LEFT JOIN location ON location.id = bad.location_id
    LEFT JOIN lot ON lot.id = bad.lot_id
"""

CONSERVATION = f"""
    WITH place AS (SELECT id, kind IN {REAL} AS is_real FROM location),
    held AS (
        SELECT product_id, {{high}} AS high, {{low}} AS low
        FROM balance JOIN place ON place.id = location_id WHERE is_real
        UNION ALL
        SELECT product_id, high, low FROM ({{sides}}) AS side JOIN place ON place.id = location_id WHERE NOT is_real
    ),
    total AS (SELECT product_id, SUM(high) AS high, SUM(low) AS low FROM held GROUP BY product_id)
    SELECT COALESCE(sku, '#' || product_id), '', '', '', 0, 0, high, low
    FROM total LEFT JOIN product ON product.id = product_id
    WHERE high * {HALF} + low <> 0 ORDER BY 1
"""
BALANCES = f"""
    WITH sums AS (
        SELECT product_id, location_id, lot_id, high, low, 0 AS on_high, 0 AS on_low, 0 AS kept
        FROM ({{sides}}) AS side
        UNION ALL
        SELECT product_id, location_id, lot_id, 0, 0, {{high}}, {{low}}, 1 FROM balance
    ),
    bad AS (
        SELECT product_id, location_id, lot_id, SUM(high) AS high, SUM(low) AS low,
            SUM(on_high) AS on_high, SUM(on_low) AS on_low, MAX(kept) AS kept
        FROM sums WHERE location_id IN (SELECT id FROM location WHERE kind IN {REAL})
        GROUP BY product_id, location_id, lot_id
        HAVING (SUM(high) - SUM(on_high)) * {HALF} + SUM(low) - SUM(on_low) <> 0
    )
    SELECT {NAMES}, '', high, low,
        CASE WHEN kept = 1 THEN on_high END, CASE WHEN kept = 1 THEN on_low END
    FROM bad {NAMED} ORDER BY 1, 2, 3
"""
NEGATIVE = f"SELECT {NAMES}, '', 0, bad.quantity FROM balance bad {NAMED} WHERE bad.quantity < 0 ORDER BY 1, 2, 3"
BALANCE_PLACES = f"""
    SELECT {NAMES}, '', 'bin, aisle', COALESCE(location.kind, '?') FROM balance bad {NAMED}
    WHERE location.kind IS NULL OR location.kind NOT IN {REAL} ORDER BY 1, 2, 3
"""
MOVEMENT_PLACES = f"""
    SELECT {NAMES}, COALESCE(document.number, '#' || bad.document_id), '', COALESCE(location.kind, '?')
    FROM (
        SELECT product_id, lot_id, document_id, source_id AS location_id FROM {{movements}}
        UNION ALL SELECT product_id, lot_id, document_id, target_id FROM {{movements}}
    ) AS bad {NAMED} LEFT JOIN document ON document.id = bad.document_id
    WHERE location.kind IS NULL OR location.kind IN ('warehouse', 'zone') ORDER BY 4
"""
SOUND_MOVEMENTS = f"""
    SELECT {NAMES}, COALESCE(document.number, '#' || bad.document_id),
        CASE WHEN bad.quantity > 0 THEN 'two places' ELSE 'quantity > 0' END,
        CASE WHEN bad.quantity > 0 THEN 'one place' ELSE 'quantity <= 0' END
    FROM (
        SELECT product_id, lot_id, document_id, source_id AS location_id, target_id, quantity FROM {{movements}}
    ) AS bad
    {NAMED} LEFT JOIN document ON document.id = bad.document_id
    WHERE bad.quantity <= 0 OR bad.location_id = bad.target_id ORDER BY 4
"""
ENTERED = f"""
    SELECT {NAMES}, COALESCE(document.number, '#' || bad.document_id), bad.quantity, bad.entered_quantity
    FROM (
        SELECT product_id, lot_id, document_id, target_id AS location_id, unit_id, quantity, entered_quantity
        FROM {{movements}}
    ) AS bad {NAMED} LEFT JOIN document ON document.id = bad.document_id
    WHERE bad.unit_id = product.unit_id AND bad.quantity <> bad.entered_quantity ORDER BY 4
"""
TREE = """
    WITH RECURSIVE tree AS (
        SELECT id FROM location WHERE parent_id IS NULL
        UNION SELECT location.id FROM location JOIN tree ON location.parent_id = tree.id
    )
    SELECT '', code, '', '', 'under a root', 'under itself' FROM location
    WHERE id NOT IN (SELECT id FROM tree) AND parent_id IN (SELECT id FROM location) ORDER BY 2
"""
LOTS = f"""
    SELECT {NAMES}, number_, COALESCE(product.sku, ''), COALESCE(owner.sku, '?')
    FROM (
        SELECT movement.product_id, movement.lot_id, target_id AS location_id, document.number AS number_
        FROM {{movements}} LEFT JOIN document ON document.id = document_id
        UNION ALL SELECT product_id, lot_id, location_id, '' FROM balance
    ) AS bad {NAMED} LEFT JOIN product AS owner ON owner.id = lot.product_id
    WHERE bad.lot_id <> 0 AND (lot.product_id IS NULL OR lot.product_id <> bad.product_id) ORDER BY 4, 1, 2
"""
SERIALS = """
    SELECT product.sku, MIN(location.code), lot.number, '', {one}, SUM(balance.quantity)
    FROM balance JOIN product ON product.id = balance.product_id JOIN lot ON lot.id = balance.lot_id
    LEFT JOIN location ON location.id = balance.location_id
    WHERE product.tracking = 'serial' AND balance.lot_id <> 0 AND balance.quantity <> 0
    GROUP BY balance.lot_id, product.sku, lot.number HAVING SUM(balance.quantity) > {one} ORDER BY 1, 3
"""
REQUESTS = """
    SELECT '', '', '', MIN(number) || ' … ' || MAX(number), '1', request_id || ' x ' || COUNT(*)
    FROM document WHERE {requested} GROUP BY request_id HAVING COUNT(*) > 1 ORDER BY 4
"""
CONTENTS = """
    SELECT '', '', '', number, CASE WHEN held = 0 THEN '>= 1' ELSE 'lines 1 to ' || held END,
        CASE WHEN held = 0 THEN '0' ELSE 'lines ' || first_line || ' to ' || last_line END
    FROM (
        SELECT document.number AS number, COUNT(movement.id) AS held, MIN(line) AS first_line, MAX(line) AS last_line,
            COUNT(DISTINCT line) AS told_apart
        FROM document LEFT JOIN movement ON movement.document_id = document.id
        WHERE {touched} GROUP BY document.id, document.number
    ) AS contents
    WHERE held = 0 OR first_line <> 1 OR last_line <> held OR told_apart <> held ORDER BY 4
"""

LEDGER_CHECKS = (
    Check(N_("Every product sums to zero over all locations"), "product", CONSERVATION, sums=True),
    Check(N_("Balances equal the ledger"), "balance", BALANCES, sums=True),
    Check(N_("No stock is negative"), "balance", NEGATIVE, scaled=True),
    Check(N_("Balances stand only where stock is held"), "balance", BALANCE_PLACES),
    Check(N_("Movements touch only places that take part in them"), "{movements}", MOVEMENT_PLACES),
    Check(N_("Movements have two places and a quantity above 0"), "{movements}", SOUND_MOVEMENTS),
    Check(N_("What was entered in the base unit is what was moved"), "{movements}", ENTERED, scaled=True),
    Check(N_("Locations form a tree"), "location", TREE),
    Check(N_("Lots belong to the product that is moved"), "{movements}", LOTS),
    Check(N_("Serial numbers are in one place, once"), "balance", SERIALS, scaled=True),
    Check(N_("Each request was posted once"), "{documents}", REQUESTS),
    Check(N_("Each document has its lines"), "{documents}", CONTENTS),
)


def attempt(name: str, check: Callable[[Connection], Checked], connection: Connection) -> Checked:
    """Carry out one check; a damaged SQLite file fails it and lets the others go on."""
    try:
        return check(connection)
    except DBAPIError as error:
        if connection.dialect.name != "sqlite":
            raise
        return Checked(name, 0, (Problem(expected="readable", found=str(error.orig)),))


def run(check: Check, scope: Scope, connection: Connection) -> Checked:
    """Carry out one check over the rows of a scope."""
    dialect = connection.dialect.name
    is_sqlite = dialect == "sqlite"
    if check.quick and not scope.is_full:
        if connection.exec_driver_sql(scope.sql(check.quick, dialect)).first() is None:
            return Checked(check.name, count(connection, check.count, scope))
        scope = FULL
    rows = connection.exec_driver_sql(scope.sql(check.sql, dialect)).fetchmany(MOST_PROBLEMS + 1)
    problems = tuple(Problem(*row[:4], *_told(check, row[4:], is_sqlite)) for row in rows[:MOST_PROBLEMS])
    return Checked(check.name, count(connection, check.count, scope), problems, len(rows) > MOST_PROBLEMS)


def count(connection: Connection, table: str, scope: Scope = FULL) -> int:
    """How many rows of a table are looked at."""
    sql = scope.sql(f"SELECT COUNT(*) FROM {table}", connection.dialect.name)
    return int(connection.exec_driver_sql(sql).scalar_one())


def _told(check: Check, values: tuple[Any, ...], is_sqlite: bool) -> Iterator[str]:
    if check.sums:
        pairs = [values[:2], values[2:]]
        values = tuple(None if high is None else Decimal(high) * HALF + Decimal(low) for high, low in pairs)
    for value in values:
        yield _shown(value, is_sqlite) if check.sums or check.scaled else str(value)


def _shown(value: Any, is_sqlite: bool) -> str:
    """A quantity without an exponent or trailing zeros; SQLite keeps millionths."""
    if value is None:
        return "none"
    text = f"{Decimal(value).scaleb(-6) if is_sqlite else Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
