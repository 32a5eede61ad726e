"""Sealing the ledger and the audit, for the database's owner; no sign-in, as for ``verify``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from wms_tui.db import seals as db
from wms_tui.db.horizon import Heights
from wms_tui.db.transaction import Tx
from wms_tui.domain.seals import COLUMNS, FORMAT, Covered, NothingToSeal, Piece, Sealed, SealOf, StillBusy, moment
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
    """Chain all rows since the last seal into a new one, while others go on posting; ``by`` is who does it.

    ``progress`` counts ids. Raises ``NothingToSeal``, and ``StillBusy`` where somebody has been writing for longer than
    ``patience`` seconds.
    """
    while True:
        heights = settled(backend, patience)
        if heights is None:
            raise StillBusy(seconds=f"{patience:g}")
        ready = backend.work(partial(_ready, heights, by[:MOST_BY], progress), writes=False)
        if isinstance(ready, Sealed):
            return ready
        stored = backend.work(partial(_append, ready))
        if stored is not None:
            return stored


def _ready(heights: Heights, by: str, progress: Progress, tx: Tx) -> Draft | Sealed:
    """A seal over what is new, or the newest one where nothing is."""
    one_moment(tx)
    last = db.newest(tx.connection)
    pieces, covered = _cover(tx, heights, last[0] if last else None, progress)
    if pieces:
        number, previous = (last[0].id + 1, last[1]) if last else (1, "")
        return Draft(SealOf(number, FORMAT, moment(tx.now), by, previous, covered), tx.now, pieces)
    if last is None:
        raise NothingToSeal
    return Sealed(last[0].id, last[0].at, last[0].by, last[0].rows, last[1], again=True)


def _cover(
    tx: Tx, heights: Heights, last: SealOf | None, progress: Progress
) -> tuple[list[Piece], tuple[Covered, ...]]:
    """The pieces above the last seal, and what they come to for each table."""
    ends = {part.table: part.last_id for part in last.covered} if last else {}
    total = sum(max(heights.of(table) - ends.get(table, 0), 0) for table in COLUMNS)
    pieces, covered, done = list[Piece](), list[Covered](), 0
    for table in COLUMNS:
        start, rows = ends.get(table) or None, 0
        for piece in db.new_pieces(tx.connection, table, start, heights.of(table)):
            pieces.append(piece)
            rows += piece.rows
            progress(min(done + piece.last_id - (start or 0), total), total)
        done += max(heights.of(table) - (start or 0), 0)
        covered.append(Covered(table, max(heights.of(table), start or 0), rows))
    return pieces, tuple(covered)


def _append(draft: Draft, tx: Tx) -> Sealed | None:
    """Write the seal, or nothing where somebody else has sealed in the meantime."""
    db.lock(tx.connection)
    last = db.newest(tx.connection)
    if (last[1] if last else "") != draft.seal.previous:
        return None
    made = draft.seal
    hashed = made.hash(draft.pieces)
    db.append(tx.connection, made, draft.at, hashed, draft.pieces)
    return Sealed(made.id, made.at, made.by, made.rows, hashed)
