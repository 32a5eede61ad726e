"""The sales as files to import: products, locations, the stock that has to be there first, and the movements."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from tests.online_retail.rows import Listed, Sale

Made = Iterator[dict[str, object]]
OPENING = "online-retail-opening"
LINES_OF_A_RECEIPT = 500


def bin_of(sku: str) -> str:
    """Products lie by the first three characters of their number."""
    return f"OR-{sku[:3]}"


def products(sales: Iterable[Sale]) -> Made:
    """Each with the description and price that it was first sold by."""
    for sale in {sale.sku: sale for sale in reversed(list(sales))}.values():
        yield {"sku": sale.sku, "name": sale.description, "unit": "pcs", "price": sale.price}


def locations(sales: Iterable[Sale]) -> Made:
    yield {"code": "OR", "name": "Online Retail", "kind": "zone", "parent": "MAIN"}
    for code in sorted({bin_of(sale.sku) for sale in sales}):
        yield {"code": code, "name": "", "kind": "bin", "parent": "OR"}


def documents(sales: Iterable[Sale]) -> dict[str, list[Sale]]:
    """The lines of each invoice, in the order of their first ones."""
    invoices: dict[str, list[Sale]] = defaultdict(list)
    for sale in sales:
        invoices[sale.invoice].append(sale)
    return invoices


def opening(sales: Iterable[Sale]) -> Mapping[str, int]:
    """The least of each product that has to be there before the first sale."""
    on_hand, least = Counter[str](), Counter[str]()
    for lines in documents(sales).values():
        for sale in lines:
            on_hand[sale.sku] += sale.quantity if sale.returned else -sale.quantity
            least[sale.sku] = min(least[sale.sku], on_hand[sale.sku])
    return {sku: -short for sku, short in least.items() if short}


def receipts(sales: list[Sale]) -> Made:
    """The opening stock, as receipts of a few hundred lines."""
    for number, (sku, quantity) in enumerate(opening(sales).items()):
        yield {
            "key": f"{OPENING}-{number // LINES_OF_A_RECEIPT}",
            "kind": "receipt",
            "sku": sku,
            "quantity": quantity,
            "to": bin_of(sku),
            "at": "2010-11-30T00:00:00Z",
        }


def movements(sales: list[Sale]) -> Made:
    """An issue for each invoice, and a receipt from the customer for each cancellation."""
    for lines in documents(sales).values():
        for sale in lines:
            place = {"from": "", "to": bin_of(sale.sku)} if sale.returned else {"from": bin_of(sale.sku), "to": ""}
            yield {
                "key": f"online-retail-{sale.invoice}",
                "kind": "receipt" if sale.returned else "issue",
                "sku": sale.sku,
                "quantity": sale.quantity,
                **place,
                "reference": sale.invoice,
                "partner": lines[0].customer,
                "note": "return" if sale.returned else "",
                "at": lines[0].at,
            }


def convert(sales: list[Sale], listed: Iterable[Listed], target: Path) -> None:
    """Write ``products.csv``, ``locations.csv``, ``receipts.csv``, ``movements.csv`` and ``listed.csv``."""
    target.mkdir(parents=True, exist_ok=True)
    for make in (products, locations, receipts, movements):
        write(target / f"{make.__name__}.csv", make(sales))
    write(target / "listed.csv", map(asdict, listed))


def write(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    made = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        if made:
            writer = csv.DictWriter(file, list(made[0]))
            writer.writeheader()
            writer.writerows(made)
