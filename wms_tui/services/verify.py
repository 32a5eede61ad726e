"""The audit of the whole database, for its owner: no sign-in, nothing written, SQL of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from wms_tui.db.transaction import Tx
from wms_tui.db.verify import LEDGER_CHECKS, attempt, run
from wms_tui.db.verify_counts import COUNT_CHECKS
from wms_tui.db.verify_documents import document_checks
from wms_tui.db.verify_guards import guards
from wms_tui.domain.verify import Checked, Report
from wms_tui.services.backend import Backend


def verify(backend: Backend) -> Report:
    """Check every invariant on one picture of the database, while others go on working."""
    return backend.work(_audit, writes=False)


def _audit(tx: Tx) -> Report:
    if tx.dialect.name == "postgresql":
        tx.plain("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    tx.unhurried()
    checks: list[tuple[str, Callable[[Connection], Checked]]] = []
    checks += [
        (check.name, partial(run, check))
        for check in (*LEDGER_CHECKS, *document_checks(tx.dialect.name), *COUNT_CHECKS)
    ]
    checks += guards(tx.dialect.name)
    report = Report(tuple(attempt(name, check, tx.connection) for name, check in checks))
    _leave(tx)
    return report


def _leave(tx: Tx) -> None:
    """A damaged SQLite file cannot even commit that it was read."""
    tx.plain("ROLLBACK")
    tx.plain("BEGIN")
