"""Keeping roles. Nobody gives a permission that he does not hold himself, and admin stays what it is."""

from __future__ import annotations

from collections.abc import Iterable

from wms_tui.db import access as people
from wms_tui.db import roles as db
from wms_tui.db.transaction import Tx
from wms_tui.domain import roles as rules
from wms_tui.domain.access import ADMIN_ROLE, MOST_NAME, Actor, Permission
from wms_tui.domain.errors import NotFound
from wms_tui.domain.posting import check_text
from wms_tui.domain.roles import ChangeRole, NewRole, RoleRow, permission_name
from wms_tui.domain.seeded import named
from wms_tui.domain.texts import N_
from wms_tui.services.access import permissions
from wms_tui.services.use_cases import use_case


@use_case(Permission.ROLE_MANAGE, writes=False)
def list_roles(tx: Tx, actor: Actor, request: None) -> tuple[RoleRow, ...]:
    """All roles with their permissions, those of the program first."""
    return tuple(_row(tx, stored) for stored in db.roles(tx))


@use_case(Permission.ROLE_MANAGE)
def add(tx: Tx, actor: Actor, request: NewRole) -> RoleRow:
    """Make a role, empty or as a copy. Raises ``RoleTaken``, ``BeyondOwn``, ``NotFound`` for what is copied."""
    name = _free_name(tx, request.name, None)
    given = permissions(tx, stored_role(tx, request.copy_of).role_id) if request.copy_of else frozenset()
    check_own(tx, actor, given)
    role_id = db.add(tx, name)
    db.grant(tx, role_id, sorted(given))
    tx.note("add role", name, after={"permissions": sorted(given)})
    return RoleRow(name, 0, given, 1)


@use_case(Permission.ROLE_MANAGE)
def change(tx: Tx, actor: Actor, request: ChangeRole) -> RoleRow:
    """Rename a role and set what it holds, at once for everybody who has it.

    Raises ``RoleFixed`` for admin, ``RoleChanged`` if it is not as it was read, ``BeyondOwn``, ``RoleTaken``.
    """
    stored = stored_role(tx, request.name)
    if stored.name == ADMIN_ROLE:
        raise rules.RoleFixed(role=named(ADMIN_ROLE))
    name = _free_name(tx, request.new_name, stored.role_id)
    held = permissions(tx, stored.role_id)
    check_own(tx, actor, request.permissions ^ held)
    if not db.change(tx, stored.role_id, request.version, name):
        raise rules.RoleChanged(role=named(stored.name))
    db.grant(tx, stored.role_id, sorted(request.permissions - held))
    db.withdraw(tx, stored.role_id, sorted(held - request.permissions))
    before = {"name": stored.name, "permissions": sorted(held - request.permissions)}
    tx.note("change role", name, before, {"name": name, "permissions": sorted(request.permissions - held)})
    return RoleRow(name, stored.users, request.permissions, request.version + 1)


@use_case(Permission.ROLE_MANAGE)
def remove(tx: Tx, actor: Actor, name: str) -> None:
    """Delete a role that nobody has. Raises ``RoleInUse``, ``RoleFixed``."""
    stored = stored_role(tx, name)
    if stored.name == ADMIN_ROLE:
        raise rules.RoleFixed(role=named(ADMIN_ROLE))
    if stored.users:
        raise rules.RoleInUse(role=named(stored.name), users=stored.users)
    held = permissions(tx, stored.role_id)
    db.remove(tx, stored.role_id, sorted(held))
    tx.note("remove role", stored.name, before={"permissions": sorted(held)})


def stored_role(tx: Tx, name: str) -> db.StoredRole:
    """Raises ``NotFound``."""
    found = db.role(tx, name)
    if found is None:
        raise NotFound(what=N_("role"), code=name)
    return found


def own_permissions(tx: Tx, actor: Actor) -> frozenset[Permission]:
    """What the operator holds now."""
    account = people.account_by_id(tx, actor.user_id)
    return permissions(tx, account.role_id) if account else frozenset()


def check_own(tx: Tx, actor: Actor, given: Iterable[Permission]) -> None:
    """Raise ``BeyondOwn`` for a permission that the operator does not hold himself."""
    beyond = sorted(frozenset(given) - own_permissions(tx, actor))
    if beyond:
        raise rules.BeyondOwn(permission=permission_name(beyond[0]))


def _row(tx: Tx, stored: db.StoredRole) -> RoleRow:
    return RoleRow(stored.name, stored.users, permissions(tx, stored.role_id), stored.version)


def _free_name(tx: Tx, name: str, role_id: int | None) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MOST_NAME:
        raise rules.BadRoleName(name=name, most=MOST_NAME)
    check_text(N_("role"), name, MOST_NAME)
    known = db.role(tx, name)
    if known and known.role_id != role_id:
        raise rules.RoleTaken(role=named(known.name))
    return name
