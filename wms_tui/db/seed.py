"""What a new database starts with: the roles, the virtual locations, reason codes and one unit."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from wms_tui.db.tables import Location, Reason, Role, RolePermission, Unit, core
from wms_tui.domain import access, locations, movements
from wms_tui.domain.seeded import FIRST_UNIT


def seed(connection: Connection) -> None:
    """Write the rows; the caller owns the transaction."""
    connection.execute(insert(Unit), {"code": FIRST_UNIT[0], "name": FIRST_UNIT[1], "decimals": False})
    connection.execute(
        insert(Location),
        [{"code": code, "name": name, "kind": kind.value, "closed": False} for code, name, kind, _ in locations.SEED],
    )
    connection.execute(
        insert(Reason),
        [
            {"code": code, "name": name, "direction": direction.value, "active": True}
            for code, name, direction in movements.REASONS
        ],
    )
    _seed_roles(connection)


def _seed_roles(connection: Connection) -> None:
    connection.execute(insert(Role), [{"name": name, "version": 1} for name in access.ROLES])
    role = core(Role)
    ids = {name: key for key, name in connection.execute(select(role.c.id, role.c.name))}
    connection.execute(
        insert(RolePermission),
        [
            {"role_id": ids[name], "permission": permission.value}
            for name, permissions in access.ROLES.items()
            for permission in sorted(permissions)
        ],
    )
