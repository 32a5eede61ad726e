"""What an import is asked to do and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Generic

from wms_tui.db.transaction import Tx
from wms_tui.domain.file_errors import BadRows
from wms_tui.services.importing.file_kinds import Record
from wms_tui.services.importing.sheets import Notice
from wms_tui.services.importing.tables import Fault, Table

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


def unseen(_done: int, _total: int) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class ImportFile(Generic[Record]):
    """A file to import. ``skip_bad`` leaves bad rows out, ``dry_run`` does everything and takes it back."""

    table: Table[Record]
    skip_bad: bool = False
    dry_run: bool = False
    progress: Progress = unseen


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in rows, or in documents for movements.

    ``again`` counts what had been imported before; ``left`` are the rows that were left out, ``numbers`` the documents.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    again: int = 0
    numbers: tuple[str, ...] = ()
    left: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults by line, those of one line in the order in which they were found."""
    return tuple(sorted(faults, key=lambda fault: fault[0]))


def settle(request: ImportFile[Record], faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The rows to leave out. Raises ``BadRows`` with all of them unless bad rows are to be left out."""
    ordered = in_order(faults)
    if ordered and not request.skip_bad:
        raise BadRows(ordered)
    return ordered


class _Undo(Exception):
    pass


@contextmanager
def undone(tx: Tx, when: bool = True) -> Iterator[None]:
    """A part whose writes and audit events are taken back at its end, for a dry run or a look ahead."""
    with suppress(_Undo), tx.savepoint():
        yield
        if when:
            raise _Undo
