"""``wms scan`` explains a code to a person, and answers a stream of codes line by line."""

import io
import json
import subprocess
import sys

import pytest

from tests.domain.barcodes.judging import VECTORS
from tests.support.warehouse import PASSWORD
from wms_tui.cli import run
from wms_tui.cli.scan_stream import MOST_LINE, codes_of

GTIN = "4006381333931"
LABEL = f"]C1010{GTIN}1726123110AB\x1d21X"
MEMBERS = {"kind", "gtin", "lot", "expires", "serial", "quantity", "ais"}


@pytest.fixture
def bare(tmp_path, monkeypatch, capsys):
    """Runs ``wms scan …`` where there is no database and nobody is signed in."""
    for name in ("WMS_USER", "WMS_PASSWORD", "WMS_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WMS_HOME", str(tmp_path))
    monkeypatch.setenv("WMS_LANG", "en")

    def call(*argv, stdin=b""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = run(["scan", *argv])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def answers(out):
    return [json.loads(line) for line in out.splitlines()]


def test_a_label_is_explained_part_by_part(bare):
    status, out, err = bare(LABEL, "--explain")
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        f"Read: ]C1010{GTIN}1726123110AB<FNC1>21X",
        "Symbol: GS1-128 (]C1)",
        "It is a GS1 code with these parts:",
        f"(01) GTIN: 0{GTIN}",
        "(17) USE BY or EXPIRY: 261231 = 2026-12-31",
        "(10) BATCH/LOT: AB",
        "(21) SERIAL: X",
        f"It names the trade item 0{GTIN}. No catalog was asked.",
    ]


def test_a_refused_code_tells_what_was_read_and_what_to_do(bare):
    status, out, _ = bare(f"]C1010{GTIN}10\x1d17261231", "--explain")
    assert status == 1
    assert out.splitlines()[-2:] == [
        f"(01) GTIN: 0{GTIN}",
        f"]C1010{GTIN}10<FNC1>17261231: part (10) BATCH/LOT is empty. Use another label, or enter it by hand.",
    ]


def test_without_explain_the_meaning_alone_is_told(bare):
    assert bare("..X12") == (0, "It is the command: Quantity 12\n", "")
    assert bare("..GO.COUNT") == (0, "It is the command: Go to a screen Counting\n", "")
    assert bare("..DEVICE.RF-07") == (0, "It is the command: This terminal is RF-07\n", "")


def test_a_badge_is_never_shown(bare):
    status, out, _ = bare(".ID.s3cret", "--explain")
    assert (status, "s3cret" in out) == (0, False)
    assert answers(bare("--json", ".ID.s3cret")[1]) == [
        {"kind": "badge", "gtin": None, "lot": None, "expires": None, "serial": None, "quantity": None, "ais": []}
    ]


def test_a_code_is_missing(bare):
    assert bare()[0] == 2


def test_each_line_is_answered_by_one_object(bare):
    lines = [GTIN, "", LABEL, "..X12", "]", "\x00\x10\x11\x1b", f"(01)0{GTIN}(3103)001250(30)24", "x" * 300_000, "ABC"]
    status, out, err = bare("--json", "-", stdin="\r\n".join(lines).encode() + b"\n\xff\xfe\xc3\n" + GTIN.encode())
    told = answers(out)
    assert (status, err) == (0, "")
    kinds = ["product", "unknown", "product", "command", "unknown", "unknown", "product", *["unknown"] * 3, "product"]
    assert [one["kind"] for one in told] == kinds
    assert all(one.keys() >= MEMBERS for one in told)
    assert told[0]["gtin"] == GTIN
    assert told[2]["ais"] == [["01", "0" + GTIN], ["17", "261231"], ["10", "AB"], ["21", "X"]]
    assert [told[2][name] for name in ("lot", "expires", "serial")] == ["AB", "2026-12-31", "X"]
    assert told[3]["quantity"] == "12"
    assert told[6]["quantity"] == "24"
    assert told[6]["measures"] == [{"what": "NET WEIGHT", "amount": "1.25", "unit": "kg"}]
    assert [one["error"] for one in told if one["kind"] == "unknown"] == [
        "NothingRead",
        "StrangeSymbology",
        "NoGs1Code",
        "CodeTooLong",
        "NoGs1Code",
        "NoGs1Code",
    ]


