"""What is sent to a label printer, read again by a reader of its own: nothing in a name or code becomes a command."""

import string

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import zpl as reader
from wms_tui.domain import zpl, zpl_symbols
from wms_tui.domain.display import harmless
from wms_tui.domain.label_layout import Arranged, Placed
from wms_tui.domain.label_symbols import Style, Symbol, SymbolKind, for_code, for_elements
from wms_tui.domain.label_texts import Text

MEDIA = zpl.Media(60, 40, 203)
PRINTABLE = "".join(chr(code) for code in range(0x20, 0x7F))
CODES = st.text(PRINTABLE, min_size=1, max_size=30).filter(lambda code: code == code.strip())
LOTS = st.text(sorted(set("!\"%&'()*+,-./:;<=>?_" + string.ascii_letters + string.digits)), min_size=1, max_size=20)


def draw(text, dpi):
    return zpl.Bitmap(12, (b"\xff\xf0", b"\x80\x10"))


def sent(text, symbol, copies=1):
    texts = (Text(2, 5, 4, text, True),)
    placed = Placed(symbol, 5, 10, 40, 10, 0.25)
    return zpl.label(Arranged(texts, placed), MEDIA, copies, draw).encode()


def one(*arguments):
    [label] = reader.read(sent(*arguments))
    return label


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=80), code=CODES, style=st.sampled_from(Style))
def test_no_name_and_no_code_breaks_out_of_its_field(name, code, style):
    symbol = for_code(code, style)[0]
    label = one(name, symbol)
    *texts, barcode = label.fields
    shown = harmless(name)
    if not name.strip():
        assert texts == []
    elif shown.isascii():
        assert [text.data for text in texts] == [shown]
    else:
        assert texts[0].parameters("^GF")[0] == "A"
    assert [name for name, _ in label.commands] == ["^CI", "^LH", "^PW", "^LL", "^PQ"]
    assert what_a_scanner_reads(barcode) == symbol.data


@settings(max_examples=30, deadline=None)
@given(lot=LOTS)
def test_a_lot_comes_through_gs1_symbols_as_it_is(lot):
    elements = (("01", "04006381333931"), ("10", lot), ("21", lot))
    for style in (Style.BARS, Style.MATRIX):
        [symbol] = for_elements(elements, style)
        assert what_a_scanner_reads(one("A", symbol).fields[1]) == symbol.data
        assert "\x1d" in symbol.data


def what_a_scanner_reads(field):
    """The data of a Code 128 from its bars by a decoder; of others by what the programming guide says."""
    if field.parameters("^BC"):
        assert field.parameters("^BC")[2:] == ["N", "N", "N", "N"]
        [found] = zxingcpp.read_barcodes(reader.code_128_image(field.data), formats=zxingcpp.BarcodeFormat.Code128)
        return found.bytes.decode("ascii")
    if parameters := field.parameters("^BX"):
        return reader.data_matrix_data(field.data, parameters[6]).removeprefix("\x1d")
    assert field.parameters("^BQ")[:2] == ["N", "2"] and field.data.startswith("MA,")
    return field.data[3:]


def test_gs1_symbols_begin_with_fnc1():
    elements = (("01", "04006381333931"), ("10", "A1"))
    bars, matrix = for_elements(elements, Style.AUTO)
    field = one("A", bars).fields[1]
    [found] = zxingcpp.read_barcodes(reader.code_128_image(field.data))
    assert (found.symbology_identifier, found.text) == ("]C1", "(01)04006381333931(10)A1")
    field = one("A", matrix).fields[1]
    assert field.data.startswith(field.parameters("^BX")[6] + "1")


@pytest.mark.parametrize(
    ("kind", "data", "command", "given"),
    [
        (SymbolKind.EAN13, "4006381333931", "^BE", "400638133393"),
        (SymbolKind.UPCA, "012345678905", "^BE", "001234567890"),
        (SymbolKind.EAN8, "96385074", "^B8", "9638507"),
        (SymbolKind.ITF14, "14006381333938", "^B2", "14006381333938"),
    ],
)
def test_trade_items_are_given_to_the_printers_own_symbols(kind, data, command, given):
    field = one("A", Symbol(kind, data)).fields[-1]
    assert (field.parameters(command)[0], field.data) == ("N", given)


def test_the_printer_writes_the_digits_of_an_ean_itself():
    fields = one("4006381333931", Symbol(SymbolKind.EAN13, "4006381333931")).fields
    assert len(fields) == 1 and fields[0].parameters("^BE")[2] == "Y"


def test_copies_size_and_place_are_told_in_dots():
    label = one("A", Symbol(SymbolKind.CODE128, "A1"), 7)
    assert label.parameters("^PQ")[0] == "7"
    assert (label.parameters("^PW"), label.parameters("^LL")) == (["480"], ["320"])
    assert label.fields[1].parameters("^FO") == ["40", "80"]


def test_chinese_is_drawn_and_so_is_all_else_on_that_label():
    symbol = Symbol(SymbolKind.CODE128, "A1")
    arranged = Arranged((Text(2, 5, 4, "螺母"), Text(2, 9, 3, "M8")), Placed(symbol, 5, 10, 40, 10, 0.25))
    [label] = reader.read(zpl.label(arranged, MEDIA, 1, draw).encode())
    assert [field.parameters("^GF") for field in label.fields[:2]] == [["A", "4", "4", "2", "FFF08010"]] * 2


@settings(max_examples=30, deadline=None)
@given(code=CODES)
def test_the_width_of_code_128_is_the_width_that_was_reckoned_with(code):
    symbol = Symbol(SymbolKind.CODE128, code)
    image = reader.code_128_image("".join(zpl_symbols.code_128(symbol)))
    assert image.width // 3 - 40 == zpl_symbols.modules(symbol, 0)
