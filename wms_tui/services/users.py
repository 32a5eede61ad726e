"""Administering accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wms_tui.db import access as people
from wms_tui.db.transaction import Tx
from wms_tui.domain.access import ADMIN_ROLE, Actor, Permission, check_name, name_key
from wms_tui.domain.errors import LastAdministrator, NotFound
from wms_tui.domain.roles import Outranked, OwnAccountDisabled, permission_name
from wms_tui.domain.texts import N_
from wms_tui.services import access
from wms_tui.services.account import check_language
from wms_tui.services.backend import Backend
from wms_tui.services.roles import check_own, own_permissions
from wms_tui.services.use_cases import use_case


@dataclass(frozen=True, slots=True)
class UserRow:
    """An account in a list."""

    name: str
    role: str
    active: bool
    created_at: datetime
    language: str = ""
    locked_until: datetime | None = None
    last_sign_in: datetime | None = None
    badge: bool = False
    """Whether he can sign in by badge and PIN."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """A locale tag, or empty for that of the terminal."""

    name: str
    language: str


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
    check_own(tx, actor, access.permissions(tx, _role_id(tx, request.role)))
    access.add(tx, request.name, request.password_hash, request.role)


@use_case(Permission.USER_MANAGE)
def reset_password(tx: Tx, actor: Actor, request: SetPassword) -> None:
    account = account_of(tx, request.name)
    check_rank(tx, actor, account)
    access.set_password(tx, account, request.password_hash)
    access.forget_failures(tx, name_key(account.name))


@use_case(Permission.USER_MANAGE, writes=False)
def list_users(tx: Tx, actor: Actor, _request: None) -> tuple[UserRow, ...]:
    """All accounts by name, with their lock if it stands, and when each last signed in."""
    accounts = [people.Account(*row) for row in tx.all(people.ACCOUNTS)]
    seen = dict(tx.all(people.LAST_SIGN_INS))
    locked = dict(tx.all(people.LOCKED, now=tx.now))
    return tuple(
        UserRow(
            account.name,
            account.role,
            account.active,
            account.created_at,
            account.language,
            locked.get(name_key(account.name)),
            seen.get(account.user_id),
            bool(account.badge_code and account.pin_hash),
        )
        for account in accounts
    )


@use_case(Permission.USER_MANAGE, writes=False)
def role_names(tx: Tx, actor: Actor, _request: None) -> tuple[str, ...]:
    """The roles that a user can be given."""
    return tuple(name for _, name in tx.all(people.ROLES))


@use_case(Permission.USER_MANAGE)
def set_language(tx: Tx, actor: Actor, request: SetLanguage) -> None:
    """The language that a user reads from his next sign-in on. Raises ``UnknownLanguage``."""
    account = account_of(tx, request.name)
    check_language(request.language)
    tx.run(people.SET_LANGUAGE, user_id=account.user_id, language=request.language)
    tx.note("set language", account.name, {"language": account.language}, {"language": request.language})


@use_case(Permission.USER_MANAGE)
def disable(tx: Tx, actor: Actor, name: str) -> None:
    """Disable an account at once and end its sessions.

    Raises ``LastAdministrator``, ``OwnAccountDisabled``, ``Outranked``.
    """
    account = account_of(tx, name)
    check_rank(tx, actor, account)
    _keep_an_administrator(tx, account)
    if account.user_id == actor.user_id:
        raise OwnAccountDisabled
    tx.run(people.SET_ACTIVE, user_id=account.user_id, active=False)
    tx.run(people.END_SESSIONS_OF, user_id=account.user_id, but="", ended_at=tx.now)
    tx.note("disable user", account.name, {"active": account.active}, {"active": False})


@use_case(Permission.USER_MANAGE)
def enable(tx: Tx, actor: Actor, name: str) -> None:
    account = account_of(tx, name)
    check_rank(tx, actor, account)
    tx.run(people.SET_ACTIVE, user_id=account.user_id, active=True)
    tx.note("enable user", account.name, {"active": account.active}, {"active": True})


@use_case(Permission.USER_MANAGE)
def unlock(tx: Tx, actor: Actor, name: str) -> None:
    """Let an account sign in again at once after too many wrong passwords."""
    account = account_of(tx, name)
    access.forget_failures(tx, name_key(account.name))
    tx.note("unlock user", account.name)


@use_case(Permission.USER_MANAGE)
def set_role(tx: Tx, actor: Actor, request: SetRole) -> None:
    """Give an account another role, at once.

    Raises ``LastAdministrator``, ``NotFound``, ``BeyondOwn``, ``Outranked``.
    """
    account = account_of(tx, request.name)
    role_id = _role_id(tx, request.role)
    check_rank(tx, actor, account)
    check_own(tx, actor, access.permissions(tx, role_id))
    if request.role != ADMIN_ROLE:
        _keep_an_administrator(tx, account)
    tx.run(people.SET_ROLE, user_id=account.user_id, role_id=role_id)
    tx.note("set role", account.name, {"role": account.role}, {"role": request.role})


def account_of(tx: Tx, name: str) -> people.Account:
    account = people.account(tx, name_key(name))
    if account is None:
        raise NotFound(what=N_("user"), code=name)
    return account


def check_rank(tx: Tx, actor: Actor, account: people.Account) -> None:
    """Whoever could give himself the account of somebody who may do more would have all that that one may."""
    beyond = sorted(access.permissions(tx, account.role_id) - own_permissions(tx, actor))
    if beyond:
        raise Outranked(name=account.name, permission=permission_name(beyond[0]))


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
