"""Statements about people: who is at work and what they may do now."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.sql.dml import Insert

from wms_tui.db.prepared import Prepared, upsert
from wms_tui.db.tables import Role, RolePermission, SignInFailure, SignInSession, User, core
from wms_tui.db.transaction import Tx
from wms_tui.db.types import Moment
from wms_tui.domain.access import ADMIN_ROLE

USER, ROLE, SESSION, PERMISSION = core(User), core(Role), core(SignInSession), core(RolePermission)
FAILURE = core(SignInFailure)


class Standing(NamedTuple):
    """An operator's standing at this moment."""

    active: bool
    ended_at: datetime | None
    role: str
    may: bool


class Account(NamedTuple):
    """An account with what sign-in needs."""

    user_id: int
    name: str
    password_hash: str
    active: bool
    role_id: int
    role: str
    created_at: datetime
    language: str
    theme: str
    badge_code: str | None
    pin_hash: str | None


def _standing() -> Select[Any]:
    held = exists().where(PERMISSION.c.role_id == USER.c.role_id, PERMISSION.c.permission == bindparam("permission"))
    return (
        select(USER.c.active, SESSION.c.ended_at, ROLE.c.name, held)
        .join(USER, USER.c.id == SESSION.c.user_id)
        .join(ROLE, ROLE.c.id == USER.c.role_id)
        .where(SESSION.c.id == bindparam("session"))
    )


def _account() -> Select[Any]:
    return select(
        USER.c.id,
        USER.c.name,
        USER.c.password_hash,
        USER.c.active,
        ROLE.c.id,
        ROLE.c.name,
        USER.c.created_at,
        USER.c.language,
        USER.c.theme,
        USER.c.badge_code,
        USER.c.pin_hash,
    ).join(ROLE, ROLE.c.id == USER.c.role_id)


def _add_failure(dialect: str) -> Insert:
    proposed = upsert(dialect, FAILURE).values(name_key=bindparam("name_key"), failures=1, at=bindparam("at"))
    counted = proposed.on_conflict_do_update(
        index_elements=["name_key"], set_={"failures": FAILURE.c.failures + 1, "at": proposed.excluded.at}
    )
    return counted.returning(FAILURE.c.failures)


