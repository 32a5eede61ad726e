# ruff: noqa: E501 - SQL is easier to read in one piece
"""A warehouse of any size, made by set-based SQL so that every invariant holds."""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import Connection, text

from wms_tui.services.backend import Backend

PRODUCTS, BINS = 2000, 500

_CATALOG = (
    "INSERT INTO location (code, name, kind, parent_id, closed) SELECT 'Z', '', 'zone', NULL, FALSE",
    "INSERT INTO location (code, name, kind, parent_id, closed) "
    "SELECT 'B' || n, '', 'bin', (SELECT id FROM location WHERE code = 'Z'), FALSE FROM {numbers} WHERE n < {bins}",
    "INSERT INTO product (sku, name, specification, unit_id, cost, tracking, active, version, created_at, updated_at) "
    "SELECT 'P' || n, 'Product ' || n, '', 1, {cost}, 'none', TRUE, 1, {now}, {now} FROM {numbers} WHERE n < {products}",
)
_LEDGER = (
    "INSERT INTO document (id, number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at, "
    "request_id, request_hash) SELECT n + 1, 'R-2020-' || {padded}, 'receipt', 'PO ' || substr({padded}, 1, 5), '', '', "
    "2, 'bulk', {then}, {then}, 'bulk ' || n, 'bulk' FROM {numbers} WHERE n < {size}",
    "INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id, "
    "entered_quantity, user_id, at) SELECT n + 1, 1, (SELECT MIN(id) FROM product) + (n * 7919) % {products}, 0, "
    "(SELECT id FROM location WHERE code = 'SUPPLIER'), (SELECT id FROM location WHERE code = 'B0') + (n * 31) % {bins}, "
    "{one}, 1, {one}, 2, {then} FROM {numbers} WHERE n < {size}",
    "INSERT INTO balance (product_id, location_id, lot_id, quantity) "
    "SELECT product_id, target_id, 0, SUM(quantity) FROM movement GROUP BY product_id, target_id",
    "INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after) "
    "SELECT posted_at, 2, 'bulk', 'post', number, '', '' FROM document ORDER BY id",
    "INSERT INTO counter (name, value) SELECT 'R-2020', {size} WHERE {size} > 0",
)
_WORDS = {
    "sqlite": {
        "numbers": "(WITH RECURSIVE count(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM count LIMIT {most}) SELECT n FROM count)",
        "padded": "printf('%06d', n + 1)",
        "now": "'2020-06-15T10:00:00.000000+00:00'",
        "then": "strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', '2020-01-01', (n * 30) || ' seconds')",
        "one": "1000000",
        "cost": "2500",
    },
    "postgresql": {
        "numbers": "generate_series(0::bigint, {most} - 1) AS n",
        "padded": "CASE WHEN n < 999999 THEN lpad((n + 1)::text, 6, '0') ELSE (n + 1)::text END",
        "now": "'2020-06-15T10:00:00+00:00'::timestamptz",
        "then": "'2020-01-01T00:00:00+00:00'::timestamptz + n * interval '30 seconds'",
        "one": "1",
        "cost": "0.25",
    },
}


def fill(url: str, size: int) -> None:
    """The catalog and ``size`` receipts of one line each, by the user with id 2, with their audit events."""
    with closing(Backend(url)) as backend, backend._engine.connect() as connection:
        dialect = connection.dialect.name
        words = {**_WORDS[dialect], "products": PRODUCTS, "bins": BINS, "size": size}
        words["numbers"] = words["numbers"].format(most=max(size, PRODUCTS))
        with Unguarded(connection):
            for statement in (*_CATALOG, *_LEDGER):
                run(connection, statement.format(**words))
        if dialect == "postgresql":
            for table in ("document", "movement", "audit_event"):
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}))"
                    )
                )
            connection.exec_driver_sql("ANALYZE")


def run(connection: Connection, sql: str) -> None:
    """Straight to the driver: psycopg would take a ``%`` for a parameter."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute(sql)


class Unguarded:
    """Triggers are dropped while the rows are made, and put back as they were."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._guards: list[str] = []

    def __enter__(self) -> None:
        if self._connection.dialect.name != "sqlite":
            return
        self._connection.exec_driver_sql("PRAGMA synchronous = OFF")
        guards = self._connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        self._guards = [sql for _, sql in guards]
        for name, _ in guards:
            self._connection.exec_driver_sql(f"DROP TRIGGER {name}")
        self._connection.exec_driver_sql("BEGIN")

    def __exit__(self, *_: object) -> None:
        if self._connection.dialect.name != "sqlite":
            return
        self._connection.exec_driver_sql("COMMIT")
        for sql in self._guards:
            self._connection.exec_driver_sql(sql)
        self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.exec_driver_sql("PRAGMA synchronous = FULL")
