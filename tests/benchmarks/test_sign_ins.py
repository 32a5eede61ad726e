"""Twenty sign in at once while somebody posts: peak memory of the process, and how long the other one waits.

A process of its own for each measurement, so that what one took does not stand in the other's peak.
"""

from __future__ import annotations

import itertools
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from tests.benchmarks.test_posting import two_postgres_urls
from tests.conftest import _with_catalog
from tests.support.warehouse import PASSWORD, USERS, add_catalog, signed_in
from wms_tui.domain.movements import DocumentKind, Line, PostDocument
from wms_tui.services import access, movements
from wms_tui.services.access import SignIn
from wms_tui.services.backend import Backend

assert two_postgres_urls  # fixtures of the other benchmark

TWENTY, ROUNDS, HASH_MIB = 20, 3, 64
PAUSE = 0.02
"""Between two documents of a quick clerk."""


def post_until(backend: Backend, actor, stop: threading.Event, waits: list[float]) -> None:
    for serial in itertools.count(1):
        if stop.wait(PAUSE):
            return
        request = PostDocument(DocumentKind.RECEIPT, f"{actor.session_id} {serial}", (LINE,))
        began = time.perf_counter()
        backend.run(movements.post, actor, request)
        waits.append(time.perf_counter() - began)


LINE = Line("BOLT", Decimal(1), target="A1")


def sign_in_at_once(backend: Backend, names: list[str]) -> float:
    """Seconds until all of them are in."""
    threads = [
        threading.Thread(target=access.sign_in, args=(backend, SignIn(name, PASSWORD, f"t{number}")))
        for number, name in enumerate(names)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def peak_mib() -> float:
    """The most memory that was in use since the peak was last forgotten; getrusage's would hold the parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def measured(url: str, how_many: str) -> None:
    """In a process of its own: prints peak MiB before and after, seconds of signing in, and each wait in ms."""
    with closing(Backend.open(url)) as backend:
        actor, stop, waits = signed_in(backend, "ken"), threading.Event(), []
        poster = threading.Thread(target=post_until, args=(backend, actor, stop, waits))
        poster.start()
        time.sleep(0.5)
        waits.clear()
        forget_peak()
        before = peak_mib()
        names = list(itertools.islice(itertools.cycle(USERS), int(how_many)))
        took = sign_in_at_once(backend, names) if names else time.sleep(3) or 0.0
        stop.set()
        poster.join()
        print(before, peak_mib(), took, *(1e3 * wait for wait in waits))


def run(url: str, how_many: int) -> tuple[float, float, list[float]]:
    """(MiB that were taken on top, seconds of signing in, waits in ms)."""
    command = [sys.executable, "-m", "tests.benchmarks.test_sign_ins", url, str(how_many)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    before, after, took, *waits = map(float, told)
    return after - before, took, waits


def compare(engine: str, url: str) -> None:
    """Rounds in turn: nobody signs in, twenty do."""
    found: dict[int, list[tuple[float, float, list[float]]]] = {0: [], TWENTY: []}
    for _ in range(ROUNDS):
        for how_many, rounds in found.items():
            rounds.append(run(url, how_many))
    for how_many, rounds in found.items():
        waits = sorted(wait for _, _, waited in rounds for wait in waited)
        memory, took = max(one[0] for one in rounds), statistics.median(one[1] for one in rounds)
        p99 = waits[int(len(waits) * 0.99)]
        print(f"\n{engine}, {how_many} sign in: {memory:.0f} MiB on top ({memory / HASH_MIB:.1f} hashes), {took:.2f} s")
        print(f"  another's posting meanwhile: {statistics.median(waits):.1f} ms, p99 {p99:.1f}, worst {waits[-1]:.1f}")


@pytest.mark.benchmark
def test_twenty_sign_in_at_once_on_postgresql(two_postgres_urls):
    with closing(Backend.open(two_postgres_urls[0])) as backend:
        add_catalog(backend)
    compare("postgresql", two_postgres_urls[0])


@pytest.mark.benchmark
def test_twenty_sign_in_at_once_on_sqlite(sqlite_files):
    with sqlite_files.copy_of("catalog", _with_catalog) as url:
        compare("sqlite", url)


if __name__ == "__main__":
    measured(*sys.argv[1:])
