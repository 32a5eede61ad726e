"""Administering accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wms_tui.db import access as people
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import ADMIN_ROLE, Actor, Permission, check_name, name_key
from wms_tui.domain.errors import LastAdministrator, NotFound
from wms_tui.domain.texts import N_
from wms_tui.services import access
from wms_tui.services.backend import Backend, use_case


@dataclass(frozen=True, slots=True)
class UserRow:
    """An account in a list."""

    name: str
    role: str
    active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to make; the password is hashed already, since hashing takes long."""

    name: str
    role: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class SetRole:
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class SetPassword:
    name: str
    password_hash: str


def add(backend: Backend, actor: Actor, name: str, role: str, password: str) -> None:
    """Make an account. Raises ``BadName``, ``WeakPassword``, ``NameTaken``, ``NotFound`` for the role."""
    name = check_name(name)
    backend.run(add_user, actor, NewUser(name, role, access.new_hash(password, name)))


def set_password(backend: Backend, actor: Actor, name: str, password: str) -> None:
    """Give an account a new password and end its sessions. Raises ``WeakPassword``, ``NotFound``."""
    backend.run(reset_password, actor, SetPassword(name, access.new_hash(password, name)))


@use_case(Permission.USER_MANAGE)
def add_user(tx: Tx, actor: Actor, request: NewUser) -> None:
    _role_id(tx, request.role)
    access.add(tx, request.name, request.password_hash, request.role)


@use_case(Permission.USER_MANAGE)
def reset_password(tx: Tx, actor: Actor, request: SetPassword) -> None:
    account = _account(tx, request.name)
    access.set_password(tx, account, request.password_hash)
    access.forget_failures(tx, name_key(account.name))


@use_case(Permission.USER_MANAGE, writes=False)
def list_users(tx: Tx, actor: Actor, _request: None) -> tuple[UserRow, ...]:
    """All accounts by name."""
    accounts = [people.Account(*row) for row in tx.all(people.ACCOUNTS)]
    return tuple(UserRow(account.name, account.role, account.active, account.created_at) for account in accounts)


@use_case(Permission.USER_MANAGE)
def disable(tx: Tx, actor: Actor, name: str) -> None:
    """Disable an account at once and end its sessions. Raises ``LastAdministrator``."""
    account = _account(tx, name)
    _keep_an_administrator(tx, account)
    tx.run(people.SET_ACTIVE, user_id=account.user_id, active=False)
    tx.run(people.END_SESSIONS_OF, user_id=account.user_id, but="", ended_at=tx.now)
    tx.note("disable user", account.name, {"active": account.active}, {"active": False})


@use_case(Permission.USER_MANAGE)
def enable(tx: Tx, actor: Actor, name: str) -> None:
    account = _account(tx, name)
    tx.run(people.SET_ACTIVE, user_id=account.user_id, active=True)
    tx.note("enable user", account.name, {"active": account.active}, {"active": True})


@use_case(Permission.USER_MANAGE)
def unlock(tx: Tx, actor: Actor, name: str) -> None:
    """Let an account sign in again at once after too many wrong passwords."""
    account = _account(tx, name)
    access.forget_failures(tx, name_key(account.name))
    tx.note("unlock user", account.name)


@use_case(Permission.USER_MANAGE)
def set_role(tx: Tx, actor: Actor, request: SetRole) -> None:
    """Give an account another role, at once. Raises ``LastAdministrator``, ``NotFound``."""
    account = _account(tx, request.name)
    role_id = _role_id(tx, request.role)
    if request.role != ADMIN_ROLE:
        _keep_an_administrator(tx, account)
    tx.run(people.SET_ROLE, user_id=account.user_id, role_id=role_id)
    tx.note("set role", account.name, {"role": account.role}, {"role": request.role})


def _account(tx: Tx, name: str) -> people.Account:
    account = people.account(tx, name_key(name))
    if account is None:
        raise NotFound(what=N_("user"), code=name)
    return account


def _role_id(tx: Tx, name: str) -> int:
    for role_id, known in tx.all(people.ROLES):
        if known == name:
            return int(role_id)
    raise NotFound(what=N_("role"), code=name)


def _keep_an_administrator(tx: Tx, account: people.Account) -> None:
    """Somebody must always be able to administer."""
    if account.role != ADMIN_ROLE or not account.active:
        return
    people.lock_administration(tx)
    row = tx.one(people.ACTIVE_IN_ROLE, role_id=account.role_id)
    if row and row[0] <= 1:
        raise LastAdministrator(name=account.name)
