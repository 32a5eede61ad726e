"""A keeper's work on a real terminal: receive, issue, transfer, adjust, undo; and what finance may not."""

import re
from collections.abc import Callable

from tests.terminal.conftest import Ledger, add_products
from tests.terminal.harness import ESC, F2, F3, F4, F6, F7, F8, F9, Open, RealTerminal, shows, sign_in
from wms_tui.domain.movements import DocumentKind


def at_work(open_terminal: Open, url: str, digit: bytes, size: tuple[int, int] = (80, 24)) -> RealTerminal:
    it = open_terminal(url, size)
    it.wait_for("User name")
    it.send(sign_in("ken") + digit)
    it.wait_for("ocation")
    return it


def posted(letter: str) -> Callable[[str], object]:
    """A screen that tells of a posted document, by the letter of its number; a half-painted one may show two pages."""
    return re.compile(rf"{letter}-\d{{4}}-\d{{6}}\s+posted").search


def test_receive_issue_transfer_adjust_and_undo(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    it = at_work(open_terminal, warehouse_url, b"1")
    it.send(b"A1\r12\rNUT\rNUT\r")
    it.wait_for(shows("Taken 4", "0 pcs NUT at A1, 0 in all  Nut M8"))
    it.send(F8 + b"PO-17\rACME\r\r" + F8)
    it.wait_for(posted("R"))
    assert ledger.on_hand()["NUT", "A1"] == "13"
    it.send(F3)
    it.wait_for("Posted today")
    it.send(b"2A1\rNUT\r" + F2 + b"5\r" + F8 + F8)
    it.wait_for(posted("I"))
    assert ledger.on_hand()["NUT", "A1"] == "8"
    it.send(F3 + b"3A1\rA2\r3*\rNUT\r" + F8 + F8)
    it.wait_for(posted("T"))
    assert ledger.on_hand()["NUT", "A2"] == "3"
    it.send(F3 + b"4A1\rDAMAGED\r2\rNUT\r" + F8 + F8)
    it.wait_for(posted("A"))
    assert ledger.on_hand()["NUT", "A1"] == "3"
    it.send(F9)
    it.wait_for("F9 again undoes it")
    it.send(F9)
    it.wait_for("undone by V-")
    assert ledger.on_hand() == {("BOLT", "A1"): "100", ("NUT", "A1"): "5", ("NUT", "A2"): "3"}
    kinds = [document.kind.value for document in ledger.documents()]
    assert kinds == ["reversal", "adjustment", "transfer", "issue", "receipt", "receipt"]
    receipt = ledger.documents()[-2]
    assert (receipt.reference, receipt.partner) == ("PO-17", "ACME")


def test_a_draft_is_found_again_where_it_was_left(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    it = at_work(open_terminal, warehouse_url, b"1")
    it.send(b"A1\rBOLT\rNUT\rMILK\r")
    it.wait_for("MILK: which lot?")
    it.process.kill()
    it.process.wait()
    again = open_terminal(warehouse_url)
    again.wait_for("User name")
    again.send(sign_in("ken") + b"1")
    again.wait_for(shows("Draft from", "resumed, lines: 2.", "MILK"))
    again.send(b"M7\r2027-01-31\r")
    again.wait_for("Item")
    assert ledger.draft(DocumentKind.RECEIPT) == [("BOLT", "1"), ("NUT", "1"), ("MILK", "1")]


def test_whoever_lost_the_line_after_posting_reads_what_was_posted(open_terminal: Open, warehouse_url: str):
    it = at_work(open_terminal, warehouse_url, b"1")
    it.send(b"A1\rBOLT\r" + F8 + F8)
    it.wait_for(posted("R"))
    it.hang_up()
    it.wait_for_end()
    again = at_work(open_terminal, warehouse_url, b"1")
    again.wait_for(re.compile(r"Your last document: R-\d{4}-000002, .*lines: 1\.").search)


def test_the_last_scan_is_taken_back_and_the_draft_thrown_away(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    it = at_work(open_terminal, warehouse_url, b"1")
    it.send(b"A1\rBOLT\rNUT\r" + F4)
    it.wait_for("Taken back: 1 NUT")
    assert ledger.draft(DocumentKind.RECEIPT) == [("BOLT", "1")]
    it.send(F7 + ESC + b"NUT\r")
    it.wait_for("+1 pcs NUT")
    it.send(F7 + F7)
    it.wait_for("The draft was thrown away.")
    assert ledger.draft(DocumentKind.RECEIPT) == []


def test_a_scan_while_all_lines_are_shown_is_taken(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    it = at_work(open_terminal, warehouse_url, b"1")
    it.send(b"A1\rBOLT\r" + F6)
    it.wait_for("Receipt: all lines")
    it.send(b"NUT\r")
    it.wait_for("+1 pcs NUT")
    assert ledger.draft(DocumentKind.RECEIPT) == [("BOLT", "1"), ("NUT", "1")]


def test_a_barcode_scanned_where_a_quantity_is_asked_for_is_refused(
    open_terminal: Open, warehouse_url: str, ledger: Ledger
):
    it = at_work(open_terminal, warehouse_url, b"1")
    it.send(b"A1\rBOLT\r" + F2 + b"96385074\r")
    it.wait_for("Refused: press Esc")
    it.send(ESC + b"40\r")
    it.wait_for("BOLT: 40 pcs")
    assert ledger.draft(DocumentKind.RECEIPT) == [("BOLT", "40")]


def test_too_little_stock_is_refused_with_its_sentence_and_nothing_is_written(
    open_terminal: Open, warehouse_url: str, ledger: Ledger
):
    it = at_work(open_terminal, warehouse_url, b"2")
    it.send(b"A1\r101*\rBOLT\r")
    it.wait_for("Not enough stock of BOLT at A1: 100 on hand, 101 wanted.")
    assert ledger.draft(DocumentKind.ISSUE) == []
    assert ledger.on_hand()["BOLT", "A1"] == "100"


def test_a_document_posted_at_another_terminal_is_told(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    first = at_work(open_terminal, warehouse_url, b"1")
    first.send(b"A1\rBOLT\r")
    first.wait_for("+1 pcs BOLT")
    second = open_terminal(warehouse_url)
    second.wait_for("User name")
    second.send(sign_in("ken") + b"1" + F8 + F8)
    second.wait_for("posted, lines: 1")
    first.send(b"NUT\r")
    first.wait_for("Refused: press Esc")
    first.send(ESC + b"A1\rNUT\r")
    first.wait_for("+1 pcs NUT")
    assert ledger.draft(DocumentKind.RECEIPT) == [("NUT", "1")]


def test_the_work_fits_a_handheld_of_20_by_16(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    it = at_work(open_terminal, warehouse_url, b"1", (20, 16))
    it.send(b"A1\rBOLT\r3\rNUT\r")
    it.wait_for("+3 pcs NUT")
    it.send(F8 + F8)
    it.wait_for("posted")
    assert ledger.on_hand()["NUT", "A1"] == "3"


def test_finance_sees_no_movement_entry(open_terminal: Open, warehouse_url: str):
    it = open_terminal(warehouse_url)
    it.wait_for("User name")
    it.send(sign_in("fay"))
    screen = it.wait_for(shows("fay (finance)", "My account", "Sign out"))
    assert not any(title in screen for title in ("Receipt  ", "Issue", "Transfer", "Adjustment"))
    it.send(b"1")
    it.wait_for("There is no '1' in the menu.")


def test_names_from_outside_are_shown_as_text_and_send_no_control_sequence(open_terminal: Open, warehouse_url: str):
    names = {
        "EVIL1": "[/]",
        "EVIL2": "[@click=app.quit]x",
        "EVIL3": "=cmd|' /C calc'!A0",
        "EVIL4": "\x1b]0;owned\x07\x1b[31mred",
        "EVIL5": "\x9b31mred\x85",
        "EVIL6": "a\u202eb\u2066c",
    }
    add_products(warehouse_url, names)
    it = at_work(open_terminal, warehouse_url, b"1")
    it.send(b"A1\r" + "".join(f"{sku}\r" for sku in names).encode())
    plain = [names[sku] for sku in ("EVIL1", "EVIL2", "EVIL3")]
    it.wait_for(shows("Taken 7", *plain, "\ufffd]0;owned\ufffd\ufffd[31mred"))
    it.send(F6)
    it.wait_for("Receipt: all lines")
    for forbidden in ("\x1b]0;owned", "\x1b[31mred", "\x9b", "\x85", "\u202e", "\u2066"):
        assert forbidden.encode() not in it.raw
