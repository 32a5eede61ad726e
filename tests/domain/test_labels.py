"""What stands on labels, and which symbol carries it."""

from datetime import date

import pytest

from wms_tui.domain.label_sizes import SIZES, BadSize, parse_size
from wms_tui.domain.label_symbols import FNC1, Style, SymbolKind, Unencodable, element_string
from wms_tui.domain.labels import (
    BadCopies,
    LabelKind,
    LabelOrder,
    LabelProduct,
    NoLabels,
    TooManyLabels,
    check_order,
    document_label,
    location_label,
    lot_label,
    parse_copies,
    product_label,
)
from wms_tui.domain.products import Tracking
from wms_tui.domain.texts import N_, as_written, translator

BOLT = LabelProduct("BOLT", "Bolt M8", "", Tracking.NONE, ("INHOUSE-1", "4006381333931"))
MILK = LabelProduct("MILK", "牛奶", "1 l", Tracking.EXPIRY, ("4006381333931",))
DRILL = LabelProduct("DRILL", "Drill", "", Tracking.SERIAL, ("4006381333931",))
RESIN = LabelProduct("RESIN", "Resin", "", Tracking.LOT)


def kinds(label):
    return [symbol.kind for symbol in label.symbols]


def test_a_product_has_its_gtin_on_the_label_else_its_barcode_else_its_sku():
    assert product_label(BOLT).symbols[0].data == "4006381333931"
    assert (
        product_label(LabelProduct("A", "", "", Tracking.NONE, ("4006381333932",))).symbols[0].data == "4006381333932"
    )
    assert product_label(RESIN).symbols[0].data == "RESIN"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("4006381333931", SymbolKind.EAN13),
        ("96385074", SymbolKind.EAN8),
        ("012345678905", SymbolKind.UPCA),
        ("14006381333938", SymbolKind.ITF14),
        ("4006381333932", SymbolKind.CODE128),
        ("BOLT-BAG", SymbolKind.CODE128),
    ],
)
def test_the_code_decides_the_symbol(code, kind):
    assert kinds(product_label(BOLT, code))[0] is kind


def test_a_gtin_as_matrix_is_a_gs1_data_matrix_of_fourteen_digits():
    label = product_label(BOLT, "96385074", style=Style.MATRIX)
    assert kinds(label) == [SymbolKind.GS1_DATAMATRIX]
    assert label.symbols[0].elements == (("01", "00000096385074"),)


def test_a_lot_label_has_gtin_expiry_and_lot():
    label = lot_label(MILK, "L1", date(2026, 12, 31))
    assert kinds(label) == [SymbolKind.GS1_128, SymbolKind.GS1_DATAMATRIX]
    assert label.symbols[0].elements == (("01", "04006381333931"), ("17", "261231"), ("10", "L1"))
    assert label.symbols[0].text == "(01)04006381333931 (17)261231 (10)L1"
    assert label.lines(as_written) == ("SKU MILK", "Lot L1", "Expires 2026-12-31")
    assert label.lines(translator("zh_CN"))[2] == "有效期 2026-12-31"


def test_a_serial_number_is_a_serial_number():
    assert lot_label(DRILL, "S7", None).symbols[0].elements == (("01", "04006381333931"), ("21", "S7"))


@pytest.mark.parametrize("lot", ["x" * 21, "A#1", "A 1"])
def test_a_lot_that_gs1_does_not_allow_stands_alone(lot):
    label = lot_label(MILK, lot, None)
    assert kinds(label) == [SymbolKind.CODE128, SymbolKind.DATAMATRIX]
    assert label.symbols[0].data == lot


def test_a_lot_without_a_gtin_stands_alone():
    assert kinds(lot_label(RESIN, "L1", None))[0] is SymbolKind.CODE128


def test_a_qr_code_of_a_lot_is_a_digital_link():
    [symbol] = lot_label(MILK, "A/1", date(2026, 12, 31), Style.QR).symbols
    assert symbol.data == "https://id.gs1.org/01/04006381333931/10/A%2F1?17=261231"


def test_fnc1_stands_behind_variable_elements_that_others_follow():
    assert element_string((("01", "04006381333931"), ("10", "A"), ("21", "X"))) == f"010400638133393110A{FNC1}21X"
    assert element_string((("17", "261231"), ("10", "A"))) == "1726123110A"


@pytest.mark.parametrize("code", ["甲-01", "A\x1d1", "é", "", " A", "A\n"])
def test_what_no_scanner_types_is_refused_with_a_sentence(code):
    with pytest.raises(Unencodable) as refused:
        location_label(code, "")
    assert "ASCII" in str(refused.value)


def test_a_document_is_told_in_the_readers_language():
    label = document_label("R-2026-000001", (("", N_("Receipt")), (N_("Partner"), "Acme"), (N_("Reference"), "")))
    assert label.lines(as_written) == ("Receipt", "Partner Acme")
    assert label.lines(translator("zh_CN")) == ("入库", "往来单位 Acme")


@pytest.mark.parametrize("text", ["0", "501", "x", "1.5", "²", "", "-1"])
def test_copies_are_a_few(text):
    with pytest.raises(BadCopies):
        parse_copies(text)


def test_an_order_is_neither_empty_nor_endless():
    with pytest.raises(NoLabels):
        check_order(LabelOrder(LabelKind.PRODUCT, ()))
    with pytest.raises(TooManyLabels):
        check_order(LabelOrder(LabelKind.PRODUCT, ("A",) * 1001))


def test_labels_of_a_sheet_lie_on_the_page_and_not_on_each_other():
    for size in SIZES.values():
        places = [size.place(number) for number in range(size.columns * size.rows)]
        width, height = size.page
        assert all(x >= 0 and y >= 0 and x + size.width <= width + 0.01 for x, y in places), size
        assert all(y + size.height <= height + 0.6 for _, y in places), size
        assert len(set(places)) == len(places)


def test_a_size_is_a_name_or_two_sides():
    assert (parse_size("A4-3x8").columns, parse_size(" 80 × 40 ").width) == (3, 80)
    for text in ("", "80", "5x5", "400x20", "axb", "80x40x2"):
        with pytest.raises(BadSize):
            parse_size(text)
