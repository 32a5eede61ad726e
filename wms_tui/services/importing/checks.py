"""Checks between the rows of one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from wms_tui.domain.barcodes import has_wrong_check_digit
from wms_tui.domain.file_errors import DuplicateRow
from wms_tui.domain.texts import N_
from wms_tui.services.importing.file_kinds import Record
from wms_tui.services.importing.records import ProductRow
from wms_tui.services.importing.sheets import Notice
from wms_tui.services.importing.tables import Fault, Table

WRONG_CHECK_DIGIT = N_("The check digit of barcode {code} is wrong. It was taken as it is.")


def repeated(
    rows: Iterable[tuple[int, Record]], column: str, names: Callable[[Record], Iterable[str]]
) -> Iterator[Fault]:
    """A fault for each row that names something which an earlier row of the file names already."""
    seen: dict[str, int] = {}
    for line, record in rows:
        for name in names(record):
            if name in seen:
                yield line, DuplicateRow(column=column, text=name, line=seen[name])
            seen.setdefault(name, line)


def repeated_products(table: Table[ProductRow]) -> list[Fault]:
    """Products and barcodes that stand in the file twice."""
    rows = table.rows
    return [
        *repeated(rows, table.header("sku"), lambda row: (row.sku,)),
        *repeated(rows, table.header("barcodes"), lambda row: [barcode.code for barcode in row.barcodes or ()]),
    ]


def check_digits(rows: Iterable[tuple[int, ProductRow]]) -> list[Notice]:
    """A notice for each barcode that has the form of a GTIN and a wrong check digit."""
    return [
        Notice(WRONG_CHECK_DIGIT, {"code": barcode.code}, line)
        for line, row in rows
        for barcode in row.barcodes or ()
        if has_wrong_check_digit(barcode.code)
    ]


def without(rows: Iterable[tuple[int, Record]], faults: Iterable[Fault]) -> tuple[tuple[int, Record], ...]:
    """The rows that have no fault."""
    bad: set[Any] = {line for line, _ in faults}
    return tuple((line, record) for line, record in rows if line not in bad)
