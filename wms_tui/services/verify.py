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
"""Told a check, how much of it is done and how much there is."""
Checks = list[tuple[str, Callable[[Connection], Checked]]]


def verify(
    backend: Backend,
    full: bool = True,
    hashes: Sequence[str] = (),
    keeps: bool = True,
    patience: float = PATIENCE,
    progress: Progress = lambda _name, _done, _total: None,
) -> Report:
    """Check every invariant on one picture of the database, while others go on working.

    Without ``full`` only what has come since the checkpoint of the last clean audit, where there is one. ``hashes`` are
    of seals that must be there. Where all is well a new checkpoint is kept, unless ``keeps`` is off, the database
    cannot be written to, or somebody has been writing for longer than ``patience`` seconds.
    """
    heights = _settled(backend, patience) if keeps else None
    return backend.work(lambda tx: _Audit(tx, full, hashes, progress).report(backend, heights), writes=False)


def _settled(backend: Backend, patience: float) -> Heights | None:
    """None as well for a damaged file, which the checks are to tell about."""
    with suppress(WmsError):
        return settled(backend, patience)
    return None


class _Audit:
    """One audit in one transaction."""

    def __init__(self, tx: Tx, full: bool, hashes: Sequence[str], progress: Progress) -> None:
        one_moment(tx)
        self.tx = tx
        self._progress = progress
        self._hashes = hashes
        self.since = None if full else self._checkpoint()
        self._scope = self.since.scope if self.since else FULL

    def _checkpoint(self) -> Clean | None:
        with suppress(DBAPIError):
            return checkpoint.read(self.tx.connection)
        return None

    def report(self, backend: Backend, heights: Heights | None) -> Report:
        found = []
        checks = self._checks()
        for place, (name, check) in enumerate(checks):
            self._progress(name, place, len(checks))
            found.append(attempt(name, check, self.tx.connection))
        report = Report(tuple(found), self.since.at if self.since else None)
        if report.ok and heights is not None:
            report = report.keeping(Keeping(backend, self.tx, self.since, heights).keep())
        self._progress("", len(checks), len(checks))
        _leave(self.tx)
        return report

    def _checks(self) -> Checks:
        dialect = self.tx.dialect.name
        checks: Checks = [
            (check.name, partial(run, check, self._scope))
            for check in (*LEDGER_CHECKS, *document_checks(dialect), *COUNT_CHECKS)
        ]
        if self.since is not None:
            checks.append((checkpoint.STILL_THERE, partial(checkpoint.still_there, self.since)))
        checks += guards(dialect, self._scope)
        sealed = partial(self._progress, verify_seals.SEALED)
        checks.append((verify_seals.CHAIN, partial(verify_seals.chain, self._hashes)))
        last = self.since.seal_id if self.since else 0
        checks.append((verify_seals.SEALED, partial(verify_seals.rows, last, sealed)))
        return checks


def _leave(tx: Tx) -> None:
    """A damaged SQLite file cannot even commit that it was read."""
    tx.plain("ROLLBACK")
    tx.plain("BEGIN")
