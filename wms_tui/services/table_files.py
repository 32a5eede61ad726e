"""Writing rows to CSV or XLSX files that spreadsheets open without harm and that can be imported again."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from wms_tui.domain.display import REPLACEMENT
from wms_tui.domain.errors import FileError
from wms_tui.domain.file_errors import FileExists, FileForbidden, FileIsFolder, TooManyRows, UnknownFileEnding
from wms_tui.domain.quantities import plain
from wms_tui.domain.spreadsheets import guard

Value = str | int | Decimal | date | datetime | None
STANDARD_OUTPUT = "-"
MOST_ROWS = 2**20 - 1
"""Below the header of an XLSX sheet."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_READABLE_BY_UMASK = 0o666


def write_table(path: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write a file by its ending, ``.csv`` or ``.xlsx``, or CSV to standard output for ``-``; answers the row count.

    A file appears whole or not at all and replaces one of the same name. Raises ``FileError`` and its kinds.
    """
    if path == STANDARD_OUTPUT:
        return _to_standard_output(header, rows)
    write = {".csv": _write_csv, ".xlsx": _write_xlsx}.get(Path(path).suffix.lower())
    if write is None:
        raise UnknownFileEnding(path=path)
    try:
        with replacing(Path(path).resolve()) as file:
            return write(file, path, header, rows)
    except PermissionError as error:
        raise FileForbidden(path=path) from error
    except OSError as error:
        raise FileError(path=path, why=error.strerror or str(error)) from error


def _to_standard_output(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", errors="replace")
    try:
        return _write_text(text, header, rows)
    finally:
        with contextlib.suppress(BrokenPipeError):
            text.detach()


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file beside the path that takes its place when everything is written."""
    if path.is_dir():
        raise FileIsFolder(path=str(path))
    if path.exists() and not path.is_file():
        raise FileExists(path=str(path))
    mode = path.stat().st_mode & 0o777 if path.exists() else _READABLE_BY_UMASK & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's mask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _write_csv(file: IO[bytes], path: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """The byte order mark makes spreadsheets read Chinese."""
    file.write(BYTE_ORDER_MARK)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", errors="replace")
    count = _write_text(text, header, rows)
    text.detach()
    return count


def _write_text(text: io.TextIOWrapper, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    writer = csv.writer(text)
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow([_as_text(value) for value in row])
        count += 1
    text.flush()
    return count


def _as_text(value: Value) -> str:
    if isinstance(value, str):
        return guard(value.replace("\x00", REPLACEMENT))
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    return "" if value is None else str(value)


def _write_xlsx(file: IO[bytes], path: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("wms")
    sheet.freeze_panes = "A2"
    try:
        count = _append(sheet, path, header, rows)
    except BaseException:
        sheet.close()  # else openpyxl complains on standard error when it is collected
        raise
    book.save(file)
    return count


def _append(sheet: Any, path: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    sheet.append([_cell(sheet, name) for name in header])
    count = 0
    for row in rows:
        if count == MOST_ROWS:
            raise TooManyRows(path=path, most=f"{MOST_ROWS:,}")
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    return count


def _in_xml(text: str) -> str:
    """XML has no control characters and only one kind of line end."""
    return _NOT_IN_XML.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def _cell(sheet: Any, value: Value) -> Any:
    """Text is always written as text, so that neither a formula, an error nor a number is made of it."""
    if isinstance(value, datetime):
        value = _as_text(value)
    if not isinstance(value, str):
        return value
    written = guard(_in_xml(value))
    return _forced(sheet, written) if written.startswith(("=", "#")) else written


def _forced(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
