"""What can be exported, in the columns that an import reads; cost only for who may see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wms_tui.db import counting_review
from wms_tui.db import exporting as db
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.audit import AuditQuery
from wms_tui.domain.quantities import plain
from wms_tui.services import audit
from wms_tui.services.door import holds, require
from wms_tui.services.use_cases import use_case

BATCH = 20_000
"""How many movements are read in one transaction."""


@dataclass(frozen=True, slots=True)
class Export:
    """A header and rows; ``after`` is the key of the next part, None after the last."""

    header: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    after: int | None = None


@use_case(Permission.EXPORT, writes=False)
def export_products(tx: Tx, actor: Actor, _after: int) -> Export:
    """All products by SKU; barcodes in one cell, with what they pack."""
    require(tx, actor, Permission.CATALOG_VIEW)
    codes: dict[int, list[str]] = {}
    for product_id, code, quantity, factor in tx.all(db.BARCODES):
        packs = quantity * (factor or 1)
        codes.setdefault(product_id, []).append(code if packs == 1 else f"{code}*{plain(packs)}")
    rows = [(*row[1:8], "|".join(codes.get(row[0], ())), *row[8:]) for row in tx.all(db.PRODUCTS)]
    header = ("sku", "name", "category", "specification", "unit", "price", "cost", "barcodes")
    levels = ("tracking", "min_stock", "max_stock", "reorder_quantity", "lead_time_days")
    lives = ("shelf_life_days", "receipt_life_days", "issue_life_days")
    return _without_cost(tx, actor, Export((*header, *levels, *lives), rows), "cost")


@use_case(Permission.EXPORT, writes=False)
def export_locations(tx: Tx, actor: Actor, _after: int) -> Export:
    """All locations by code."""
    require(tx, actor, Permission.STOCK_VIEW)
    return Export(("code", "name", "kind", "parent"), tx.all(db.LOCATIONS))


@use_case(Permission.EXPORT, writes=False)
def export_stock(tx: Tx, actor: Actor, _after: int) -> Export:
    """What is on hand, in base units, by SKU, location and lot."""
    require(tx, actor, Permission.STOCK_VIEW)
    header = ("sku", "location", "lot", "expires", "quantity", "unit_cost")
    return _without_cost(tx, actor, Export(header, tx.all(db.STOCK)), "unit_cost")


@use_case(Permission.EXPORT, writes=False)
def export_movements(tx: Tx, actor: Actor, after: int) -> Export:
    """Movements in the order of posting, those after the key."""
    require(tx, actor, Permission.HISTORY_VIEW)
    found = tx.all(db.MOVEMENTS, after=after, most=BATCH)
    header = (
        *("key", "kind", "sku", "quantity", "unit", "from", "to", "lot", "expires", "reference", "partner", "reason"),
        *(
            "note",
            "manufactured",
            "at",
            "number",
            "line",
            "base_quantity",
            "base_unit",
            "user",
            "posted_at",
            "reverses",
        ),
        "unit_cost",
    )
    rest = found[-1][0] if len(found) == BATCH else None
    return _without_cost(tx, actor, Export(header, [row[1:] for row in found], rest), "unit_cost")


@use_case(Permission.EXPORT, writes=False)
def export_counts(tx: Tx, actor: Actor, after: int) -> Export:
    """Counted lines beside the ledger, those after the key; for whoever reviews counts."""
    require(tx, actor, Permission.COUNT_REVIEW)
    found = tx.all(counting_review.EXPORTED, after=after, most=BATCH)
    header = (
        *("count", "name", "state", "location", "sku", "product", "lot", "counted", "expected", "difference"),
        *("unit", "user", "at", "document", "unit_cost", "value"),
    )
    rest = found[-1][0] if len(found) == BATCH else None
    export = Export(header, [_counted(row[1:]) for row in found], rest)
    return _without_cost(tx, actor, _without_cost(tx, actor, export, "unit_cost"), "value")


def _counted(row: tuple[Any, ...]) -> tuple[Any, ...]:
    *told, counted, expected, unit, user, at, document, cost = row
    difference = None if counted is None else counted - expected
    value = None if difference is None or cost is None else difference * cost
    return (*told, counted, expected, difference, unit, user, at, document, cost, value)


@use_case(Permission.EXPORT, writes=False)
def export_audit(tx: Tx, actor: Actor, after: int) -> Export:
    """Audit events, the newest first, those before the key; what changed as JSON."""
    require(tx, actor, Permission.AUDIT_VIEW)
    part = audit.read(tx, actor, AuditQuery(after=after or None, limit=BATCH))
    rows = [
        (row.at, row.user, row.terminal, row.action, row.subject, _json(row.before), _json(row.after))
        for row in part.rows
    ]
    return Export(("at", "user", "terminal", "action", "subject", "before", "after"), rows, part.after)


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values), ensure_ascii=False) if values else ""


def _without_cost(tx: Tx, actor: Actor, export: Export, column: str) -> Export:
    """The export as this operator may see it."""
    if holds(tx, actor, Permission.COST_VIEW):
        return export
    place = export.header.index(column)
    rows = [row[:place] + row[place + 1 :] for row in export.rows]
    return Export(export.header[:place] + export.header[place + 1 :], rows, export.after)
