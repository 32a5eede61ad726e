"""Sealing the ledger and the audit, for the database's owner; no sign-in, as for ``verify``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice

from wms_tui.db import seals as db
from wms_tui.db.horizon import Heights
from wms_tui.db.transaction import Tx
from wms_tui.domain.seals import (
    COLUMNS,
    FORMAT,
    PIECES_A_SEAL,
    Covered,
    NothingToSeal,
    Piece,
    Sealed,
    SealOf,
    StillBusy,
    moment,
)
from wms_tui.services.backend import Backend
from wms_tui.services.settling import PATIENCE, one_moment, settled

MOST_BY = 200
Progress = Callable[[int, int], None]
"""Told how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A seal that is ready to be appended, with its moment as the database keeps it."""

    seal: SealOf
    at: datetime
    pieces: list[Piece]


def seal(
    backend: Backend, by: str, patience: float = PATIENCE, progress: Progress = lambda _done, _total: None
) -> Sealed:
    """Chain all rows since the last seal into a new one, or into several where they are many; ``by`` is who does it.

    Others go on posting meanwhile. Answers the newest seal with the rows of all that were made. ``progress`` counts
    ids. Raises ``NothingToSeal``, and ``StillBusy`` where somebody has been writing for longer than ``patience``
    seconds.
    """
    heights = settled(backend, patience)
    if heights is None:
        raise StillBusy(seconds=f"{patience:g}")
    sealing = _Sealing(heights, by[:MOST_BY], progress)
    rows = 0
    while not isinstance(ready := backend.work(sealing.ready, writes=False), Sealed):
        rows += ready.seal.rows if backend.work(partial(_append, ready)) else 0
    return replace(ready, rows=rows or ready.rows, again=not rows)


class _Sealing:
    """What is new up to the heights, seal by seal."""

    def __init__(self, heights: Heights, by: str, progress: Progress) -> None:
        self._heights = heights
        self._by = by
        self._progress = progress
        self._total: int | None = None

    def ready(self, tx: Tx) -> Draft | Sealed:
        """The next seal over what is new, or the newest one where nothing is. Raises ``NothingToSeal``."""
        one_moment(tx)
        last = db.newest(tx.connection)
        ends = {part.table: part.last_id for part in last[0].covered} if last else dict.fromkeys(COLUMNS, 0)
        pieces = self._pieces(tx, ends)
        if pieces:
            number, previous = (last[0].id + 1, last[1]) if last else (1, "")
            covered = tuple(_covered(table, ends[table], pieces) for table in COLUMNS)
            return Draft(SealOf(number, FORMAT, moment(tx.now), self._by, previous, covered), tx.now, pieces)
        if last is None:
            raise NothingToSeal
        return Sealed(last[0].id, last[0].at, last[0].by, last[0].rows, last[1])

    def _pieces(self, tx: Tx, ends: dict[str, int]) -> list[Piece]:
        """As many pieces as a seal may have, table by table."""
        left = sum(max(self._heights.of(table) - ends[table], 0) for table in COLUMNS)
        self._total = left if self._total is None else self._total
        pieces = list[Piece]()
        for table in COLUMNS:
            after = ends[table]
            found = db.new_pieces(tx.connection, table, after or None, self._heights.of(table))
            for piece in islice(found, PIECES_A_SEAL - len(pieces)):
                pieces.append(piece)
                left -= piece.last_id - after
                after = piece.last_id
                self._progress(self._total - left, self._total)
        return pieces


def _covered(table: str, end: int, pieces: list[Piece]) -> Covered:
    mine = [piece for piece in pieces if piece.table == table]
    return Covered(table, mine[-1].last_id if mine else end, sum(piece.rows for piece in mine))


def _append(draft: Draft, tx: Tx) -> bool:
    """Write the seal; False where somebody else has sealed in the meantime."""
    db.lock(tx.connection)
    last = db.newest(tx.connection)
    if (last[1] if last else "") != draft.seal.previous:
        return False
    db.append(tx.connection, draft.seal, draft.at, draft.seal.hash(draft.pieces), draft.pieces)
    return True
