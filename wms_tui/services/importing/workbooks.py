"""XLSX workbooks: the first visible sheet, with typed cells."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from wms_tui.domain.errors import Refused
from wms_tui.domain.file_errors import CellError, FileEmpty, RaggedRow
from wms_tui.services.importing.sheets import OTHER_SHEETS, Cell, Notice, Row, Sheet

SIGNIFICANT_DIGITS = 15
"""What a spreadsheet keeps of a number."""


def read_workbook(path: str, content: bytes) -> Sheet:
    """The sheet in a workbook; a damaged one makes openpyxl raise anything."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that we do not need
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return _read(path, book)


def _read(path: str, book: Any) -> Sheet:
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    first = (visible or book.worksheets)[0]
    first.reset_dimensions()
    records = enumerate(first.iter_rows(), start=1)
    header = next((cells for _, cells in records if any(_text(cell) for cell in cells)), None)
    if header is None:
        raise FileEmpty(path=path)
    names = _trimmed([_text(cell) for cell in header])
    return Sheet(path, names, tuple(_rows(records, len(names))), "", _notices(book, first.title))


def _notices(book: Any, title: str) -> tuple[Notice, ...]:
    count = len(book.worksheets)
    return (Notice(OTHER_SHEETS, {"sheet": title, "count": count}),) if count > 1 else ()


def _trimmed(names: list[str]) -> tuple[str, ...]:
    while not names[-1]:
        names.pop()
    return tuple(names)


def _text(cell: Any) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _rows(records: Iterable[tuple[int, Any]], columns: int) -> Iterator[Row]:
    for line, record in records:
        if any(_text(cell) for cell in record):
            cells = [_cell(cell) for cell in record[:columns]]
            yield Row(line, (*cells, *[None] * (columns - len(cells))), _fault(record, columns))


def _fault(record: Any, columns: int) -> Refused | None:
    error = next((cell for cell in record if cell.data_type == "e"), None)
    if error is not None:
        return CellError(column=error.coordinate, text=error.value)
    ragged = any(_text(cell) for cell in record[columns:])
    return RaggedRow(cells=len(record), columns=columns) if ragged else None


def _cell(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, float):
        value = Decimal(format(value, f".{SIGNIFICANT_DIGITS}g"))
        value = int(value) if value == value.to_integral_value() else value
    if isinstance(value, int) and not isinstance(value, bool):
        return _as_shown(value, cell.number_format)
    return value if isinstance(value, str | bool | Decimal | date | datetime | time | None) else str(value)


def _as_shown(value: int, number_format: str) -> Cell:
    """A number shown with leading zeros by its format, such as ``00000``, is meant with them."""
    digits = len(number_format) if number_format and set(number_format) == {"0"} else 0
    return str(value).zfill(digits) if digits > 1 and value >= 0 else value
