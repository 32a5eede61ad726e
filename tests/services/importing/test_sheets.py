"""Files of every encoding and separator come out as the same rows; what cannot be read is refused with a sentence."""

import os
from datetime import datetime

import openpyxl
import pytest

from wms_tui.domain.errors import FileError
from wms_tui.services.importing.sheets import read_sheet

TEXT = 'sku,name,note\nB-1,六角螺栓 M8,"two\nlines"\n\nB-2,最一言,\n'


def write(tmp_path, content, name="file.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return str(path)


def workbook(tmp_path, rows, name="file.xlsx", formats=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in formats:
        book.active[cell].number_format = number_format
    book.save(tmp_path / name)
    return str(tmp_path / name)


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode(), id="utf-8"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16 with mark"),
        pytest.param(lambda text: b"\xfe\xff" + text.encode("utf-16-be"), id="utf-16 be with mark"),
        pytest.param(lambda text: text.encode("utf-16-le"), id="utf-16 le"),
        pytest.param(lambda text: text.encode("utf-16-be"), id="utf-16 be"),
        pytest.param(lambda text: text.encode("utf-32"), id="utf-32"),
        pytest.param(lambda text: text.encode("gb18030"), id="gb18030"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="crlf"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_gives_the_same_rows(tmp_path, encode, separator):
    sheet = read_sheet(write(tmp_path, encode(TEXT.replace(",", separator))))
    assert sheet.header == ("sku", "name", "note")
    assert [(row.line, row.cells[0], row.cells[1]) for row in sheet.rows] == [
        (2, "B-1", "六角螺栓 M8"),
        (5, "B-2", "最一言"),
    ]
    assert sheet.rows[0].cells[2].splitlines() == ["two", "lines"]
    assert sheet.separator == separator


def test_old_line_ends_and_a_declared_separator(tmp_path):
    assert len(read_sheet(write(tmp_path, b"sku,name\rA,1\rB,2\r")).rows) == 2
    sheet = read_sheet(write(tmp_path, b"sep=;\r\nsku;name, long\r\nA;1\r\n"))
    assert (sheet.header, sheet.rows[0].line) == (("sku", "name, long"), 3)


def test_the_header_decides_the_separator_not_the_data(tmp_path):
    sheet = read_sheet(write(tmp_path, b'"sku";"name; first, second";price\nA;"a,b,c,d,e";1,5\n'))
    assert sheet.rows[0].cells == ("A", "a,b,c,d,e", "1,5")


def test_short_rows_are_filled_and_long_rows_are_faults(tmp_path):
    sheet = read_sheet(write(tmp_path, b"sku,name,price\nA\nB,b,1,,\nC,c,1,5\n"))
    assert sheet.rows[0].cells == ("A", None, None)
    assert sheet.rows[1].fault is None
    assert sheet.rows[2].fault.text().startswith("The row has 4 cells, the header 3.")


def test_latin_text_is_not_taken_for_chinese(tmp_path):
    path = write(tmp_path, "sku,name\nA,Müller Käse größer\n".encode("cp1252"))
    with pytest.raises(FileError) as refused:
        read_sheet(path)
    assert refused.value.text() == (
        f"{path} is not written in UTF-8, GB18030 (line 2). Save it as UTF-8, or name its --encoding."
    )
    assert read_sheet(path, "cp1252").rows[0].cells == ("A", "Müller Käse größer")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "{path} is empty."),
        (b"\xef\xbb\xbf\r\n \n", "a.csv", "{path} is empty."),
        (b",,\n,\n", "a.csv", "{path} is empty."),
        (b"sku,name\nA,\x00\x00\x00x\n\x00", "a.csv", "{path} is not a text file: it holds NUL bytes."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", "a.csv", "{path} is not a text file"),
        (b"sku,name\nA,\xff\xff\xff\n", "a.csv", "{path} is not written in UTF-8, GB18030 (line 2)."),
        (b"\xef\xbb\xbfsku\n\xff\n", "a.csv", "{path} is not written in utf-8 (line 2)."),
        (b"\xff\xfes\x00k\x00u", "a.csv", "{path} is not written in utf-16"),
        (b'sku,name\nA,1\nB,"open\nC,3\n', "a.csv", "{path}, line 3: a quotation mark is not closed"),
        (b'sku,name\nA,"6" bolt"\n', "a.csv", "{path}, line 2: a quotation mark is not closed, or text follows it."),
        (b"sku,name\nA," + b"x" * 140_000, "a.csv", "{path}, line 2: a cell has more than 131,072 characters."),
        (b"PK\x03\x04 no zip", "a.xlsx", "{path} is not a readable XLSX workbook."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "{path} is an old XLS workbook or has a password."),
    ],
)
def test_files_that_cannot_be_read(tmp_path, content, name, sentence):
    path = write(tmp_path, content, name)
    with pytest.raises(FileError) as refused:
        read_sheet(path)
    assert refused.value.text().startswith(sentence.format(path=path))


def test_a_missing_file_a_folder_and_a_name_that_cannot_be(tmp_path):
    for path, sentence in (
        (tmp_path / "no.csv", "There is no file {}."),
        (tmp_path, "{} is a folder. Name a file in it."),
        (tmp_path / "file.csv" / "below", "{} cannot be used: Not a directory."),
        ("nul\x00byte", "{} cannot be used: embedded null byte."),
    ):
        (tmp_path / "file.csv").write_text("x")
        with pytest.raises(FileError) as refused:
            read_sheet(str(path))
        assert refused.value.text() == sentence.format(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = write(tmp_path, b"sku\nA\n")
    (tmp_path / "file.csv").chmod(0)
    with pytest.raises(FileError) as refused:
        read_sheet(path)
    assert refused.value.text() == f"{path} may not be opened by you. Change its permissions or copy it."


def test_an_unknown_encoding(tmp_path):
    for encoding in ("klingon", "rot13", "\x00"):
        with pytest.raises(FileError) as refused:
            read_sheet(write(tmp_path, b"sku\nA\n"), encoding)
        assert "is no encoding that this program knows" in refused.value.text()


def test_a_workbook_keeps_its_types_and_loses_no_digits(tmp_path):
    path = workbook(
        tmp_path,
        [
            [None, None],
            ["sku", "barcodes", "price", "at", "note", None],
            [12345, 6901234567892, 0.1 + 0.2, datetime(2026, 3, 5, 7, 8), True],
            [None, None, None, None, None],
            [42, 6.901234567892e12, 1200.0, None, "text"],
        ],
        formats=[("A5", "00000")],
    )
    sheet = read_sheet(path)
    assert sheet.header == ("sku", "barcodes", "price", "at", "note")
    assert [row.line for row in sheet.rows] == [3, 5]
    assert [str(value) for value in sheet.rows[0].cells] == [
        "12345",
        "6901234567892",
        "0.3",
        "2026-03-05 07:08:00",
        "True",
    ]
    assert sheet.rows[1].cells[:3] == ("00042", 6901234567892, 1200)


def test_a_workbook_with_errors_further_sheets_and_long_rows(tmp_path):
    book = openpyxl.Workbook()
    for row in (["sku", "quantity"], ["A", "#N/A"], ["B", 1, "more"]):
        book.active.append(row)
    book.create_sheet("Other")
    book.save(tmp_path / "a.xlsx")
    sheet = read_sheet(str(tmp_path / "a.xlsx"))
    assert [notice.text() for notice in sheet.notices] == [
        "Only the first sheet, Sheet, was read; the workbook has 2 sheets."
    ]
    assert [row.fault.text().split(".")[0] for row in sheet.rows] == [
        "B2 holds #N/A, an error of the spreadsheet",
        "The row has 3 cells, the header 2",
    ]


def test_a_truncated_workbook_and_an_empty_one(tmp_path):
    workbook(tmp_path, [["sku"], ["A"]])
    whole = (tmp_path / "file.xlsx").read_bytes()
    with pytest.raises(FileError) as refused:
        read_sheet(write(tmp_path, whole[: len(whole) // 2], "half.xlsx"))
    assert "is not a readable XLSX workbook" in refused.value.text()
    with pytest.raises(FileError) as refused:
        read_sheet(workbook(tmp_path, [], "empty.xlsx"))
    assert refused.value.text().endswith("empty.xlsx is empty.")


def test_json_lines_are_exact_and_bad_lines_are_faults(tmp_path):
    lines = (
        '{"key": "a", "quantity": 0.1}',
        "",
        '{"key": "b", "单位": null}',
        "[1]",
        '{"key": {}}',
        '{"key": NaN}',
        '{"key": 1, "key": 2}',
        '{"key": 1e99999999999999999999}',
        '{"key"',
        '{"a": ' + "[" * 100_000,
    )
    sheet = read_sheet(write(tmp_path, "\n".join(lines).encode(), "a.jsonl"))
    assert sheet.header == ("key", "quantity", "单位")
    assert str(sheet.rows[0].cells[1]) == "0.1"
    assert [row.line for row in sheet.rows if row.fault] == [4, 5, 6, 7, 8, 9, 10]
    assert sheet.rows[2].fault.text() == "The line is not a JSON object of names with plain values."