def test_every_vector_is_answered(bare):
    lines = [vector["input"] for vector in VECTORS]
    status, out, _ = bare("--json", "-", stdin="\n".join(lines).encode() + b"\n")
    assert (status, len(answers(out))) == (0, len(lines))


def test_a_stream_without_json_is_answered_in_sentences(bare):
    _, out, _ = bare("-", stdin=f"{GTIN}\n..POST\n".encode())
    assert out.splitlines() == [
        f"It names the trade item {GTIN}. No catalog was asked.",
        "It is the command: Post",
    ]


def test_fnc1_as_this_scanner_sends_it(bare):
    told = answers(bare("--json", "--fnc1", "|", f"]C1010{GTIN}10AB|21X")[1])[0]
    assert (told["lot"], told["serial"]) == ("AB", "X")


def test_the_settings_tell_how_a_site_reads_codes(bare, tmp_path):
    (tmp_path / "wms.toml").write_text(
        '[scanning]\nfnc1 = ["|"]\ncommand_prefix = "#CMD-"\nrestricted = [{pattern = "27IIIIIWWWWWC", decimals = 3}]\n'
    )
    assert answers(bare("--json", "#CMD-POST")[1])[0]["command"] == "POST"
    told = answers(bare("--json", "2712341002251")[1])[0]
    assert (told["item"], told["measures"][0]["amount"]) == ("12341", "0.225")
    assert bare("2712341002251", "--explain")[1].splitlines()[1:] == [
        "It is a code for use within one shop or country: item 12341.",
        "It carries a weight: 0.225 kg.",
        "It names the trade item 2712341002251. No catalog was asked.",
    ]


@pytest.mark.parametrize(
    "toml, told",
    [
        ('restricted = "XX"', "The setting scanning.restricted is XX. It must be a country such as SE"),
        ('restricted = [{pattern = "27"}]', "The setting scanning.restricted is [{'pattern': '27'}]. It must be"),
        ("fnc1 = 29", "The setting scanning.fnc1 is 29. It must be a text or a list of texts."),
        ('command_prefix = "a b"', "The setting scanning.command_prefix is a b. It must be empty, or a text without"),
        ("speed = 1", "The setting scanning.speed is 1. It must be left out"),
    ],
)
def test_settings_that_cannot_be(bare, tmp_path, toml, told):
    (tmp_path / "wms.toml").write_text(f"[scanning]\n{toml}\n")
    status, _, err = bare("..POST")
    assert status == 1
    assert err.startswith(told)


def test_with_a_database_codes_are_looked_up(wms):
    assert wms("scan", "BOLT").out.startswith("It stands for BOLT Bolt")
    told = wms("scan", "--json", "-", stdin="BOLT\nA1\nNOTHING\n").out
    assert [(one["kind"], one.get("error")) for one in answers(told)] == [
        ("product", None),
        ("location", None),
        ("unknown", "UnknownScan"),
    ]
    refused = wms("scan", "NOTHING")
    assert (refused.status, "is no product, location or GS1 code known here" in refused.out) == (1, True)


def test_with_a_database_and_nobody_signed_in_codes_are_read_all_the_same(wms):
    shown = wms("scan", GTIN, user="")
    assert (shown.status, "WMS_USER" in shown.err) == (0, True)
    assert "No catalog was asked" in shown.out


def test_a_wrong_password_is_refused(wms, monkeypatch):
    assert wms("scan", GTIN, user="nobody").status == 1


def test_an_answer_is_out_before_the_next_code_is_read(cli_url, tmp_path):
    command = [sys.executable, "-m", "wms_tui", "--db", cli_url, "scan", "--json", "-"]
    environ = {"WMS_USER": "ada", "WMS_PASSWORD": PASSWORD, "WMS_HOME": str(tmp_path), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ) as process:
        for code, kind in (("BOLT", "product"), ("A1", "location"), ("?", "unknown")):
            process.stdin.write(code.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["kind"] == kind
        process.stdin.close()
        assert process.wait(30) == 0


def test_lines_are_cut_and_never_joined():
    stream = io.BytesIO(b"A\n" + b"x" * (3 * MOST_LINE + 7) + b"\nB\x1dC\r\n\nD")
    found = list(codes_of(stream))
    assert [len(one) for one in found] == [1, MOST_LINE, 3, 0, 1]
    assert found[2] == "B\x1dC"
