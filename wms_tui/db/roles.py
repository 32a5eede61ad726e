"""Statements about roles."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ScalarSelect, bindparam, delete, func, insert, select, update

from wms_tui.db.access import PERMISSION, ROLE, USER
from wms_tui.db.prepared import Prepared
from wms_tui.db.transaction import Tx


class StoredRole(NamedTuple):
    role_id: int
    name: str
    version: int
    users: int


def _users() -> ScalarSelect[int]:
    return select(func.count(USER.c.id)).where(USER.c.role_id == ROLE.c.id).scalar_subquery()


ALL = Prepared(lambda: select(ROLE.c.id, ROLE.c.name, ROLE.c.version, _users()).order_by(ROLE.c.id))
WITH = Prepared(
    lambda: (
        select(ROLE.c.name)
        .join(PERMISSION, PERMISSION.c.role_id == ROLE.c.id)
        .where(PERMISSION.c.permission == bindparam("permission"))
        .order_by(ROLE.c.id)
    )
)
ADD = Prepared(lambda: insert(ROLE).values(name=bindparam("name"), version=1).returning(ROLE.c.id))
CHANGE = Prepared(
    lambda: (
        update(ROLE)
        .where(ROLE.c.id == bindparam("role_id"), ROLE.c.version == bindparam("read"))
        .values(name=bindparam("new_name"), version=ROLE.c.version + 1)
    )
)
REMOVE = Prepared(lambda: delete(ROLE).where(ROLE.c.id == bindparam("role_id")))
GRANT = Prepared(lambda: insert(PERMISSION).values(role_id=bindparam("role_id"), permission=bindparam("permission")))
WITHDRAW = Prepared(
    lambda: delete(PERMISSION).where(
        PERMISSION.c.role_id == bindparam("held_by"), PERMISSION.c.permission == bindparam("withdrawn")
    )
)


def roles_with(tx: Tx, permission: str) -> list[str]:
    """The names of the roles that hold a permission."""
    return [str(name) for (name,) in tx.all(WITH, permission=permission)]


def roles(tx: Tx) -> list[StoredRole]:
    """All roles, the oldest first."""
    return [StoredRole(*row) for row in tx.all(ALL)]


def role(tx: Tx, name: str) -> StoredRole | None:
    """A role by its name, small and capital letters alike."""
    wanted = name.strip().casefold()
    return next((stored for stored in roles(tx) if stored.name.casefold() == wanted), None)


def add(tx: Tx, name: str) -> int:
    row = tx.one(ADD, name=name)
    assert row is not None
    return int(row[0])


def change(tx: Tx, role_id: int, version: int, name: str) -> bool:
    """Rename a role that still has this version, and count it up; False if it has another one by now."""
    return tx.run(CHANGE, role_id=role_id, read=version, new_name=name) == 1


def grant(tx: Tx, role_id: int, permissions: list[str]) -> None:
    tx.many(GRANT, [{"role_id": role_id, "permission": permission} for permission in permissions])


def withdraw(tx: Tx, role_id: int, permissions: list[str]) -> None:
    tx.many(WITHDRAW, [{"held_by": role_id, "withdrawn": permission} for permission in permissions])


def remove(tx: Tx, role_id: int, permissions: list[str]) -> None:
    withdraw(tx, role_id, permissions)
    tx.run(REMOVE, role_id=role_id)
