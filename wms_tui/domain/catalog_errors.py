"""Why the catalog cannot be changed so; the tree stands in ``errors.py``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wms_tui.domain.errors import Refused
from wms_tui.domain.texts import N_


class FieldMissing(Refused):
    template = N_("{field} is missing. Fill it in.")


class BadSku(Refused):
    template = N_("{sku} has a space in it. A SKU is one code without spaces.")


class BadNumber(Refused):
    template = N_("{field}: {text} must be a number from 0 to {most}, with at most {places} decimals.")


class BadDays(Refused):
    template = N_("{field}: {text} must be a whole number of days, at most {most}.")


class SkuTaken(Refused):
    template = N_("SKU {sku} belongs to {name} already. Choose another one.")


class CodeInUse(Refused):
    template = N_("{code} is a code of product {sku} already. Remove it there first.")


class CodeIsPlace(Refused):
    template = N_("{code} is the code of a location. Scans could not tell them apart; choose another code.")


class NoSuchUnit(Refused):
    template = N_("There is no unit {unit}. Use one of: {known}. Others are made under Administration.")


class BaseUnitFixed(Refused):
    template = N_("The base unit of {sku} stays {unit}: stock has moved in it. Make a new product instead.")


class TrackingInUse(Refused):
    template = N_("The tracking of {sku} cannot change while it is on hand. Issue or adjust the stock first.")


class StillOnHand(Refused):
    template = N_("{sku} cannot be deactivated: {on_hand} {unit} on hand. Issue or adjust them first.")


class SlashInName(Refused):
    template = N_("{name} has a slash in it, which separates categories. Leave it out.")


class StockLevelsCrossed(Refused):
    template = N_("The minimum {least} is above the maximum {most}.")


class BaseUnitAsPack(Refused):
    template = N_("{unit} is the base unit of {sku} and has no factor.")


class PackUnitUsed(Refused):
    template = N_("{unit} of {sku} cannot change: it is used by {used}.")


class UnknownBarcode(Refused):
    template = N_("{code} is no barcode of {sku}.")


class NoCategory(Refused):
    template = N_("There is no category {path}.")


class CategoryTaken(Refused):
    template = N_("There is a category {path} already.")


class CategoryNotEmpty(Refused):
    template = N_("{path} has products or categories in it. Move them first.")


class CategoryInItself(Refused):
    template = N_("{path} cannot be moved into itself.")


class ProductChanged(Refused):
    """Somebody else saved the product in the meantime. ``theirs`` are the fields that differ from what was read."""

    template = N_("{user} has changed {sku} in the meantime. Choose for each field whose value to keep.")

    def __init__(self, theirs: Mapping[str, object], version: int, **fields: Any) -> None:
        super().__init__(**fields)
        self.theirs = theirs
        self.version = version
