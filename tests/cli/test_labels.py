"""``wms labels``, as a script uses it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from tests.support import zpl as reader
from tests.support.printers import FakePrinter, closed_port
from tests.support.warehouse import signed_in
from wms_tui.domain.setup import ChangeSettings
from wms_tui.services import setup
from wms_tui.services.backend import Backend


def codes_in(path):
    found = set()
    for page in pypdfium2.PdfDocument(path.read_bytes()):
        found |= {one.text for one in zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())}
    return found


@pytest.fixture
def printer():
    one = FakePrinter()
    yield one
    one.close()


def test_labels_of_products_locations_lots_and_documents_are_written_to_a_file(wms, tmp_path):
    assert wms("labels", "products", "BOLT", "14006381333938", "--pdf", "p.pdf").out == "Labels written to p.pdf: 2.\n"
    assert codes_in(tmp_path / "p.pdf") == {"4006381333931", "14006381333938"}
    answer = wms("labels", "locations", "A1", "A2", "--pdf", "l.pdf", "--size", "60x40", "--copies", "2", "--json")
    assert answer.json == {"labels": 4, "path": "l.pdf"}
    assert codes_in(tmp_path / "l.pdf") == {"A1", "A2"}
    assert wms("labels", "lots", "MILK", "M1", "--pdf", "m.pdf", "--symbol", "qr").status == 0
    assert codes_in(tmp_path / "m.pdf") == {"M1"}


def test_a_document_is_found_again_by_its_label(wms, file, tmp_path):
    wms("post", file("key,kind,sku,quantity,to\nk1,receipt,BOLT,2,A1\n"), user="ken")
    [document] = wms("history", "--json").json
    assert wms("labels", "documents", document["number"], "--pdf", "d.pdf", user="ken").status == 0
    assert codes_in(tmp_path / "d.pdf") == {document["number"]}


def test_the_sheet_of_commands_is_a_list_or_a_file(wms, tmp_path):
    shown = wms("labels", "commands", user="").out
    assert "Post" in shown and "..POST" in shown and "..X12" in shown
    listed = {row["code"] for row in wms("labels", "commands", "--json", user="").json}
    named = wms("labels", "commands", "--name", "rf-07", "--name", "RF-08", "--json", user="").json
    assert [row["code"] for row in named][-2:] == ["..DEVICE.RF-07", "..DEVICE.RF-08"]
    assert {row["code"] for row in named[:-2]} == listed
    assert "No label can name a terminal DOCK 3" in wms("labels", "commands", "--name", "dock 3", user="").err
    assert wms("labels", "commands", "--pdf", "c.pdf", user="").status == 0
    assert codes_in(tmp_path / "c.pdf") == listed


@pytest.fixture
def site(cli_url):
    """The site's commands begin with ``$$``, its badges with ``!B``."""
    with closing(Backend.open(cli_url)) as backend:
        ada = signed_in(backend, "ada")
        before = backend.run(setup.settings, ada, None)
        wanted = replace(before, command_prefix="$$", badge_prefix="!B")
        backend.run(setup.change, ada, ChangeSettings(before, wanted))


def test_the_sheet_has_the_sites_own_prefix_for_whoever_signs_in(wms, tmp_path, site):
    shown = wms("labels", "commands", user="ken")
    assert shown.out.startswith("Commands begin with $$, as the site's settings say.\n")
    assert ("$$POST" in shown.out, "..POST" in shown.out, shown.err) == (True, False, "")
    assert {row["code"][:2] for row in wms("labels", "commands", "--json", user="ken").json} == {"$$"}
    assert wms("labels", "commands", "--pdf", "c.pdf", user="ken").status == 0
    assert {code[:2] for code in codes_in(tmp_path / "c.pdf")} == {"$$"}


def test_without_a_sign_in_the_sheet_says_whose_prefix_it_has(wms, tmp_path, site):
    assert wms("labels", "commands", user="").out.startswith("Commands begin with .., where no site says otherwise")
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "wms.toml").write_text('[scanning]\ncommand_prefix = "%%"\n')
    shown = wms("labels", "commands", user="")
    assert shown.out.startswith("Commands begin with %%, as wms.toml says")
    assert "%%POST" in shown.out
    signed = wms("labels", "commands")
    assert "$$POST" in signed.out
    assert "has another one, %%" in signed.err


def test_where_commands_are_switched_off_there_is_no_sheet(wms, tmp_path):
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "wms.toml").write_text('[scanning]\ncommand_prefix = ""\n')
    refused = wms("labels", "commands", user="")
    assert (refused.status, "switched off" in refused.err) == (1, True)


def test_a_badge_is_read_by_the_sites_own_prefix(wms, site):
    assert wms("user", "badge", "ken", "--stdin", stdin="!BK-471108\n2468\n").status == 0
    refused = wms("user", "badge", "kim", "--stdin", stdin="k-471108\n2468\n")
    assert refused.status == 1, "the same badge without its prefix"


