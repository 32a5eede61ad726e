"""Bringing a whole database into another: from a backup, or from the database that it is to replace.

One transaction does all of it: look at what is there, empty it, make the tables of the source's version, load them,
read them back, upgrade, audit. Whatever fails, the database stays as it was.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from wms_tui.db import backup_replacing as replacing
from wms_tui.db import backup_views, grants, schema
from wms_tui.db.addresses import shown
from wms_tui.db.backup_standing import standing
from wms_tui.domain import backup_errors as errors
from wms_tui.domain.backup import Consent, Progress, Restored, Source, Standing
from wms_tui.domain.database_errors import DatabaseDamaged
from wms_tui.services.owner import owned, whole
from wms_tui.services.rebuilding import rebuild
from wms_tui.services.verify import audit

HOLDS = (errors.HoldsData, errors.HoldsNewer, errors.HoldsNewerEvents)
"""Somebody has filled the database since this began."""


def bring_in(
    source: Source, url: str, consent: Consent, progress: Progress, accepts_problems: bool = False
) -> Restored:
    """Make the database at ``url`` what the source is. Raises ``HoldsData``, ``HoldsNewer``, ``Unsound`` and others of
    ``backup_errors``; then nothing is changed."""
    where = shown(url)
    file = Path(where) if not where.startswith("postgresql:") else None
    is_new = file is not None and not file.exists()
    try:
        with owned(url, create=True) as connection:
            return _replace(connection, where, source, consent, progress, accepts_problems)
    except BaseException as error:
        if file is not None and is_new and not isinstance(error, HOLDS):
            for ending in ("", "-wal", "-shm"):
                Path(f"{file}{ending}").unlink(missing_ok=True)
        if isinstance(error, DatabaseDamaged) and error.fields.get("where") == where:
            raise errors.DamagedInTheWay(where=where) from error
        raise


def _replace(
    connection: Connection,
    where: str,
    source: Source,
    consent: Consent,
    progress: Progress,
    accepts_problems: bool,
) -> Restored:
    found = schema.current(connection, where)
    if found is not None and found > schema.HEAD:
        schema.check(connection, where)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    schema.prepare(connection)
    with whole(connection, schema.begin):
        before = _agreed(connection, where, source, consent)
        roles, views = grants.granted(connection), backup_views.remembered(connection)
        contents = rebuild(connection, source, progress)
        grants.grant_again(connection, roles)
        backup_views.bring_back(connection, views)
        report = audit(connection)
        if not report.ok and not accepts_problems:
            raise errors.Unsound(report, where=where)
    return Restored(where, contents, before, report)


def _agreed(connection: Connection, where: str, source: Source, consent: Consent) -> Standing:
    """What is there and may go; from here on nobody can add to it."""
    if schema.current(connection, where) is None:
        return Standing()
    replacing.lock(connection)
    before = standing(connection, where, source)
    told = {
        "where": where,
        "documents": before.documents,
        "lost_documents": before.lost_documents,
        "lost_events": before.lost_events,
        "last": before.last,
        "last_at": _minute(before.last_at),
    }
    if before.lost_documents and consent < Consent.DISCARD_NEWER:
        raise errors.HoldsNewer(**told)
    if before.lost_events and consent < Consent.DISCARD_NEWER:
        raise errors.HoldsNewerEvents(**told)
    if not before.is_empty and consent < Consent.REPLACE:
        raise errors.HoldsData(**told)
    return before


def _minute(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else ""
