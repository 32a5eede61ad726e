"""AdventureWorks as four files to import: ``python -m tests.adventureworks SOURCE TARGET``.

``SOURCE`` holds the CSV files of Microsoft's sample database, plain or as ``.csv.xz``. A stock location becomes a zone,
its shelves aisles and their bins bins. Purchase-order lines with a stocked quantity become receipts, the order being
the reference and the day of shipping the time; they go to the first bin in which the product is kept.
"""

from __future__ import annotations

import csv
import lzma
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

Row = dict[str, str]
Made = Iterator[dict[str, str]]


def read(source: Path, name: str) -> list[Row]:
    """The rows of one table."""
    packed = source / f"{name}.csv.xz"
    text = lzma.decompress(packed.read_bytes()).decode() if packed.exists() else (source / f"{name}.csv").read_text()
    return list(csv.DictReader(text.splitlines()))


def products(source: Path) -> Made:
    categories = {row["ProductCategoryID"]: row["Name"] for row in read(source, "ProductCategory")}
    paths = {
        row["ProductSubcategoryID"]: f"{categories[row['ProductCategoryID']]}/{row['Name']}"
        for row in read(source, "ProductSubcategory")
    }
    for row in read(source, "Product"):
        yield {
            "sku": row["ProductNumber"],
            "name": row["Name"],
            "category": paths.get(row["ProductSubcategoryID"], ""),
            "specification": specification(row),
            "unit": "EA",
            "price": row["ListPrice"],
            "cost": row["StandardCost"],
            "min_stock": row["SafetyStockLevel"],
        }


def specification(row: Row) -> str:
    size = f"{row['Size']} {row['SizeUnitMeasureCode']}".strip()
    weight = f"{row['Weight']} {row['WeightUnitMeasureCode']}".strip()
    return ", ".join(filter(None, (row["Color"], size, weight)))


def bin_code(row: Row) -> tuple[str, str, str]:
    """Zone, aisle and bin of a row of stock."""
    zone = row["LocationID"].zfill(2)
    aisle = f"{zone}-{row['Shelf'].replace('/', '')}"
    return zone, aisle, f"{aisle}-{row['Bin'].zfill(2)}"


def locations(source: Path) -> Made:
    bins = sorted({bin_code(row) for row in read(source, "ProductInventory")})
    for _, aisle, code in bins:
        yield {"code": code, "name": "", "kind": "bin", "parent": aisle}
    for zone, aisle in dict.fromkeys((zone, aisle) for zone, aisle, _ in bins):
        yield {"code": aisle, "name": f"Shelf {aisle.split('-')[1]}", "kind": "aisle", "parent": zone}
    for row in read(source, "Location"):
        yield {"code": row["LocationID"].zfill(2), "name": row["Name"], "kind": "zone", "parent": "MAIN"}


def skus(source: Path) -> dict[str, str]:
    return {row["ProductID"]: row["ProductNumber"] for row in read(source, "Product")}


def stock(source: Path) -> Made:
    sku = skus(source)
    for row in read(source, "ProductInventory"):
        yield {"sku": sku[row["ProductID"]], "location": bin_code(row)[2], "quantity": row["Quantity"]}


def movements(source: Path) -> Made:
    sku, homes = skus(source), homes_of(source)
    vendors = {row["BusinessEntityID"]: row["Name"] for row in read(source, "Vendor")}
    orders = {row["PurchaseOrderID"]: row for row in read(source, "PurchaseOrderHeader")}
    for row in read(source, "PurchaseOrderDetail"):
        if float(row["StockedQty"]) > 0:
            order = orders[row["PurchaseOrderID"]]
            yield {
                "key": f"adventureworks-po-{row['PurchaseOrderID']}",
                "kind": "receipt",
                "sku": sku[row["ProductID"]],
                "quantity": row["StockedQty"],
                "to": homes[row["ProductID"]],
                "reference": f"PO {row['PurchaseOrderID']}",
                "partner": vendors[order["VendorID"]],
                "at": order["ShipDate"],
                "unit_cost": row["UnitPrice"],
            }


def homes_of(source: Path) -> dict[str, str]:
    """The first bin of each product."""
    homes: dict[str, str] = {}
    for row in read(source, "ProductInventory"):
        homes.setdefault(row["ProductID"], bin_code(row)[2])
    return homes


def convert(source: Path, target: Path) -> None:
    """Write ``products.csv``, ``locations.csv``, ``stock.csv`` and ``movements.csv``."""
    target.mkdir(parents=True, exist_ok=True)
    for make in (products, locations, stock, movements):
        write(target / f"{make.__name__}.csv", make(source))


def write(path: Path, rows: Iterable[Row]) -> None:
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m tests.adventureworks SOURCE TARGET")
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
