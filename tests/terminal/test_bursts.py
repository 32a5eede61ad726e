"""A scanner faster than any screen: every code lands in its place, in order, and is saved."""

import pytest

from tests.terminal.conftest import CODES, Ledger
from tests.terminal.harness import ESC, Open, RealTerminal, shows, sign_in
from wms_tui.domain.movements import DocumentKind

ALL_LINES = [(code, "1") for code in CODES]


def scans(codes: list[str], suffix: str = "\r") -> bytes:
    return "".join(f"{code}{suffix}" for code in codes).encode()


def receiving(open_terminal: Open, url: str) -> RealTerminal:
    it = open_terminal(url)
    it.wait_for("User name")
    it.send(sign_in("ken") + b"1")
    it.wait_for("To location")
    return it


def test_500_codes_in_one_write(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    it = receiving(open_terminal, warehouse_url)
    it.send(b"A1\r" + scans(CODES))
    it.wait_for(shows("Taken 501", CODES[-1]))
    assert ledger.draft(DocumentKind.RECEIPT) == ALL_LINES
    it.wait_for(lambda _: it.raw.count(b"\a") == 501)


def test_500_codes_one_byte_at_a_time(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    it = receiving(open_terminal, warehouse_url)
    it.send_slowly(b"A1\r" + scans(CODES))
    it.wait_for("Taken 501")
    assert ledger.draft(DocumentKind.RECEIPT) == ALL_LINES


def test_a_refusal_in_the_middle_applies_nothing_after_it_until_it_is_acknowledged(
    open_terminal: Open, warehouse_url: str, ledger: Ledger
):
    it = receiving(open_terminal, warehouse_url)
    it.send(b"A1\r" + scans(CODES[:250]) + b"JUNK\r" + scans(CODES[250:]))
    it.wait_for(shows("Taken 251   Refused 1   Ignored 250", "Unknown code JUNK", "Refused: press Esc"))
    assert ledger.draft(DocumentKind.RECEIPT) == ALL_LINES[:250]
    it.send(ESC)
    it.wait_for("Ignored after the refusal: 250. Scan them again.")
    it.send(scans(CODES[250:]))
    it.wait_for("Taken 501   Refused 1   Ignored 250")
    assert ledger.draft(DocumentKind.RECEIPT) == ALL_LINES


def test_acknowledged_in_the_same_write_what_follows_is_taken(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    it = receiving(open_terminal, warehouse_url)
    it.send(b"A1\r" + scans(CODES[:5]) + b"JUNK\r" + scans(CODES[5:8]) + ESC + scans(CODES[8:20]))
    it.wait_for("Taken 18   Refused 1   Ignored 3")
    assert ledger.draft(DocumentKind.RECEIPT) == [*ALL_LINES[:5], *ALL_LINES[8:20]]


@pytest.mark.parametrize("suffix", ["\r", "\n", "\r\n", "\t"])
def test_sign_in_menu_locations_and_items_in_one_write_each_in_its_place(
    open_terminal: Open, warehouse_url: str, ledger: Ledger, suffix: str
):
    it = open_terminal(warehouse_url)
    it.wait_for("User name")
    pairs = [code for pair in zip(["A1", "A2"] * 20, CODES[:40], strict=True) for code in pair]
    it.send(sign_in("ken") + b"1" + scans(pairs, suffix))
    it.wait_for("Taken 80")
    it.send(b"\x1b[19~" * 2)
    it.wait_for("posted, lines: 40")
    lines = ledger.documents()[0].lines
    assert [(line.target, line.sku) for line in lines] == list(zip(["A1", "A2"] * 20, CODES[:40], strict=True))


def test_control_characters_in_a_code_are_an_unknown_code_and_never_an_action(
    open_terminal: Open, warehouse_url: str, ledger: Ledger
):
    it = receiving(open_terminal, warehouse_url)
    it.send(b"A1\rBOLT\x11\x10\x03\x1a\x13\x00\r")
    it.wait_for("BOLT<XON><DLE><0x03><0x1A><XOFF><NUL>")
    it.send(ESC + b"10AB\x1d21X\r")
    it.wait_for("10AB<FNC1>21X names no product")
    assert ledger.draft(DocumentKind.RECEIPT) == []


def test_an_esc_within_a_code_neither_splits_it_nor_acknowledges_a_refusal(
    open_terminal: Open, warehouse_url: str, ledger: Ledger
):
    it = receiving(open_terminal, warehouse_url)
    it.send(b"A1\rNU\x1bBOLT\rBOLT\rX\x1b\x1bBOLT\rX\x1b\x1b\rBOLT\r")
    it.wait_for(shows("NU<ESC>BOLT", "Taken 1   Refused 1   Ignored 4"))
    assert ledger.draft(DocumentKind.RECEIPT) == []
    it.send(ESC)
    it.wait_for("Ignored after the refusal: 4.")
    it.send(b"BOLT\r")
    it.wait_for("Taken 2   Refused 1   Ignored 4")
    assert ledger.draft(DocumentKind.RECEIPT) == [("BOLT", "1")]
