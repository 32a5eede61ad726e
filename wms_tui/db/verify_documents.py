"""The audit's own SQL over document numbers and reversals."""

from __future__ import annotations

from wms_tui.db.verify import Check
from wms_tui.domain.texts import N_

PREFIX = """CASE kind WHEN 'receipt' THEN 'R' WHEN 'issue' THEN 'I' WHEN 'transfer' THEN 'T' WHEN 'adjustment' THEN 'A'
    WHEN 'count' THEN 'C' WHEN 'reversal' THEN 'V' ELSE '?' END"""
WELL_FORMED = {
    "sqlite": (
        "(number GLOB '[A-Z]-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]*' "
        "AND substr(number, 8) NOT GLOB '*[^0-9]*' AND length(number) < 24)"
    ),
    "postgresql": "(number ~ '^[A-Z]-[0-9]{4}-[0-9]{6,16}$')",
}
SERIALS = """
    SELECT substr(number, 1, 6) AS name, number,
        CASE WHEN {well_formed} THEN CAST(substr(number, 8) AS BIGINT) END AS serial
    FROM {documents} WHERE {well_formed}
"""
GIVEN = f"""
    SELECT name, SUM(documents) AS documents, MAX(highest) AS highest FROM (
        {{series}} SELECT name, COUNT(*) AS documents, MAX(serial) AS highest FROM ({SERIALS}) AS serials GROUP BY name
    ) AS known GROUP BY name
"""
"""How many documents there are of each kind and year, and their highest number."""

MISNAMED = f"""
    SELECT '', '', '', number, {PREFIX} || '-YYYY-NNNNNN', kind FROM {{documents}}
    WHERE NOT {{well_formed}} OR substr(number, 1, 1) <> {PREFIX} ORDER BY id
"""
GAPS = f"""
    SELECT '', '', '', number, CAST(before + 1 AS VARCHAR(20)), CAST(serial AS VARCHAR(20)) FROM (
        SELECT name, number, serial, COALESCE(LAG(serial) OVER (PARTITION BY name ORDER BY serial), 0) AS before
        FROM ({SERIALS}) AS serials
    ) AS steps WHERE serial <> before + 1 ORDER BY 4
"""
QUICK_GAPS = f"SELECT name FROM ({GIVEN}) AS given WHERE documents <> highest"
COUNTERS = f"""
    WITH given AS ({GIVEN}),
    known AS (SELECT name FROM given UNION SELECT name FROM counter)
    SELECT '', '', '', known.name, CAST(COALESCE(highest, 0) AS VARCHAR(20)),
        COALESCE(CAST(counter.value AS VARCHAR(20)), 'none')
    FROM known LEFT JOIN given ON given.name = known.name LEFT JOIN counter ON counter.name = known.name
    WHERE counter.value IS NULL OR highest IS NULL OR counter.value <> highest ORDER BY 4
"""
MIRRORED = """
    other.line = one.line AND other.product_id = one.product_id AND other.lot_id = one.lot_id
    AND other.source_id = one.target_id AND other.target_id = one.source_id AND other.quantity = one.quantity
    AND other.unit_id = one.unit_id AND other.entered_quantity = one.entered_quantity
    AND COALESCE(other.unit_cost, -1) = COALESCE(one.unit_cost, -1)
"""
MIRRORS = f"""
    SELECT '', '', '', reversal.number, 'line ' || one.line || ' of ' || original.number, 'no such line'
    FROM document AS reversal JOIN document AS original ON original.id = reversal.reverses_id
    JOIN movement AS one ON one.document_id = original.id
    LEFT JOIN movement AS other ON other.document_id = reversal.id AND {MIRRORED}
    WHERE other.id IS NULL AND {{mirrored}}
    UNION ALL
    SELECT '', '', '', reversal.number, 'no such line', 'line ' || one.line
    FROM document AS reversal JOIN document AS original ON original.id = reversal.reverses_id
    JOIN movement AS one ON one.document_id = reversal.id
    LEFT JOIN movement AS other ON other.document_id = original.id AND {MIRRORED}
    WHERE other.id IS NULL AND {{mirrored}}
    UNION ALL
    SELECT '', '', '', reversal.number, 'reversal of another document',
        reversal.kind || ' of ' || COALESCE(original.number, 'nothing')
    FROM document AS reversal LEFT JOIN document AS original ON original.id = reversal.reverses_id
    WHERE ((reversal.kind = 'reversal') <> (original.id IS NOT NULL) OR original.kind = 'reversal') AND {{mirrored}}
    UNION ALL
    SELECT '', '', '', MAX(number), '1', CAST(COUNT(*) AS VARCHAR(20)) || ' reversals of one document'
    FROM document WHERE reverses_id IS NOT NULL AND {{reversing}} GROUP BY reverses_id HAVING COUNT(*) > 1
    ORDER BY 4, 5, 6
"""


def given(dialect: str) -> str:
    """A statement for (kind and year, documents, highest number)."""
    return GIVEN.replace("{well_formed}", WELL_FORMED[dialect])


def document_checks(dialect: str) -> list[Check]:
    """The checks in a dialect's SQL."""

    def check(name: str, table: str, sql: str, quick: str = "") -> Check:
        sql, quick = (text.replace("{well_formed}", WELL_FORMED[dialect]) for text in (sql, quick))
        return Check(name, table, sql, quick=quick)

    return [
        check(N_("Document numbers say kind, year and count"), "{documents}", MISNAMED),
        check(N_("Document numbers have no gaps"), "{documents}", GAPS, QUICK_GAPS),
        check(N_("Counters stand at the last number"), "counter", COUNTERS),
        check(N_("Reversals mirror their originals"), "{documents}", MIRRORS),
    ]
