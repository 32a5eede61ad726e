"""The sales lines of UCI's Online Retail as they are, and which of them moved goods.

An invoice whose number begins with C is a cancellation: its goods came back. What moved no goods of the catalog is
listed with its reason: services, and what the wholesaler booked beside his sales. A line that stands twice on an
invoice is two.
"""

from __future__ import annotations

import csv
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

_GOODS = re.compile(r"\d{5}[A-Za-z]{0,3}|DCGS\w+", re.ASCII)
SERVICE = "service code"
NO_DESCRIPTION = "no description"
NO_SALE = "taken out of stock without an invoice"
NO_PRICE = "no price: a correction of stock, no sale"
NO_QUANTITY = "quantity 0"


@dataclass(frozen=True, slots=True)
class Sale:
    """``line`` is that of the file; ``quantity`` is above 0, of goods that came back where ``returned``."""

    line: int
    invoice: str
    sku: str
    description: str
    quantity: int
    at: str
    price: str
    customer: str
    returned: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A row that moved no goods."""

    line: int
    invoice: str
    code: str
    quantity: str
    reason: str


def read(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of all files of a folder in the order of their names, with the line in their file."""
    files = sorted(folder.glob("*.csv.xz"))
    if not files:
        raise SystemExit(f"there is no .csv.xz in {folder}")
    return chain.from_iterable(_rows(path) for path in files)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), 2)


def sorted_out(folder: Path, issue_lines: int) -> tuple[list[Sale], list[Listed]]:
    """The sales and what is listed, up to and with so many lines that go out."""
    sales, listed, issued = list[Sale](), list[Listed](), 0
    for line, row in read(folder):
        reason = why_not(row)
        if reason:
            listed.append(Listed(line, row["InvoiceNo"], row["StockCode"], row["Quantity"], reason))
            continue
        sales.append(_sale(line, row))
        issued += not sales[-1].returned
        if issued == issue_lines:
            break
    return sales, listed


def why_not(row: dict[str, str]) -> str:
    """Why a row moved no goods of the catalog; empty for those that did."""
    if not _GOODS.fullmatch(row["StockCode"]):
        return SERVICE
    if not row["Description"].strip():
        return NO_DESCRIPTION
    if int(row["Quantity"]) < 0 and not row["InvoiceNo"].startswith("C"):
        return NO_SALE
    if float(row["UnitPrice"]) <= 0:
        return NO_PRICE
    return "" if int(row["Quantity"]) else NO_QUANTITY


def _sale(line: int, row: dict[str, str]) -> Sale:
    """Codes differ in nothing but the case of a letter where one clerk typed and another did not."""
    customer = row["CustomerID"].removesuffix(".0")
    quantity = int(row["Quantity"])
    return Sale(
        line=line,
        invoice=row["InvoiceNo"],
        sku=row["StockCode"].upper(),
        description=" ".join(row["Description"].split()),
        quantity=abs(quantity),
        at=row["InvoiceDate"].replace(" ", "T") + "Z",
        price=row["UnitPrice"],
        customer=f"{customer} {row['Country']}".strip(),
        returned=quantity < 0,
    )
