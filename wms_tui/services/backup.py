"""Backup, restore and moving of a whole database, for its owner: on both engines, while others go on working."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from wms_tui.db import schema
from wms_tui.db.addresses import shown
from wms_tui.db.backup_reading import INEXACT, DatabaseSource, begin_reading
from wms_tui.db.backup_standing import standing
from wms_tui.domain.backup import BackedUp, Consent, Progress, Restored, unseen
from wms_tui.domain.backup_errors import NotExact
from wms_tui.domain.database_errors import NotFresh
from wms_tui.domain.verify import Report
from wms_tui.services import backup_file
from wms_tui.services.backup_place import beside
from wms_tui.services.owner import owned, whole
from wms_tui.services.restoring import bring_in


def backup(
    url: str,
    path: str,
    replaces: bool = False,
    checks: bool = True,
    progress: Progress = unseen,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> BackedUp:
    """Write all of a database, as it is at one moment, to a file that takes its name when it is whole.

    With ``checks`` the file is restored on the side and audited before. Raises ``BackupInTheWay``, ``FileError``, and
    what is wrong with the database.
    """
    with beside(path, replaces) as part:
        with _reading(url) as source:
            contents = backup_file.write(part, source, clock(), progress)
        report = _tried(part, progress) if checks else None
        size = part.stat().st_size
    return BackedUp(path, contents, size, report)


def _tried(part: Path, progress: Progress) -> Report:
    """The audit of a backup, restored into a SQLite file beside it that is thrown away."""
    with tempfile.TemporaryDirectory(dir=part.parent, prefix=part.name) as folder:
        return restore(f"sqlite:///{folder}/tried.sqlite", str(part), progress=progress, accepts_problems=True).report


def restore(
    url: str,
    path: str,
    consent: Consent = Consent.NOTHING,
    progress: Progress = unseen,
    accepts_problems: bool = False,
) -> Restored:
    """Make a database what a backup holds; it may be empty or absent, or hold what ``consent`` lets go.

    Raises ``HoldsData`` and ``HoldsNewer`` for what consent is missing to, ``BackupDamaged`` and its kin, and
    ``Unsound`` for what the audit finds, unless that is accepted. All or nothing.
    """
    with backup_file.opened(path) as source:
        return bring_in(source, url, consent, progress, accepts_problems)


def copy(url: str, to: str, progress: Progress = unseen) -> Restored:
    """Move a database, as it is at one moment, into an empty one of either engine. Raises ``NotFresh``, ``Unsound``."""
    with _reading(url) as source:
        _needs_empty(to)
        return bring_in(source, to, Consent.NOTHING, progress)


@contextmanager
def _reading(url: str) -> Iterator[DatabaseSource]:
    """A database as it is now, whatever is written meanwhile."""
    where = shown(url)
    try:
        with owned(url) as connection, whole(connection, begin_reading):
            yield DatabaseSource(connection, where)
    except Exception as error:
        if INEXACT in str(error):
            raise NotExact(where=where) from error
        raise


def _needs_empty(url: str) -> None:
    where = shown(url)
    if not where.startswith("postgresql:") and not Path(where).exists():
        return
    with owned(url) as connection:
        if schema.current(connection, where) and not standing(connection, where, None).is_empty:
            raise NotFresh(where=where)