STANDING = Prepared(_standing)
ACCOUNTS = Prepared(lambda: _account().order_by(USER.c.name_key))
ACCOUNT = Prepared(lambda: _account().where(USER.c.name_key == bindparam("name_key")))
ACCOUNT_BY_ID = Prepared(lambda: _account().where(USER.c.id == bindparam("user_id")))
ACCOUNT_BY_BADGE = Prepared(lambda: _account().where(USER.c.badge_code == bindparam("badge")))
ANY_USER = Prepared(lambda: select(USER.c.id).limit(1))
PERMISSIONS = Prepared(lambda: select(PERMISSION.c.permission).where(PERMISSION.c.role_id == bindparam("role_id")))
ROLES = Prepared(lambda: select(ROLE.c.id, ROLE.c.name).order_by(ROLE.c.id))
ACTIVE_IN_ROLE = Prepared(
    lambda: select(func.count()).where(USER.c.role_id == bindparam("role_id"), USER.c.active.is_(True))
)
ADD_USER = Prepared(
    lambda: (
        insert(USER)
        .values(
            name=bindparam("name"),
            name_key=bindparam("name_key"),
            password_hash=bindparam("password_hash"),
            role_id=bindparam("role_id"),
            active=True,
            language="",
            theme="",
            created_at=bindparam("created_at"),
        )
        .returning(USER.c.id)
    )
)
FAILURES = Prepared(
    lambda: select(FAILURE.c.failures, FAILURE.c.locked_until).where(FAILURE.c.name_key == bindparam("name_key"))
)
FORGET_FAILURES = Prepared(lambda: delete(FAILURE).where(FAILURE.c.name_key == bindparam("name_key")))
FORGET_OLD_FAILURES = Prepared(lambda: delete(FAILURE).where(FAILURE.c.at < bindparam("before")))
LOCK_ADMINISTRATION = Prepared(lambda: update(ROLE).where(ROLE.c.name == bindparam("role")).values(name=ROLE.c.name))
ADD_FAILURE = Prepared.by_dialect(_add_failure)
LOCK_NAME = Prepared(
    lambda: (
        update(FAILURE)
        .where(FAILURE.c.name_key == bindparam("name_key"))
        .values(locked_until=bindparam("locked_until"))
    )
)
SET_PASSWORD = Prepared(
    lambda: update(USER).where(USER.c.id == bindparam("user_id")).values(password_hash=bindparam("password_hash"))
)
SET_BADGE = Prepared(
    lambda: update(USER).where(USER.c.id == bindparam("user_id")).values(badge_code=bindparam("badge", type_=String))
)
SET_PIN = Prepared(
    lambda: update(USER).where(USER.c.id == bindparam("user_id")).values(pin_hash=bindparam("pin_hash", type_=String))
)
SET_ACTIVE = Prepared(lambda: update(USER).where(USER.c.id == bindparam("user_id")).values(active=bindparam("active")))
SET_ROLE = Prepared(lambda: update(USER).where(USER.c.id == bindparam("user_id")).values(role_id=bindparam("role_id")))
SET_LANGUAGE = Prepared(
    lambda: update(USER).where(USER.c.id == bindparam("user_id")).values(language=bindparam("language"))
)
SET_THEME = Prepared(lambda: update(USER).where(USER.c.id == bindparam("user_id")).values(theme=bindparam("theme")))
LAST_SIGN_INS = Prepared(
    lambda: select(SESSION.c.user_id, func.max(SESSION.c.started_at, type_=Moment)).group_by(SESSION.c.user_id)
)
LOCKED = Prepared(
    lambda: select(FAILURE.c.name_key, FAILURE.c.locked_until).where(
        FAILURE.c.locked_until > bindparam("now", type_=Moment)
    )
)
OPEN_SESSION = Prepared(
    lambda: insert(SESSION).values(
        id=bindparam("session"),
        user_id=bindparam("user_id"),
        terminal=bindparam("terminal"),
        started_at=bindparam("started_at"),
    )
)
END_SESSION = Prepared(
    lambda: (
        update(SESSION)
        .where(SESSION.c.id == bindparam("session"), SESSION.c.ended_at.is_(None))
        .values(ended_at=bindparam("ended_at"))
    )
)
END_SESSIONS_OF = Prepared(
    lambda: (
        update(SESSION)
        .where(
            SESSION.c.user_id == bindparam("user_id"),
            SESSION.c.ended_at.is_(None),
            SESSION.c.id != bindparam("but"),
        )
        .values(ended_at=bindparam("ended_at"))
    )
)


def lock_administration(tx: Tx) -> None:
    """One at a time decides who administers: two cannot both take themselves for the one who stays."""
    tx.run(LOCK_ADMINISTRATION, role=ADMIN_ROLE)


def standing(tx: Tx, session_id: str, permission: str) -> Standing | None:
    """The standing behind a session, or None for a session that is not known."""
    row = tx.one(STANDING, session=session_id, permission=permission)
    return Standing(*row) if row else None


def account(tx: Tx, name_key: str) -> Account | None:
    row = tx.one(ACCOUNT, name_key=name_key)
    return Account(*row) if row else None


def account_by_badge(tx: Tx, badge: str) -> Account | None:
    """By the key of a badge; see ``domain.badges``."""
    row = tx.one(ACCOUNT_BY_BADGE, badge=badge)
    return Account(*row) if row else None


def account_by_id(tx: Tx, user_id: int) -> Account | None:
    row = tx.one(ACCOUNT_BY_ID, user_id=user_id)
    return Account(*row) if row else None
