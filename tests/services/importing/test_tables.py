"""Columns are found by their names, cells are read exactly, and every bad row is told with its line."""

from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from wms_tui.domain.errors import FileError
from wms_tui.domain.locations import LocationKind
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.products import Tracking
from wms_tui.services.importing import checks, documents
from wms_tui.services.importing.file_kinds import LOCATIONS, MOVEMENTS, PRODUCTS, STOCK
from wms_tui.services.importing.packed_barcodes import PackedBarcode
from wms_tui.services.importing.tables import read_table


def table(tmp_path, text, kind=PRODUCTS, name="file.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_table(str(path), kind)


def faults(found):
    return [(line, error.text()) for line, error in found.faults]


def prices(tmp_path, *written, separator=";"):
    rows = "\n".join(f"P{place}{separator}{price}" for place, price in enumerate(written))
    found = table(tmp_path, f"sku{separator}price\n{rows}\n")
    return [row.price for _, row in found.rows], faults(found)


def test_headers_in_english_and_chinese_however_they_are_written(tmp_path):
    for header in ("SKU,Name,Min_Stock,BARCODES", "货号,名称,最低库存,条码", "ｓｋｕ, N A M E ,Min Stock,条形码"):
        found = table(tmp_path, f"{header}\nB-1,螺栓,5,6901234567892\n")
        (_, row), *_ = found.rows
        assert (row.sku, row.name, row.min_stock) == ("B-1", "螺栓", 5)
        assert row.barcodes == (PackedBarcode("6901234567892"),)
    chinese = "键,类型,商品编码,数量,单位,从,到,批次,有效期,参考号,往来单位,原因,备注,放行原因,生产日期,时间,单位成本\n"
    found = table(
        tmp_path,
        chinese + "k1,入库,B-1,2,箱,,A1,L1,2026年3月5日,PO 1,甲,,说明,,2026/1/15,2026/3/5 8:00,1.5\n",
        MOVEMENTS,
    )
    assert not found.notices
    assert found.given.keys() == {column.name for column in MOVEMENTS.columns}
    (_, row), *_ = found.rows
    assert (row.kind, row.target, row.expires) == (DocumentKind.RECEIPT, "A1", date(2026, 3, 5))
    assert row.manufactured == date(2026, 1, 15)
    assert row.at == datetime(2026, 3, 5, 8, tzinfo=UTC)


def test_unknown_and_nameless_columns_are_named_and_left_out(tmp_path):
    found = table(tmp_path, "sku,Colour,,\nA,red,x,\n")
    assert [notice.text() for notice in found.notices] == [
        "The column Colour is not known and was left out.",
        "Column 3 has no name and was left out.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("sku,名称,Name\nA,b,c\n", "has the column name twice: 名称 and Name. Remove one."),
        ("name,price\nA,1\n", "lacks columns: sku. It has: name, price."),
        ("sku,name\n", "has a header and no rows below it."),
        (
            "sku;price\nA;1,5\nB;1.5\n",
            "writes 1.5 in line 3 and 1,5 in line 2: decimal point and decimal comma in one file. "
            "Write all numbers in one way.",
        ),
    ],
)
def test_files_refused_as_a_whole(tmp_path, text, sentence):
    with pytest.raises(FileError) as refused:
        table(tmp_path, text)
    assert refused.value.text().endswith(sentence)


def test_a_file_with_decimal_commas(tmp_path):
    assert prices(tmp_path, "1,5", "1.234,50", "1.234", "1,234", "12") == (
        [Decimal("1.5"), Decimal("1234.5"), Decimal(1234), Decimal("1.234"), Decimal(12)],
        [],
    )
    assert prices(tmp_path, "1,234")[0] == [Decimal("1.234")], "separated by semicolons"
    assert prices(tmp_path, "0,125", '"1,234"', separator="\t")[0] == [Decimal("0.125"), Decimal("1.234")]


