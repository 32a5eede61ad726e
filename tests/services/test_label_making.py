"""Printed labels are read by a scanner's decoder: from the PDF as it comes out of a printer."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.support import zpl as reader
from wms_tui.domain.barcodes import Rules, read
from wms_tui.domain.command_sheet import command_labels
from wms_tui.domain.label_layout import DoesNotFit
from wms_tui.domain.label_sizes import SIZES, parse_size
from wms_tui.domain.label_symbols import Style, SymbolKind
from wms_tui.domain.labels import LabelProduct, document_label, location_label, lot_label, product_label
from wms_tui.domain.products import Tracking
from wms_tui.domain.texts import as_written, translator
from wms_tui.services import label_bars, label_embedding
from wms_tui.services.label_making import as_pdf, as_zpl

DPI = 400
NUT = LabelProduct("NUT-HEX-02", "六角螺母 M8×20 不锈钢", "DIN 934", Tracking.NONE, ("4006381333931",))
MILK = LabelProduct("MLK-1L", "全脂牛奶 1 升", "", Tracking.EXPIRY, ("4006381333931",))
LONG = LabelProduct("LONG", "A name that goes on and on " * 6, "Specified at length. " * 9, Tracking.NONE)
LABELS = {
    "ean-13": product_label(NUT),
    "ean-8": product_label(NUT, "96385074"),
    "upc-a": product_label(NUT, "012345678905"),
    "itf-14": product_label(NUT, "14006381333938", "24 pcs"),
    "a code of the site's own": product_label(NUT, "BOLT^~>_\\"),
    "no barcode at all": product_label(LONG),
    "gtin as matrix": product_label(NUT, style=Style.MATRIX),
    "lot": lot_label(MILK, "L2026/114A", date(2026, 12, 31)),
    "lot in bars": lot_label(MILK, "L1", None, Style.BARS),
    "lot as qr": lot_label(MILK, "L2026/114A", date(2026, 12, 31), Style.QR),
    "location": location_label("H-01-02", "五金区 3 号架"),
    "document": document_label("R-2026-000123", (("", "Receipt"), ("Partner", "上海五金"))),
}
FORMATS = {
    SymbolKind.EAN13: "EAN-13",
    SymbolKind.EAN8: "EAN-8",
    SymbolKind.UPCA: "EAN-13",
    SymbolKind.ITF14: "ITF",
    SymbolKind.CODE128: "Code 128",
    SymbolKind.GS1_128: "Code 128",
    SymbolKind.DATAMATRIX: "Data Matrix",
    SymbolKind.GS1_DATAMATRIX: "Data Matrix",
    SymbolKind.QR: "QR Code",
}


def pages(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def printed(label, size, language=as_written):
    [page] = pages(as_pdf([label], parse_size(size), 1, language))
    return page


def scanned(image):
    [found] = zxingcpp.read_barcodes(image)
    return found


@pytest.mark.parametrize("size", ["50x30", "100x50", "a4-5x13"])
@pytest.mark.parametrize("name", LABELS)
def test_a_decoder_reads_what_was_meant_and_its_quiet_zones_are_kept(name, size):
    label, single = LABELS[name], replace(SIZES[size], columns=1, rows=1, page_width=0, page_height=0, left=0, top=0)
    try:
        [page] = pages(as_pdf([label], single, 1, as_written))
    except DoesNotFit:
        assert name in {"lot in bars", "lot as qr"} and size != "100x50"
        return
    found = scanned(page)
    chosen = {FORMATS[symbol.kind]: symbol for symbol in label.symbols}[str(found.format)]
    assert found.bytes.decode() == (chosen.data.zfill(13) if chosen.kind is SymbolKind.UPCA else chosen.data)
    gs1 = {SymbolKind.GS1_128: "]C1", SymbolKind.GS1_DATAMATRIX: "]d2"}
    assert found.symbology_identifier == gs1.get(chosen.kind, found.symbology_identifier)
    assert is_quiet(found, page, chosen) and is_within(page)


def is_within(page):
    """Nothing is printed where label printers may leave something out."""
    left, top, right, bottom = page.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    margin = DPI / 25.4 * 0.5
    return left >= margin and top >= margin and right <= page.width - margin and bottom <= page.height - margin


def is_quiet(found, page, symbol):
    """Left and right of the symbol there is nothing as far as its quiet zone reaches."""
    corners = found.position
    spots = [corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right]
    xs, ys = [spot.x for spot in spots], [spot.y for spot in spots]
    module = (max(xs) - min(xs)) / label_bars.modules(symbol)
    zone = {"Data Matrix": 1, "QR Code": 4, "EAN-8": 7}.get(str(found.format), 9) * module * 0.9
    middle = (min(ys) + max(ys)) // 2
    around = [(min(xs) - zone, min(xs) - module * 0.5), (max(xs) + module * 0.5, max(xs) + zone)]
    strips = [page.crop((int(start), middle - 2, int(end), middle + 2)) for start, end in around]
    return all(start >= 0 for start, _ in around) and all(strip.getextrema()[0] > 128 for strip in strips)


@pytest.mark.parametrize("style", [Style.BARS, Style.MATRIX, Style.QR])
def test_what_the_decoder_reads_the_program_understands(style):
    found = scanned(printed(lot_label(MILK, "L2026/114A", date(2026, 12, 31), style), "100x150"))
    reading = read(found.symbology_identifier + found.bytes.decode(), Rules(date(2026, 6, 1)))
    assert (reading.gtin, reading.lot, reading.expires) == ("04006381333931", "L2026/114A", date(2026, 12, 31))


def test_a_sheet_holds_every_label_and_goes_on_to_the_next_page():
    made = [location_label(f"H-{number:02}", "五金区") for number in range(1, 16)]
    first, second = pages(as_pdf(made, SIZES["a4-3x8"], 2, as_written), 300)
    found = [{one.text for one in zxingcpp.read_barcodes(page)} for page in (first, second)]
    assert found == [{f"H-{number:02}" for number in numbers} for numbers in (range(1, 13), range(13, 16))]


def test_chinese_stands_in_the_file_as_text_with_its_own_font():
    [text] = texts(as_pdf([LABELS["lot"]], SIZES["100x50"], 1, translator("zh_CN")))
    assert "全脂牛奶 1 升" in text and "批次 L2026/114A" in text and "有效期 2026-12-31" in text
    pdf = as_pdf([LABELS["ean-13"]], SIZES["100x50"], 1, as_written)
    assert b"FontFile2" in pdf


def test_a_second_file_has_the_letters_that_the_first_one_did_not_need():
    for letters in ("abc", "bcd 螺", "xyz 母"):
        [text] = texts(as_pdf([location_label("A1", letters)], SIZES["100x50"], 1, as_written))
        assert letters in text


def test_chinese_is_drawn_with_strokes_and_not_as_boxes():
    """A box for a missing letter is the same for every letter."""
    drawn = {printed(location_label("A1", name), "50x30").tobytes() for name in "螺母牛"}
    assert len(drawn) == 3


def test_a_long_name_is_shortened_visibly_and_the_code_never():
    [text] = texts(as_pdf([product_label(LONG)], SIZES["50x30"], 1, as_written))
    assert "..." in text and "SKU LONG" in text


def test_what_does_not_fit_is_refused_with_a_sentence():
    with pytest.raises(DoesNotFit) as refused:
        as_pdf([location_label("X" * 60, "", Style.BARS)], SIZES["50x30"], 1, as_written)
    assert "Choose a larger label" in str(refused.value)


def test_bars_that_do_not_fit_give_way_to_a_matrix():
    found = scanned(printed(location_label("X" * 40, ""), "50x30"))
    assert (str(found.format), found.text) == ("Data Matrix", "X" * 40)


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_zpl_has_the_label_within_its_paper(dpi):
    labels = list(LABELS.values())
    size = parse_size("100x50")
    read_again = reader.read(as_zpl(labels, size, dpi, 2, translator("zh_CN")).encode())
    assert len(read_again) == len(labels)
    for label in read_again:
        width, height = int(label.parameters("^PW")[0]), int(label.parameters("^LL")[0])
        assert label.parameters("^PQ")[0] == "2"
        for field in label.fields:
            x, y = map(int, (field.parameters("^FO") or field.parameters("^FT"))[:2])
            assert 0 < x < width and 0 < y < height
            if graphic := field.parameters("^GF"):
                assert x + int(graphic[3]) * 8 <= width + 8
                assert len(graphic[4]) == 2 * int(graphic[1])


def test_the_sheet_of_commands_is_read_as_commands():
    made = command_labels()
    sheets = pages(as_pdf(made, SIZES["a4-3x8"], 1, translator("zh_CN")), 300)
    found = [symbol.text for sheet in sheets for symbol in zxingcpp.read_barcodes(sheet)]
    assert sorted(found) == sorted(label.named for label in made)


def test_the_same_labels_are_the_same_file():
    made = [as_pdf(list(LABELS.values()), SIZES["100x50"], 1, as_written) for _ in range(2)]
    assert made[0] == made[1] and BytesIO(made[0]).read(5) == b"%PDF-"


def test_a_file_is_the_same_whatever_was_printed_before(monkeypatch):
    """Letters that were printed before are kept for the next file, as many as there is room for."""
    monkeypatch.setattr(label_embedding, "MOST_KEPT", 120)
    made = [
        {name: as_pdf([LABELS[name]], SIZES["100x50"], 1, as_written) for name in names}
        for names in (list(LABELS), reversed(LABELS))
    ]
    assert made[0] == made[1]
