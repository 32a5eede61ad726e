"""A device of odd keys on a real terminal: taught once, it is known by its name."""

from __future__ import annotations

import os
import signal
import time

from tests.support.warehouse import PASSWORD
from tests.terminal.conftest import Ledger
from tests.terminal.harness import Open, RealTerminal, shows, sign_in
from wms_tui.domain.devices import TAUGHT

HANDHELD = {"size": (20, 16), "TERM": "vt220", "WMS_TERMINAL": "rf-07"}
KEYS = {key: b"\x1b[%d~" % number for number, key in enumerate(TAUGHT[:10], start=101)}
"""What the F-keys of this device send; no map has it."""


def teach(it: RealTerminal) -> None:
    """By digits and Enter, and the keys themselves."""
    it.send(b"95")
    for number, sent in enumerate(KEYS.values(), start=1):
        it.wait_for(f"Press F{number}")
        it.send(sent)
    it.wait_for("Press Up")
    it.send(b"0\r")
    it.wait_for("Save?")
    it.send(b"1\r")


def test_a_device_of_odd_keys_is_taught_and_posts_by_its_f8_after_a_restart(
    open_terminal: Open, warehouse_url: str, ledger: Ledger
):
    before = len(ledger.documents())
    first = open_terminal(warehouse_url, **HANDHELD)
    first.wait_for("User name")
    first.send(sign_in("ken"))
    first.wait_for("Home")
    teach(first)
    first.wait_for(shows("remembered", "RF-07"))
    os.kill(first.process.pid, signal.SIGHUP)
    assert first.wait_for_end() == 0
    again = open_terminal(warehouse_url, **HANDHELD)
    again.wait_for("User name")
    again.send(sign_in("kim") + b"1A1\rNUT\r" + KEYS["f8"] + b"PO-8\r" + KEYS["f8"])
    again.wait_for(shows("posted"))
    assert len(ledger.documents()) == before + 1
    assert ledger.documents()[0].reference == "PO-8"


def test_a_label_at_the_sign_in_brings_a_known_devices_keys(open_terminal: Open, warehouse_url: str, ledger: Ledger):
    first = open_terminal(warehouse_url, **HANDHELD)
    first.wait_for("User name")
    first.send(sign_in("ken"))
    first.wait_for("Home")
    teach(first)
    first.wait_for("remembered")
    other = open_terminal(warehouse_url, (20, 16), TERM="vt220")
    other.wait_for("User name")
    other.send(b"..DEVICE.RF-07\r")
    other.wait_for("RF-07")
    other.send(sign_in("kim") + b"1A1\rNUT\r" + KEYS["f8"] + KEYS["f8"])
    other.wait_for(shows("posted"))
    assert ledger.documents()[0].terminal == "RF-07"


def test_esc_alone_is_answered_after_the_delay_that_is_set(open_terminal: Open, warehouse_url: str):
    it = open_terminal(warehouse_url, WMS_ESCAPE_DELAY="1500")
    it.wait_for("User name")
    it.send(f"ken\r{PASSWORD}\r5".encode())
    it.wait_for("Stock enquiry")
    it.send(b"\x1b")
    began = time.monotonic()
    it.wait_for("Home")
    assert time.monotonic() - began > 1.2
    it.send(b"5")
    it.wait_for("Stock enquiry")
    it.send(b"\x1b")
    time.sleep(0.5)
    it.send(b"[19~")
    time.sleep(0.1)
    assert "Stock enquiry" in it.screen(), "a slow line's F8 is F8"
