"""What Home offers: one entry a screen. A screen is imported when it is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from wms_tui.domain.access import Actor, Permission
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.texts import N_
from wms_tui.tui.page import Page


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """``page`` is ``module:Class`` under ``tui/screens``, made with ``arguments``; ``..GO.WORD`` opens it.

    Of several permissions, as of a screen that leads to others, any one opens it.
    """

    title: str
    digit: str
    letter: str
    permission: Permission | tuple[Permission, ...]
    page: str
    arguments: tuple[object, ...] = ()
    word: str = ""

    @property
    def permissions(self) -> tuple[Permission, ...]:
        return (self.permission,) if isinstance(self.permission, Permission) else self.permission

    def opens_for(self, actor: Actor) -> bool:
        return any(map(actor.may, self.permissions))

    def make(self) -> Page:
        module, _, name = self.page.partition(":")
        return cast(Page, getattr(import_module(f"wms_tui.tui.screens.{module}"), name)(*self.arguments))


ADMINISTRATION: tuple[MenuEntry, ...] = (
    MenuEntry(N_("Users"), "1", "U", Permission.USER_MANAGE, "users:Users"),
    MenuEntry(N_("Roles"), "2", "R", Permission.ROLE_MANAGE, "roles:Roles"),
    MenuEntry(N_("Locations"), "3", "L", Permission.LOCATION_EDIT, "locations:Locations"),
    MenuEntry(N_("Units"), "4", "N", Permission.SETUP_EDIT, "units:Units"),
    MenuEntry(N_("Reasons"), "5", "S", Permission.SETUP_EDIT, "reasons:Reasons"),
    MenuEntry(N_("Partners"), "6", "P", Permission.PARTNER_EDIT, "partners:Partners"),
    MenuEntry(N_("Settings"), "7", "T", Permission.SETUP_EDIT, "site:SiteForm"),
    MenuEntry(N_("Audit"), "8", "A", Permission.AUDIT_VIEW, "audit:Audit"),
    MenuEntry(N_("Printers and queue"), "9", "Q", Permission.SETUP_EDIT, "printers:Printers"),
)

ENTRIES: tuple[MenuEntry, ...] = (
    MenuEntry(N_("Receipt"), "1", "R", Permission.RECEIVE, "entry:MovementEntry", (DocumentKind.RECEIPT,), "receipt"),
    MenuEntry(N_("Issue"), "2", "I", Permission.ISSUE, "entry:MovementEntry", (DocumentKind.ISSUE,), "issue"),
    MenuEntry(
        N_("Transfer"), "3", "T", Permission.TRANSFER, "entry:MovementEntry", (DocumentKind.TRANSFER,), "transfer"
    ),
    MenuEntry(
        N_("Adjustment"), "4", "A", Permission.ADJUST, "entry:MovementEntry", (DocumentKind.ADJUSTMENT,), "adjust"
    ),
    MenuEntry(N_("Stock"), "5", "S", Permission.STOCK_VIEW, "stock:Stock", word="stock"),
    MenuEntry(N_("History"), "6", "H", Permission.HISTORY_VIEW, "history:History", word="history"),
    MenuEntry(N_("Catalog"), "7", "C", Permission.CATALOG_VIEW, "catalog:Catalog", word="catalog"),
    MenuEntry(N_("Counting"), "8", "N", (Permission.COUNT, Permission.COUNT_REVIEW), "counts:Counts", word="count"),
    MenuEntry(N_("My account"), "9", "P", Permission.OWN_ACCOUNT, "account:Account", word="account"),
    MenuEntry(
        N_("Administration"),
        "0",
        "M",
        tuple(permission for entry in ADMINISTRATION for permission in entry.permissions),
        "administration:Administration",
        word="admin",
    ),
    MenuEntry(N_("Scan test"), "-", "X", Permission.OWN_ACCOUNT, "scan_test:ScanTest", word="scan"),
)


def entries_for(actor: Actor, entries: Iterable[MenuEntry] = ENTRIES) -> tuple[MenuEntry, ...]:
    """The entries that the operator's role may open."""
    return tuple(entry for entry in entries if entry.opens_for(actor))


def chosen(key: str, entries: Iterable[MenuEntry]) -> MenuEntry | None:
    """The entry behind a digit or a letter."""
    return next((entry for entry in entries if key.upper() in {entry.digit, entry.letter}), None)
