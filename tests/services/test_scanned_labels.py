"""Labels of the supply chain in movement entry: what they carry is taken, the rest is asked for."""

from datetime import date
from decimal import Decimal

import pytest

from tests.services.test_entry import ADJUSTMENT, ISSUE, RECEIPT, TRANSFER, Desk
from tests.support.labels import (
    BOLT,
    BOLT_CARTON,
    DRILL,
    FLOUR,
    GLN,
    GS,
    MILK,
    MILK_CARTON,
    OIL,
    RESIN,
    SSCC,
    add_labels,
)
from wms_tui.domain import errors
from wms_tui.domain.barcode_errors import NotInCatalog, WrongCheckDigit
from wms_tui.domain.entry import Step
from wms_tui.domain.lot_errors import TooOld
from wms_tui.domain.reading_rules import BadFnc1, BadPrefix, BadRestricted, PrefixesClash
from wms_tui.domain.scan_errors import (
    ContentUnknown,
    MeasureUnfit,
    NamesNoProduct,
    NoSerial,
    OtherLot,
    QuantityTwice,
)
from wms_tui.domain.setup import ChangeSettings, SiteSettings
from wms_tui.services import setup

pytestmark = pytest.mark.usefixtures("catalog", "labelled")


@pytest.fixture
def labelled(backend, catalog):
    add_labels(backend)


@pytest.fixture
def desk(backend, keeper):
    return lambda kind=RECEIPT: Desk(backend, keeper, kind)


@pytest.fixture
def receiving(desk):
    at = desk()
    at.enter("A1")
    return at


def entered(at):
    """SKU, quantity, unit, lot and expiry of each line."""
    from wms_tui.services import entry

    found = at.backend.run(entry.lines, at.actor, at.ref)
    return [(line.sku, line.quantity, line.unit, line.lot, line.expires) for line in found]


def set_up(backend, admin, **settings):
    before = backend.run(setup.settings, admin, None)
    backend.run(setup.change, admin, ChangeSettings(before, SiteSettings(**settings)))


WHOLE = f"01{MILK}17270331" + "10AB12"
NEW_YEAR, MARCH = date(2026, 12, 31), date(2027, 3, 31)


@pytest.mark.parametrize(
    "code",
    [
        WHOLE,
        f"]C1{WHOLE}",
        f"]d2{WHOLE}",
        f"]Q3{WHOLE}",
        f"{GS}{WHOLE}",
        f"01{MILK}10AB12{GS}17270331",
        f"]C101{MILK}10AB12{GS}15270331",
        f"01{MILK}1727030010AB12",
        f"(01){MILK}(17)270331(10)AB12",
        f"https://id.gs1.org/01/{MILK}/10/AB12?17=270331",
        f"]C101{MILK}11260101" + f"1727033110AB12{GS}400PO-1",
    ],
)
def test_a_label_with_all_that_is_tracked_is_a_line_at_once(receiving, code):
    receiving.enter(code)
    assert receiving.view.step is Step.ITEM
    day = MARCH if "270300" not in code else date(2027, 3, 31)
    assert entered(receiving) == [("MILK", 1, "pcs", "AB12", day)]
    receiving.post()


def test_the_same_label_again_adds_one(receiving):
    receiving.enter(WHOLE, WHOLE, f"]C1{WHOLE}")
    assert entered(receiving) == [("MILK", 3, "pcs", "AB12", MARCH)]


@pytest.mark.parametrize(
    "code", ["4006381333931", "04006381333931", "0104006381333931", "]E04006381333931", f"]C101{BOLT}", f"(01){BOLT}"]
)
def test_a_product_is_found_by_its_gtin_in_any_length(receiving, code):
    receiving.enter(code)
    assert entered(receiving) == [("BOLT", 1, "pcs", "", None)]


def test_lot_and_expiry_on_the_label_of_goods_that_are_not_tracked_are_left_out(receiving):
    receiving.enter(f"01{BOLT}1727033110AB12")
    assert entered(receiving) == [("BOLT", 1, "pcs", "", None)]


def test_a_cartons_label_moves_a_carton_and_says_how_many_that_is(receiving):
    said = receiving.enter("2", f"01{BOLT_CARTON}")
    assert (said.template.format(**said.fields)).startswith("+2 carton = 48 pcs BOLT")
    assert entered(receiving) == [("BOLT", 2, "carton", "", None)]


