"""``wms import``, ``post``, ``export``, ``stock``, ``history`` and ``reverse``, as a script uses them."""

import json

import openpyxl
import pytest

MOVEMENTS = (
    "key,kind,sku,quantity,unit,from,to,reference\n"
    "k1,receipt,BOLT,2,carton,,A1,PO 1\nk1,receipt,NUT,7,,,A1,PO 1\nk2,transfer,BOLT,8,,A1,A2,\n"
)


def stock(wms):
    return [(row["sku"], row["location"], row["quantity"]) for row in wms("stock", "--json").json]


def test_post_is_safe_to_send_again(wms, file):
    name = file(MOVEMENTS)
    assert wms("post", name, user="ken").out == "Documents posted: 2. Posted before: 0.\n"
    assert wms("import", "movements", name, user="ken").out == "Documents posted: 0. Posted before: 2.\n"
    assert stock(wms) == [("BOLT", "A1", "40"), ("BOLT", "A2", "8"), ("NUT", "A1", "7")]


def test_post_takes_json_lines_and_standard_input(wms, file):
    lines = [
        {"key": "k1", "kind": "receipt", "sku": "FLOUR", "quantity": 0.1, "to": "A1"},
        {"key": "k2", "kind": "receipt", "sku": "FLOUR", "quantity": "0.2", "to": "A1"},
    ]
    text = "\n".join(map(json.dumps, lines))
    assert wms("post", "-", stdin=text).status == 0
    assert wms("post", file(text, "a.jsonl")).out == "Documents posted: 0. Posted before: 2.\n"
    assert stock(wms) == [("FLOUR", "A1", "0.3")]


def test_bad_rows_are_all_told_and_nothing_is_posted(wms, file):
    name = file(MOVEMENTS + "k3,receipt,NONE,1,,,A1,\nk4,issue,BOLT,999,,A1,,\nk5,receipt,BOLT,1e30,,,A1,\n")
    shown = wms("post", name)
    assert (shown.status, shown.out) == (1, "")
    assert shown.err == (
        "line 5: Unknown product NONE. Check the SKU or barcode.\n"
        "line 6: Not enough stock of BOLT at A1: 40 on hand, 999 wanted. Take less, or use another location.\n"
        "line 7: 1e30 is too much: a quantity is at most 999,999,999.\n"
        "Rows that cannot be taken: 3. Nothing was written.\n"
    )
    told = wms("post", name, "--json").json
    assert (told["error"], [row["line"] for row in told["rows"]]) == ("BadRows", [5, 6, 7])
    assert stock(wms) == []
    shown = wms("post", name, "--skip-bad")
    assert (shown.status, shown.out) == (1, "Documents posted: 2. Posted before: 0.\n")
    assert shown.err.endswith("Rows left out: 3.\n")
    assert stock(wms)[0] == ("BOLT", "A1", "40")


def test_a_dry_run_says_so(wms, file):
    shown = wms("post", file(MOVEMENTS), "--dry-run")
    assert shown.out == "Documents posted: 2. Posted before: 0.\nThis was a dry run: nothing was written.\n"
    assert stock(wms) == []


def test_warnings_are_told_and_stop_nothing(wms, file):
    name = file("sku,name,barcodes,Colour\nA,a,6901234567893,red\n")
    shown = wms("import", "products", name)
    assert (shown.status, shown.out) == (0, "1 created, 0 changed, 0 unchanged.\n")
    assert shown.err == (
        "The column Colour is not known and was left out.\n"
        "line 2: The check digit of barcode 6901234567893 is wrong. It was taken as it is.\n"
    )
    told = wms("import", "products", name, "--json").json
    assert (told["unchanged"], told["warnings"][1]["line"]) == (1, 2)


def test_a_chinese_spreadsheet_from_an_old_program(wms, tmp_path):
    text = "货号;名称;类别;售价;追踪\nL-1;六角螺栓;紧固件/螺栓;1,50;批次+有效期\n"
    (tmp_path / "a.csv").write_bytes(text.encode("gb18030"))
    assert wms("import", "products", "a.csv").out == "1 created, 0 changed, 0 unchanged.\n"
    wms("export", "products", "b.csv")
    assert "L-1,六角螺栓,紧固件/螺栓,,pcs,1.5,,,expiry,," in (tmp_path / "b.csv").read_text(encoding="utf-8-sig")


def test_another_encoding_by_name(wms, tmp_path):
    (tmp_path / "a.csv").write_bytes("sku,name\nA,Müller\n".encode("cp1252"))
    assert "Save it as UTF-8, or name its --encoding." in wms("import", "products", "a.csv").err
    assert wms("import", "products", "a.csv", "--encoding", "cp1252").status == 0


def test_opening_stock_once(wms, file):
    name = file("sku,location,quantity\nBOLT,A1,5\nNUT,A1,0\n")
    shown = wms("import", "stock", name)
    assert shown.out.startswith("Rows posted: 1, as A-")
    assert "Rows with nothing on hand: 1." in shown.out
    shown = wms("import", "stock", name)
    assert shown.status == 0
    assert "This file was imported already, as A-" in shown.err
    assert stock(wms) == [("BOLT", "A1", "5")]