def test_a_file_with_decimal_points(tmp_path):
    assert prices(
        tmp_path, "1.5", '"1,234.50"', '"1,234"', "1.234", "1 234.5", "1'234.5", "１２.５", separator=","
    ) == (
        [Decimal(n) for n in ("1.5", "1234.5", "1234", "1.234", "1234.5", "1234.5", "12.5")],
        [],
    )
    assert prices(tmp_path, '"1,234,567"', '"1,234"', separator=",")[0] == [Decimal(1234567), Decimal(1234)]
    assert prices(tmp_path, "1.234", separator=",")[0] == [Decimal("1.234")], "separated by commas"


@pytest.mark.parametrize(("written", "separator"), [('"1,234"', ","), ("1,234", "\t"), ("1.234", ";"), ("1.234", "\t")])
def test_an_ambiguous_number_is_refused_never_guessed(tmp_path, written, separator):
    plain = written.strip('"')
    assert prices(tmp_path, written, "12", separator=separator) == (
        [Decimal(12)],
        [(2, f"price: {plain} may be 1234 or 1.2340. Write it as one of these.")],
    )


def test_numbers_that_are_none_or_do_not_fit(tmp_path):
    assert [sentence for _, sentence in prices(tmp_path, "abc", "-1", "1.23456", "1e30", "12,5.0", "1e5")[1]] == [
        "price: abc is not a number.",
        "price: -1 must be from 0 to 999,999,999.",
        "price: 1.23456 has more than 4 decimals.",
        "price: 1e30 is not a number.",
        "price: 12,5.0 is not a number.",
        "price: 1e5 is not a number.",
    ]


def test_quantities_that_cannot_be_moved(tmp_path):
    rows = "".join(
        f"k{n},receipt,A,{q}\n" for n, q in enumerate(("0", "-3", "1e30", "many", "0.0000001", "", "1000000000"))
    )
    assert faults(table(tmp_path, "key,kind,sku,quantity\n" + rows, MOVEMENTS)) == [
        (2, "0 is not a quantity. Enter a number above 0, with at most 6 decimals."),
        (3, "-3 is not a quantity. Enter a number above 0, with at most 6 decimals."),
        (4, "1e30 is too much: a quantity is at most 999,999,999."),
        (5, "many is not a quantity. Enter a number above 0, with at most 6 decimals."),
        (6, "0.0000001 is not a quantity. Enter a number above 0, with at most 6 decimals."),
        (7, "quantity is missing."),
        (8, "1000000000 is too much: a quantity is at most 999,999,999."),
    ]


def test_json_numbers_are_never_floats(tmp_path):
    lines = ["0.1", "1e30", "1e999999999", "0.1000000000000000000000000000000001", "true", '"12"', '"1,234"']
    text = "\n".join(f'{{"key": "{n}", "kind": "issue", "sku": "A", "quantity": {q}}}' for n, q in enumerate(lines))
    found = table(tmp_path, text, MOVEMENTS, "a.jsonl")
    assert [str(row.quantity) for _, row in found.rows] == ["0.1", "12"]
    assert [line for line, _ in found.faults] == [2, 3, 4, 5, 7]


def test_what_a_spreadsheet_has_mangled_is_refused(tmp_path):
    found = table(tmp_path, "sku,barcodes\n6.81E+12,\nB,6.81E+12\nC,6901|1E+05\n1E05,1-2\n")
    assert faults(found) == [
        (
            line,
            f"{column}: {text} was changed by a spreadsheet, its characters are lost. "
            "Format the column as text and enter it again.",
        )
        for line, column, text in ((2, "sku", "6.81E+12"), (3, "barcodes", "6.81E+12"), (4, "barcodes", "1E+05"))
    ]
    assert [row.sku for _, row in found.rows] == ["1E05"], "a code that only looks like a number is a code"


