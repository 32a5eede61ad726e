"""Roles of a database server: what can be wrong with the one under which the application is to work."""

from __future__ import annotations

from wms_tui.domain.display import DANGEROUS
from wms_tui.domain.errors import Refused
from wms_tui.domain.texts import N_

MOST_BYTES = 63
"""PostgreSQL cuts longer names without an error."""


class ServerOnly(Refused):
    template = N_(
        "{where} is a SQLite file and knows no roles: whoever may write to the file may change it. "
        "Guard the file, or move to PostgreSQL with: wms db copy --to URL"
    )


class BadDatabaseRole(Refused):
    template = N_("{role} cannot be a role of the database. Use letters, digits and underscores.")


class RoleAbsent(Refused):
    template = N_(
        "There is no role {role} on the server, and you may not make one. "
        "Let the server's administrator make it with CREATE ROLE, then grant again."
    )


class RoleTooStrong(Refused):
    template = N_(
        "The role {role} could change the ledger all the same (tables: {tables}): it is or belongs to an owner, "
        "a superuser or a role with such rights. Nothing was changed. Use another role."
    )


def checked_role(role: str) -> None:
    """Raises ``BadDatabaseRole`` for a name that PostgreSQL reserves, cuts or cannot hold."""
    reserved = role.lower() in {"public", "none", "current_user", "session_user"} or role.startswith("pg_")
    if not role.strip() or reserved or len(role.encode()) > MOST_BYTES or DANGEROUS.search(role):
        raise BadDatabaseRole(role=role)
