"""What a code stands for: the order of interpretation, and the sentence where it stands for nothing."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from wms_tui.domain import barcode_errors as errors
from wms_tui.domain.barcodes import (
    RESTRICTED,
    Carried,
    Form,
    LocationCode,
    LogisticUnit,
    PlainCode,
    ProductCode,
    RestrictedRule,
    Rules,
    Supplement,
    Unknown,
    resolve,
    visible,
)

TODAY = date(2026, 3, 1)
RULES = Rules(TODAY)
PEN = "4006381333931"
GS = "\x1d"


def product(result):
    assert isinstance(result, ProductCode)
    return result.goods.sku


def refusal(result):
    assert isinstance(result, Unknown)
    return result.refusal


@pytest.mark.parametrize("known", [PEN, "0" + PEN])
@pytest.mark.parametrize(
    "code", [PEN, "0" + PEN, "]E0" + PEN, "]I10" + PEN, "]C1010" + PEN, "010" + PEN, f"(01)0{PEN}", f" {PEN}\r\n"]
)
def test_an_item_is_found_by_all_the_lengths_of_its_gtin(know, known, code):
    assert product(resolve(code, RULES, know({known: "PEN"}))) == "PEN"


@pytest.mark.parametrize("known", ["042100005264", "0042100005264", "00042100005264", "04252614"])
@pytest.mark.parametrize(
    "code", ["042100005264", "04252614", "425261", "0425261", "]E00042100005264", "(01)00042100005264"]
)
def test_upc_e_and_upc_a_are_the_same_item(know, known, code):
    assert product(resolve(code, RULES, know({known: "SOUP"}))) == "SOUP"


def test_a_cartons_gtin_is_not_the_items(know):
    assert refusal(resolve("1" + PEN[:-1] + "8", RULES, know({PEN: "PEN"}))) is errors.NotInCatalog


def test_the_sites_own_code_goes_before_all_that_could_be_read_in_it(know):
    result = resolve("10ABC", RULES, know({"10ABC": "OWN"}))
    assert product(result) == "OWN"
    assert result.reading.form is Form.PLAIN
    assert product(resolve("]C010ABC", RULES, know({"10ABC": "OWN"}))) == "OWN"


def test_a_gs1_symbol_never_holds_the_sites_own_code(know):
    assert isinstance(resolve("]C110ABC", RULES, know({"10ABC": "OWN"})), Supplement)


def test_real_goods_with_a_wrong_check_digit_are_found_as_they_are(know):
    assert product(resolve("4006381333932", RULES, know({"4006381333932": "PEN"}))) == "PEN"


def test_a_misread_gtin_is_told(know):
    result = resolve("4006381333932", RULES, know({PEN: "PEN"}))
    assert result.error().text() == (
        "4006381333932 is not known here, and as a GTIN its last digit would be 1. Scan again."
    )


def test_a_bare_gtin_that_reads_as_a_gs1_message_as_well_is_a_gtin(know):
    assert product(resolve("96385074", RULES, know({"96385074": "GUM"}))) == "GUM"
    assert refusal(resolve("96385074", RULES, know())) is errors.NotInCatalog


def test_a_pallet_label_with_all_that_a_receipt_wants(know):
    code = f"]C1020{PEN}3724{GS}10L-7{GS}1727013115261200" + "00340123450000000000"
    result = resolve(code + "", RULES, know({PEN: "PEN"}))
    assert product(result) == "PEN"
    said = result.reading
    assert (said.count, said.lot, said.expires, said.best_before) == (24, "L-7", date(2027, 1, 31), date(2026, 12, 31))
    assert said.contained
    assert said.sscc == "340123450000000000"


def test_a_pallet_that_does_not_say_what_it_holds(know):
    for code in ("]C100340123450000000000", "00340123450000000000", "340123450000000000", "(00)340123450000000000"):
        result = resolve(code, RULES, know())
        assert isinstance(result, LogisticUnit)
        assert result.sscc == "340123450000000000"


def test_the_second_of_two_labels():
    said = resolve(f"]C110L-7{GS}17270131", RULES).reading
    assert (said.lot, said.expires, said.sure) == ("L-7", date(2027, 1, 31), True)


def test_digits_that_may_be_a_lot_or_a_number_are_not_sure(know):
    result = resolve("10123", RULES, know())
    assert isinstance(result, Supplement)
    assert (result.reading.lot, result.reading.sure) == ("123", False)
    assert refusal(resolve("2421", RULES, know())) is errors.UnknownScan


def test_weights_and_serials(know):
    said = resolve(f"]C1010{PEN}310300125021A/7", RULES, know({PEN: "PEN"})).reading
    assert (said.serial, said.net_weight.amount, said.net_weight.unit) == ("A/7", Decimal("1.250"), "kg")
    pounds = resolve("(01)12345678901231(3201)000125", RULES).reading
    assert (pounds.net_weight.amount, pounds.net_weight.unit) == (Decimal("12.5"), "lb")


@pytest.mark.parametrize(
    "digits, day",
    [
        ("260228", date(2026, 2, 28)),
        ("260200", date(2026, 2, 28)),
        ("280200", date(2028, 2, 29)),
        ("751231", date(2075, 12, 31)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
        ("991231", date(1999, 12, 31)),
    ],
)
def test_days_of_two_digit_years(digits, day):
    assert resolve(f"]C117{digits}", RULES).reading.expires == day


def test_the_century_moves_with_today():
    said = resolve("]C117010101", Rules(date(2060, 1, 1))).reading
    assert said.expires == date(2101, 1, 1)


@pytest.mark.parametrize("digits", ["261301", "260230", "260001", "260132", "270229"])
def test_days_that_are_none(digits):
    assert issubclass(refusal(resolve(f"]C117{digits}", RULES)), errors.BadGs1Code)


def test_expiry_with_its_time():
    said = resolve("]C170032612312315", RULES).reading
    assert (said.expires, said.expires_at) == (date(2026, 12, 31), datetime(2026, 12, 31, 23, 15))


@pytest.mark.parametrize(
    "code, why",
    [
        ("", errors.NothingRead),
        (" \r\n", errors.NothingRead),
        ("]", errors.StrangeSymbology),
        ("]C1", errors.EmptyGs1Code),
        (f"]C1010{PEN}10{GS}17270131", errors.EmptyPart),
        (f"]C1010{PEN}10", errors.EmptyPart),
        (f"]C1010{PEN}17", errors.EmptyPart),
        ("]C10104006381333932", errors.WrongPartDigit),
        ("]C100340123450000000001", errors.WrongPartDigit),
        (f"]C1010{PEN}172701", errors.WrongLength),
        (f"]C1010{PEN}10" + "A" * 21, errors.WrongLength),
        (f"]C1010{PEN}10L\x117", errors.WrongCharacters),
        (f"]C1010{PEN}10L 7", errors.WrongCharacters),
        (f"]C1010{PEN}89X", errors.UnknownIdentifier),
        (f"]C1010{PEN}10A{GS}10B", errors.PartsDiffer),
        (f"]C1010{PEN}020{PEN}371", errors.PartsConflict),
        (f"]C1010{PEN}31030012503102001250", errors.PartsConflict),
        (f"]C1020{PEN}", errors.PartMissing),
        (f"]C1010{PEN}3724", errors.PartsConflict),
        ("https://example.com/", errors.LinkWithoutKey),
        (f"https://example.com/01/0{PEN}/10", errors.LinkWithoutKey),
        ("(01)", errors.EmptyPart),
        ("(01", errors.BadBrackets),
        (PEN + PEN, errors.JoinedCodes),
        (PEN + "5901234123457", errors.JoinedCodes),
        (f"]C1010{PEN}010{PEN}", errors.JoinedCodes),
        ("00340123450000000000" * 2, errors.JoinedCodes),
        ("..NONSENSE", errors.UnknownCommand),
        ("9" * 5000, errors.CodeTooLong),
        ("BOLT", errors.UnknownScan),
        (f"]E0{PEN}]E0{PEN}", errors.WrongRetailLength),
    ],
)
def test_refusals(know, code, why):
    assert refusal(resolve(code, RULES, know())) is why


def test_a_refusal_names_the_part_and_what_could_not_be_seen():
    result = resolve(f"]C1010{PEN}10{GS}17270131", RULES)
    assert result.error().text() == (
        f"]C1010{PEN}10<FNC1>17270131: part (10) BATCH/LOT is empty. Use another label, or enter it by hand."
    )


def test_what_cannot_be_seen_is_named():
    assert visible("a\x1d\x11\x10\x1b\x00\x85\u200b b编") == "a<FNC1><XON><DLE><ESC><NUL><0x85><U+200B> b编"


def test_control_characters_are_not_asked_for(know):
    shelf = know({"A": "A"}, "B")
    for code in ("A\x11", "\x10", "\x1b[A", "A\x00", "\ud800"):
        assert refusal(resolve(code, RULES, shelf)) is errors.UnknownScan
    assert shelf.asked == []


def test_fnc1_as_the_scanner_was_set_to_send_it(know):
    rules = Rules(TODAY, fnc1=("|",))
    for code in (f"]C1010{PEN}10AB|21X", f"010{PEN}10AB|21X"):
        said = resolve(code, rules, know({PEN: "PEN"})).reading
        assert (said.lot, said.serial) == ("AB", "X")
    assert product(resolve("A|B", rules, know({"A|B": "OWN"}))) == "OWN"


def test_locations_by_code_and_by_gln(know):
    shelf = know({}, "A-01", "4012345000009", "4012345000009BIN7")
    for code, found in (("A-01", "A-01"), ("]C14144012345000009254BIN7", "4012345000009BIN7")):
        result = resolve(code, RULES, shelf)
        assert isinstance(result, LocationCode)
        assert result.place.code == found
    assert resolve("]C14144012345000009254BIN8", RULES, shelf).place.code == "4012345000009"
    assert refusal(resolve("]C14144012345000016", RULES, shelf)) is errors.UnknownScan


def test_plain_text_in_a_symbol_that_is_not_gs1():
    result = resolve("]Q1TESTING", RULES)
    assert isinstance(result, PlainCode)
    assert result.text == "TESTING"


WEIGHED = Rules(TODAY, restricted=RESTRICTED["DK"])


@pytest.mark.parametrize("known", ["2712341000004", "2712341", "12341"])
def test_a_weighed_item_is_found_without_its_weight(know, known):
    rules = Rules(TODAY, restricted=(RestrictedRule("27IIIIIWWWWWC", 3),))
    result = resolve("2712341002251", rules, know({known: "HAM"}))
    assert product(result) == "HAM"
    assert result.reading.net_weight.amount == Decimal("0.225")


def test_a_restricted_code_that_the_catalog_knows_whole_weighs_nothing(know):
    result = resolve("2712341002251", WEIGHED, know({"2712341002251": "HAM"}))
    assert result.reading.measures == ()


def test_an_add_on_beside_the_main_symbol_is_left_out(know):
    assert product(resolve("]E3" + PEN + "12", RULES, know({PEN: "PEN"}))) == "PEN"
    assert product(resolve("]E3" + PEN + "12345", RULES, know({PEN: "PEN"}))) == "PEN"


def test_restricted_codes_without_a_rule_are_told(know):
    assert refusal(resolve("2712341002251", RULES, know())) is errors.RestrictedCode
    assert refusal(resolve("2712341002251", WEIGHED, know())) is errors.RestrictedCode


def test_a_misread_weight_is_refused(know):
    rules = Rules(TODAY, restricted=RESTRICTED["DE"])
    assert refusal(resolve("2811112068707", rules, know())) is errors.WrongMeasureDigit


@pytest.mark.parametrize("pattern", ["", "27IIIIIWWWWW", "30IIIIIWWWWWC", "27IIIIIWWPPPC", "27IIIIVWWWWWWC"])
def test_rules_that_are_none(pattern):
    with pytest.raises(ValueError, match=pattern or "^$"):
        RestrictedRule(pattern)


def test_what_a_rule_carries():
    assert RestrictedRule("20IIIIIVPPPPC", 2).carried is Carried.PRICE
