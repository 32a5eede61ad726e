"""The floor under posting: the driver alone, writing the rows that posting writes, as durably."""

from __future__ import annotations

import itertools
import sqlite3
from datetime import UTC, datetime

import psycopg

from wms_tui.db.engine import _PRAGMAS

PUT = (
    "INSERT INTO balance (product_id, location_id, lot_id, quantity) VALUES (?, ?, 0, ?) "
    "ON CONFLICT (product_id, location_id, lot_id) DO UPDATE SET quantity = balance.quantity + excluded.quantity"
)
TAKE = (
    "UPDATE balance SET quantity = quantity - ? WHERE product_id = ? AND location_id = ? AND lot_id = 0 "
    "AND quantity >= ?"
)
COUNT = (
    "INSERT INTO counter (name, value) VALUES (?, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)
DOCUMENT = (
    "INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at, "
    "request_id, request_hash, reverses_id) VALUES (?, ?, '', '', '', 1, 'bench', ?, ?, ?, ?, NULL) RETURNING id"
)
MOVEMENT = (
    "INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id, "
    "entered_quantity, unit_cost, reason_id, user_id, at) VALUES (?, 1, ?, 0, ?, ?, ?, 1, ?, 2500, NULL, 1, ?)"
)
EVENT = (
    "INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after) "
    "VALUES (?, 1, 'bench', 'post', ?, '', '')"
)


class RawWarehouse:
    """One connection of the driver, set up as ours are."""

    def __init__(self, path: str, name: str = "") -> None:
        self._name = name
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=60, check_same_thread=False)
        for pragma in _PRAGMAS:
            self._connection.execute(pragma)
        self._serial = itertools.count(1)

    def one(self, sql: str, *values):
        return self._connection.execute(sql, values).fetchone()[0]

    def post(self, prefix: str, kind: str, product: int, source: int, target: int, real: tuple[int, ...]) -> None:
        """A document of one line over one unit; ``real`` are the places with a balance."""
        execute = self._connection.execute
        moment = datetime.now(UTC).isoformat(timespec="microseconds")
        execute("BEGIN IMMEDIATE")
        for place in sorted(real):
            if place == target:
                execute(PUT, (product, place, 1_000_000))
            else:
                execute(TAKE, (1_000_000, product, place, 1_000_000))
        number = f"{prefix}-2026-{self.one(COUNT, f'{prefix}-2026'):06d}"
        digest = f"raw{self._name}{next(self._serial):059d}"
        document = self.one(DOCUMENT, number, kind, moment, moment, digest, digest)
        execute(MOVEMENT, (document, product, source, target, 1_000_000, 1_000_000, moment))
        execute(EVENT, (moment, number))
        execute("COMMIT")


class RawPostgres:
    """The same over psycopg: one connection, statements prepared by the driver."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True, prepare_threshold=1)
        self._serial = itertools.count(1)

    def one(self, sql: str, *values):
        return self._connection.execute(sql.replace("?", "%s"), values).fetchone()[0]

    def post(self, prefix: str, kind: str, product: int, source: int, target: int, real: tuple[int, ...]) -> None:
        execute = self._connection.execute
        moment = datetime.now(UTC)
        execute("BEGIN")
        for place in sorted(real):
            if place == target:
                execute(PUT.replace("?", "%s"), (product, place, 1))
            else:
                execute(TAKE.replace("?", "%s"), (1, product, place, 1))
        number = f"{prefix}-2026-{self.one(COUNT, f'{prefix}-2026'):06d}"
        digest = f"raw{next(self._serial):061d}"
        document = self.one(DOCUMENT, number, kind, moment, moment, digest, digest)
        execute(MOVEMENT.replace("?", "%s"), (document, product, source, target, 1, 1, moment))
        execute(EVENT.replace("?", "%s"), (moment, number))
        execute("COMMIT")