@pytest.mark.parametrize(
    ("texts", "quantity", "unit"),
    [
        ([f"01{MILK}1727033110AB12{GS}3024"], 24, "pcs"),
        ([f"01{MILK_CARTON}1727033110AB12{GS}305"], 5, "carton"),
        ([f"00{SSCC}02{MILK_CARTON}1727033110AB12{GS}3740"], 40, "carton"),
        (["3", f"01{MILK}1727033110AB12{GS}3024"], 72, "pcs"),
    ],
)
def test_a_count_on_the_label_is_times_the_pack_and_times_the_number_before(receiving, texts, quantity, unit):
    receiving.enter(*texts)
    assert entered(receiving) == [("MILK", quantity, unit, "AB12", MARCH)]


@pytest.mark.parametrize(
    ("measure", "quantity"),
    [
        ("3103001250", "1.25"),
        ("3201000100", "4.535924"),
        ("3572000350", "0.099223"),
        ("310500001", None),
        ("3100000002", "2"),
    ],
)
def test_a_weight_is_the_quantity_of_goods_counted_in_kilograms(receiving, measure, quantity):
    code = f"01{FLOUR}{measure}"
    if quantity is None:
        with pytest.raises(errors.Refused):
            receiving.enter(code)
        assert entered(receiving) == []
    else:
        receiving.enter(code)
        assert entered(receiving) == [("FLOUR", Decimal(quantity), "kg", "", None)]


def test_a_volume_is_the_quantity_of_goods_counted_in_litres(receiving):
    receiving.enter(f"01{OIL}3152000150")
    assert entered(receiving) == [("OIL", Decimal("1.5"), "l", "", None)]


def test_a_weight_of_goods_that_are_counted_otherwise_is_refused_with_its_parts(receiving):
    with pytest.raises(
        MeasureUnfit, match=r"carries 1.25 kg, and BOLT is counted in pcs.*\[\(01\) GTIN 04006381333931"
    ):
        receiving.enter(f"01{BOLT}3103001250")
    assert entered(receiving) == []


def test_a_number_before_a_weight_is_refused(receiving):
    with pytest.raises(QuantityTwice, match="3 was entered"):
        receiving.enter("3", f"01{FLOUR}3103001250")
    assert entered(receiving) == []


def test_a_code_of_the_shops_own_carries_its_weight_by_the_sites_rule(backend, admin, receiving):
    with pytest.raises(errors.Refused):
        receiving.enter("2712341002251")
    set_up(backend, admin, restricted="27IIIIIWWWWWC/3")
    receiving.enter("2712341002251")
    assert entered(receiving) == [("FLOUR", Decimal("0.225"), "kg", "", None)]


@pytest.mark.parametrize("code", [f"01{DRILL}21SN-1", f"(01){DRILL}(21)SN-1", f"01{DRILL}10LOT{GS}21SN-1"])
def test_a_serial_number_is_the_lot_of_what_is_tracked_by_it(receiving, code):
    receiving.enter(code)
    assert entered(receiving) == [("SERIAL", 1, "pcs", "SN-1", None)]


def test_two_of_one_serial_number_are_refused(receiving):
    with pytest.raises(errors.SerialQuantity):
        receiving.enter("2", f"01{DRILL}21SN-1")
    assert entered(receiving) == []


def test_a_lot_is_no_serial_number(receiving):
    receiving.enter(f"01{DRILL}10LOT")
    assert receiving.view.step is Step.LOT
    with pytest.raises(NoSerial):
        receiving.enter("]C110LOT")
    receiving.enter("]C121SN-7")
    assert entered(receiving) == [("SERIAL", 1, "pcs", "SN-7", None)]


