"""What must be on hand at the end, by adding up the raw rows; shares nothing with the converter but what is no sale."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from tests.online_retail.rows import read, why_not


def on_hand(source: Path, made: Path, issue_lines: int) -> dict[str, int]:
    """What was received at first, less the signed quantities of the first so many lines out and those back between."""
    held, left = Counter[str](), issue_lines
    with (made / "receipts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            held[row["sku"]] += int(row["quantity"])
    for _, row in read(source):
        if left and not why_not(row):
            held[row["StockCode"].upper()] -= int(row["Quantity"])
            left -= int(row["Quantity"]) > 0
    return {sku: quantity for sku, quantity in held.items() if quantity}
