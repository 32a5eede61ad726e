"""The judgement: plain SQL on the driver alone, and nothing of the program that is judged."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from decimal import Decimal
from typing import Any

import psycopg

from tests.faults.journal import Entry

MOVED = """
    SELECT document.request_id, product.sku, lot.number, origin.code, target.code, movement.quantity
    FROM movement JOIN document ON document.id = movement.document_id JOIN product ON product.id = movement.product_id
    JOIN lot ON lot.id = movement.lot_id JOIN location origin ON origin.id = movement.source_id
    JOIN location target ON target.id = movement.target_id
"""
DOCUMENTS = "SELECT request_id, kind, number FROM document"
SIDES = """
    SELECT product_id, lot_id, target_id AS location_id, quantity FROM movement
    UNION ALL SELECT product_id, lot_id, source_id, -quantity FROM movement
"""
BAD_ROWS = {
    "a product does not sum to zero": f"""
        SELECT product_id, SUM(quantity) FROM (
            SELECT product_id, quantity FROM balance UNION ALL
            SELECT product_id, quantity FROM ({SIDES}) side JOIN location ON location.id = location_id
            WHERE kind NOT IN ('bin', 'aisle')) held GROUP BY product_id HAVING SUM(quantity) <> 0""",
    "a balance is not the sum of its movements": f"""
        SELECT product_id, location_id, lot_id, SUM(quantity) FROM (
            SELECT product_id, location_id, lot_id, quantity FROM balance UNION ALL
            SELECT product_id, location_id, lot_id, -quantity FROM ({SIDES}) side
            JOIN location ON location.id = location_id WHERE kind IN ('bin', 'aisle')) held
        GROUP BY product_id, location_id, lot_id HAVING SUM(quantity) <> 0""",
    "stock is negative": "SELECT * FROM balance WHERE quantity < 0",
    "a request was posted twice": "SELECT request_id FROM document GROUP BY request_id HAVING COUNT(*) > 1",
    "a document has no lines": "SELECT number FROM document WHERE id NOT IN (SELECT document_id FROM movement)",
    "a line has no document": "SELECT id FROM movement WHERE document_id NOT IN (SELECT id FROM document)",
    "a document lacks a line": """
        SELECT document_id FROM movement GROUP BY document_id
        HAVING MIN(line) <> 1 OR MAX(line) <> COUNT(*) OR COUNT(DISTINCT line) <> COUNT(*)""",
    "numbers have a gap": """
        SELECT substr(number, 1, 6), COUNT(*) FROM document GROUP BY substr(number, 1, 6)
        HAVING MIN(CAST(substr(number, 8) AS INTEGER)) <> 1 OR COUNT(DISTINCT number) <> COUNT(*)
        OR MAX(CAST(substr(number, 8) AS INTEGER)) <> COUNT(*)""",
    "a counter is not at the last number": """
        SELECT name, value FROM counter WHERE value <>
        (SELECT COUNT(*) FROM document WHERE substr(number, 1, 6) = name)""",
    "a count is posted without its document": """
        SELECT id FROM count_plan WHERE state = 'posted' AND document_id IS NOT NULL
        AND document_id NOT IN (SELECT id FROM document)""",
    "an audit event is missing": """
        SELECT number FROM document WHERE kind <> 'count'
        AND number NOT IN (SELECT subject FROM audit_event WHERE action = 'post')""",
}


def judge(url: str, entries: Iterable[Entry]) -> None:
    """Raise ``AssertionError`` with what is wrong with a database, beside what was written down."""
    is_sqlite = url.startswith("sqlite")
    with closing(_connect(url)) as connection:
        bad = {what: rows for what, sql in BAD_ROWS.items() if (rows := connection.execute(sql).fetchall())}
        assert not bad, bad
        documents = {request_id: (kind, number) for request_id, kind, number in connection.execute(DOCUMENTS)}
        moved: dict[str, Counter[Any]] = {request_id: Counter() for request_id in documents}
        for request_id, sku, lot, source, target, quantity in connection.execute(MOVED):
            exact = quantity if is_sqlite else int(Decimal(quantity) * 1_000_000)
            moved[request_id][sku, lot, source, target, exact] += 1
    _compare(documents, moved, {entry.request_id: entry for entry in entries})


def _compare(documents: dict[str, tuple[str, str]], moved: dict[str, Counter[Any]], known: dict[str, Entry]) -> None:
    unknown = documents.keys() - known.keys()
    assert not unknown, f"posted, but nobody wrote down that it would be sent: {unknown}"
    lost = [entry.number for entry in known.values() if entry.number and entry.request_id not in documents]
    assert not lost, f"acknowledged and lost: {lost}"
    refused = [entry for entry in known.values() if entry.refused and entry.request_id in documents]
    assert not refused, f"refused and posted all the same: {refused}"
    for request_id, (kind, number) in documents.items():
        entry = known[request_id]
        assert entry.number in {"", number}, f"{request_id} was told {entry.number} and is {number}"
        assert kind == entry.kind, f"{number} is a {kind} and not a {entry.kind}"
        assert moved[request_id] == Counter(entry.moves), f"{number}: {moved[request_id]} instead of {entry.moves}"


def _connect(url: str) -> Any:
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"))
    return psycopg.connect(url)
