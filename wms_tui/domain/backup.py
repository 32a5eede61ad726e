"""What a backup holds, and what restoring one does to a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol

from wms_tui.domain.verify import Report

Progress = Callable[[int, int], None]
"""Called with the rows done and all rows."""


def unseen(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table as it is carried: ``columns`` are (name, kind), kinds as in ``db.backup_text``."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All tables, parents before children as far as that goes, at a version of the schema."""

    schema: str
    tables: tuple[TableFacts, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def table(self, name: str) -> TableFacts | None:
        return next((table for table in self.tables if table.name == name), None)


class Source(Protocol):
    """Where rows come from: a file, or a database as it is at one moment."""

    contents: Contents

    def chunks(self, table: TableFacts) -> Iterator[bytes]:
        """The rows of a table in the order of its key, as text in pieces of any size."""


class Consent(IntEnum):
    """What a restore may do to data that is there."""

    NOTHING = 0
    REPLACE = 1
    DISCARD_NEWER = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """What a database holds, and how much of it a backup does not; ``last`` is the newest of those documents."""

    documents: int = 0
    events: int = 0
    users: int = 0
    lost_documents: int = 0
    lost_events: int = 0
    last: str = ""
    last_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.documents or self.events or self.users)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """``report`` is the audit of the backup, restored on the side; None where that was not wanted."""

    path: str
    contents: Contents
    size: int
    report: Report | None


@dataclass(frozen=True, slots=True)
class Restored:
    """``contents`` came into the database at ``where``, over what is told in ``before``."""

    where: str
    contents: Contents
    before: Standing
    report: Report
