"""A code explained to a person: what was read, which parts it has, what it stands for, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch
from typing import Any

from wms_tui.domain.barcodes import results
from wms_tui.domain.barcodes.commands import COMMAND_NAMES, SCREEN_NAMES, Command
from wms_tui.domain.barcodes.dates import day_of
from wms_tui.domain.barcodes.readings import Element, Form, Reading
from wms_tui.domain.barcodes.symbologies import name_of
from wms_tui.domain.barcodes.visible import visible
from wms_tui.domain.quantities import plain
from wms_tui.domain.texts import N_, Translate, sentence


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an explanation; ``refuses`` where it says why the code is not taken."""

    template: str
    fields: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False

    def text(self, translate: Translate) -> str:
        return sentence(translate, self.template, self.fields)


FORMS: dict[Form, str] = {
    Form.PLAIN: N_("It is plain text, no GS1 code."),
    Form.GTIN: N_("It is the GTIN {gtin}; its check digit fits."),
    Form.SSCC: N_("It is an SSCC, the number of a pallet or carton; its check digit fits."),
    Form.RESTRICTED: N_("It is a code for use within one shop or country: item {item}."),
    Form.GS1: N_("It is a GS1 code with these parts:"),
    Form.BRACKETED: N_("It is a GS1 code as labels print it, with these parts:"),
    Form.LINK: N_("It is a GS1 Digital Link with these parts:"),
}
SHORTENED = N_("It may be the GTIN {gtin}, written short as UPC-E without its check digit.")
NOT_SURE = N_("It may as well be a number or a misread code: it is taken only where such a part is asked for.")
_DAYS = frozenset({"11", "12", "13", "15", "16", "17"})


def explain(result: results.Result, today: date) -> tuple[Said, ...]:
    """The sentences for one scanned code."""
    if isinstance(result, results.BadgeCode):
        return tuple(_meaning(result))
    reading = getattr(result, "reading", None)
    said = [Said(N_("Read: {code}"), {"code": visible(result.raw)})]
    if reading is not None:
        said += _reading(reading, today)
    return (*said, *_meaning(result))


def _reading(reading: Reading, today: date) -> Iterator[Said]:
    if reading.aim:
        yield Said(N_("Symbol: {name} ({aim})"), {"name": name_of(reading.aim), "aim": reading.aim})
    told = FORMS[reading.form] if reading.sure or reading.form is not Form.GTIN else SHORTENED
    yield Said(told, {"gtin": reading.gtin, "item": reading.item})
    for part in reading.elements:
        yield _part(part, reading, today)
    if reading.form is Form.RESTRICTED:
        yield from _carried(reading)
    if reading.otherwise is not None:
        yield Said(N_("It may also be a GS1 code:"))
        yield from (_part(part, reading.otherwise, today) for part in reading.otherwise.elements)


def _part(part: Element, reading: Reading, today: date) -> Said:
    fields = {"ai": part.ai, "title": part.title, "value": visible(part.value), "meaning": _means(part, reading, today)}
    return Said(
        N_("({ai}) {title}: {value} = {meaning}") if fields["meaning"] else N_("({ai}) {title}: {value}"), fields
    )


def _means(part: Element, reading: Reading, today: date) -> str:
    if part.ai in _DAYS:
        return day_of(part.value, today).isoformat()
    if part.ai == "7003" and reading.expires_at:
        return f"{reading.expires_at:%Y-%m-%d %H:%M}"
    measured = next((one for one in reading.measures if one.ai == part.ai), None)
    return f"{plain(measured.amount)} {measured.unit}".strip() if measured else ""


def _carried(reading: Reading) -> Iterator[Said]:
    if reading.net_weight is not None:
        yield Said(N_("It carries a weight: {amount} kg."), {"amount": plain(reading.net_weight.amount)})
    if reading.price is not None:
        yield Said(N_("It carries a price: {amount}."), {"amount": plain(reading.price)})
    if reading.count is not None:
        yield Said(N_("It carries a count: {amount}."), {"amount": plain(reading.count)})


@singledispatch
def _meaning(result: results.Result) -> Iterator[Said]:
    raise NotImplementedError(result)


@_meaning.register
def _(result: results.ProductCode) -> Iterator[Said]:
    goods = result.goods
    if goods is None:
        yield Said(N_("It names the trade item {code}. No catalog was asked."), {"code": result.code})
        return
    fields = {"sku": goods.sku, "name": goods.name, "quantity": plain(goods.pack), "unit": goods.scan_unit}
    yield Said(N_("It stands for {sku} {name}: {quantity} {unit} a scan."), fields)
    if not goods.active:
        yield Said(N_("The product is inactive. Ask the administrator to activate it."), refuses=True)


@_meaning.register
def _(result: results.LogisticUnit) -> Iterator[Said]:
    yield Said(N_("It stands for the pallet or carton {sscc}, and does not say what is in it."), {"sscc": result.sscc})


@_meaning.register
def _(result: results.Supplement) -> Iterator[Said]:
    if result.reading.is_empty:
        yield Said(N_("It carries nothing that stock is kept by."))
        return
    yield Said(N_("It names no product: it completes one, as the second of two labels."))
    if not result.reading.sure:
        yield Said(NOT_SURE)


@_meaning.register
def _(result: results.LocationCode) -> Iterator[Said]:
    fields = {"code": result.place.code, "name": result.place.name}
    yield Said(N_("It stands for the location {code} {name}."), fields)


@_meaning.register
def _(result: results.BadgeCode) -> Iterator[Said]:
    yield Said(N_("It is somebody's badge. What it holds is not shown."))


@_meaning.register
def _(result: results.CommandCode) -> Iterator[Said]:
    named = result.target.upper() if result.command is Command.KEY else visible(result.target)
    target = SCREEN_NAMES.get(result.target, named)
    argument = plain(result.quantity) if result.quantity is not None else target
    fields = {"name": COMMAND_NAMES[result.command], "argument": argument}
    yield Said(N_("It is the command: {name} {argument}") if argument else N_("It is the command: {name}"), fields)


@_meaning.register
def _(result: results.PlainCode) -> Iterator[Said]:
    yield Said(N_("It may be a code of the site's own. No catalog was asked."))


@_meaning.register
def _(result: results.Unknown) -> Iterator[Said]:
    refused = result.error()
    yield Said(refused.template, refused.fields, refuses=True)
