"""Backup and restore of a hundred thousand movements, beside the bare driver, and the memory that they take."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.benchmarks.bulk import fill
from tests.conftest import _with_people
from wms_tui.services.backup import backup, copy, restore

SIZE, SMALL = 100_000, 1_000
PEAK = """
import sys
from pathlib import Path
from wms_tui.services.backup import backup, restore
backup(sys.argv[1], sys.argv[2], checks=False)
restore(sys.argv[3], sys.argv[2])
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("backup")


@pytest.fixture(scope="module")
def full(folder):
    return filled(folder, SIZE)


def filled(folder, size):
    url = f"sqlite:///{folder / f'{size}.sqlite'}"
    _with_people(url)
    fill(url, size)
    return url


def timed(job):
    begun = time.perf_counter()
    result = job()
    return time.perf_counter() - begun, result


def bare_copy(url, folder):
    """What SQLite itself takes to copy the file page by page."""
    source, target = sqlite3.connect(url.removeprefix("sqlite:///")), sqlite3.connect(folder / "bare.sqlite")
    with closing(source), closing(target):
        source.backup(target)


@pytest.mark.benchmark
def test_backup_and_restore(full, folder, postgres_databases):
    file = str(folder / "full.wms")
    floor, _ = timed(lambda: bare_copy(full, folder))
    written, done = timed(lambda: backup(full, file, checks=False))
    tried, _ = timed(lambda: backup(full, file, replaces=True))
    restored, _ = timed(lambda: restore(f"sqlite:///{folder}/restored.sqlite", file))
    print(f"\n{done.contents.rows:,} rows, {done.size / 1e6:.1f} MB; SQLite's own page copy {floor:.2f} s")
    print(f"SQLite: backup {written:.1f} s, with its trial restore {tried:.1f} s; restore {restored:.1f} s")
    with postgres_databases.empty() as url:
        moved, _ = timed(lambda: copy(full, url))
        written, _ = timed(lambda: backup(url, file, replaces=True, checks=False))
        restored, _ = timed(lambda: copy(url, f"sqlite:///{folder}/back.sqlite"))
    print(f"PostgreSQL: copy from SQLite {moved:.1f} s, backup {written:.1f} s, copy to SQLite {restored:.1f} s")


@pytest.mark.benchmark
def test_memory_hardly_grows(full, folder):
    peaks = {}
    for size, url in ((SMALL, filled(folder, SMALL)), (SIZE, full)):
        arguments = [url, str(folder / f"{size}.wms"), f"sqlite:///{folder}/peak-{size}.sqlite"]
        done = subprocess.run([sys.executable, "-c", PEAK, *arguments], capture_output=True, text=True, check=True)
        peaks[size] = int(done.stdout) / 1024
        Path(arguments[1]).unlink()
    print("\nlargest memory: " + ", ".join(f"{size:,} movements {peak:.0f} MB" for size, peak in peaks.items()))
