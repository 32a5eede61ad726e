"""What goes over the line to a terminal, beside the same screens with Textual's own driver, in the same run.

``pytest -m benchmark -s tests/benchmarks/test_terminal_bytes.py``
"""

from __future__ import annotations

import os
import select
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.terminal.harness import ROOT, RealTerminal
from wms_tui.tui.walking import FURNISHED, PASSWORD

PROFILES = ("modern", "ansi16", "vt220", "vt100", "mono-ascii")
SMALL, NORMAL = (20, 16), (80, 24)
QUIET = 0.4
"""Seconds without a byte after which a screen is taken for painted."""
CODES = (b"BLT-HEX-01", b"BLT-HEX-08")
"""What there is enough of at the location."""
LIMITS = {SMALL: {"first paint": 500, "character": 16, "scan": 200}, NORMAL: {"first paint": 1200, "scan": 400}}
BAUD = 9600 / 10
"""Bytes a second: eight bits, one to start and one to stop."""
STEP = 0.02
"""Seconds between two reads of such a line."""
IDLE = 60
KEYS = 200


class Seat(RealTerminal):
    """A terminal at which a keeper sits; ``plain`` has Textual's own driver."""

    module = "wms_tui"

    def _launch(self, slave, errors, arguments, environment):
        """Textual's driver writes to standard error."""
        return subprocess.Popen(
            [sys.executable, "-m", self.module, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )

    def quiet(self):
        """The bytes so far, once nothing more comes."""
        before = -1
        while before != len(self.raw):
            before = len(self.raw)
            time.sleep(QUIET)
        return before

    def costs(self, data):
        """The bytes that come of what is typed."""
        before = self.quiet()
        self.send(data)
        return self.quiet() - before

    def sign_in(self):
        self.wait_for("User name")
        self.send(b"jun\r" + PASSWORD.encode() + b"\r")
        self.wait_for(lambda screen: "Stock" in screen and "User name" not in screen)
        self.quiet()

    def processor_ms(self):
        """Of all its threads, by the scheduler's nanoseconds."""
        stats = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(stat.read_text().split()[0]) for stat in stats) / 1e6


class PlainSeat(Seat):
    module = "tests.benchmarks.plain_terminal"


class Slow(Seat):
    """At the end of a serial line, which brings so many bytes a second."""

    def _read_some(self):
        time.sleep(STEP)
        ready, _, _ = select.select([self._master, self._enough], [], [])
        if self._enough in ready:
            return b""
        try:
            return os.read(self._master, int(BAUD * STEP))
        except OSError:
            return b""


@dataclass
class Costs:
    """Bytes; ``cpu`` is in ms of the processor a typed character."""

    first: int = 0
    character: float = 0
    scan: float = 0
    cpu: float = 0
    scans: list[int] = field(default_factory=list)


def work(seat):
    """An issue: the first paint of its screen, ten characters one by one, scans with their outcomes."""
    seat.sign_in()
    found = Costs(first=seat.costs(b"2"))
    seat.costs(b"H-01-04\r")
    for number, code in enumerate(CODES * 3, start=1):
        found.scans.append(seat.costs(code + b"\r"))
        assert "press Esc" not in seat.screen() and f"+1 pcs {code.decode()}" in seat.screen(), (number, seat.screen())
    found.scan = max(found.scans)
    found.character = max(seat.costs(bytes([byte])) for byte in CODES[0][:6])
    before = seat.processor_ms()
    for number in range(KEYS):
        seat.send(b"X" if number % 12 else b"\x15")
        time.sleep(0.03)
    seat.quiet()
    found.cpu = (seat.processor_ms() - before) / KEYS
    return found


@pytest.fixture
def seats(demonstration, tmp_path):
    """Opens terminals on copies of the demonstration's warehouse."""
    with ExitStack() as at_end:

        def open_seat(kind, size, **environment):
            database = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite"
            shutil.copyfile(demonstration / FURNISHED, database)
            seat = kind(tmp_path, f"sqlite:///{database}", size, WMS_BELL="off", **environment)
            at_end.callback(seat.stop)
            return seat

        yield open_seat


@pytest.mark.benchmark
@pytest.mark.parametrize("size", [SMALL, NORMAL], ids=["20x16", "80x24"])
def test_bytes_to_a_terminal(seats, size):
    plain = work(seats(PlainSeat, size))
    print(f"\n{size[0]}x{size[1]}, bytes: first paint of the issue screen, a character, a scan (the most of several)")
    told = f"{plain.first:6} {plain.character:6} {plain.scan:6}   {plain.cpu:.2f} ms CPU a character"
    print(f"  Textual's driver  {told}")
    for profile in PROFILES:
        ours = work(seats(Seat, size, WMS_PROFILE=profile, COLORTERM="truecolor"))
        limits = LIMITS[size]
        print(
            f"  {profile:17} {ours.first:6} {ours.character:6} {ours.scan:6}   {ours.cpu:.2f} ms CPU a character "
            f"({ours.cpu / plain.cpu:.2f} of Textual's); of Textual's bytes "
            f"{ours.first / plain.first:.2f} / {ours.character / plain.character:.2f} / {ours.scan / plain.scan:.2f}"
            f"{'' if profile in {'modern', 'ansi16'} else f'; limits {limits}'}"
        )


@pytest.mark.benchmark
def test_an_idle_minute(seats):
    waiting = {profile: seats(Seat, SMALL, WMS_PROFILE=profile) for profile in PROFILES}
    before = {}
    for profile, seat in waiting.items():
        seat.sign_in()
        seat.costs(b"2")
        before[profile] = seat.quiet()
    time.sleep(IDLE)
    for profile, seat in waiting.items():
        print(
            f"\n{profile}: {len(seat.raw) - before[profile]} bytes in {IDLE} idle seconds at the issue screen (limit 0)"
        )


@pytest.mark.benchmark
@pytest.mark.parametrize("profile", ["vt220", "mono-ascii"])
@pytest.mark.parametrize("size", [SMALL, NORMAL], ids=["20x16", "80x24"])
def test_a_scan_over_9600_baud(seats, size, profile):
    seat = seats(Slow, size, WMS_PROFILE=profile)
    seat.sign_in()
    seat.costs(b"2")
    seat.costs(b"H-01-04\r")
    told, times = [], []
    for number in range(1, 9):
        sku = b"BLT-HEX-01" if number % 2 else b"BLT-HEX-08"
        before = seen = seat.quiet()
        outcome, shown = f"+1 pcs {sku.decode()}", None
        rows = seat.screen().count(outcome)
        began = last = time.perf_counter()
        time.sleep((len(sku) + 1) / BAUD)  # as long as the scanner's own bytes take on such a line
        seat.send(sku + b"\r")
        while seen == before or time.perf_counter() - last < QUIET:
            if len(seat.raw) != seen:
                seen, last = len(seat.raw), time.perf_counter()
                if shown is None and seat.screen().count(outcome) > rows:
                    shown = last
            time.sleep(0.005)
        times.append(1000 * (last - began))
        told.append(1000 * (shown - began))
    print(
        f"\n{size[0]}x{size[1]} {profile} at 9,600 baud: from the scan to its outcome, "
        f"median {statistics.median(told):.0f} ms, most {max(told):.0f} ms (limit 500); until all is painted, "
        f"median {statistics.median(times):.0f} ms, most {max(times):.0f} ms"
    )
