"""The audit: who did what to what, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wms_tui.domain import devices, locations, lots, printing, roles, setup
from wms_tui.domain.catalog import TRACKING_NAMES
from wms_tui.domain.enquiry import PAGE
from wms_tui.domain.movements import DIRECTION_NAMES
from wms_tui.domain.product_fields import FIELDS
from wms_tui.domain.texts import LANGUAGES, N_

ACTION_NAMES: dict[str, str] = {
    str(action): action
    for action in (
        *(N_("sign in"), N_("sign out"), N_("wrong password"), N_("change password"), N_("set own settings")),
        *(N_("wrong PIN"), N_("change badge"), N_("change PIN"), N_("remove badge")),
        *(N_("add user"), N_("enable user"), N_("disable user"), N_("unlock user"), N_("set role"), N_("set language")),
        *(N_("add role"), N_("change role"), N_("remove role")),
        *(N_("add product"), N_("change product"), N_("change unit of product")),
        *(N_("add barcode"), N_("remove barcode")),
        *(N_("add category"), N_("change category"), N_("remove category")),
        *(N_("add location"), N_("change location"), N_("close location"), N_("open location")),
        *(N_("add unit"), N_("change unit"), N_("remove unit")),
        *(N_("add reason"), N_("change reason"), N_("add partner"), N_("change partner"), N_("change settings")),
        *(N_("add printer"), N_("change printer"), N_("print again"), N_("cancel print job")),
        N_("set up terminal"),
        *(N_("post"), N_("discard draft"), lots.OVERRIDDEN, lots.NOT_FIRST, N_("import opening stock")),
        *(N_("begin count"), N_("submit count"), N_("cancel count"), N_("recount"), N_("approve count")),
        N_("take over location"),
    )
}
"""What each action is called; it is stored in English."""

FIELD_NAMES: dict[str, str] = {
    **{field.name: field.title for field in FIELDS},
    "name": N_("Name"),
    "code": N_("Code"),
    "kind": N_("Kind"),
    "parent": N_("Location above"),
    "path": N_("Category"),
    "role": N_("Role"),
    "language": N_("Language"),
    "theme": N_("Colours"),
    "permissions": N_("Permissions"),
    "direction": N_("Direction"),
    "active": N_("Active"),
    "barcodes": N_("Barcodes"),
    "quantity": N_("Quantity"),
    "lines": N_("Lines"),
    "document": N_("Document"),
    "locations": N_("Locations"),
    "currency": N_("Currency"),
    "expiry_days": N_("Warn of expiry, days before"),
    "decimals": N_("May have decimals"),
    "fnc1": N_("Instead of FNC1"),
    "command_prefix": N_("Commands begin with"),
    "badge_prefix": N_("Badges begin with"),
    "restricted": N_("Codes of the shop's own"),
    "unit": N_("Unit"),
    "factor": N_("In base units"),
    "closed": N_("Closed"),
    "badge": N_("Badge"),
    "failures": N_("Wrong passwords"),
    "locked for seconds": N_("Locked, seconds"),
    "scope": N_("Scope"),
    "left out": N_("Left out"),
    "count": N_("Count"),
    "line": N_("Line"),
    "sku": N_("SKU"),
    "lot": N_("Lot"),
    "expires": N_("Expires"),
    "reason": N_("Reason"),
    "passed": N_("Lot passed over"),
    "passed_expires": N_("Its expiry"),
    "passed_at": N_("Where it lay"),
    "host": N_("Address"),
    "port": N_("Port"),
    "folder": N_("Folder"),
    "size": N_("Size"),
    "dpi": N_("Dots an inch"),
    "profile": N_("Profile"),
    "keys": N_("Keys"),
    "escape_delay": N_("Delay of Esc, ms"),
    "bell": N_("Sounds"),
}
"""What a changed field is called."""

_YES_NO = {"True": N_("Yes"), "False": N_("No")}
VALUE_NAMES: dict[str, dict[str, str]] = {
    "tracking": {tracking.value: title for tracking, title in TRACKING_NAMES.items()},
    "kind": {
        **{kind.value: title for kind, title in setup.PARTNER_KINDS.items()},
        **{kind.value: title for kind, title in locations.KIND_NAMES.items()},
        **{kind.value: title for kind, title in printing.PRINTER_KINDS.items()},
    },
    "direction": {way.value: title for way, title in DIRECTION_NAMES.items()},
    "permissions": {permission.value: title for permission, (_, title) in roles.NAMES.items()},
    "theme": {"": N_("As the terminal"), "dark": N_("Dark"), "light": N_("Light")},
    "language": {"": N_("As the terminal"), **LANGUAGES},
    "active": _YES_NO,
    "decimals": _YES_NO,
    "closed": _YES_NO,
    "bell": devices.BELL_NAMES,
    "profile": {"": devices.BY_ITSELF},
}
"""What the values of fields that have a few of them are called, by field and value."""

MONEY_FIELDS = frozenset({"price", "cost", "unit_cost"})
NUMBER_FIELDS = frozenset({"min_stock", "max_stock", "reorder_quantity", "quantity", "factor", "lines"})
SEEDED_FIELDS = frozenset({"name", "role"})
"""Fields whose values are the program's own names until a site changes them."""
BETWEEN = ", "
"""Stands between the values of a field that has several."""

COST_FIELDS = frozenset({"cost", "unit_cost"})
"""What only those read who may see cost."""


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Events, the newest first. ``text`` is a user, or part of an action or of what it was done to.

    ``actions`` are those that are called so in the reader's language; they count as having ``text`` in them.
    ``subject`` asks for exactly that one, such as a SKU.
    """

    text: str = ""
    actions: tuple[str, ...] = ()
    user: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: int | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An event; ``before`` and ``after`` hold what changed, as text, without cost for who may not see it."""

    event_id: int
    at: datetime
    user: str
    terminal: str
    action: str
    subject: str
    before: Mapping[str, str]
    after: Mapping[str, str]
