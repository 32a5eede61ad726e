"""From a raw code to what it says by itself: the first of several forms that it has."""

from __future__ import annotations

from dataclasses import replace

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes import restricted
from wms_tui.domain.barcodes.digits import GTIN_LENGTHS, check_digit, is_checked, is_digits, trimmed, upc_a_of
from wms_tui.domain.barcodes.elements import split, split_bracketed
from wms_tui.domain.barcodes.facts import reading_of
from wms_tui.domain.barcodes.links import is_link, split_link
from wms_tui.domain.barcodes.readings import Element, Form, Reading
from wms_tui.domain.barcodes.restricted_facts import restricted_reading
from wms_tui.domain.barcodes.rules import Rules
from wms_tui.domain.barcodes.symbologies import GS1_SYMBOLS, RETAIL, Symbol, split_composite, symbol_of
from wms_tui.domain.barcodes.visible import GS

MOST_READ = 4000
"""Characters of one code; the largest symbols that GS1 allows hold less."""

_DATES = ("11", "12", "13", "15", "16", "17")


def read(raw: str, rules: Rules) -> Reading:
    """What the code says. Plain text gives an empty reading of the form PLAIN. Raises ``CodeRefused``."""
    if len(raw) > MOST_READ:
        raise errors.CodeTooLong(length=len(raw), most=MOST_READ)
    text = trimmed(raw)
    if is_digits(text):
        return _digits(text, rules)
    symbol = symbol_of(text)
    if symbol is None:
        raise errors.StrangeSymbology
    if not symbol.data and symbol.aim not in GS1_SYMBOLS and symbol.aim not in RETAIL:
        if symbol.aim:
            return Reading(Form.PLAIN, symbol.aim)
        raise errors.NothingRead
    return _symbol(symbol, rules)


def _symbol(symbol: Symbol, rules: Rules) -> Reading:
    aim, data = symbol
    if aim in RETAIL:
        return _retail(aim, data, rules)
    if is_link(data):
        return _gs1(Form.LINK, split_link(data), rules, aim)
    if aim in GS1_SYMBOLS:
        return _element_string(data, rules, aim)
    if data.startswith("(") and not aim:
        return _bracketed(data, rules)
    return _plain(aim, data, rules) if aim else _bare(data, rules)


def _plain(aim: str, data: str, rules: Rules) -> Reading:
    """A symbol without FNC1: it holds no element string, but may well hold a GTIN or an SSCC."""
    if is_digits(data) and is_checked(data):
        if len(data) in GTIN_LENGTHS:
            return replace(_gtin(data, rules), aim=aim)
        if len(data) == 18:
            return Reading(Form.SSCC, aim, sscc=data)
    if aim.startswith("]I") and len(data) == 14 and is_digits(data):
        raise errors.WrongCheckDigit(right=check_digit(data[:-1]))
    return Reading(Form.PLAIN, aim)


def _gs1(form: Form, elements: tuple[Element, ...], rules: Rules, aim: str = "", sure: bool = True) -> Reading:
    return reading_of(form, elements, rules.today, aim, sure)


def _element_string(data: str, rules: Rules, aim: str = "", sure: bool = True) -> Reading:
    return _gs1(Form.GS1, split(_with_fnc1(data, rules)), rules, aim, sure)


def _with_fnc1(data: str, rules: Rules) -> str:
    """The data with 0x1D for whatever the scanner sends as FNC1."""
    for standing in rules.fnc1:
        data = data.replace(standing, GS)
    return data


def _bracketed(data: str, rules: Rules) -> Reading:
    return _gs1(Form.BRACKETED, split_bracketed(data), rules)


def _retail(aim: str, data: str, rules: Rules) -> Reading:
    """EAN and UPC with their symbology identifier, and the composite part that may stand above them."""
    linear, composite = split_composite(data, RETAIL[aim])
    if aim == "]E3" and len(linear) in {15, 18}:
        linear = linear[:13]
    if not is_digits(linear) or len(linear) != RETAIL[aim]:
        raise errors.WrongRetailLength(digits=RETAIL[aim])
    if not is_checked(linear):
        raise errors.WrongCheckDigit(right=check_digit(linear[:-1]))
    reading = replace(_gtin(linear, rules), aim=aim)
    if not composite:
        return reading
    above = _element_string(composite, rules, aim)
    return replace(above, gtin=reading.gtin, count=above.count if above.count is not None else reading.count)


def _digits(text: str, rules: Rules) -> Reading:
    """Digits alone: a GTIN before anything else, an SSCC, UPC-E, else an element string."""
    if len(text) in GTIN_LENGTHS:
        if is_checked(text):
            return _gtin(text, rules)
        return _unchecked(text, rules)
    if len(text) == 18 and is_checked(text):
        return Reading(Form.SSCC, sscc=text)
    if _are_joined(text):
        raise errors.JoinedCodes
    bare = _bare(text, rules)
    if len(text) in {6, 7} and (whole := upc_a_of(text)):
        return Reading(Form.GTIN, gtin=whole, sure=False, otherwise=bare if bare.elements else None)
    return bare


def _are_joined(text: str) -> bool:
    """Whether these are two GTINs that came as one: the same twice, or two long ones."""
    half = len(text) // 2
    first, second = text[:half], text[half:]
    if half not in GTIN_LENGTHS or len(text) % 2 or not is_checked(first):
        return False
    return first == second or (half > 8 and is_checked(second) and not _has_key(text))


def _unchecked(text: str, rules: Rules) -> Reading:
    """Digits as long as a GTIN whose last one does not fit: UPC-E, a label that begins with a date, or misread."""
    if len(text) == 8 and (whole := upc_a_of(text)):
        return Reading(Form.GTIN, gtin=whole)
    if text.startswith(_DATES):
        bare = _bare(text, rules)
        if bare.elements:
            return bare
    raise errors.WrongCheckDigit(right=check_digit(text[:-1]))


def _gtin(text: str, rules: Rules) -> Reading:
    """Digits whose check digit fits."""
    if rules.restricted and restricted.is_restricted(text) and len(text) > 8:
        return _restricted(text, rules)
    return Reading(Form.GTIN, gtin=text)


def _restricted(text: str, rules: Rules) -> Reading:
    whole = text.zfill(14)[1:]
    rule = restricted.rule_for(whole, rules.restricted)
    if rule is None or text.zfill(14)[0] != "0":
        return Reading(Form.GTIN, gtin=text)
    return restricted_reading(text, whole, rule)


def _bare(data: str, rules: Rules) -> Reading:
    """An element string without a symbology identifier, if it is one; else plain text.

    FNC1 in it, or a key whose check digit fits, proves it to be one: what is wrong with it then is said.
    """
    data = _with_fnc1(data, rules)
    proved = GS in data or _has_key(data)
    if not proved and not is_digits(data[:2]):
        return Reading(Form.PLAIN)
    try:
        return _element_string(data, rules, sure=proved)
    except errors.BadGs1Code:
        if proved:
            raise
        return Reading(Form.PLAIN)


def _has_key(data: str) -> bool:
    for ais, length in ((("01", "02"), 16), (("00",), 20)):
        if data.startswith(ais) and len(data) >= length and is_digits(data[2:length]):
            return len(data) == length or is_checked(data[2:length])
    return False
