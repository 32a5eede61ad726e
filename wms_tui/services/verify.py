"""The audit of the whole database, for its owner: no sign-in, SQL of its own; it writes nothing but its checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from wms_tui.db import checkpoint, verify_seals
from wms_tui.db.checkpoint import Clean
from wms_tui.db.horizon import Heights
from wms_tui.db.transaction import Tx
from wms_tui.db.verify import LEDGER_CHECKS, attempt, run
from wms_tui.db.verify_counts import COUNT_CHECKS
from wms_tui.db.verify_documents import document_checks
from wms_tui.db.verify_guards import guards
from wms_tui.db.verify_scope import FULL
from wms_tui.domain.errors import WmsError
from wms_tui.domain.verify import Checked, Report
from wms_tui.services.backend import Backend
from wms_tui.services.keeping import Keeping
from wms_tui.services.settling import PATIENCE, one_moment, settled

Progress = Callable[[str, int, int], None]
"""Told a check, how much is done and how much there is: checks, or rows within one; no check when all is done."""


def silent(_name: str, _done: int, _total: int) -> None:
    """Tells nobody."""


def verify(
    backend: Backend,
    full: bool = True,
    hashes: Sequence[str] = (),
    keeps: bool = True,
    patience: float = PATIENCE,
    progress: Progress = silent,
) -> Report:
    """Check every invariant on one picture of the database, while others go on working.

    Without ``full`` only what has come since the checkpoint of the last clean audit, where there is one. ``hashes`` are
    of seals that must be there. Where all is well a new checkpoint is kept, unless ``keeps`` is off, the database
    cannot be written to, or somebody has been writing for longer than ``patience`` seconds.
    """
    heights = _settled(backend, patience) if keeps else None

    def job(tx: Tx) -> Report:
        one_moment(tx)
        since = None if full else _checkpoint(tx.connection)
        report = audit(tx.connection, since, hashes, progress)
        if report.ok and keeps:
            report = report.keeping(heights is not None and Keeping(backend, tx, since, heights).keep())
        _leave(tx)
        return report

    return backend.work(job, writes=False)


def audit(
    connection: Connection, since: Clean | None = None, hashes: Sequence[str] = (), progress: Progress = silent
) -> Report:
    """Check everything, or what has come since a checkpoint, in a transaction that is open already."""
    found, checks = list[Checked](), _checks(connection.dialect.name, since, hashes, progress)
    for place, (name, check) in enumerate(checks):
        progress(name, place, len(checks))
        found.append(attempt(name, check, connection))
    progress("", len(checks), len(checks))
    return Report(tuple(found), since.at if since else None)


def _checks(
    dialect: str, since: Clean | None, hashes: Sequence[str], progress: Progress
) -> list[tuple[str, Callable[[Connection], Checked]]]:
    scope = since.scope if since else FULL
    checks = (*LEDGER_CHECKS, *document_checks(dialect), *COUNT_CHECKS)
    named = [(check.name, partial(run, check, scope)) for check in checks]
    named += [(checkpoint.STILL_THERE, partial(checkpoint.still_there, since))] if since else []
    last = since.seal_id if since else 0
    sealed = partial(verify_seals.rows, last, partial(progress, verify_seals.SEALED))
    chain = (verify_seals.CHAIN, partial(verify_seals.chain, hashes, last))
    return [*named, *guards(dialect, scope), chain, (verify_seals.SEALED, sealed)]


def _settled(backend: Backend, patience: float) -> Heights | None:
    """None as well for a damaged file, which the checks are to tell about."""
    with suppress(WmsError):
        return settled(backend, patience)
    return None


def _checkpoint(connection: Connection) -> Clean | None:
    with suppress(DBAPIError):
        return checkpoint.read(connection)
    return None


def _leave(tx: Tx) -> None:
    """A damaged SQLite file cannot even commit that it was read."""
    tx.plain("ROLLBACK")
    tx.plain("BEGIN")
