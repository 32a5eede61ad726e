"""Least privilege: the role under which the application works on PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from wms_tui.db import grants, schema
from wms_tui.db.addresses import shown
from wms_tui.domain.database_errors import DatabaseForbidden
from wms_tui.domain.privileges import BadDatabaseRole, RoleAbsent, RoleTooStrong, ServerOnly, checked_role
from wms_tui.services.owner import owned, whole


@dataclass(frozen=True, slots=True)
class Granted:
    """``made`` says that the role is new."""

    role: str
    made: bool


def grant(url: str, role: str, password: str = "") -> Granted:
    """Let a role of the server do the application's work and no more; make it where it is absent. Safe to repeat.

    Raises ``ServerOnly`` for SQLite, ``BadDatabaseRole``, ``RoleAbsent`` where it cannot be made, ``RoleTooStrong``,
    and ``DatabaseForbidden`` for whoever does not own the tables.
    """
    where = shown(url)
    if not where.startswith("postgresql:"):
        raise ServerOnly(where=where)
    checked_role(role)
    if "\0" in password:
        raise BadDatabaseRole(role=role)
    with owned(url) as connection, whole(connection):
        schema.check(connection, where)
        if not grants.owns_everything(connection):
            raise DatabaseForbidden(where=where)
        made = _make(connection, role)
        if password:
            grants.set_password(connection, role, password)
        grants.grant(connection, role)
        if excess := grants.excess(connection, role):
            raise RoleTooStrong(role=role, tables=", ".join(excess))
    return Granted(role, made)


def _make(connection: Connection, role: str) -> bool:
    strong = grants.strength(connection, role)
    if strong:
        raise RoleTooStrong(role=role, tables="*")
    if strong is not None:
        return False
    if not grants.may_make_roles(connection):
        raise RoleAbsent(role=role)
    grants.make(connection, role)
    return True
