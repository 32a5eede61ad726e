"""Where a backup is written: a file beside, that takes its name when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wms_tui.domain.backup_errors import BackupInTheWay
from wms_tui.domain.errors import FileError
from wms_tui.domain.file_errors import FileForbidden, FileIsFolder


@contextmanager
def beside(path: str, replaces: bool) -> Iterator[Path]:
    """A file of a name of its own, readable by its owner alone, that takes its name when all is well.

    Raises ``BackupInTheWay`` for a name that is taken, ``FileError`` where nothing can be written.
    """
    wanted = Path(path).absolute()
    _check_free(wanted, path, replaces)
    with told(path):
        handle, name = tempfile.mkstemp(dir=wanted.parent, prefix=f".{wanted.name}.", suffix=".part")
        os.close(handle)
        try:
            yield Path(name)
            _check_free(wanted, path, replaces)
            _persist(Path(name), wanted)
        finally:
            Path(name).unlink(missing_ok=True)


def _check_free(wanted: Path, path: str, replaces: bool) -> None:
    if wanted.is_dir():
        raise FileIsFolder(path=path)
    if wanted.exists() and not replaces:
        raise BackupInTheWay(path=path)


def _persist(written: Path, wanted: Path) -> None:
    """The contents are on the disk before the name is, and the name before anybody is told."""
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.replace(wanted)
    folder = os.open(wanted.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def told(path: str) -> Iterator[None]:
    """What the system refuses about a file, as the sentence about it."""
    try:
        yield
    except IsADirectoryError as error:
        raise FileIsFolder(path=path) from error
    except PermissionError as error:
        raise FileForbidden(path=path) from error
    except OSError as error:
        raise FileError(path=path, why=error.strerror or str(error)) from error
