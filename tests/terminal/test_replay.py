"""``wms replay`` on a real terminal: recording, and a person beside a replay."""

import re

import pytest

from tests.support.warehouse import PASSWORD
from tests.terminal.conftest import CODES, Ledger
from tests.terminal.harness import DOWN, ESC, F3, F8, F10, Open, shows, sign_in
from wms_tui.domain.movements import DocumentKind

SIGNED = {"WMS_PASSWORD": PASSWORD}
SLOW = "sign-in ken\ntype 1\nscan A1\n" + "scan BOLT\n" * 500


@pytest.fixture
def steps(tmp_path):
    """Writes a replay and answers its path."""

    def write(text):
        path = tmp_path / "steps.replay"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_500_scans_are_replayed_in_their_order(open_terminal: Open, warehouse_url: str, ledger: Ledger, steps):
    text = "sign-in ken\ntype 1\nscan A1\n" + "".join(f"scan {code}\n" for code in CODES)
    it = open_terminal(warehouse_url, (80, 24), "replay", steps(text), **SIGNED)
    assert it.wait_for_end() == 0
    assert ledger.draft(DocumentKind.RECEIPT) == [(code, "1") for code in CODES]


def test_a_recorded_session_comes_to_the_same_again(open_terminal: Open, warehouse_url: str, ledger: Ledger, tmp_path):
    recorded = tmp_path / "recorded.replay"
    it = open_terminal(warehouse_url, (80, 24), "replay", "--record", str(recorded))
    it.wait_for("User name")
    it.send(sign_in("ken") + b"1A1\r12\rNUX\x7fT\rBO" + F3 + b"]C10110\x1d21\r" + ESC + b"BOLT\r" + F8 + F8)
    it.wait_for("posted, lines: 2")
    it.send(F3 + DOWN + F10)
    it.wait_for("You are signed out.")
    it.send(F10)
    assert it.wait_for_end() == 0
    text = recorded.read_text(encoding="utf-8")
    assert recorded.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in text
    assert text.splitlines()[2:] == [
        "scan ken",
        "secret WMS_PASSWORD",
        "enter",
        "type 1",
        "scan A1",
        "scan 12",
        "scan NUT",
        "type BO",
        "key f3",
        "scan ]C10110<GS>21",
        *("key escape", "scan BOLT", "key f8", "key f8", "key f3", "key down", "key f10", "key f10"),
    ]
    again = open_terminal(warehouse_url, (80, 24), "replay", str(recorded), **SIGNED)
    assert again.wait_for_end() == 0, again.errors.read_text()
    assert [[(line.sku, line.quantity) for line in it.lines] for it in ledger.documents()[:2]] == [
        [("NUT", 12), ("BOLT", 1)]
    ] * 2


def test_a_recording_replaces_no_file(open_terminal: Open, warehouse_url: str, tmp_path):
    kept = tmp_path / "kept"
    kept.write_text("what was there")
    it = open_terminal(warehouse_url, (80, 24), "replay", "--record", str(kept))
    assert it.wait_for_end() == 1
    assert kept.read_text() == "what was there"
    assert b"cannot be used" in it.errors.read_bytes()


def test_at_a_pace_a_person_follows_halts_it_and_takes_over(
    open_terminal: Open, warehouse_url: str, ledger: Ledger, steps
):
    it = open_terminal(warehouse_url, (80, 24), "replay", steps(SLOW), "--speed", "20", **SIGNED)
    it.wait_for("Taken 5")
    it.send(b" ")
    it.wait_for(shows("The replay stands still in line"))
    it.send(b" ")
    it.wait_for("Taken 9")
    it.send(b"x")
    screen = it.wait_for("You are at work now.")
    taken = int(re.search(r"Taken (\d+)", screen)[1])
    it.send(b"NUT\r")
    it.wait_for(f"Taken {taken + 1}")
    assert ledger.draft(DocumentKind.RECEIPT) == [("BOLT", str(taken - 1)), ("NUT", "1")]
    it.send(F8 + F8 + F3 + F10)
    it.wait_for("You are signed out.")
    it.send(F10)
    assert it.wait_for_end() == 0


def test_a_person_stops_it(open_terminal: Open, warehouse_url: str, steps):
    it = open_terminal(warehouse_url, (80, 24), "replay", steps(SLOW), "--speed", "20", **SIGNED)
    it.wait_for("Taken 3")
    it.send(b"\x03")
    assert it.wait_for_end() == 1
    assert re.search(rb"The replay was stopped in line \d+\.", it.errors.read_bytes())


def test_after_the_last_step_a_person_may_stay(open_terminal: Open, warehouse_url: str, ledger: Ledger, steps):
    text = "sign-in ken\ntype 1\nscan A1\nscan BOLT\n"
    it = open_terminal(warehouse_url, (80, 24), "replay", steps(text), "--stay", **SIGNED)
    it.wait_for("You are at work now.")
    it.send(b"NUT\r")
    it.wait_for("Taken 3")
    assert ledger.draft(DocumentKind.RECEIPT) == [("BOLT", "1"), ("NUT", "1")]
    it.send(ESC)
    it.send(F10)
    it.hang_up()
    it.wait_for_end()


def test_a_step_that_is_not_met_is_told_with_the_screen_after_the_terminal_is_itself_again(
    open_terminal: Open, warehouse_url: str, steps
):
    it = open_terminal(warehouse_url, (20, 16), "replay", steps("sign-in ken\nexpect Finance\n"), **SIGNED)
    assert it.wait_for_end() == 1
    told = it.errors.read_text()
    assert "Line 2: Finance is not on the screen." in told and "| " in told
    assert it.echoes()
