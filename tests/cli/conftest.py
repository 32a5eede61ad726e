"""The real command line in this process, on a database with people and a small catalog."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.conftest import _with_catalog
from tests.support.warehouse import PASSWORD
from wms_tui.cli import run


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


class Terminal(io.TextIOWrapper):
    """Standard input at which somebody types."""

    def isatty(self):
        return True


@pytest.fixture
def cli_url(sqlite_files):
    with sqlite_files.copy_of("catalog", _with_catalog) as url:
        yield url


@pytest.fixture
def outside(cli_url, tmp_path):
    """Runs ``wms …`` as a process of its own."""

    def call(*argv, environ=None, **options):
        signing = {"WMS_USER": "ada", "WMS_PASSWORD": PASSWORD, "WMS_DATABASE_URL": cli_url, "WMS_HOME": str(tmp_path)}
        command = [sys.executable, "-m", "wms_tui", *argv]
        environment = {**os.environ, **signing, **(environ or {})}
        return subprocess.run(command, env=environment, capture_output=True, timeout=60, **options)

    return call


@pytest.fixture
def wms(cli_url, tmp_path, monkeypatch, capsys):
    """Runs ``wms …`` as ada; ``user`` names somebody else, or nobody where it is empty; ``typed`` at a terminal."""
    monkeypatch.setenv("WMS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WMS_DATABASE_URL", cli_url)
    monkeypatch.setenv("WMS_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def call(*argv, user="ada", stdin="", typed=False):
        kind = Terminal if typed else io.TextIOWrapper
        monkeypatch.setenv("WMS_USER", user)
        monkeypatch.setenv("WMS_PASSWORD", PASSWORD if user else "")
        monkeypatch.setattr("sys.stdin", kind(io.BytesIO(stdin.encode()), encoding="utf-8"))
        status = run(list(argv))
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call


@pytest.fixture
def file(tmp_path):
    """Writes a text file and answers its name."""

    def write(text, name="file.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write
