"""Documents made by chance: receipts, issues, transfers, adjustments of 1 to 5 lines, and what each must move."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any

from tests.faults.journal import Entry, Moved
from wms_tui.domain.movements import DocumentKind, Line, PostDocument

MILLIONTHS = 1_000_000
GOODS = (
    ("BOLT", "BOLT", "", 1),
    ("NUT", "NUT", "", 1),
    ("14006381333938", "BOLT", "", 24),
    ("LOTTED", "LOTTED", "L1", 1),
)
"""Code, SKU, lot, and base units in one."""
PLACES = ("A1", "A2", "AISLE")
KINDS = ("receipt", "receipt", "issue", "issue", "transfer", "transfer", "adjustment")
SIDES = {
    "receipt": ("SUPPLIER", None),
    "issue": (None, "CUSTOMER"),
    "transfer": (None, None),
    "adjustment": (None, "LOSS"),
}
"""Where goods come from and go to; None is a bin."""


def made(random: Random, request_id: str) -> Entry:
    """A document by chance."""
    kind = random.choice(KINDS)
    lines = [_line(random, kind) for _ in range(random.choice((1, 1, 2, 3, 5)))]
    note = random.choice(("", "螺栓 and more", "x" * 200))
    resend = {"lines": [line for line, _ in lines], "note": note}
    return Entry(request_id, kind, [moved for _, moved in lines], resend)


def opening() -> Entry:
    """Enough of everything everywhere, posted before any worker begins."""
    lines, moves = [], []
    for code, sku, lot, factor in GOODS:
        for place in PLACES if factor == 1 else ():
            lines.append({"code": code, "quantity": 1000, "target": place, "lot": lot or None})
            moves.append((sku, lot, "SUPPLIER", place, 1000 * MILLIONTHS))
    number = f"R-{datetime.now(UTC).year}-000001"
    return Entry("opening", "receipt", moves, {"lines": lines, "note": ""}, number)


def request(entry: Entry) -> PostDocument:
    """The entry as the door takes it."""
    lines = tuple(Line(**{**line, "quantity": Decimal(line["quantity"])}) for line in entry.resend["lines"])
    return PostDocument(DocumentKind(entry.kind), entry.request_id, lines, note=entry.resend["note"])


def _line(random: Random, kind: str) -> tuple[dict[str, Any], Moved]:
    code, sku, lot, factor = random.choice(GOODS)
    first, second = random.sample(PLACES, 2)
    source, target = SIDES[kind]
    quantity = random.randint(1, 9)
    line: dict[str, Any] = {"code": code, "quantity": quantity, "lot": lot or None}
    if source is None:
        line["source"] = source = first
    if target is None:
        line["target"] = target = second
    if kind == "adjustment":
        line["reason"] = "LOST"
    return line, (sku, lot, source, target, quantity * factor * MILLIONTHS)