@pytest.mark.parametrize(
    ("labels", "line"),
    [
        ([f"01{MILK}", "10AB12", "17270331"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"01{MILK}", "1727033110AB12"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"01{MILK}", "]C117270331", "]C110AB12"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"01{MILK}17270331", "10AB12"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"01{MILK}10AB12", "17270331"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"01{MILK}10AB12", "31.03.2027"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"01{MILK}10AB12", "03/2027"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"01{MILK}10AB12", "270300"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"01{MILK}17270331", "AB12"], ("MILK", 1, "pcs", "AB12", MARCH)),
        ([f"02{MILK_CARTON}3740", "]C117270331" + "10AB12"], ("MILK", 40, "carton", "AB12", MARCH)),
        (["MILK", f"]C110AB12{GS}17270331"], ("MILK", 1, "pcs", "AB12", MARCH)),
        (["MILK", "(17)270331(10)AB12"], ("MILK", 1, "pcs", "AB12", MARCH)),
        (["MILK", WHOLE], ("MILK", 1, "pcs", "AB12", MARCH)),
        (["MILK", f"01{MILK_CARTON}1727033110AB12{GS}305"], ("MILK", 5, "carton", "AB12", MARCH)),
        (["MILK", "]C0AB12", "2027-03-31"], ("MILK", 1, "pcs", "AB12", MARCH)),
        (["LOTTED", "]C110L1"], ("LOTTED", 1, "pcs", "L1", None)),
        (["LOTTED", "10L1"], ("LOTTED", 1, "pcs", "L1", None)),
        ([f"01{RESIN}", "10NEW"], ("LOTTED", 1, "pcs", "NEW", None)),
        ([f"01{RESIN}", "L1"], ("LOTTED", 1, "pcs", "L1", None)),
        (["LOTTED", "12345670"], ("LOTTED", 1, "pcs", "12345670", None)),
    ],
)
def test_what_a_label_does_not_say_a_second_one_or_a_line_does(receiving, labels, line):
    receiving.enter(*labels)
    assert entered(receiving) == [line]
    receiving.post()


def test_a_lot_that_may_be_a_gs1_label_is_taken_as_it_stands_and_said(receiving):
    said = receiving.enter("LOTTED", "10NEW")
    assert said.warns
    assert "its lot is NEW" in said.template.format(**said.fields)
    assert entered(receiving) == [("LOTTED", 1, "pcs", "10NEW", None)]


def test_a_lot_and_a_serial_number_behind_fnc1_are_two_parts(receiving):
    receiving.enter("LOTTED", f"10AB{GS}21X")
    assert entered(receiving) == [("LOTTED", 1, "pcs", "AB", None)]


def test_a_stand_in_for_fnc1_ends_a_part(backend, admin, receiving):
    set_up(backend, admin, fnc1="|")
    receiving.enter(f"01{MILK}10AB12|17270331")
    assert entered(receiving) == [("MILK", 1, "pcs", "AB12", MARCH)]


def test_a_lot_that_is_known_brings_its_date_to_a_typed_line_and_a_label_alike(receiving):
    receiving.enter(f"01{MILK}1726123110M1", "MILK", "M1", f"01{MILK}10M1")
    assert entered(receiving) == [("MILK", 3, "pcs", "M1", None)]


@pytest.mark.parametrize(
    ("labels", "refusal", "sentence"),
    [
        ([f"01{MILK}1727010110M1"], errors.ExpiryConflict, "expires on 2026-12-31, not on 2027-01-01"),
        ([WHOLE, f"01{MILK}1727040110AB12"], errors.ExpiryConflict, "expires on 2027-03-31, not on 2027-04-01"),
        ([f"01{MILK}1726010110OLD"], TooOld, "2026-01-01"),
        ([f"01{MILK}", WHOLE.replace(MILK, RESIN)], errors.WrongEntry, "is a product code"),
        ([f"01{MILK}10AB", "]C117270331" + "10CD"], OtherLot, "says lot CD, and lot AB"),
        (["]C110AB12"], NamesNoProduct, "names no product"),
        ([SSCC], ContentUnknown, "pallet or carton"),
        ([f"00{SSCC}"], ContentUnknown, "pallet or carton"),
        ([f"01{MILK}1727023110AB"], errors.Refused, r"\(17\) USE BY or EXPIRY 270231 is no date"),
        (["]C1"], errors.Refused, "The GS1 code is empty"),
        ([f"01{MILK}10{GS}17270331"], errors.Refused, r"\(10\) BATCH/LOT is empty"),
        (["0109501101530004"], errors.Refused, "check digit"),
        ([f"01{BOLT}37 5"], errors.Refused, "."),
        (["0109501101538009"], NotInCatalog, "belongs to no product here"),
        (["4006381333930"], WrongCheckDigit, "its last digit would be 1"),
        (["BOLT\x11\x10\x03"], errors.Refused, "BOLT<XON><DLE><0x03>"),
        ([f"01{MILK}1727033110AB\x00"], errors.Refused, "<NUL>"),
        (["..POST"], errors.Refused, "no use here"),
        ([".ID.4711"], errors.Refused, "no use here"),
        (["MILK", "AB\x1bC"], errors.Refused, "AB<ESC>C"),
        (["MILK", "..POST"], errors.Refused, "no use here"),
    ],
)
def test_a_label_that_cannot_be_taken_says_what_was_read_and_leaves_the_draft(
    desk, receiving, labels, refusal, sentence
):
    *before, last = labels
    if before:
        receiving.enter(*before)
    lines = entered(receiving)
    with pytest.raises(refusal, match=sentence):
        receiving.enter(last)
    assert entered(desk()) == lines


