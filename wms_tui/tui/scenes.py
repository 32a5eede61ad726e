"""Every screen, with the keys that lead to it in the demonstration's warehouse: what pictures and snapshots show."""

from __future__ import annotations

from wms_tui.tui.client import Client
from wms_tui.tui.scene import ADMIN, FINANCE, FIRST, HANDHELD, KEEPER, NOBODY, SMALLEST, Scene, Size
from wms_tui.tui.steps import STEPS


async def change_the_bolt(client: Client) -> None:
    """Somebody else edits the product that the scene is about."""
    from wms_tui.domain.catalog import ChangeProduct, ProductRef
    from wms_tui.services import catalog, catalog_editing

    product = (await client.run(catalog.detail, ProductRef("BLT-HEX-02"))).product
    changes = {"name": f"{product.name} A4", "min_stock": "500"}
    await client.run(catalog_editing.change, ChangeProduct(product.product_id, product.version, changes))


SCENES: tuple[Scene, ...] = (
    Scene("first-administrator", "First administrator", FIRST),
    Scene("sign-in", "Sign in", NOBODY, "jun{enter}secret", small=True),
    Scene("home-keeper", "Home of a keeper", KEEPER, handheld=True, small=True),
    Scene("receipt", "Receipt", KEEPER, "1", small=True),
    Scene("receipt-lines", "All lines of a draft", KEEPER, "1{f6}", small=True),
    Scene(
        "issue",
        "Issue",
        KEEPER,
        "2H-01-04{enter}20{enter}BLT-HEX-01{enter}BLT-HEX-08{enter}",
        handheld=True,
        small=True,
    ),
    Scene("issue-lot", "Which lot", KEEPER, "2F-01-01{enter}RIC-BAG-01{enter}", small=True),
    Scene("transfer", "Transfer", KEEPER, "3H-02-08{enter}H-01-02{enter}12{enter}BLT-HEX-03{enter}", small=True),
    Scene("adjustment", "Adjustment", KEEPER, "4H-01-01{enter}", small=True),
    Scene("refusal", "A refused scan", KEEPER, "1WRONG-LABEL{enter}NEXT{enter}", handheld=True, small=True),
    Scene("help", "Help", KEEPER, "1{f1}", small=True),
    Scene("catalog-search", "Catalog, searched while typing", KEEPER, "7螺母", small=True),
    Scene("counts", "Counts", KEEPER, "8", small=True),
    Scene("new-count", "New count", KEEPER, "8{f2}", small=True),
    Scene(
        "counting",
        "Counting",
        KEEPER,
        "8{f2}H-01-01, H-01-02, H-01-03{f10}H-01-01{enter}40{enter}BLT-HEX-01{enter}UNKNOWN-LABEL{enter}{escape}"
        "BLT-HEX-01{enter}{f8}H-01-02{enter}12{enter}BLT-HEX-03{enter}BLT-HEX-03{enter}",
        handheld=True,
        small=True,
    ),
    Scene("count-lines", "All that is counted at a location", KEEPER, "8{down}{enter}{f6}", handheld=True, small=True),
    Scene("count-next", "Between two locations", KEEPER, "8{down}{enter}{f8}", handheld=True, small=True),
    Scene("count-places", "Locations of a count", KEEPER, "8{down}{enter}{f6}", small=True),
    Scene("count-unknown", "Codes that nobody knows", KEEPER, "8{down}{enter}{f6}{f6}", small=True),
    Scene("print-label", "Print a label", KEEPER, "7BLT-HEX-02{enter}{f5}", handheld=True, small=True),
    Scene("scan-test", "Scan test", KEEPER, "-]E04006381333931{enter}..X12{enter}BLT-HEX-02{enter}", handheld=True),
    Scene("account", "My account", KEEPER, "9"),
    Scene("password", "Change password", KEEPER, "91"),
    Scene("own-pin", "Change PIN", KEEPER, "93"),
    Scene("own-settings", "Language and colours", KEEPER, "92"),
    Scene("this-terminal", "This terminal", KEEPER, "94", handheld=True),
    Scene("learn-keys", "Learning keys", KEEPER, "95{enter}{enter}", handheld=True),
    Scene("lock", "Locked", KEEPER, "{idle}", small=True),
    Scene("home-finance", "Home of finance", FINANCE),
    Scene("stock", "Stock enquiry", FINANCE, "5", small=True),
    Scene("stock-product", "Stock of one product", FINANCE, "5BLT-HEX-02{enter}", handheld=True, small=True),
    Scene("history", "History", FINANCE, "6", small=True),
    Scene("document", "A posted document", FINANCE, "6{f4}{down}{enter}", small=True),
    Scene("catalog", "Catalog", FINANCE, "7", small=True),
    Scene("product", "A product", FINANCE, "7BLT-HEX-02{enter}", handheld=True, small=True),
    Scene("count-review", "Review of a count", FINANCE, "8{down}{enter}{f4}", handheld=True, small=True),
    Scene("home-admin", "Home of an administrator", ADMIN),
    Scene("product-form", "Edit a product", ADMIN, "7BLT-HEX-02{enter}{f2}"),
    Scene("product-codes", "Barcodes and units", ADMIN, "7BLT-HEX-02{enter}{f6}"),
    Scene(
        "product-conflict",
        "Two have changed one product",
        ADMIN,
        "7BLT-HEX-02{enter}{f2}{down}Hexagon bolt{enter}{meanwhile}{f10}",
        meanwhile=change_the_bolt,
    ),
    Scene("categories", "Categories", ADMIN, "7{f6}"),
    Scene("category-form", "Edit a category", ADMIN, "7{f6}{down}{down}{f4}"),
    Scene("administration", "Administration", ADMIN, "0"),
    Scene("users", "Users", ADMIN, "01"),
    Scene("user-form", "A user", ADMIN, "01jun{enter}"),
    Scene("new-user", "New user", ADMIN, "01{f2}"),
    Scene("user-password", "A new password", ADMIN, "01jun{down}{f4}"),
    Scene("user-badge", "Badge and PIN of a user", ADMIN, "01jun{down}{f10}"),
    Scene("roles", "Roles", ADMIN, "02"),
    Scene("role-form", "A role", ADMIN, "02{down}{down}{enter}"),
    Scene("new-role", "New role", ADMIN, "02{down}{down}{f4}"),
    Scene("locations", "Locations", ADMIN, "03"),
    Scene("location-form", "A location", ADMIN, "03H-01-02{enter}"),
    Scene("units", "Units", ADMIN, "04"),
    Scene("unit-form", "New unit", ADMIN, "04{f2}"),
    Scene("reasons", "Reasons", ADMIN, "05"),
    Scene("reason-form", "New reason", ADMIN, "05{f2}"),
    Scene("partners", "Partners", ADMIN, "06"),
    Scene("partner-form", "New partner", ADMIN, "06{f2}"),
    Scene("settings", "Settings", ADMIN, "07"),
    Scene("printers", "Printers and queue", ADMIN, "09"),
    Scene("printer-form", "New printer", ADMIN, "09{f2}"),
    Scene("print-queue", "Print queue", ADMIN, "09{f6}"),
    Scene("audit", "Audit", ADMIN, "08"),
    Scene("audit-event", "What was changed", ADMIN, "08BLT-HEX-02{enter}{down}{enter}"),
    *STEPS,
)


def scenes_at(size: Size) -> tuple[Scene, ...]:
    """What is shown at a size."""
    return tuple(scene for scene in SCENES if scene.small or size not in SMALLEST)


def has_picture(scene: Scene, size: Size) -> bool:
    """Whether the documentation has a picture of it at this size; other sizes are asked for and have all."""
    return scene.pictured and (size != HANDHELD or scene.handheld)
