"""The fields of a product: what each is called, how what somebody typed is read, and who may change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from wms_tui.domain import catalog_errors as errors
from wms_tui.domain.access import Permission
from wms_tui.domain.posting import check_text
from wms_tui.domain.products import Tracking
from wms_tui.domain.quantities import MONEY_PLACES, MOST, MOST_SHOWN, QUANTITY_PLACES, has_places, parse_decimal, plain
from wms_tui.domain.texts import N_

MOST_SKU = 80
MOST_PRODUCT_NAME = 400
MOST_SPECIFICATION = 4000
MOST_DAYS = 36500
MOST_LABEL = 200
MOST_PATH = 800
MOST_BARCODE = 120


@dataclass(frozen=True, slots=True)
class ProductField:
    """``read`` turns a text into the value; it raises ``Refused``. ``write`` is the way back."""

    name: str
    title: str
    about: str
    read: Callable[[str, str], object]
    permissions: tuple[Permission, ...] = (Permission.CATALOG_EDIT,)


def _text(most: int) -> Callable[[str, str], str]:
    def read(title: str, text: str) -> str:
        check_text(title, text.strip(), most)
        return text.strip()

    return read


def _needed(most: int) -> Callable[[str, str], str]:
    def read(title: str, text: str) -> str:
        if not text.strip():
            raise errors.FieldMissing(field=title)
        return _text(most)(title, text)

    return read


def _sku(title: str, text: str) -> str:
    sku = _needed(MOST_SKU)(title, text)
    if any(character.isspace() for character in sku):
        raise errors.BadSku(sku=sku)
    return sku


def _number(places: int) -> Callable[[str, str], Decimal | None]:
    def read(title: str, text: str) -> Decimal | None:
        if not text.strip():
            return None
        number = parse_decimal(text)
        if number is None or not 0 <= number <= MOST or not has_places(number, places):
            raise errors.BadNumber(field=title, text=text, most=MOST_SHOWN, places=places)
        return number

    return read


def _days(title: str, text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or int(text) > MOST_DAYS:
        raise errors.BadDays(field=title, text=text, most=MOST_DAYS)
    return int(text)


def _tracking(title: str, text: str) -> Tracking:
    return Tracking(text)


def _category(title: str, text: str) -> str:
    names = [name.strip() for name in text.split("/") if name.strip()]
    for name in names:
        check_text(title, name, MOST_LABEL)
    return "/".join(names)


_PRICE = (Permission.PRICE_EDIT,)
_COST = (Permission.PRICE_EDIT, Permission.COST_VIEW)

FIELDS: tuple[ProductField, ...] = (
    ProductField("sku", N_("SKU"), N_("The product's own code, without spaces; unique."), _sku),
    ProductField("name", N_("Name"), N_("What people call it."), _needed(MOST_PRODUCT_NAME)),
    ProductField("category", N_("Category"), N_("From the top, with slashes: Bikes/Mountain Bikes."), _category),
    ProductField(
        "specification", N_("Specification"), N_("Size, colour, material and so on."), _text(MOST_SPECIFICATION)
    ),
    ProductField("unit", N_("Base unit"), N_("What stock is counted in; fixed once stock has moved."), _needed(20)),
    ProductField(
        "tracking", N_("Tracking"), N_("How closely stock is told apart; fixed while it is on hand."), _tracking
    ),
    ProductField("shelf_life_days", N_("Shelf life, days"), N_("How long it keeps from the day it is made."), _days),
    ProductField(
        "receipt_life_days",
        N_("Life at receipt, days"),
        N_("How long a lot must still keep when it is received; empty: it may expire that day."),
        _days,
    ),
    ProductField(
        "issue_life_days",
        N_("Life at issue, days"),
        N_("How long a lot must still keep when it is issued; empty: it may expire that day."),
        _days,
    ),
    ProductField("min_stock", N_("Minimum stock"), N_("Below this it needs to be ordered."), _number(QUANTITY_PLACES)),
    ProductField("max_stock", N_("Maximum stock"), N_("Above this there is too much of it."), _number(QUANTITY_PLACES)),
    ProductField(
        "reorder_quantity", N_("Order quantity"), N_("How much is ordered at once."), _number(QUANTITY_PLACES)
    ),
    ProductField("lead_time_days", N_("Lead time, days"), N_("From the order to the goods."), _days),
    ProductField("price", N_("Sales price"), N_("Of one base unit."), _number(MONEY_PLACES), _PRICE),
    ProductField("cost", N_("Cost"), N_("What one base unit costs to buy."), _number(MONEY_PLACES), _COST),
)
BY_NAME = {field.name: field for field in FIELDS}


def read(name: str, text: str) -> object:
    """The value of a field as somebody typed it. Raises ``Refused``."""
    field = BY_NAME[name]
    return field.read(field.title, text)


def written(value: object) -> str:
    """A value as it is typed."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def needed(names: Iterable[str]) -> frozenset[Permission]:
    """The permissions that changing these fields takes; those that are no field of a form are the catalog's."""
    wanted = {permission for name in names if name in BY_NAME for permission in BY_NAME[name].permissions}
    return frozenset(wanted or {Permission.CATALOG_EDIT})


def check_levels(values: Mapping[str, object]) -> None:
    """Raise ``StockLevelsCrossed`` where the minimum is above the maximum."""
    least, most = values.get("min_stock"), values.get("max_stock")
    if isinstance(least, Decimal) and isinstance(most, Decimal) and least > most:
        raise errors.StockLevelsCrossed(least=plain(least), most=plain(most))
