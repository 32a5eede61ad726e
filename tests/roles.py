"""Role by role: which screens it finds, and what it may do. The tests hold the menus and every use case against it.

A new use case needs a line in ``USE_CASES``; a new screen one in ``SCREENS``.
"""

from __future__ import annotations

from wms_tui.domain.access import ROLES, Permission

MADE_BY_HAND = "Receiving"
"""A site's own role: receives, and makes products from unknown scans; issues nothing."""

HELD: dict[str, frozenset[Permission]] = {
    **ROLES,
    MADE_BY_HAND: frozenset(
        {
            Permission.RECEIVE,
            Permission.STOCK_VIEW,
            Permission.CATALOG_VIEW,
            Permission.CATALOG_EDIT,
            Permission.OWN_ACCOUNT,
        }
    ),
}

EVERYBODY = ("admin", "keeper", "finance", MADE_BY_HAND)
STOCK_WORK = ("admin", "keeper")

SCREENS: dict[str, tuple[str, ...]] = {
    "Receipt": ("admin", "keeper", MADE_BY_HAND),
    "Issue": STOCK_WORK,
    "Transfer": STOCK_WORK,
    "Adjustment": STOCK_WORK,
    "Stock": EVERYBODY,
    "History": ("admin", "keeper", "finance"),
    "Catalog": EVERYBODY,
    "Counting": ("admin", "keeper", "finance"),
    "My account": EVERYBODY,
    "Administration": ("admin", "finance"),
    "Scan test": EVERYBODY,
    "Users": ("admin",),
    "Roles": ("admin",),
    "Locations": ("admin",),
    "Units": ("admin",),
    "Reasons": ("admin",),
    "Partners": ("admin",),
    "Settings": ("admin",),
    "Audit": ("admin", "finance"),
    "Printers and queue": ("admin",),
}

EDITORS = ("admin", MADE_BY_HAND)
MONEY = ("admin", "finance")
EXPORTERS = ("admin", "keeper", "finance")
ADMIN = ("admin",)

USE_CASES: dict[str, tuple[str, ...]] = {
    "account.set_own": EVERYBODY,
    "badges.set_badge": ADMIN,
    "badges.take_badge": ADMIN,
    "audit.page": MONEY,
    "catalog.search": EVERYBODY,
    "catalog.detail": EVERYBODY,
    "catalog_codes.add_barcode": EDITORS,
    "catalog_codes.remove_barcode": EDITORS,
    "catalog_codes.set_pack_unit": EDITORS,
    "catalog_editing.create": EDITORS,
    "categories.tree": EVERYBODY,
    "categories.add": EDITORS,
    "categories.change": EDITORS,
    "categories.remove": EDITORS,
    "counting.plans": STOCK_WORK,
    "counting.bins": STOCK_WORK,
    "counting.unknown": STOCK_WORK,
    "counting.submit": STOCK_WORK,
    "counting.cancel": STOCK_WORK,
    "counting_desk.sit_down": STOCK_WORK,
    "counting_desk.answer": STOCK_WORK,
    "counting_desk.take_back": STOCK_WORK,
    "counting_desk.step_back": STOCK_WORK,
    "counting_desk.finish": STOCK_WORK,
    "counting_desk.lines": STOCK_WORK,
    "counting_desk.take_over": STOCK_WORK,
    "counting_plans.begin": STOCK_WORK,
    "counting_review.plans": MONEY,
    "counting_review.summary": MONEY,
    "counting_review.lines": MONEY,
    "counting_review.unknown_codes": MONEY,
    "counting_review.recount": MONEY,
    "counting_review.approve": MONEY,
    "devices.look_up": EVERYBODY,
    "devices.save": EVERYBODY,
    "entry.drafts": EVERYBODY,
    "entry.last_document": STOCK_WORK,
    "exporting.export_products": EXPORTERS,
    "exporting.export_locations": EXPORTERS,
    "exporting.export_stock": EXPORTERS,
    "exporting.export_movements": EXPORTERS,
    "exporting.export_counts": EXPORTERS,
    "exporting.export_audit": EXPORTERS,
    "history.page": EXPORTERS,
    "history.detail": EXPORTERS,
    "home.figures": EVERYBODY,
    "importing.locations.import_locations": ADMIN,
    "importing.products.import_products": EDITORS,
    "importing.stock.import_stock": ADMIN,
    "label_printers.printers": STOCK_WORK,
    "label_printers.add": ADMIN,
    "label_printers.change": ADMIN,
    "label_queue.enqueue": STOCK_WORK,
    "label_queue.queue": STOCK_WORK,
    "label_queue.move": STOCK_WORK,
    "labels.labels": STOCK_WORK,
    "locations.tree": ADMIN,
    "locations.add": ADMIN,
    "locations.change": ADMIN,
    "locations.close": ADMIN,
    "movements.reverse": STOCK_WORK,
    "partners.list_partners": ADMIN,
    "partners.add": ADMIN,
    "partners.change": ADMIN,
    "printing.find_printer": STOCK_WORK,
    "reasons.list_reasons": EVERYBODY,
    "reasons.all_reasons": ADMIN,
    "reasons.add_reason": ADMIN,
    "reasons.change_reason": ADMIN,
    "roles.list_roles": ADMIN,
    "roles.add": ADMIN,
    "roles.change": ADMIN,
    "roles.remove": ADMIN,
    "scanning.what_is": EVERYBODY,
    "setup.settings": ADMIN,
    "setup.change": ADMIN,
    "stock.on_hand": EVERYBODY,
    "units.list_units": ADMIN,
    "units.add": ADMIN,
    "units.change": ADMIN,
    "units.remove": ADMIN,
    "users.list_users": ADMIN,
    "users.role_names": ADMIN,
    "users.set_language": ADMIN,
    "users.add_user": ADMIN,
    "users.reset_password": ADMIN,
    "users.disable": ADMIN,
    "users.enable": ADMIN,
    "users.unlock": ADMIN,
    "users.set_role": ADMIN,
}
"""Use case → the roles that may; those whose permission is the same for every request."""

BY_KIND = ("movements.post", "importing.movements.import_movements")
ENTRY = tuple(
    f"entry.{name}" for name in ("open_draft", "answer", "undo_line", "go", "lines", "discard", "post", "override_lot")
)
"""Those that need the permission of the kind of movement that the request names."""

BY_FIELD = ("catalog_editing.change",)
"""Those that need the permissions of the fields that the request changes."""

KINDS: dict[str, tuple[str, ...]] = {
    "receipt": SCREENS["Receipt"],
    "issue": STOCK_WORK,
    "transfer": STOCK_WORK,
    "adjustment": STOCK_WORK,
}
FIELDS: dict[str, tuple[str, ...]] = {"name": EDITORS, "min_stock": EDITORS, "price": MONEY, "cost": MONEY}
