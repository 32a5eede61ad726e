"""Exported files are harmless in a spreadsheet, come back unchanged, and appear whole or not at all."""

import csv
import gc
import os
import stat
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from wms_tui.domain.errors import FileError
from wms_tui.services.importing.cells import Entry, text
from wms_tui.services.importing.sheets import read_sheet
from wms_tui.services.table_files import write_table

NASTY = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
]
PLAIN = ["#N/A", "#REF!", "'tis", "[/]", "六角螺栓", "a=b", 'say "hi", twice\nplease', ""]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_text_that_looks_like_a_formula_is_guarded_and_comes_back(tmp_path, name):
    path = str(tmp_path / name)
    assert write_table(path, ["name"], [[value or "x"] for value in NASTY + PLAIN]) == len(NASTY + PLAIN)
    written = [row.cells[0] for row in read_sheet(path).rows]
    assert all(value.startswith("'") for value in written[: len(NASTY)])
    back = [text(100)(Entry(value, "name")) for value in written]
    expected = [value or "x" for value in NASTY + PLAIN]
    assert back == ([value.replace("\r", "\n") for value in expected] if name == "a.xlsx" else expected)


def test_numbers_stay_numbers(tmp_path):
    values = [Decimal("-1.50"), 7, date(2026, 3, 5), None, datetime(2026, 3, 5, 8, tzinfo=UTC)]
    write_table(str(tmp_path / "a.csv"), ["a", "b", "c", "d", "e"], [values])
    content = (tmp_path / "a.csv").read_bytes()
    assert content == b"\xef\xbb\xbfa,b,c,d,e\r\n-1.5,7,2026-03-05,,2026-03-05 08:00:00Z\r\n"
    write_table(str(tmp_path / "a.xlsx"), ["a", "b", "c", "d", "e"], [values])
    row = openpyxl.load_workbook(tmp_path / "a.xlsx").active[2]
    assert [cell.data_type for cell in row] == ["n", "n", "d", "n", "s"]


def test_a_workbook_takes_any_character_and_makes_no_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    write_table(str(path), ["name", "sku"], [["bell\x07 \x1b[2J \ud800 \x00", "=1+1"], ["0012", "6901234567892"]])
    sheet = openpyxl.load_workbook(path).active
    assert sheet["A2"].value == "bell� �[2J � �"
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("s", "'=1+1")
    assert (sheet["A3"].value, sheet["B3"].value) == ("0012", "6901234567892")


def test_standard_output_is_csv_without_a_mark(capfdbinary):
    write_table("-", ["名称"], [["螺栓"]])
    assert capfdbinary.readouterr().out == "名称\r\n螺栓\r\n".encode()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    path.chmod(0o640)

    def rows():
        yield ["new"]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        write_table(str(path), ["name"], rows())
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
    write_table(str(path), ["name"], [["new"]])
    assert list(csv.reader(path.open(encoding="utf-8-sig"))) == [["name"], ["new"]]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_table(str(tmp_path / "link.csv"), ["name"], [])
    assert (tmp_path / "link.csv").is_symlink()
    assert "name" in (tmp_path / "real.csv").read_text()


@pytest.mark.filterwarnings("error")
def test_more_rows_than_a_workbook_holds(tmp_path, monkeypatch):
    monkeypatch.setattr("wms_tui.services.table_files.MOST_ROWS", 2)
    path = tmp_path / "a.xlsx"
    assert write_table(str(path), ["n"], [[1], [2]]) == 2
    before = path.read_bytes()
    with pytest.raises(FileError) as refused:
        write_table(str(path), ["n"], [[1], [2], [3]])
    assert refused.value.text().startswith(f"{path} would have more than 2 rows, which no XLSX workbook holds.")
    gc.collect()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("folder.csv", "{} is a folder. Name a file in it."),
        ("pipe.csv", "{} is not a file that can be replaced."),
        ("no/such.csv", "{} cannot be used: No such file or directory."),
        ("a.ods", "{} has an unknown ending. Name a file that ends in .csv or .xlsx."),
    ],
)
def test_files_that_cannot_be_written(tmp_path, name, sentence):
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(FileError) as refused:
        write_table(str(tmp_path / name), ["name"], [])
    assert refused.value.text() == sentence.format(tmp_path / name)
