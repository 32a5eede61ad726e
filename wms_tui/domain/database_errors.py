"""What can be wrong with the database: a branch of the tree of ``errors.py``."""

from __future__ import annotations

from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_


class DatabaseError(WmsError):
    """The database cannot do its work."""


class DatabaseReadOnly(DatabaseError):
    template = N_("The database cannot be written to: {where} is read-only. Nothing was saved.")


class DatabaseFull(DatabaseError):
    template = N_("The disk is full. Nothing was saved. Free some space and try again.")


class DatabaseBusy(DatabaseError):
    template = N_("The database is busy with another user's work. Nothing was saved. Try again.")


class PlaceInUse(DatabaseBusy):
    """``place`` is a location's code."""

    template = N_("{place} is in use by {holder}. Nothing was saved. Try again.")


class DatabaseInUse(DatabaseBusy):
    template = N_("The database is in use by {holder}. Nothing was saved. Try again.")


class DatabaseCrowded(DatabaseBusy):
    template = N_("Too many users work at this moment. Nothing was saved. Wait a few seconds and try again.")


class DatabaseSlow(DatabaseBusy):
    template = N_("The database took too long to answer. Nothing was saved. Ask for less, or try again.")


class DatabaseForbidden(DatabaseError):
    template = N_(
        "The database does not let its role do this ({where}). Nothing was saved. "
        "Work of the owner, such as upgrades and restores, needs the owner's address in --db."
    )


class DatabaseUnavailable(DatabaseError):
    template = N_(
        "The database cannot be reached ({where}). Check its address, the password and the network, "
        "then try again: nothing is posted twice."
    )


class OutcomeUnknown(DatabaseError):
    template = N_(
        "The connection broke while this was being saved ({where}). Look what is there before you enter it again."
    )


class DatabaseMissing(DatabaseUnavailable):
    template = N_("There is no database {where}. Make it with: wms init. Or name another one with --db.")


class DatabaseNotMade(DatabaseUnavailable):
    template = N_("The database {where} cannot be made: {why}. Check the folder, or name another one with --db.")


class DatabaseDamaged(DatabaseError):
    template = N_("The database file {where} is damaged. Stop work and restore a backup.")


class NotOurDatabase(DatabaseError):
    template = N_("{where} is not a warehouse database. Name another one with --db.")


class DatabaseTooNew(DatabaseError):
    template = N_("The database {where} was made by a newer version of this program. Upgrade the program.")


class DatabaseTooOld(DatabaseError):
    template = N_("The database {where} needs an upgrade. Run: wms db upgrade")


class DatabaseEmpty(DatabaseError):
    template = N_("The database {where} is empty. Run: wms init")


class NotFresh(DatabaseError):
    template = N_("{where} is a warehouse already and was not touched. Name a file or a database that is empty.")
