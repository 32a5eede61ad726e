"""The file of a backup: a ZIP of one text a table, with a manifest that says what must be in it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from lzma import LZMAError
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile

from wms_tui.db.backup_text import Tally
from wms_tui.db.schema import HEAD
from wms_tui.domain.backup import Contents, Progress, Source, TableFacts
from wms_tui.domain.backup_errors import BackupDamaged, BackupTooNew, NotABackup
from wms_tui.domain.file_errors import FileMissing
from wms_tui.services.backup_place import told

FORMAT, VERSION = "wms-backup", 1
MANIFEST = "manifest.json"
PIECE = 1 << 18
QUICK = 3
"""Compression that keeps up with the database: a ledger shrinks to a tenth."""
KIND = re.compile(r"whole|truth|moment|day|text|decimal \d{1,2}")
ZIP_BEGINS = b"PK\x03\x04"
UNREADABLE = (
    *(BadZipFile, LargeZipFile, zlib.error, LZMAError, EOFError, NotImplementedError, RuntimeError),
    *(OSError, ValueError, KeyError, TypeError),
)
"""How the library refuses a damaged member, which may name a compression that we never use; and what becomes of a
place in the file, or of a name, that a damaged directory tells.
"""


def write(file: Path, source: Source, made_at: datetime, progress: Progress) -> Contents:
    """Write all rows of a source; answers what was written, with the hash of each table."""
    total, done = source.contents.rows, 0
    written: list[TableFacts] = []
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=QUICK) as archive:
        for table in source.contents.tables:
            tally = Tally(source.chunks(table))
            with archive.open(_member(table), "w", force_zip64=True) as member:
                for chunk in tally:
                    member.write(chunk)
                    progress(done + tally.rows, total)
            done += tally.rows
            written.append(replace(table, rows=tally.rows, sha256=tally.sha256))
        contents = Contents(source.contents.schema, tuple(written))
        archive.writestr(MANIFEST, json.dumps(_manifest(contents, made_at), indent=1))
    return contents


def _member(table: TableFacts) -> str:
    return f"tables/{table.name}.tsv"


def _manifest(contents: Contents, made_at: datetime) -> dict[str, object]:
    tables = [
        {"name": table.name, "rows": table.rows, "sha256": table.sha256, "columns": table.columns}
        for table in contents.tables
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "schema": contents.schema,
        "made_at": made_at.isoformat(),
        "tables": tables,
    }


class Archive:
    """The file of a backup as a source of rows; it was read once to the end, so what it says of itself is true."""

    def __init__(self, path: str, file: ZipFile) -> None:
        self._path = path
        self._file = file
        self.contents = self._read_manifest()

    def chunks(self, table: TableFacts) -> Iterator[bytes]:
        with self._file.open(_member(table)) as member:
            while chunk := member.read(PIECE):
                yield chunk

    def check(self) -> None:
        """Raises ``BackupDamaged`` unless every table is there with its rows and its hash."""
        for table in self.contents.tables:
            try:
                tally = Tally(self.chunks(table)).spend()
            except UNREADABLE as error:
                raise BackupDamaged(path=self._path, what=table.name) from error
            if (tally.rows, tally.sha256) != (table.rows, table.sha256):
                raise BackupDamaged(path=self._path, what=table.name)

    def _read_manifest(self) -> Contents:
        try:
            told = json.loads(self._file.read(MANIFEST))
            if told["format"] != FORMAT:
                raise NotABackup(path=self._path)
            if told["version"] > VERSION or str(told["schema"]) > HEAD:
                raise BackupTooNew(path=self._path)
            return Contents(str(told["schema"]), tuple(_table(table) for table in told["tables"]))
        except KeyError as error:
            raise NotABackup(path=self._path) from error
        except UNREADABLE as error:
            raise BackupDamaged(path=self._path, what=MANIFEST) from error


def _table(told: Any) -> TableFacts:
    columns = tuple((str(name), str(kind)) for name, kind in told["columns"])
    if not all(KIND.fullmatch(kind) for _, kind in columns):
        raise ValueError(columns)
    return TableFacts(str(told["name"]), columns, int(told["rows"]), str(told["sha256"]))


@contextmanager
def opened(path: str) -> Iterator[Archive]:
    """A backup, read once and found whole.

    Raises ``NotABackup``, ``BackupDamaged``, ``BackupTooNew``, ``FileError`` and its kinds.
    """
    if not Path(path).exists():
        raise FileMissing(path=path)
    with told(path), Path(path).open("rb") as file, _unpacked(path, file) as archive:
        found = Archive(path, archive)
        found.check()
        yield found


def _unpacked(path: str, file: BinaryIO) -> ZipFile:
    """A ZIP file's directory stands at its end: what begins as one and has none was cut short."""
    began = file.read(len(ZIP_BEGINS)) == ZIP_BEGINS
    try:
        return ZipFile(file)
    except UNREADABLE as error:
        raise (BackupDamaged(path=path, what=MANIFEST) if began else NotABackup(path=path)) from error
