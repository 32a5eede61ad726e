"""Text files of separated cells (CSV)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from wms_tui.domain.file_errors import BadQuotes, FileEmpty, HugeCell, RaggedRow
from wms_tui.services.importing.sheets import Row, Sheet

SEPARATORS = ("\t", ";", ",")
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_Record = tuple[int, list[str]]


def read_delimited(path: str, text: str) -> Sheet:
    """The sheet in a text. Raises ``BadQuotes`` and ``HugeCell``, which name the line."""
    declared = _DECLARED.match(text)
    separator = declared.group(1) if declared else _separator(text)
    records = _records(path, text, separator)
    if declared:
        next(records)
    first = next((record for record in records if any(map(str.strip, record[1]))), None)
    if first is None:
        raise FileEmpty(path=path)
    header = tuple(name.strip() for name in first[1])
    return Sheet(path, header, tuple(_rows(records, len(header))), separator)


def _separator(text: str) -> str:
    """The one that splits the header into the most names."""
    return max(reversed(SEPARATORS), key=lambda separator: len(_header(text, separator)))


def _header(text: str, separator: str) -> list[str]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next((record for record in reader if record), [])
    except csv.Error:
        return []


def _records(path: str, text: str, separator: str) -> Iterator[_Record]:
    """Each record with the line in which it starts; a quoted cell may go over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise HugeCell(path=path, line=line, most=f"{csv.field_size_limit():,}") from error
        raise BadQuotes(path=path, line=line) from error


def _rows(records: Iterator[_Record], columns: int) -> Iterator[Row]:
    for line, record in records:
        if any(map(str.strip, record)):
            ragged = any(map(str.strip, record[columns:]))
            fault = RaggedRow(cells=len(record), columns=columns) if ragged else None
            yield Row(line, (*record[:columns], *[None] * (columns - len(record))), fault)
