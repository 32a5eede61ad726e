"""People, what their roles may do, and where they are signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlmodel import Field, SQLModel

from wms_tui.db.tables.base import column, key, refers
from wms_tui.db.types import Moment


class Role(SQLModel, table=True):
    id: int | None = key()
    name: str = column(String(40), unique=True)
    version: int = Field(default=1)


class RolePermission(SQLModel, table=True):
    """One permission that a role holds; values of ``domain.access.Permission``."""

    __tablename__ = "role_permission"

    role_id: int = refers("role.id", primary=True)
    permission: str = column(String(40), primary=True)


class User(SQLModel, table=True):
    """An account."""

    id: int | None = key()
    name: str = column(String(40))
    name_key: str = column(String(40), unique=True)
    password_hash: str = column(String(200))
    role_id: int = refers("role.id")
    active: bool = Field(default=True)
    badge_code: str | None = column(String(120), default=None, unique=True)
    pin_hash: str | None = column(String(200), default=None)
    language: str = column(String(16), default="")
    theme: str = column(String(8), default="")
    created_at: datetime = column(Moment)


class SignInSession(SQLModel, table=True):
    """One sign-in at one terminal, from ``started_at`` until ``ended_at``."""

    __tablename__ = "session"

    id: str = column(String(43), primary=True)
    user_id: int = Field(sa_column_args=[ForeignKey("user.id")], index=True, sa_type=key().sa_type)
    terminal: str = column(String(200), default="")
    started_at: datetime = column(Moment)
    ended_at: datetime | None = column(Moment, default=None)


class SignInFailure(SQLModel, table=True):
    """Wrong passwords in a row for a name, known or not; until ``locked_until`` no password is tried for it."""

    __tablename__ = "sign_in_failure"

    name_key: str = column(String(40), primary=True)
    failures: int = Field()
    locked_until: datetime | None = column(Moment, default=None)
    at: datetime = column(Moment)