def test_mangled_cells_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    for row in (["sku", "barcodes"], [datetime(2026, 3, 1), None], ["B", 12345678901234567890], ["C", 6901234567892]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read_table(str(tmp_path / "a.xlsx"), PRODUCTS)
    assert [line for line, _ in found.faults] == [2, 3]
    assert found.rows[0][1].barcodes == (PackedBarcode("6901234567892"),)


def test_barcodes_in_one_cell_with_what_they_pack(tmp_path):
    found = table(tmp_path, "sku,barcodes\nA,6901 6902|6903*24;6904×6\nB,6905*0\nC,6906*x\nD,*5\n")
    assert found.rows[0][1].barcodes == (
        PackedBarcode("6901"),
        PackedBarcode("6902"),
        PackedBarcode("6903", Decimal(24)),
        PackedBarcode("6904", Decimal(6)),
    )
    assert faults(found) == [
        (3, "6905*0 is not a quantity. Enter a number above 0, with at most 6 decimals."),
        (4, "barcodes: 6906*x is not a barcode, or a barcode and what it packs, such as 6901234567892*24."),
        (5, "barcodes: *5 is not a barcode, or a barcode and what it packs, such as 6901234567892*24."),
    ]


def test_wrong_check_digits_are_told_and_taken(tmp_path):
    found = table(tmp_path, "sku,barcodes\nA,6901234567892\nB,6901234567893\n")
    assert [(notice.line, notice.text()) for notice in checks.check_digits(found.rows)] == [
        (3, "The check digit of barcode 6901234567893 is wrong. It was taken as it is.")
    ]


def test_a_product_or_barcode_that_stands_twice(tmp_path):
    found = table(tmp_path, "sku,barcodes\nA,1|2\nA,3\nB,2\n")
    assert [(line, error.text()) for line, error in checks.repeated_products(found)] == [
        (3, "sku A stands in line 2 already."),
        (4, "barcodes 2 stands in line 2 already."),
    ]


@pytest.mark.parametrize(
    ("written", "tracking"),
    [
        ("", None),
        ("none", "none"),
        ("LOT", "lot"),
        ("lot+expiry", "expiry"),
        ("Lot + Expiry", "expiry"),
        ("无", "none"),
        ("批次", "lot"),
        ("批次+有效期", "expiry"),
        ("批次＋有效期", "expiry"),
        ("序列号", "serial"),
    ],
)
def test_tracking_words(tmp_path, written, tracking):
    (_, row), *_ = table(tmp_path, f"sku,tracking\nA,{written}\n").rows
    assert row.tracking == (Tracking(tracking) if tracking else None)


def test_unknown_words(tmp_path):
    assert faults(table(tmp_path, "sku,tracking\nA,maybe\n")) == [
        (2, "tracking: maybe is not known. Use one of: none, lot, expiry, serial.")
    ]
    found = table(tmp_path, "code,kind\nA,库位\nB,shed\n", LOCATIONS)
    assert found.rows[0][1].kind is LocationKind.BIN
    assert faults(found)[0][1].startswith("kind: shed is not known. Use one of: warehouse, zone, aisle, bin,")


@pytest.mark.parametrize(
    "written", ["2026-03-05", "2026/3/5", "2026.3.5", "20260305", "2026年3月5日", "2026-03-05 00:00:00.000"]
)
def test_dates_with_the_year_first(tmp_path, written):
    (_, row), *_ = table(tmp_path, f"sku,location,quantity,expires\nA,B,1,{written}\n", STOCK).rows
    assert row.expires == date(2026, 3, 5)


def test_dates_that_cannot_be_told(tmp_path):
    rows = "".join(f"A,B,1,{d}\n" for d in ("05/03/2026", "31.12.26", "2026-02-30", "soon", "2026-03-05 10:00"))
    assert faults(table(tmp_path, "sku,location,quantity,expires\n" + rows, STOCK)) == [
        (2, "expires: 05/03/2026 may name the day or the month first. Write it as YYYY-MM-DD."),
        (3, "expires: 31.12.26 may name the day or the month first. Write it as YYYY-MM-DD."),
        (4, "expires: 2026-02-30 is not a date. Write it as YYYY-MM-DD."),
        (5, "expires: soon is not a date. Write it as YYYY-MM-DD."),
        (6, "expires: 2026-03-05 10:00 is not a date. Write it as YYYY-MM-DD."),
    ]


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-03-05T08:00:00Z", 8),
        ("2026-03-05 08:00", 8),
        ("2026-03-05T08:00:00+08:00", 0),
        ("2026/3/5 8:00", 8),
        ("2026-03-05", 0),
        ("2026-03-05 08:00:00.000", 8),
    ],
)
def test_times_are_in_utc_unless_they_name_their_zone(tmp_path, written, hour):
    (_, row), *_ = table(tmp_path, f"key,kind,sku,quantity,at\nk,issue,A,1,{written}\n", MOVEMENTS).rows
    assert row.at == datetime(2026, 3, 5, hour, tzinfo=UTC)


