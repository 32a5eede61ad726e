"""Start to first paint, beside the smallest Textual application; both on a real pseudo-terminal, in turn."""

import os
import pty
import select
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROUNDS = 15
WARM_UP = 2
ROOT = Path(__file__).parents[2]
BARE = """
from textual.app import App
from textual.widgets import Input, Label

class Bare(App):
    ENABLE_COMMAND_PALETTE = False

    def compose(self):
        yield Label("User name")
        yield Input()

Bare().run(mouse=False)
"""
PAINTED = b"User name"


def seconds_to_paint(arguments, environment):
    """From the start of the process until the question is on the terminal."""
    master, slave = pty.openpty()
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment
    )
    os.close(slave)
    try:
        read_until(master, PAINTED)
        return time.perf_counter() - began
    finally:
        process.kill()
        process.wait()
        os.close(master)


def read_until(master, wanted, seconds=30):
    seen, deadline = b"", time.monotonic() + seconds
    while wanted not in seen:
        ready, _, _ = select.select([master], [], [], max(0, deadline - time.monotonic()))
        assert ready, f"{wanted!r} was not painted within {seconds} s: {seen[-500:]!r}"
        seen += os.read(master, 65536)


@pytest.mark.benchmark
def test_first_paint(tmp_path):
    bare = tmp_path / "bare.py"
    bare.write_text(BARE)
    environment = {
        **os.environ,
        "WMS_HOME": str(tmp_path / "home"),
        "TERM": "xterm-256color",
        "LINES": "",
        "COLUMNS": "",
    }
    subjects = {"bare Textual": [str(bare)], "wms": ["-m", "wms_tui"]}
    times = {name: [] for name in subjects}
    for _ in range(ROUNDS + WARM_UP):
        for name, arguments in subjects.items():
            times[name].append(seconds_to_paint(arguments, environment))
    medians = {name: statistics.median(values[WARM_UP:]) for name, values in times.items()}
    for name, median in medians.items():
        print(f"\n{name:>14}: first paint after {median * 1000:.0f} ms (median of {ROUNDS})", end="")
    ratios = sorted(ours / bare for ours, bare in zip(times["wms"], times["bare Textual"], strict=True))
    print(f"\nfirst paint: {statistics.median(ratios):.2f}x bare Textual (limit 1.3x)")
