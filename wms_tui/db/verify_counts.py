"""The audit's own SQL over counts: what they remember of the ledger, and what they posted."""

from __future__ import annotations

from wms_tui.db.verify import NAMED, NAMES, Check
from wms_tui.domain.texts import N_

AT_POSITION = """
    movement.product_id = count_line.product_id AND movement.lot_id = count_line.lot_id
    AND movement.document_id <= count_line.position
"""
REMEMBERED = f"""
    SELECT {NAMES}, '#' || bad.plan_id, bad.booked, bad.expected
    FROM (
        SELECT plan_id, product_id, location_id, lot_id, expected,
            COALESCE((SELECT SUM(quantity) FROM movement
                WHERE target_id = count_line.location_id AND {AT_POSITION}), 0)
            - COALESCE((SELECT SUM(quantity) FROM movement
                WHERE source_id = count_line.location_id AND {AT_POSITION}), 0) AS booked
        FROM count_line WHERE counted IS NOT NULL AND {{counted}}
    ) AS bad {NAMED} WHERE bad.booked <> bad.expected ORDER BY 4, 2, 1
"""
DIFFERENCES = """
    SELECT count_plan.id AS plan_id, count_plan.document_id, count_line.product_id, count_line.location_id,
        count_line.lot_id, count_line.counted - count_line.expected AS change
    FROM count_line JOIN count_plan ON count_plan.id = count_line.plan_id
    WHERE count_plan.state = 'posted' AND count_line.counted <> count_line.expected AND {approved}
"""
MATCHES = """
    movement.document_id = line.document_id AND movement.product_id = line.product_id
    AND movement.lot_id = line.lot_id
    AND ((line.change > 0 AND movement.target_id = line.location_id AND movement.quantity = line.change)
        OR (line.change < 0 AND movement.source_id = line.location_id AND movement.quantity = -line.change))
"""
POSTED = f"""
    SELECT {NAMES}, '#' || bad.plan_id, bad.change, bad.moved FROM (
        SELECT line.plan_id, line.product_id, line.location_id, line.lot_id, line.change,
            (SELECT COUNT(*) FROM movement WHERE {MATCHES}) AS matching, 0 AS moved
        FROM ({DIFFERENCES}) AS line
    ) AS bad {NAMED} WHERE bad.matching <> 1
    UNION ALL
    SELECT '', '', '', document.number, held.differing, held.moved FROM (
        SELECT document.id AS document_id,
            (SELECT COUNT(*) FROM movement WHERE document_id = document.id) AS moved,
            (SELECT COUNT(*) FROM ({DIFFERENCES}) AS line WHERE line.document_id = document.id) AS differing
        FROM {{documents}} WHERE kind = 'count'
    ) AS held JOIN document ON document.id = held.document_id WHERE held.moved <> held.differing
    ORDER BY 4, 2, 1
"""

COUNT_CHECKS = (
    Check(N_("Counts remember what the ledger held"), "count_line", REMEMBERED, scaled=True),
    Check(N_("Count documents hold the differences of their counts"), "count_plan", POSTED),
)