@pytest.mark.parametrize("what", ["products", "locations", "stock", "movements"])
def test_an_export_is_made_every_night(wms, file, tmp_path, what):
    wms("post", file(MOVEMENTS))
    for name in ("out.csv", "out.xlsx", "out.csv"):
        assert wms("export", what, name).status == 0
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert sheet.max_row == len(lines)
    assert [cell.value for cell in sheet[1]] == lines[0].split(",")
    assert sorted(path.name for path in tmp_path.glob("*out*")) == ["out.csv", "out.xlsx"]


def test_an_export_to_standard_output_is_csv_alone(outside):
    done = outside("export", "locations", "-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"code,name,kind,parent\r\nA1,,bin,\r\n")


def test_an_export_keeps_formulas_from_the_spreadsheet(wms, file, tmp_path):
    wms("import", "products", file("sku,name\nEVIL,=cmd|' /C calc'!A0\n"))
    wms("export", "products", "out.csv")
    assert "EVIL,'=cmd|' /C calc'!A0," in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert wms("import", "products", "out.csv").out == "0 created, 0 changed, 8 unchanged.\n"


def test_a_keepers_export_has_no_cost(wms, tmp_path):
    wms("export", "products", "out.csv", user="ken")
    assert "cost" not in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    wms("export", "products", "out.csv", user="fay")
    assert "cost" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_stock_by_product_location_lot_and_time(wms, file):
    wms("post", file(MOVEMENTS))
    assert [row["quantity"] for row in wms("stock", "--sku", "4006381333931", "--json").json] == ["40", "8"]
    assert [row["sku"] for row in wms("stock", "--location", "A2", "--json").json] == ["BOLT"]
    assert wms("stock", "--lot", "L9", "--json").json == []
    assert wms("stock", "--as-of", "2020-01-01", "--json").json == []
    assert "value" in wms("stock", "--json").json[0]
    assert "value" not in wms("stock", "--json", user="ken").json[0]


def test_history_and_reversal(wms, file, monkeypatch):
    wms("post", file(MOVEMENTS))
    newest, oldest = wms("history", "--json").json
    assert (newest["kind"], oldest["kind"], oldest["reference"], oldest["lines"]) == ("transfer", "receipt", "PO 1", 2)
    assert wms("history", "--kind", "receipt", "--json").json == [oldest]
    assert wms("history", "--after", str(newest["document_id"]), "--json").json == [oldest]
    assert wms("history", "--limit", "1", "--json").json == [newest]
    monkeypatch.setattr("wms_tui.cli.history.MOST_PAGE", 1)
    assert wms("history", "--json").json == [newest, oldest]
    assert wms("history", "--until", "2020-01-01").out.split()[0] == "Id"
    assert "Reference: PO 1\n" in wms("history", oldest["number"]).out
    assert wms("history", oldest["number"], "--json").json["lines"][0]["entered_quantity"] == "2"
    assert wms("reverse", newest["number"], "--key", "v1").out.startswith(f"{newest['number']} was reversed by V-")
    assert " before." in wms("reverse", newest["number"], "--key", "v1").out
    shown = wms("reverse", newest["number"])
    assert shown.status == 1
    assert "was already reversed by V-" in shown.err
    assert wms("reverse", "R-1999-000001").err == "There is no document R-1999-000001.\n"
    assert stock(wms) == [("BOLT", "A1", "48"), ("NUT", "A1", "7")]


def test_files_that_cannot_be_used(wms, tmp_path):
    assert wms("post", "no.csv").err == "There is no file no.csv.\n"
    assert wms("import", "products", str(tmp_path)).err == f"{tmp_path} is a folder. Name a file in it.\n"
    assert wms("export", "stock", "out.ods").err.startswith("out.ods has an unknown ending.")


def test_json_lines_without_one_good_line_name_each_line(wms, file):
    shown = wms("post", file('{"key": "k1"\n{"key": NaN}\n', "a.jsonl"), "--json")
    assert (shown.status, [row["line"] for row in shown.json["rows"]]) == (1, [1, 2])
    assert shown.err.startswith("line 1: The line is not a JSON object of names with plain values.\n")


def test_a_codec_that_is_no_encoding_of_text_is_refused(wms, file):
    shown = wms("post", file(MOVEMENTS), "--encoding", "undefined")
    assert (shown.status, shown.err[:40]) == (1, "undefined is no encoding that this progr")


def test_no_code_stands_for_a_product_and_a_location(wms, file):
    shown = wms("import", "products", file("sku,name,barcodes\nA1,x,\nNEW,y,A2\nBOLT,Bolt,\n"))
    told = "is the code of a location: a scan of it would be ambiguous. Use another code."
    assert shown.err.splitlines()[:2] == [f"line 2: A1 {told}", f"line 3: A2 {told}"]
    shown = wms("import", "locations", file("code,kind,parent\nBOLT,bin,\n4006381333931,bin,\nA1,,\n"))
    told = "stands for product BOLT already. A code can stand for one thing only."
    assert shown.err.splitlines()[:2] == [f"line 2: BOLT {told}", f"line 3: 4006381333931 {told}"]
    assert (shown.status, "BOLT" in wms("export", "locations", "-").out) == (1, False)
