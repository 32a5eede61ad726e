"""Who may do what: permissions, the roles that come with the program, and the operator at work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from wms_tui.domain.errors import BadName, WeakPassword
from wms_tui.domain.texts import N_

LEAST_PASSWORD = 12
MOST_NAME = 40
_NAME = re.compile(r"[\w.-]{1,40}")
_NOT_IN_NAMES = re.compile(r"[^\w.-]")


class Permission(StrEnum):
    """What a role may hold. The value is what the database stores and what a refusal names."""

    RECEIVE = "movement.receipt"
    ISSUE = "movement.issue"
    TRANSFER = "movement.transfer"
    ADJUST = "movement.adjustment"
    EXPIRY_OVERRIDE = "expiry.override"
    REVERSE_OWN = "movement.reverse.own"
    REVERSE_ANY = "movement.reverse.any"
    STOCK_VIEW = "stock.view"
    STOCK_IMPORT = "stock.import"
    HISTORY_VIEW = "history.view"
    COST_VIEW = "cost.view"
    CATALOG_VIEW = "catalog.view"
    CATALOG_EDIT = "catalog.edit"
    PRICE_EDIT = "price.edit"
    COUNT = "count.work"
    COUNT_REVIEW = "count.review"
    COUNT_APPROVE = "count.approve"
    LABEL_PRINT = "label.print"
    LOCATION_EDIT = "location.edit"
    PARTNER_EDIT = "partner.edit"
    SETUP_EDIT = "setup.edit"
    EXPORT = "data.export"
    USER_MANAGE = "user.manage"
    ROLE_MANAGE = "role.manage"
    AUDIT_VIEW = "audit.view"
    OWN_ACCOUNT = "account.own"


_KEEPER = frozenset(
    {
        Permission.RECEIVE,
        Permission.ISSUE,
        Permission.TRANSFER,
        Permission.ADJUST,
        Permission.REVERSE_OWN,
        Permission.STOCK_VIEW,
        Permission.HISTORY_VIEW,
        Permission.CATALOG_VIEW,
        Permission.COUNT,
        Permission.LABEL_PRINT,
        Permission.EXPORT,
        Permission.OWN_ACCOUNT,
    }
)
_FINANCE = frozenset(
    {
        Permission.STOCK_VIEW,
        Permission.HISTORY_VIEW,
        Permission.COST_VIEW,
        Permission.PRICE_EDIT,
        Permission.CATALOG_VIEW,
        Permission.COUNT_REVIEW,
        Permission.COUNT_APPROVE,
        Permission.EXPORT,
        Permission.AUDIT_VIEW,
        Permission.OWN_ACCOUNT,
    }
)

ADMIN_ROLE = N_("admin")
ROLES: dict[str, frozenset[Permission]] = {
    ADMIN_ROLE: frozenset(Permission),
    N_("keeper"): _KEEPER,
    N_("finance"): _FINANCE,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The operator for whom a use case runs.

    ``permissions`` is what a front end draws menus from; the door looks them up again in every transaction.
    ``language`` and ``theme`` are the user's own choice, empty where there is none.
    """

    user_id: int
    name: str
    session_id: str
    role: str
    permissions: frozenset[Permission]
    terminal: str = ""
    language: str = ""
    theme: str = ""

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


THEMES = ("", "dark", "light")
"""What a user may choose; empty is what the terminal is set to."""


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """What everybody may set for himself; empty is that of the terminal."""

    language: str = ""
    theme: str = ""


def check_name(name: str) -> str:
    """The user name, trimmed. Raises ``BadName``."""
    name = name.strip()
    if not _NAME.fullmatch(name) or len(name.casefold()) > MOST_NAME:
        raise BadName(name=name, most=MOST_NAME)
    return name


def name_key(name: str) -> str:
    """What a name is told apart by, also one that nobody could have: small and capital letters are the same."""
    return _NOT_IN_NAMES.sub("?", name.strip().casefold())[:MOST_NAME]


def check_length(password: str) -> None:
    """Raise ``WeakPassword`` for a password that is too short."""
    if len(password) < LEAST_PASSWORD:
        raise WeakPassword(least=LEAST_PASSWORD)


def lock_seconds(failures: int) -> int:
    """How long an account waits after this many wrong passwords in a row: nothing for 4, then 30 s, doubling to 1 h."""
    return 0 if failures < 5 else min(30 * 2 ** (failures - 5), 3600)
