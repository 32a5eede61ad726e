"""Waiting until nobody can add to what is about to be looked at."""

from __future__ import annotations

import time

from wms_tui.db.horizon import Heights, heights, writers
from wms_tui.db.transaction import Tx
from wms_tui.services.backend import Backend

PATIENCE = 30.0
"""Seconds to wait for those who are writing; a file of movements is one transaction."""
PAUSE = 0.02


def settled(backend: Backend, patience: float = PATIENCE) -> Heights | None:
    """Heights of the ledger below which no row can come any more, or None where somebody writes for longer than that.

    Nobody is made to wait: only those are waited for who wrote when the heights were read.
    """
    found = backend.work(lambda tx: heights(tx.connection), writes=False)
    waiting = backend.work(lambda tx: writers(tx.connection), writes=False)
    deadline = time.monotonic() + patience
    while waiting:
        if time.monotonic() > deadline:
            return None
        time.sleep(PAUSE)
        waiting &= backend.work(lambda tx: writers(tx.connection), writes=False)
    return found


def one_moment(tx: Tx) -> None:
    """Must come first: the transaction sees one picture of the database, however long it takes, and writes nothing."""
    if tx.dialect.name == "postgresql":
        tx.plain("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tx.unhurried()
