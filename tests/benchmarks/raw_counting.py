"""The floor under approving a count: its rows in set-based statements, by the driver alone, as durably."""

from __future__ import annotations

import time

from wms_tui.services.backend import Backend

APPLY = """
    UPDATE balance SET quantity = balance.quantity + line.counted - line.expected
    FROM count_line AS line WHERE line.plan_id = {plan} AND line.counted <> line.expected
    AND balance.product_id = line.product_id AND balance.location_id = line.location_id AND balance.lot_id = line.lot_id
"""
NUMBER = """
    INSERT INTO counter (name, value) VALUES ('C-{year}', 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value
"""
DOCUMENT = """
    INSERT INTO document (number, kind, reference, partner, note, user_id, terminal, happened_at, posted_at,
        request_id, request_hash)
    SELECT '{number}', 'count', '#{plan}', '', name, {user}, 'bench', {now}, {now}, request_id, request_id
    FROM count_plan WHERE id = {plan} RETURNING id
"""
MOVE = """
    INSERT INTO movement (document_id, line, product_id, lot_id, source_id, target_id, quantity, unit_id,
        entered_quantity, unit_cost, user_id, at)
    SELECT {document}, ROW_NUMBER() OVER (ORDER BY line.location_id, line.product_id, line.lot_id),
        line.product_id, line.lot_id,
        CASE WHEN counted > expected THEN {loss} ELSE line.location_id END,
        CASE WHEN counted > expected THEN line.location_id ELSE {loss} END,
        ABS(counted - expected), unit_id, ABS(counted - expected), product.cost, {user}, {now}
    FROM count_line AS line JOIN product ON product.id = line.product_id
    WHERE line.plan_id = {plan} AND line.counted <> line.expected
"""
SETTLE = """
    UPDATE count_plan SET state = 'posted', approved_by = {user}, approved_at = {now}, document_id = {document}
    WHERE id = {plan}
"""
EVENT = """
    INSERT INTO audit_event (at, user_id, terminal, action, subject, before, after)
    VALUES ({now}, {user}, 'bench', 'approve count', '#{plan}', '', '{number}')
"""
BEGIN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}
NOW = {"sqlite": "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')", "postgresql": "now()"}


def approve(backend: Backend, plan: int, user: int, year: int) -> float:
    """Post a plan on a connection of the backend's own, whose cache is as warm; answers the seconds that it took."""
    pooled, dialect = backend._connections.take(), backend._engine.dialect.name
    execute = pooled.dbapi_connection.execute
    values = {"plan": plan, "user": user, "now": NOW[dialect], "year": year}
    values["loss"] = execute("SELECT id FROM location WHERE code = 'LOSS'").fetchone()[0]
    began = time.perf_counter()
    execute(BEGIN[dialect])
    execute(APPLY.format(**values))
    values["number"] = f"C-{year}-{execute(NUMBER.format(**values)).fetchone()[0]:06d}"
    values["document"] = execute(DOCUMENT.format(**values)).fetchone()[0]
    execute(MOVE.format(**values))
    execute(SETTLE.format(**values))
    execute(EVENT.format(**values))
    execute("COMMIT")
    took = time.perf_counter() - began
    backend._connections.give_back(pooled)
    return took