def test_times_that_are_none(tmp_path):
    rows = "".join(
        f"k,issue,A,1,{at}\n" for at in ("noon", "2026-03-05 25:00", "5/3/2026 8:00", "0001-01-01 00:00+09:00")
    )
    found = table(tmp_path, "key,kind,sku,quantity,at\n" + rows, MOVEMENTS)
    assert [sentence.split(". ")[0] for _, sentence in faults(found)] == [
        "at: noon is not a time",
        "at: 2026-03-05 25:00 is not a time",
        "at: 5/3/2026 8:00 may name the day or the month first",
        "at: 0001-01-01 00:00+09:00 is not a time",
    ]


def test_dates_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    header = ["key", "kind", "sku", "quantity", "expires", "at"]
    for row in (
        header,
        ["k", "issue", "A", 1, datetime(2026, 3, 5), datetime(2026, 3, 5, 8)],
        ["k", "issue", "A", 1, 4.5],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read_table(str(tmp_path / "a.xlsx"), MOVEMENTS)
    assert (found.rows[0][1].expires, found.rows[0][1].at) == (date(2026, 3, 5), datetime(2026, 3, 5, 8, tzinfo=UTC))
    assert faults(found) == [(3, "expires: 4.5 is not a date. Write it as YYYY-MM-DD.")]


def test_control_characters_are_refused_in_codes_and_kept_in_names(tmp_path):
    found = table(tmp_path, "sku,name\nA\x1b[2J,x\nB,red\x1b[31m [/] \u202e\n")
    assert [line for line, _ in found.faults] == [2]
    assert "holds control characters" in found.faults[0][1].text()
    assert found.rows[0][1].name == "red\x1b[31m [/] \u202e"
    hidden = table(tmp_path, '{"sku": "A", "name": "a\\u0000b"}\n{"sku": "B", "name": "\\ud800"}', name="a.jsonl")
    assert [line for line, _ in hidden.faults] == [1, 2]


def test_texts_that_are_too_long(tmp_path):
    assert faults(table(tmp_path, f"sku,name\n{'A' * 81},{'n' * 401}\n")) == [
        (2, "sku is too long: 81 characters, at most 80."),
        (2, "name is too long: 401 characters, at most 400."),
    ]


def test_a_guard_against_formulas_is_taken_off_again(tmp_path):
    found = table(tmp_path, "sku,name\nA,'=cmd|' /C calc'!A0\nB,'tis\n")
    assert [row.name for _, row in found.rows] == ["=cmd|' /C calc'!A0", "'tis"]


def test_rows_with_one_key_are_one_document(tmp_path):
    found = table(
        tmp_path,
        "key,kind,sku,quantity,to,reference\nk1,receipt,A,1,X,PO 1\n"
        "k2,receipt,A,3,X,\nk1,receipt,B,2,Y,PO 1\nk1,issue,B,1,,PO 1\n",
        MOVEMENTS,
    )
    grouped, wrong = documents.group(found.rows)
    assert [(filed.document.request_id, filed.lines) for filed in grouped] == [("k1", (2, 4, 5)), ("k2", (3,))]
    assert grouped[0].document.lines[1].target == "Y"
    assert [(line, error.text()) for line, error in wrong] == [
        (5, "Key k1: kind differs from line 2. Rows with the same key are one document.")
    ]
