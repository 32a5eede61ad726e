"""What can be wrong with a backup or with the database that it should go into. See the tree in ``errors.py``."""

from __future__ import annotations

from typing import Any

from wms_tui.domain.database_errors import DatabaseError
from wms_tui.domain.errors import FileError
from wms_tui.domain.texts import N_
from wms_tui.domain.verify import Report


class BackupInTheWay(FileError):
    template = N_("There is a file {path} already. Name another file, or replace it with --force.")


class NotABackup(FileError):
    template = N_("{path} is not a backup that wms db backup made. Nothing was changed.")


class BackupDamaged(FileError):
    template = N_("The backup {path} is damaged ({what}). Nothing was changed. Use another backup.")


class BackupTooNew(FileError):
    template = N_("The backup {path} was made by a newer version of this program. Upgrade the program first.")


class ColumnUnknown(DatabaseError):
    template = N_(
        "This program does not know {column} of the older database {where}. "
        "Make the backup with the program that works on it, or upgrade it first."
    )


class NotExact(DatabaseError):
    template = N_("{where} holds a number that is not exact, so no copy was made. Find it with: wms verify")


class Contradiction(DatabaseError):
    template = N_("The rows of {table} cannot be brought into a sound database ({why}). Nothing was changed.")


class NotTheSame(DatabaseError):
    template = N_(
        "{table} does not read back as it was. Nothing was changed. Check the disk and the program's version."
    )


class DamagedInTheWay(DatabaseError):
    template = N_("The database file {where} is damaged and was not touched. Rename it, then restore again.")


class HoldsData(DatabaseError):
    template = N_(
        "{where} holds {documents} documents and was not touched. Nothing in it is newer than the backup. "
        "To replace all of it: --force"
    )


class HoldsNewer(DatabaseError):
    template = N_(
        "{where} was not touched. It holds {lost_documents} documents that the backup does not (the last is {last} of "
        "{last_at}) and {lost_events} newer audit events. To lose them: --discard-newer"
    )


class HoldsNewerEvents(DatabaseError):
    template = N_(
        "{where} was not touched. It holds the backup's documents, but {lost_events} audit events are newer than it. "
        "To lose them, and what they tell of: --discard-newer"
    )


class Unsound(DatabaseError):
    """``report`` names what is wrong."""

    template = N_(
        "What came into {where} is not as it must be, so nothing was changed. "
        "To have it all the same: --accept-problems"
    )

    def __init__(self, report: Report, **fields: Any) -> None:
        super().__init__(**fields)
        self.report = report
