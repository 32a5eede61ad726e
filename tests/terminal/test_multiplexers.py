"""The program as a VT220 in real tmux and GNU screen: they show, step by step, what the strict terminal shows.

On the strict terminal it runs on a pty of its own, with a warehouse of its own.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import SqliteFiles
from tests.terminal.conftest import Ledger, furnish_terminal
from tests.terminal.harness import F3, F8, F10, ROOT, Open, RealTerminal, sign_in
from tests.terminal.multiplexers import MULTIPLEXERS, Multiplexer
from tests.terminal.strict import VT220, StrictTerminal

SIZES = ((80, 24), (20, 16))
STEPS = (
    (sign_in("ken"), "Receipt"),
    (b"1", "To"),
    (b"A1\r", "At A1"),
    (b"12\rNUT\r", "NUT"),
    (b"WRONG\rMILK\r", "Refused:"),
    (F3, "Item"),
    (b"MILK\r", "MILK: which lot"),
    (b"L-1\r", "L-1"),
    (b"2027-01-31\r", "Item"),
    (F8 + b"PO-17\rACME\r\r" + F8, "posted"),
    (F3, "Issue"),
    (b"5", "BOLT"),
    (F3, "Issue"),
)
"""What is typed, and what the screen says then."""


@pytest.fixture(params=MULTIPLEXERS, ids=lambda it: it.program)
def kind(request: pytest.FixtureRequest) -> type[Multiplexer]:
    if not request.param.there():
        pytest.skip(f"there is no {request.param.program} here")
    return request.param


@pytest.fixture
def other_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """Another warehouse like that of ``warehouse_url``."""
    with sqlite_files.copy_of("terminal", furnish_terminal) as url:
        yield url


def within(kind: type[Multiplexer], folder: Path, url: str, size: tuple[int, int]) -> Multiplexer:
    environment = {"WMS_HOME": str(folder), "WMS_DATABASE_URL": url, "WMS_IDLE_LOCK": "0", "WMS_BELL": "0"}
    program = f"cd {shlex.quote(str(ROOT))}; {shlex.quote(sys.executable)} -m wms_tui; echo The end; exec sleep 1000"
    return kind(folder, size, program, environment, "vt220")


def strictly(it: RealTerminal, size: tuple[int, int]) -> StrictTerminal:
    """The strict terminal after all that was sent so far."""
    strict = StrictTerminal(VT220, *size, "utf-8", used=True)
    strict.feed(it.raw)
    return strict


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_receipt_looks_the_same_in_a_multiplexer(
    kind: type[Multiplexer],
    size: tuple[int, int],
    tmp_path: Path,
    open_terminal: Open,
    other_url: str,
    warehouse_url: str,
    ledger: Ledger,
):
    judge = open_terminal(other_url, size, TERM="vt220", WMS_BELL="0")
    judge.wait_for("User name")
    it = within(kind, tmp_path, warehouse_url, size)
    try:
        it.wait_for("User name")
        for keys, text in STEPS:
            judge.send(keys)
            it.send(keys)
            judge.wait_for(text)
            it.wait_until_same(lambda: strictly(judge, size).rows())
        assert ledger.on_hand()["NUT", "A1"] == "12"
        it.send(F10)
        it.wait_for("signed")
        it.send(F10)
        it.wait_for(["The end", *[""] * (size[1] - 1)])
    finally:
        it.stop()
