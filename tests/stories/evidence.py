"""The goods of the story of the whole house, and what books, exports and audit tell about them at its end."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.stories.house import House

CODE = "4006381333948"
SKU = "BRG-6204"
RECEIVED = {"A1": "1187", "A2": "642"}
COST = "7.31"
MONEY = {COST, "14.62", "21.93"}
YEAR = datetime.now(UTC).year


def the_books_say_what_was_found(house: House):
    stock = house.wms("fay", "stock", "--sku", SKU, "--json").json
    assert {row["location"]: (row["quantity"], row["value"]) for row in stock} == {
        "A1": ("1178", "8611.18"),
        "A2": ("645", "4714.95"),
    }
    posted = house.wms("fay", "history", f"C-{YEAR}-000001", "--json").json
    assert {(line["source"], line["target"]): line["quantity"] for line in posted["lines"]} == {
        ("A1", "LOSS"): "2",
        ("LOSS", "A2"): "3",
    }
    assert house.wms("ada", "verify", "--json").json["ok"]


def the_exports_tell_each_role_what_is_its_own(house: House):
    counted = house.export("fay", "counts")
    assert [(row["location"], row["expected"], row["difference"], row["value"]) for row in counted] == [
        ("A1", "1180", "-2", "-14.62"),
        ("A2", "642", "3", "21.93"),
    ]
    refused = house.wms("ken", "export", "counts", "counts.csv", "--json")
    assert (refused.status, refused.json["error"]) == (1, "NotAllowed")
    for what in ("products", "stock", "movements"):
        assert not MONEY & {cell for row in house.export("ken", what) for cell in row.values()}
    assert MONEY & {cell for row in house.export("fay", "products") for cell in row.values()}


def the_audit_tells_who_did_it(house: House, role: str):
    told = [(row["user"], row["action"], row["subject"]) for row in reversed(house.export("ada", "audit"))]
    expected = [
        ("ada", "add role", role),
        ("ada", "change role", role),
        ("ada", "add user", "rita"),
        ("rita", "add product", SKU),
        ("rita", "post", f"R-{YEAR}-000001"),
        ("fay", "change product", SKU),
        ("ken", "begin count", "#1 A1, A2"),
        ("lee", "post", f"I-{YEAR}-000001"),
        ("ken", "submit count", "#1 A1, A2"),
        ("fay", "recount", "#1 A1, A2"),
        ("kim", "submit count", "#1 A1, A2"),
        ("fay", "approve count", "#1 A1, A2"),
    ]
    assert [event for event in told if event in expected] == expected
