"""What can be wrong with a file of rows: the file as a whole, or one row of it. See the tree in ``errors.py``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wms_tui.domain.errors import FileError, Refused, WmsError
from wms_tui.domain.texts import N_


class FileMissing(FileError):
    template = N_("There is no file {path}.")


class FileIsFolder(FileError):
    template = N_("{path} is a folder. Name a file in it.")


class FileForbidden(FileError):
    template = N_("{path} may not be opened by you. Change its permissions or copy it.")


class FileEmpty(FileError):
    template = N_("{path} is empty.")


class NoRows(FileError):
    template = N_("{path} has a header and no rows below it.")


class FileBinary(FileError):
    template = N_("{path} is not a text file: it holds NUL bytes. Save it as CSV (UTF-8) or XLSX.")


class FileUndecodable(FileError):
    template = N_("{path} is not written in {tried} (line {line}). Save it as UTF-8, or name its --encoding.")


class UnknownEncoding(FileError):
    template = N_("{encoding} is no encoding that this program knows. Try utf-8, gb18030 or cp1252.")


class BadWorkbook(FileError):
    template = N_("{path} is not a readable XLSX workbook. Open it in a spreadsheet and save it again as XLSX.")


class OldWorkbook(FileError):
    template = N_("{path} is an old XLS workbook or has a password. Save it as XLSX without a password.")


class BadQuotes(FileError):
    template = N_('{path}, line {line}: a quotation mark is not closed, or text follows it. Write " inside text as "".')


class HugeCell(FileError):
    template = N_(
        "{path}, line {line}: a cell has more than {most} characters. Perhaps a quotation mark is not closed."
    )


class DuplicateHeader(FileError):
    template = N_("{path} has the column {column} twice: {first} and {second}. Remove one.")


class MissingColumns(FileError):
    template = N_("{path} lacks columns: {missing}. It has: {found}.")


class MixedDecimals(FileError):
    template = N_(
        "{path} writes {point} in line {point_line} and {comma} in line {comma_line}: "
        "decimal point and decimal comma in one file. Write all numbers in one way."
    )


class FileExists(FileError):
    template = N_("{path} is not a file that can be replaced.")


class TooManyRows(FileError):
    template = N_(
        "{path} would have more than {most} rows, which no XLSX workbook holds. Name a file that ends in .csv."
    )


class UnknownFileEnding(FileError):
    template = N_("{path} has an unknown ending. Name a file that ends in .csv or .xlsx.")


class RaggedRow(Refused):
    template = N_(
        "The row has {cells} cells, the header {columns}. Put a cell that holds a separator in quotation marks."
    )


class BadJson(Refused):
    template = N_("The line is not a JSON object of names with plain values.")


class CellMissing(Refused):
    template = N_("{column} is missing.")


class CellError(Refused):
    template = N_("{column} holds {text}, an error of the spreadsheet.")


class NotANumber(Refused):
    template = N_("{column}: {text} is not a number.")


class AmbiguousNumber(Refused):
    template = N_("{column}: {text} may be {whole} or {fraction}. Write it as one of these.")


class TooManyPlaces(Refused):
    template = N_("{column}: {text} has more than {places} decimals.")


class NumberOutOfRange(Refused):
    template = N_("{column}: {text} must be from 0 to {most}.")


class AmbiguousDate(Refused):
    template = N_("{column}: {text} may name the day or the month first. Write it as YYYY-MM-DD.")


class NotADate(Refused):
    template = N_("{column}: {text} is not a date. Write it as YYYY-MM-DD.")


class NotATime(Refused):
    template = N_("{column}: {text} is not a time. Write it as YYYY-MM-DD HH:MM:SS, in UTC or with its zone.")


class MangledCode(Refused):
    template = N_(
        "{column}: {text} was changed by a spreadsheet, its characters are lost. "
        "Format the column as text and enter it again."
    )


class ControlCharacters(Refused):
    template = N_("{column}: {text} holds control characters. Enter it again without them.")


class UnknownWord(Refused):
    template = N_("{column}: {text} is not known. Use one of: {known}.")


class BadBarcode(Refused):
    template = N_("{column}: {text} is not a barcode, or a barcode and what it packs, such as 6901234567892*24.")


class DuplicateRow(Refused):
    template = N_("{column} {text} stands in line {line} already.")


class CodeTaken(Refused):
    template = N_("{code} stands for product {sku} already. A code can stand for one thing only.")


class CodeOfLocation(Refused):
    template = N_("{code} is the code of a location: a scan of it would be ambiguous. Use another code.")


class UnitFixed(Refused):
    template = N_("{sku} has been moved already: its base unit cannot be changed to {unit}. Leave the unit empty.")


class TrackingFixed(Refused):
    template = N_("{sku} is in stock: its tracking cannot be changed to {tracking}. Issue the stock first.")


class LevelsCrossed(Refused):
    template = N_("The minimum stock {least} is above the maximum stock {most}.")


class ParentMissing(Refused):
    template = N_("The parent {parent} is neither in the file nor in the warehouse.")


class WrongParent(Refused):
    template = N_("{code} ({kind}) cannot stand under {parent} ({parent_kind}).")


class ParentLoop(Refused):
    template = N_("{code} would stand under itself.")


class KindFixed(Refused):
    template = N_("{code} has been used in movements: its kind cannot be changed to {kind}.")


class DocumentSpoiled(Refused):
    template = N_("Another row of key {key} cannot be taken. A document is posted whole or not at all.")


class KeyDisagrees(Refused):
    template = N_("Key {key}: {column} differs from line {line}. Rows with the same key are one document.")


class BadRows(Refused):
    """Rows of a file that cannot be taken; ``rows`` holds a (line number, refusal) for each fault."""

    template = N_("Rows that cannot be taken: {count}. Nothing was written.")

    def __init__(self, rows: Sequence[tuple[int, WmsError]], **fields: Any) -> None:
        super().__init__(count=len({line for line, _ in rows}), **fields)
        self.rows = tuple(rows)