def test_a_refusal_names_the_parts_that_were_read(receiving):
    with pytest.raises(errors.ExpiryConflict) as told:
        receiving.enter(f"01{MILK}1727010110M1")
    assert told.value.text().endswith(f"[(01) GTIN {MILK}, (17) USE BY or EXPIRY 270101, (10) BATCH/LOT M1]")


def test_a_gln_is_a_location_wherever_one_is_asked_for(desk):
    at = desk(TRANSFER)
    at.enter(f"414{GLN}", "A1")
    assert (at.view.source, at.view.target, at.view.step) == (GLN, "A1", Step.ITEM)
    at.enter(f"]C1414{GLN}")
    assert (at.view.source, at.view.step) == (GLN, Step.TARGET)


def test_a_label_of_goods_is_no_location_and_no_reference(desk):
    at = desk()
    with pytest.raises(errors.WrongEntry, match="is a product code, but a location code is asked for"):
        at.enter(f"01{BOLT}10AB12")
    at.enter("A1", "BOLT")
    at.go(Step.REFERENCE)
    with pytest.raises(errors.WrongEntry, match="but a reference is asked for"):
        at.enter(f"01{BOLT}10AB12")


def test_an_issue_takes_the_lot_of_the_label(desk, receiving):
    receiving.enter("5", WHOLE)
    receiving.post()
    at = desk(ISSUE)
    at.enter("A1", "2", WHOLE, "MILK", "AB12")
    assert entered(at) == [("MILK", 3, "pcs", "AB12", None)]
    with pytest.raises(errors.UnknownLot):
        at.enter(f"01{MILK}1727033110ZZ")
    at.post()


def test_an_adjustment_takes_labels_as_well(desk):
    at = desk(ADJUSTMENT)
    at.enter("A1", "FOUND", WHOLE)
    assert entered(at) == [("MILK", 1, "pcs", "AB12", MARCH)]
    at.post()


def test_undo_forgets_what_the_first_of_two_labels_said(receiving):
    receiving.enter(f"02{MILK_CARTON}3740")
    receiving.undo()
    receiving.enter("MILK", "M1")
    assert entered(receiving) == [("MILK", 1, "pcs", "M1", None)]


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [
        ({"fnc1": "1"}, BadFnc1),
        ({"fnc1": "GS"}, BadFnc1),
        ({"fnc1": "||||||||||||"}, BadFnc1),
        ({"command_prefix": "A1"}, BadPrefix),
        ({"command_prefix": ". ."}, BadPrefix),
        ({"badge_prefix": "]ID"}, BadPrefix),
        ({"badge_prefix": "..B"}, PrefixesClash),
        ({"restricted": "27IIIIWWWWWC"}, BadRestricted),
        ({"restricted": "XX"}, BadRestricted),
    ],
)
def test_a_site_cannot_have_codes_read_by_rules_that_would_misread_them(backend, admin, settings, refusal):
    with pytest.raises(refusal):
        set_up(backend, admin, **settings)
    assert backend.run(setup.settings, admin, None) == SiteSettings()


def test_the_sites_rules_are_kept_as_they_are_read(backend, admin):
    set_up(backend, admin, fnc1="| ~ |", restricted="gb, 27IIIIIWWWWWC/3", command_prefix="", badge_prefix="$$")
    stored = backend.run(setup.settings, admin, None)
    assert (stored.fnc1, stored.restricted) == ("| ~", "GB 27IIIIIWWWWWC/3")
    assert (stored.command_prefix, stored.badge_prefix) == ("", "$$")
