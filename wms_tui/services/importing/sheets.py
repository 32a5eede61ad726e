"""A file of any known format as a sheet: a header, and rows with the line that each stands in."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from wms_tui.domain.errors import FileError, Refused, WmsError
from wms_tui.domain.file_errors import BadWorkbook, FileEmpty, FileForbidden, FileIsFolder, FileMissing, OldWorkbook
from wms_tui.domain.texts import N_, Translate, as_written, sentence

Cell = str | int | bool | Decimal | date | datetime | time | None
"""Text files hold text; workbooks and JSON hold typed values. An empty cell is None."""

STANDARD_INPUT = "-"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` is the physical line in which the row starts, or the row's number in a workbook.

    ``fault`` says why the row could not be split into cells as the header asks.
    """

    line: int
    cells: tuple[Cell, ...]
    fault: Refused | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell that stops nothing; ``line`` is None where it is about the whole file."""

    template: str
    fields: dict[str, object]
    line: int | None = None

    def text(self, translate: Translate = as_written) -> str:
        return sentence(translate, self.template, self.fields)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds.

    ``separator`` is that of a text file, a comma where the format itself writes decimal points, else empty.
    """

    path: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str = ""
    notices: tuple[Notice, ...] = ()


OTHER_SHEETS = N_("Only the first sheet, {sheet}, was read; the workbook has {count} sheets.")


def read_sheet(path: str, encoding: str | None = None) -> Sheet:
    """Read a file, or standard input for ``-``. The format is told by the contents, not by the name.

    Raises ``FileError`` and its kinds for what cannot be read as rows at all.
    """
    content = _content(path)
    if not content.strip(b"\r\n\t \x00\xef\xbb\xbf\xff\xfe"):
        raise FileEmpty(path=path)
    if content.startswith(_OLE):
        raise OldWorkbook(path=path)
    return _workbook(path, content) if content.startswith(_ZIP) else _text(path, content, encoding)


def _content(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(path=path) from error
    except IsADirectoryError as error:
        raise FileIsFolder(path=path) from error
    except PermissionError as error:
        raise FileForbidden(path=path) from error
    except (OSError, ValueError) as error:
        raise FileError(path=path, why=getattr(error, "strerror", None) or str(error)) from error


def _workbook(path: str, content: bytes) -> Sheet:
    from wms_tui.services.importing.workbooks import read_workbook

    try:
        return read_workbook(path, content)
    except WmsError:
        raise
    except Exception as error:  # a damaged workbook makes the library raise anything
        raise BadWorkbook(path=path) from error


def _text(path: str, content: bytes, encoding: str | None) -> Sheet:
    from wms_tui.services.importing import delimited, json_lines
    from wms_tui.services.importing.decoding import decode

    text = decode(path, content, encoding)
    if text.lstrip().startswith("{"):
        return json_lines.read_json_lines(path, text)
    return delimited.read_delimited(path, text)