def test_a_printer_is_set_up_and_the_queue_worked_off(wms, printer):
    added = wms("labels", "add-printer", "Z", "--host", printer.host, "--port", str(printer.port), "--dpi", "300")
    assert added.out == "Printer Z was added.\n"
    queued = wms("labels", "products", "BOLT", "--printer", "Z", "--copies", "3", "--json", user="ken")
    assert queued.json == {"labels": 3, "printer": "Z", "job": 1}
    assert wms("labels", "printers", "--json").json[0]["waiting"] == 1
    assert wms("labels", "work", "--once", "--json", user="").json["sent"] == 1
    [label] = reader.read(printer.jobs[0])
    assert label.parameters("^PQ")[0] == "3"
    assert wms("labels", "queue", "--json").json == []
    [row] = wms("labels", "queue", "--all", "--json").json
    assert (row["title"], row["state"], row["user"]) == ("BOLT", "sent", "ken")
    assert wms("labels", "again", "1").out == "Job 1 is waiting now.\n"
    wms("labels", "work", "--once", user="")
    assert len(printer.jobs) == 2 and printer.jobs[0] == printer.jobs[1]


def test_a_printer_that_is_off_keeps_its_jobs(wms):
    wms("labels", "add-printer", "Z", "--host", "127.0.0.1", "--port", str(closed_port()))
    wms("labels", "locations", "A1", "--printer", "Z")
    shown = wms("labels", "work", "--once")
    assert shown.out == "Jobs sent: 0. To be tried again: 1. Perhaps printed: 0. Given up: 0.\n"
    assert "takes no connection" in wms("labels", "queue").out
    assert wms("labels", "cancel", "1").out == "Job 1 is cancelled now.\n"
    refused = wms("labels", "cancel", "1")
    assert (refused.status, refused.err[:22]) == (1, "Job 1 is cancelled now")
    assert wms("labels", "cancel", "7").status == 1


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("products", "BOLT"), 2, "--pdf FILE or --printer NAME"),
        (("products", "BOLT", "--pdf", "a.pdf", "--printer", "Z"), 2, "--pdf FILE or --printer NAME"),
        (("products", "NONE", "--pdf", "a.pdf"), 1, "Unknown product NONE"),
        (("lots", "MILK", "X", "--pdf", "a.pdf"), 1, "no lot X"),
        (("products", "BOLT", "--printer", "Z"), 1, "There is no printer Z"),
        (("products", "BOLT", "--pdf", "a.pdf", "--size", "huge"), 1, "is no size of labels"),
        (("products", "BOLT", "--pdf", "a.pdf", "--copies", "0"), 1, "number of copies"),
        (("products", "BOLT", "--pdf", "none/a.pdf"), 1, "There is no file none"),
        (("add-printer", "Z"), 2, "either a --host"),
        (("add-printer", "Z", "--host", "z", "--dpi", "96"), 1, "203, 300, 600"),
        (("add-printer", "Z", "--host", "z", "--port", "x"), 1, "not a port"),
    ],
)
def test_what_cannot_be_printed_is_told(wms, tmp_path, words, status, told):
    shown = wms("labels", *words)
    assert shown.status == status and told in shown.err and "Traceback" not in shown.err
    assert not list(tmp_path.glob("*.pdf"))


def test_whoever_may_not_print_is_refused(wms, tmp_path):
    shown = wms("labels", "products", "BOLT", "--pdf", "a.pdf", user="fay")
    assert shown.status == 1 and "Print labels" in shown.err
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize("missing", ["zint", "reportlab", "PIL", "fontTools", "justmytype_intl_cjk"])
def test_without_the_extra_it_is_told_how_to_install_it(wms, monkeypatch, tmp_path, missing):
    from wms_tui.services import label_bars, label_fonts

    label_bars.bars.cache_clear()
    label_fonts._font.cache_clear()
    label_fonts._advance.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    shown = wms("labels", "products", "BOLT", "--pdf", "a.pdf")
    assert (shown.status, "pip install 'wms-tui[labels]'" in shown.err) == (1, True)
    assert wms("labels", "commands", user="").status == 0, "the list needs nothing"


def test_work_goes_on_until_it_is_ended(wms, cli_url, tmp_path, printer):
    import os

    add = ("labels", "add-printer", "Z", "--host", printer.host, "--port", str(printer.port))
    assert wms(*add).status == 0
    environment = {**os.environ, "WMS_DATABASE_URL": cli_url, "WMS_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "wms_tui", "labels", "work", "--json"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as worker:
        assert b"Working off" in worker.stderr.readline()
        assert wms("labels", "locations", "A1", "--printer", "Z").status == 0
        for _ in range(200):
            if printer.jobs:
                break
            signal.sigtimedwait([], 0.1)
        worker.send_signal(signal.SIGTERM)
        out, _ = worker.communicate(timeout=30)
    assert worker.returncode == 0 and json.loads(out)["sent"] == 1
    assert len(printer.jobs) == 1
