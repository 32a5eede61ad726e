from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.stories.house import Answer, House, open_house
from tests.support.cases import few_of
from tests.support.warehouse import PASSWORD
from tests.terminal.harness import Open
from wms_tui.cli import run
from wms_tui.domain.texts import CHINESE, ENGLISH

ON_SQLITE = [("sqlite", ENGLISH), ("sqlite", CHINESE)]
EVERY = [*ON_SQLITE, ("postgresql", ENGLISH)]
"""The suite leaves out the first: the others have each engine and each language."""


@pytest.fixture(params=few_of(((case,) for case in EVERY), [(case,) for case in EVERY[1:]]), ids="-".join)
def house(
    request: pytest.FixtureRequest, open_terminal: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys
) -> Iterator[House]:
    """The house in which a story takes place: on SQLite in both languages, on PostgreSQL in English."""
    engine, language = request.param
    databases = request.getfixturevalue("sqlite_files" if engine == "sqlite" else "postgres_databases")
    with databases.copy_of("house", open_house) as url:
        yield House(url, tmp_path, language, open_terminal, _command_line(url, language, monkeypatch, tmp_path, capsys))


def _command_line(
    url: str, language: str, monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    environment = {"WMS_HOME": str(folder), "WMS_DATABASE_URL": url, "WMS_LANG": language, "WMS_PASSWORD": PASSWORD}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)

    def wms(user: str, *argv: str) -> Answer:
        monkeypatch.setenv("WMS_USER", user)
        status = run(list(argv))
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return wms
