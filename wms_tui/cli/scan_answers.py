"""The JSON object that answers one code."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from wms_tui.domain.barcode_errors import BadGs1Code
from wms_tui.domain.barcodes import (
    BadgeCode,
    Command,
    CommandCode,
    LocationCode,
    LogisticUnit,
    PlainCode,
    ProductCode,
    Reading,
    Result,
    Supplement,
    Unknown,
)
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import Translate

Answer = dict[str, Any]

KINDS: dict[type, str] = {
    ProductCode: "product",
    LogisticUnit: "logistic_unit",
    Supplement: "supplement",
    LocationCode: "location",
    BadgeCode: "badge",
    CommandCode: "command",
    PlainCode: "text",
    Unknown: "unknown",
}
NOTHING: Answer = {"gtin": None, "lot": None, "expires": None, "serial": None, "quantity": None, "ais": []}
DETAILS = ("sscc", "expires_at", "best_before", "sell_by", "produced", "packed", "price", "item", "contained")


def answer(result: Result, translate: Translate) -> Answer:
    """``kind`` and the members of ``NOTHING`` always; others where the code has them; numbers as strings."""
    told = {"kind": KINDS[type(result)], **NOTHING}
    reading = getattr(result, "reading", None)
    if reading is not None and not (isinstance(result, Unknown) and issubclass(result.refusal, BadGs1Code)):
        told |= _facts(reading)
    return told | _named(result, translate)


def fault(error: WmsError, translate: Translate) -> Answer:
    """The answer where a code could not be looked up."""
    return {"kind": KINDS[Unknown], **NOTHING, "error": error.code, "message": error.text(translate)}


def _facts(reading: Reading) -> Answer:
    elements = reading.elements or (reading.otherwise.elements if reading.otherwise else ())
    told: Answer = {
        "gtin": reading.gtin or None,
        "lot": reading.lot or None,
        "expires": reading.expires,
        "serial": reading.serial or None,
        "quantity": reading.count,
        "ais": [[part.ai, part.value] for part in elements],
    }
    told |= {name: getattr(reading, name) for name in DETAILS if getattr(reading, name) not in ("", None, False)}
    if reading.gtin:
        told["gtin_14"] = reading.gtin_14
    if reading.measures:
        told["measures"] = [{"what": one.what, "amount": one.amount, "unit": one.unit} for one in reading.measures]
    if not reading.sure:
        told["sure"] = False
    return told


@singledispatch
def _named(result: Result, translate: Translate) -> Answer:
    return {}


@_named.register
def _(result: ProductCode, translate: Translate) -> Answer:
    goods = result.goods
    if goods is None:
        return {}
    return {"sku": goods.sku, "name": goods.name, "unit": goods.scan_unit, "pack": goods.pack, "active": goods.active}


@_named.register
def _(result: LocationCode, translate: Translate) -> Answer:
    return {"location": result.place.code}


@_named.register
def _(result: CommandCode, translate: Translate) -> Answer:
    if result.command is Command.KEY:
        return {"command": result.command.name, "key": result.target.upper()}
    told: Answer = {"command": result.command.value, "quantity": result.quantity}
    return told | ({"screen": result.target} if result.target else {})


@_named.register
def _(result: PlainCode, translate: Translate) -> Answer:
    return {"text": result.text}


@_named.register
def _(result: Unknown, translate: Translate) -> Answer:
    refused = result.error()
    return {"error": refused.code, "message": refused.text(translate)}
