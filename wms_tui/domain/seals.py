"""Seals: a hash over the ledger and the audit, and what exactly it is a hash of, so that anybody can compute it again.

**A row** is one line: the columns of ``COLUMNS`` in their order, each written as ``5:RECV1,``, which is the number of
octets in UTF-8, a colon, the value and a comma, or as ``-,`` where it is NULL; then a line feed. Whole numbers are
decimal digits; quantities are whole numbers of millionths, unit costs of ten-thousandths; moments are UTC, as
``2026-06-15T10:00:00.000000+00:00``. Where a SQLite file holds a blob in the place of a text it begins with ``b``.

**A piece** is at most 1,000 rows of one table in the order of their ids: SHA-256 over their lines, in small hexadecimal
digits. It covers every id above the last one of the piece before it, up to and with its own ``last_id``; the first
piece of a table has no lower end. So there is no id below the last that belongs to no piece.

**A seal** is SHA-256 over lines of the same kind: ``wms seal``, format, id, moment, who, the hash of the seal before
(empty for the first); then for document, movement and audit_event in turn their name, the last id, the number of rows;
then for each of its pieces, by table in that turn and last id, the table's name, last id, number of rows and hash.

Beside its hash a piece keeps ``marks``: the first eight digits of each row's own SHA-256, one after the other. They are
no part of the seal; by them a row that was changed is named where the hash of its piece is not what it was.

What a seal proves rests on its hash being kept where nobody who can write to the database can change it, too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wms_tui.domain.database_errors import DatabaseError
from wms_tui.domain.errors import Refused
from wms_tui.domain.texts import N_

FORMAT = 1
ROWS_A_PIECE = 1000
PIECES_A_SEAL = 1000
"""More rows than that are sealed by several seals, so that neither memory nor the transaction that writes one grows."""
MARK = 8
"""Digits that are kept of each row's own hash."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "document": (
        *("id", "number", "kind", "reference", "partner", "note", "user_id", "terminal", "happened_at", "posted_at"),
        *("request_id", "request_hash", "reverses_id"),
    ),
    "movement": (
        *("id", "document_id", "line", "product_id", "lot_id", "source_id", "target_id", "quantity", "unit_id"),
        *("entered_quantity", "unit_cost", "reason_id", "user_id", "at"),
    ),
    "audit_event": ("id", "at", "user_id", "terminal", "action", "subject", "before", "after"),
}
"""What is sealed of each table; a new column needs a new format, and old seals stay as they are."""

QUANTITIES, MONEY, MOMENTS = {"quantity", "entered_quantity"}, {"unit_cost"}, {"at", "happened_at", "posted_at"}
_HASH = re.compile(r"\b[0-9a-f]{64}\b", re.ASCII)


class NothingToSeal(Refused):
    template = N_("There is nothing to seal yet: the ledger and the audit are empty.")


class StillBusy(DatabaseError):
    template = N_("Others have been writing for {seconds} seconds without an end. Nothing was sealed. Try again later.")


class NoHashes(Refused):
    template = N_("{path} holds no hash of a seal. Give the file in which you kept what wms seal printed.")


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows of a table after the piece before, up to ``last_id``."""

    table: str
    last_id: int
    rows: int
    hash: str
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """Up to which id of a table a seal goes, and how many rows it covers."""

    table: str
    last_id: int
    rows: int


@dataclass(frozen=True, slots=True)
class SealOf:
    """A seal without its hash; ``at`` as a line has it. ``covered`` has each table of ``COLUMNS`` in turn."""

    id: int
    format: int
    at: str
    by: str
    previous: str
    covered: tuple[Covered, ...]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.covered)

    def hash(self, pieces: Iterable[Piece]) -> str:
        """The seal's hash over its pieces, by table in turn and last id."""
        lines = [line("wms seal", self.format, self.id, self.at, self.by, self.previous)]
        lines += [line(part.table, part.last_id, part.rows) for part in self.covered]
        lines += [line(piece.table, piece.last_id, piece.rows, piece.hash) for piece in pieces]
        return hashlib.sha256(b"".join(lines)).hexdigest()


@dataclass(frozen=True, slots=True)
class Sealed:
    """The newest seal; ``again`` where nothing had happened since and none was made."""

    id: int
    at: str
    by: str
    rows: int
    hash: str
    again: bool = False


def line(*values: object) -> bytes:
    """Values as a line that is hashed."""
    texts = ["" if value is None else str(value) for value in values]
    octets = [text.encode("utf-8", "surrogatepass") for text in texts]
    return b"".join(b"%d:%s," % (len(octet), octet) for octet in octets) + b"\n"


def moment(at: datetime) -> str:
    """A UTC moment as a line has it."""
    return at.isoformat(timespec="microseconds")


def hashes_in(text: str) -> tuple[str, ...]:
    """All hashes of seals that stand in a text, such as what ``wms seal`` printed over the years."""
    return tuple(dict.fromkeys(_HASH.findall(text.lower())))
