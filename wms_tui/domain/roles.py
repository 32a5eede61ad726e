"""Roles: what each permission is called, and the requests and answers of keeping roles."""

from __future__ import annotations

from dataclasses import dataclass

from wms_tui.domain.access import Permission
from wms_tui.domain.errors import AccessError
from wms_tui.domain.texts import N_

MOVEMENTS, LOOKING, CATALOG, COUNTING, SETUP, PEOPLE = (
    N_("Movements"),
    N_("Looking up"),
    N_("Catalog"),
    N_("Counting"),
    N_("Setup"),
    N_("People"),
)

NAMES: dict[Permission, tuple[str, str]] = {
    Permission.RECEIVE: (MOVEMENTS, N_("Post receipts")),
    Permission.ISSUE: (MOVEMENTS, N_("Post issues")),
    Permission.TRANSFER: (MOVEMENTS, N_("Post transfers")),
    Permission.ADJUST: (MOVEMENTS, N_("Post adjustments")),
    Permission.EXPIRY_OVERRIDE: (MOVEMENTS, N_("Take goods that expire too soon")),
    Permission.REVERSE_OWN: (MOVEMENTS, N_("Reverse own documents")),
    Permission.REVERSE_ANY: (MOVEMENTS, N_("Reverse documents of others")),
    Permission.STOCK_IMPORT: (MOVEMENTS, N_("Import opening stock")),
    Permission.STOCK_VIEW: (LOOKING, N_("See stock")),
    Permission.HISTORY_VIEW: (LOOKING, N_("See history")),
    Permission.COST_VIEW: (LOOKING, N_("See cost and value")),
    Permission.AUDIT_VIEW: (LOOKING, N_("See the audit")),
    Permission.EXPORT: (LOOKING, N_("Export data")),
    Permission.LABEL_PRINT: (LOOKING, N_("Print labels")),
    Permission.CATALOG_VIEW: (CATALOG, N_("See the catalog")),
    Permission.CATALOG_EDIT: (CATALOG, N_("Edit the catalog")),
    Permission.PRICE_EDIT: (CATALOG, N_("Set prices")),
    Permission.COUNT: (COUNTING, N_("Count stock")),
    Permission.COUNT_REVIEW: (COUNTING, N_("See count differences")),
    Permission.COUNT_APPROVE: (COUNTING, N_("Approve counts")),
    Permission.LOCATION_EDIT: (SETUP, N_("Edit locations")),
    Permission.PARTNER_EDIT: (SETUP, N_("Edit partners")),
    Permission.SETUP_EDIT: (SETUP, N_("Edit units, reasons, printers and settings")),
    Permission.USER_MANAGE: (PEOPLE, N_("Manage users")),
    Permission.ROLE_MANAGE: (PEOPLE, N_("Manage roles")),
    Permission.OWN_ACCOUNT: (PEOPLE, N_("Change own password")),
}
"""Group and name of each permission, in the order in which they are shown."""


class BadRoleName(AccessError):
    template = N_("A role needs a name of at most {most} characters.")


class RoleTaken(AccessError):
    template = N_("There is a role {role} already. Choose another name.")


class RoleFixed(AccessError):
    template = N_("The role {role} may do everything and stays as it is. Copy it to make one that may do less.")


class RoleInUse(AccessError):
    template = N_("The role {role} is in use, users: {users}. Give them another one first.")


class RoleChanged(AccessError):
    template = N_("Somebody else has changed the role {role} in the meantime. Look at it again, then change it.")


class BeyondOwn(AccessError):
    template = N_("You may not give what you do not have yourself: {permission}.")


class Outranked(AccessError):
    template = N_("{name} may do more than you: {permission}. Somebody who may do that, too, must do it.")


class OwnAccountDisabled(AccessError):
    template = N_("You cannot disable your own account. Another administrator can.")


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with how many users have it."""

    name: str
    users: int
    permissions: frozenset[Permission]
    version: int


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role to make; with ``copy_of`` it begins with that one's permissions."""

    name: str
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """What the role that was read as ``version`` is to be called and to hold."""

    name: str
    version: int
    new_name: str
    permissions: frozenset[Permission]


def permission_name(permission: Permission) -> str:
    return NAMES[permission][1]
