"""``wms doctor terminal`` on a real pty, with somebody who answers and presses keys."""

import threading
import time

from tests.terminal.harness import F5, Open, shows

ASKED, ANSWER = b"\x1b[5n", b"\x1b[0n"


class Answering(threading.Thread):
    """Answers status reports as a VT100 does, each so many seconds late."""

    def __init__(self, it, late=0.0):
        super().__init__(daemon=True)
        self._it, self._late, self.answered = it, late, 0

    def run(self):
        while self._it.process.poll() is None:
            if self._it.raw.count(ASKED) > self.answered:
                time.sleep(self._late)
                self.answered += 1
                self._it.send(ANSWER)
            time.sleep(0.002)


def doctor(open_terminal: Open, url: str, **environment: str):
    return open_terminal(url, (80, 40), "doctor", "terminal", **environment)


def test_a_terminal_is_examined_and_its_keys_are_shown(open_terminal: Open, warehouse_url: str):
    it = doctor(open_terminal, warehouse_url, TERM="vt220", WMS_TERMINAL="RF-07")
    answering = Answering(it)
    answering.start()
    it.wait_for("Enter twice ends.")
    screen = it.screen()
    assert shows("Device: RF-07", "Kind of terminal: vt220", "Characters: utf-8", "Columns and rows: 80x40")(screen)
    assert shows("Round trip:", "bold underline reverse", "库存 盘点 螺栓 |", "Nothing needs to be set.")(screen)
    assert answering.answered == 6
    it.send(F5)
    it.wait_for("ESC [15~ is F5")
    it.send(b"\x1b[77~")
    it.wait_for("ESC [77~ is no key that is known")
    it.send(b"\r\r")
    assert it.wait_for_end() == 0
    assert it.errors.read_text() == ""


def test_a_slow_line_is_told(open_terminal: Open, warehouse_url: str):
    it = doctor(open_terminal, warehouse_url, TERM="vt220", WMS_TERMINAL="RF-07")
    Answering(it, 0.4).start()
    it.wait_for("what is typed shows late")
    it.send(b"\r\r")
    assert it.wait_for_end() == 0


def test_a_terminal_that_answers_nothing_is_told_what_to_set(open_terminal: Open, warehouse_url: str):
    it = doctor(open_terminal, warehouse_url, TERM="vt220")
    screen = it.wait_for("Enter twice ends.")
    assert "set WMS_TERMINAL or --device" in screen.replace("\n", " ")
    assert "Set --terminal mono-ascii" in screen.replace("\n", " ")
    it.send(b"\r\r")
    assert it.wait_for_end() == 0


def test_only_ascii_reaches_a_terminal_that_has_no_more(open_terminal: Open, warehouse_url: str):
    it = doctor(open_terminal, warehouse_url, TERM="dumb", WMS_LANG="en")
    Answering(it).start()
    it.wait_for("Enter twice ends.")
    it.send(b"\r\r")
    assert it.wait_for_end() == 0
    assert it.raw.isascii()
    assert shows("Kind of terminal: mono-ascii", "???? ???? ???? |", "TERM says dumb")(it.screen())
