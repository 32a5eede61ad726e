"""A sheet to checked records: every row is read, every fault is kept with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic

from wms_tui.domain.errors import Refused, WmsError
from wms_tui.domain.file_errors import CellMissing, NoRows
from wms_tui.services.importing import columns, decimals
from wms_tui.services.importing.cells import Entry
from wms_tui.services.importing.columns import Mapping
from wms_tui.services.importing.file_kinds import Column, FileKind, Record
from wms_tui.services.importing.sheets import Cell, Notice, Row, Sheet, read_sheet

Fault = tuple[int, WmsError]


@dataclass(frozen=True, slots=True)
class Table(Generic[Record]):
    """The good rows and the faults of a file, each with its line.

    ``given`` holds the columns that the file has, each with its header; ``spoiled`` holds what could be read of
    the rows with faults.
    """

    rows: tuple[tuple[int, Record], ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]
    given: dict[str, str]
    spoiled: tuple[dict[str, Any], ...] = ()

    def header(self, column: str) -> str:
        """What the file calls a column; the column's own name where it has none."""
        return self.given.get(column, column)


def read_table(path: str, kind: FileKind[Record], encoding: str | None = None) -> Table[Record]:
    """Read and check a file. Raises ``FileError`` and its kinds for a file that cannot be taken at all."""
    return check_sheet(read_sheet(path, encoding), kind)


def check_sheet(sheet: Sheet, kind: FileKind[Record]) -> Table[Record]:
    """Check each row of a sheet. Raises ``MissingColumns``, ``DuplicateHeader``, ``MixedDecimals`` or ``NoRows``."""
    required = [column.name for column in kind.columns if column.required]
    mapping = columns.map_columns(sheet, [column.name for column in kind.columns], required, dict(kind.also))
    if not sheet.rows:
        raise NoRows(path=sheet.path)
    present = [column for column in kind.columns if column.name in mapping.places]
    comma = decimals.decimal_comma(sheet.path, sheet.separator, _numbers(sheet, present, mapping))
    rows: list[tuple[int, Record]] = []
    faults: list[Fault] = []
    spoiled: list[dict[str, Any]] = []
    for row in sheet.rows:
        values, wrong = _read_row(row, present, mapping, comma)
        faults += [(row.line, error) for error in wrong]
        if wrong:
            spoiled.append(values)
        else:
            rows.append((row.line, kind.record(**values)))
    notices = (*sheet.notices, *mapping.notices)
    return Table(tuple(rows), tuple(faults), notices, mapping.labels, tuple(spoiled))


def _numbers(sheet: Sheet, present: list[Column], mapping: Mapping) -> Iterator[tuple[int, str]]:
    """All numbers written as text, with their lines."""
    places = [mapping.places[column.name] for column in present if column.is_number]
    for row in sheet.rows:
        for place in places:
            value = row.cells[place]
            if isinstance(value, str) and value:
                yield row.line, decimals.plain_form(value)


def _read_row(
    row: Row, present: list[Column], mapping: Mapping, comma: bool | None
) -> tuple[dict[str, Any], list[Refused]]:
    values: dict[str, Any] = {}
    wrong: list[Refused] = [row.fault] if row.fault else []
    for column in present:
        value, label = row.cells[mapping.places[column.name]], mapping.labels[column.name]
        if not _is_empty(value):
            try:
                values[column.field or column.name] = column.read(Entry(value, label, comma))
            except Refused as error:
                wrong += [error] if row.fault is None else []
        elif column.required and row.fault is None:
            wrong.append(CellMissing(column=label))
    return values, wrong


def _is_empty(value: Cell) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
