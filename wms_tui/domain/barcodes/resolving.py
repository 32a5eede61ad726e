"""From a raw code and what the site knows to what it stands for.

In this order: commands and badges by their reserved prefixes; the site's own SKU or barcode, letter for letter; the
product of the GTIN that the code is or carries, in any of its lengths; a logistic unit; a location; lot, dates, serial
or weight alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes import restricted, results
from wms_tui.domain.barcodes.commands import order_of
from wms_tui.domain.barcodes.digits import gtin_forms, trimmed, upc_a_of
from wms_tui.domain.barcodes.reading import read
from wms_tui.domain.barcodes.readings import Form, Reading
from wms_tui.domain.barcodes.results import Result
from wms_tui.domain.barcodes.rules import Rules
from wms_tui.domain.barcodes.symbologies import GS1_SYMBOLS, symbol_of
from wms_tui.domain.barcodes.visible import CONTROLS
from wms_tui.domain.locations import Place
from wms_tui.domain.products import Goods

MOST_OWN = 200
"""Characters of a SKU, a barcode or a location code."""


class LookUp(Protocol):
    """What the site knows. Codes that it does not know are left out of the answers."""

    def products(self, codes: Sequence[str]) -> Mapping[str, Goods]: ...

    def places(self, codes: Sequence[str]) -> Mapping[str, Place]: ...


def resolve(raw: str, rules: Rules, look_up: LookUp | None = None) -> Result:
    """What the code stands for; never raises. Without ``look_up`` it is what the code says by itself."""
    text = trimmed(raw)
    reserved = _reserved(raw, text, rules)
    if reserved is not None:
        return reserved
    try:
        reading: Reading | None = read(raw, rules)
        refusal = None
    except errors.CodeRefused as refused:
        reading, refusal = None, refused
    if look_up is not None:
        known = _known(raw, text, reading, rules, look_up)
        if known is not None:
            return known
    if refusal is not None:
        read_so_far = Reading(Form.GS1, elements=refusal.parts) if refusal.parts else None
        return results.Unknown(raw, type(refusal), tuple(refusal.fields.items()), read_so_far)
    assert reading is not None
    return _unplaced(raw, text, reading, look_up is not None)


def _reserved(raw: str, text: str, rules: Rules) -> Result | None:
    """A command or a badge."""
    data = text[3:] if text.startswith("]") else text
    folded = data[:MOST_OWN].upper()
    prefix = rules.command_prefix
    if prefix and folded.startswith(prefix.upper()):
        order = order_of(data[len(prefix) : MOST_OWN])
        if order is None:
            return results.Unknown(raw, errors.UnknownCommand)
        return results.CommandCode(raw, order.command, order.quantity, order.target)
    prefix = rules.badge_prefix
    if prefix and folded.startswith(prefix.upper()) and len(data) > len(prefix):
        return results.BadgeCode(raw, data[len(prefix) :])
    return None


def _known(raw: str, text: str, reading: Reading | None, rules: Rules, look_up: LookUp) -> Result | None:
    """The product or location that the code names."""
    own = _own_codes(text)
    codes = _product_codes(own, reading, rules)
    found = look_up.products(codes) if codes else {}
    for code in codes:
        if code in found:
            said = reading if reading is not None and code not in own else _own_reading(reading)
            return results.ProductCode(raw, code, found[code], said)
    places = [*own, *_location_codes(reading)]
    found_places = look_up.places(places) if places else {}
    for code in places:
        if code in found_places:
            return results.LocationCode(raw, found_places[code], reading or Reading(Form.PLAIN))
    return None


def _own_codes(text: str) -> list[str]:
    """The code as the site may have given it out itself: with and without the scanner's note on the symbol."""
    if not 0 < len(text) <= MOST_OWN or CONTROLS.search(text):
        return []
    symbol = symbol_of(text)
    if symbol is None or not symbol.data or not symbol.aim or symbol.aim in GS1_SYMBOLS:
        return [text]
    return [text, symbol.data]


def _own_reading(reading: Reading | None) -> Reading:
    """A code that the catalog knows letter for letter means that product, whatever else could be read in it."""
    if reading is None:
        return Reading(Form.PLAIN)
    if reading.form in {Form.GTIN, Form.RESTRICTED} and reading.sure:
        return Reading(Form.GTIN, reading.aim, gtin=reading.gtin)
    return Reading(Form.PLAIN, reading.aim)


def _product_codes(own: list[str], reading: Reading | None, rules: Rules) -> list[str]:
    """What the catalog may know the product by, best first."""
    if reading is None or not reading.gtin:
        return own
    codes = [*own, *gtin_forms(reading.gtin)]
    if len(reading.gtin) == 8 and (whole := upc_a_of(reading.gtin)):
        codes += gtin_forms(whole)
    if reading.form is Form.RESTRICTED:
        codes += _restricted_codes(reading, rules)
    return list(dict.fromkeys(codes))


def _restricted_codes(reading: Reading, rules: Rules) -> list[str]:
    whole = reading.gtin_14[1:]
    rule = restricted.rule_for(whole, rules.restricted)
    assert rule is not None
    return [*gtin_forms(rule.without_amount(whole)), rule.prefix + reading.item, reading.item]


def _location_codes(reading: Reading | None) -> list[str]:
    """A GLN with its extension, and alone."""
    if reading is None or not reading.location or reading.gtin or reading.sscc:
        return []
    return list(dict.fromkeys([reading.location, reading.location[:13]]))


def _unplaced(raw: str, text: str, reading: Reading, asked: bool) -> Result:
    """The result of a reading that names nothing known, or where nobody could be asked."""
    if reading.gtin:
        return _no_product(raw, reading) if asked else results.ProductCode(raw, reading.gtin, None, reading)
    if reading.sscc:
        return results.LogisticUnit(raw, reading.sscc, reading)
    if reading.elements and not (asked and _is_useless(reading)):
        return results.Supplement(raw, reading)
    if reading.aim and not asked:
        return results.PlainCode(raw, text[3:], reading)
    return results.Unknown(raw, errors.UnknownScan if asked else errors.NoGs1Code, (), reading)


def _is_useless(reading: Reading) -> bool:
    """Whether nothing can be done with it: no fact, an unknown location, or digits that may as well be a count."""
    if reading.is_empty or {part.ai for part in reading.elements} <= {"414", "254"}:
        return True
    named = reading.lot or reading.serial or reading.last_day or reading.produced or reading.packed
    return not reading.sure and not named


def _no_product(raw: str, reading: Reading) -> Result:
    if reading.form is Form.GTIN and not reading.sure:
        if reading.otherwise is not None and not _is_useless(reading.otherwise):
            return results.Supplement(raw, reading.otherwise)
        return results.Unknown(raw, errors.UnknownScan, (), reading)
    refusal = errors.RestrictedCode if restricted.is_restricted(reading.gtin) else errors.NotInCatalog
    return results.Unknown(raw, refusal, (("gtin", reading.gtin),), reading)
