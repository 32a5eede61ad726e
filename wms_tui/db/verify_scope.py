"""Which rows the audit's checks look at: the whole ledger, or what has come since a checkpoint."""

from __future__ import annotations

from dataclasses import dataclass

HALF = 10**9
EVERYTHING = "1 = 1"
SIDES = """
    SELECT product_id, target_id AS location_id, lot_id, {high} AS high, {low} AS low FROM {movements}
    UNION ALL SELECT product_id, source_id, lot_id, -({high}), -({low}) FROM {movements}
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """All rows, or those above these ids; what is below them stands in the checkpoint's tables."""

    document_id: int | None = None
    movement_id: int | None = None

    @property
    def is_full(self) -> bool:
        return self.document_id is None

    def sql(self, template: str, dialect: str) -> str:
        """A check's statement for these rows in a dialect's SQL.

        ``{movements}`` and ``{documents}`` are the rows looked at, under the tables' names, and ``{sides}`` what every
        movement does to its two locations as product_id, location_id, lot_id, high, low. The others are conditions:
        ``{touched}`` on ``document.id``, ``{mirrored}`` on ``reversal.id``, ``{requested}`` on ``request_id``,
        ``{reversing}`` on ``reverses_id``, ``{counted}`` on ``plan_id``, ``{approved}`` on ``count_plan``.
        ``{high}`` and ``{low}`` are the halves of the column ``quantity``, ``{one}`` is a quantity of 1.
        """
        for name, words in self._words(dialect).items():
            template = template.replace(f"{{{name}}}", words)
        return template

    def _words(self, dialect: str) -> dict[str, str]:
        high, low = (f"quantity / {HALF}", f"quantity % {HALF}") if dialect == "sqlite" else ("0", "quantity")
        tables = {"movements": "movement", "documents": "document"}
        words = {"series": "", "sides": SIDES, **tables, "high": high, "low": low}
        words["one"] = "1000000" if dialect == "sqlite" else "1"
        if self.is_full:
            conditions = ("touched", "mirrored", "requested", "reversing", "counted", "approved")
            return words | dict.fromkeys(conditions, EVERYTHING)
        return words | self._since()

    def _since(self) -> dict[str, str]:
        new = f"SELECT id FROM document WHERE id > {self.document_id:d}"
        touched = f"{new} UNION SELECT document_id FROM movement WHERE id > {self.movement_id:d}"
        return {
            "series": "SELECT name, documents, highest FROM checkpoint_series UNION ALL",
            "sides": f"SELECT product_id, location_id, lot_id, high, low FROM checkpoint_sum UNION ALL {SIDES}",
            "movements": f"(SELECT * FROM movement WHERE id > {self.movement_id:d}) AS movement",
            "documents": f"(SELECT * FROM document WHERE id > {self.document_id:d}) AS document",
            "touched": f"document.id IN ({touched})",
            "mirrored": f"reversal.id IN ({touched} UNION SELECT id FROM document WHERE reverses_id IN ({touched}))",
            "requested": f"request_id IN (SELECT request_id FROM document WHERE id > {self.document_id:d})",
            "reversing": f"reverses_id IN (SELECT reverses_id FROM document WHERE id > {self.document_id:d})",
            "counted": "plan_id IN (SELECT id FROM count_plan WHERE state IN ('counting', 'review') "
            f"OR document_id > {self.document_id:d})",
            "approved": f"count_plan.document_id > {self.document_id:d}",
        }


FULL = Scope()
