"""Databases and people for every test.

``WMS_TEST_DATABASE_URL`` names a PostgreSQL server to test on, ``none`` leaves PostgreSQL out; without it the tests
start a server of their own, and fail where that is not possible.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.clock import Clock
from tests.support.databases import PostgresDatabases, SqliteFiles
from tests.support.postgres import Server
from tests.support.warehouse import QUICK_HASHER, add_catalog, add_users, signed_in
from tests.terminal.harness import Open, RealTerminal, opening
from tests.terminal.warm import WarmTerminal
from wms_tui.domain.access import Actor
from wms_tui.services import access
from wms_tui.services.backend import Backend
from wms_tui.services.demo.furnishing import furnish
from wms_tui.tui.walking import FURNISHED, NOW, PASSWORD

CANNOT_START = (
    "PostgreSQL cannot be started here, so half of the database tests cannot run. Name a server in "
    "WMS_TEST_DATABASE_URL, or set WMS_TEST_DATABASE_URL=none to leave PostgreSQL out. The server said:\n"
)


# A test tells what is wrong, not how busy the machine is; and what passed once passes again.
settings.register_profile("same", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("other", settings.get_profile("same"), derandomize=False)  # --hypothesis-profile=other
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-snapshots", action="store_true", help="write what the screens show now as snapshots")
    parser.addoption(
        "--granted", action="store_true", help="work on PostgreSQL under the role that `wms db grant` makes"
    )


_REAL_HASHER = access._hasher


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashing is argon2id, but cheap; ``real_passwords`` for what it is in earnest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "_hasher", lambda: QUICK_HASHER)
        yield


@pytest.fixture
def real_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashing as the program does it."""
    monkeypatch.setattr(access, "_hasher", _REAL_HASHER)
    access._made_stand_in.cache_clear()
    yield
    access._made_stand_in.cache_clear()


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a furnished warehouse, made once as ``wms screenshots`` makes it; whoever writes takes a copy."""
    folder = tmp_path_factory.mktemp("demonstration")
    furnish(f"sqlite:///{folder / FURNISHED}", NOW, PASSWORD)
    return folder


@pytest.fixture(scope="session")
def postgres_databases(request: pytest.FixtureRequest) -> Iterator[PostgresDatabases]:
    """The databases of the server that was named, or of one that lives as long as the tests."""
    named = os.environ.get("WMS_TEST_DATABASE_URL")
    if named == "none":
        pytest.skip("WMS_TEST_DATABASE_URL=none leaves PostgreSQL out")
    with ExitStack() as at_end:
        if not named:
            named = _own_server(at_end)
        databases = PostgresDatabases(named, request.config.getoption("--granted"))
        at_end.callback(databases.close)
        yield databases


def _own_server(at_end: ExitStack) -> str:
    try:
        server = Server()
    except Exception as error:
        pytest.fail(f"{CANNOT_START}{error}", pytrace=False)
    at_end.callback(server.stop)
    return server.url


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> SqliteFiles | PostgresDatabases:
    """Where this test's databases are made: each test runs on both engines."""
    return request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres_databases")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def empty_url(databases: SqliteFiles | PostgresDatabases) -> Iterator[str]:
    """A database with nothing in it; on SQLite not even the file."""
    with databases.empty() as url:
        yield url


@pytest.fixture
def bare_url(databases: SqliteFiles | PostgresDatabases) -> Iterator[str]:
    """A migrated database without anybody in it."""
    with databases.copy_of("bare", lambda url: Backend.prepare(url)) as url:
        yield url


@pytest.fixture
def url(request: pytest.FixtureRequest, databases: SqliteFiles | PostgresDatabases) -> Iterator[str]:
    """A migrated database with the people of ``warehouse.USERS``; their password is ``warehouse.PASSWORD``."""
    template = ("catalog", _with_catalog) if "catalog" in request.fixturenames else ("people", _with_people)
    with databases.copy_of(*template) as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """``url`` on SQLite alone, for tests of what stands above the database."""
    with sqlite_files.copy_of("people", _with_people) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """``url`` on PostgreSQL alone."""
    with postgres_databases.copy_of("people", _with_people) as url:
        yield url


@pytest.fixture
def backend(url: str, clock: Clock) -> Iterator[Backend]:
    """An open backend on both engines in turn; its clock stands still."""
    backend = Backend.open(url, clock)
    yield backend
    backend.close()


@pytest.fixture
def admin(backend: Backend) -> Actor:
    return signed_in(backend, "ada")


@pytest.fixture
def keeper(backend: Backend) -> Actor:
    return signed_in(backend, "ken")


@pytest.fixture
def other_keeper(backend: Backend) -> Actor:
    return signed_in(backend, "kim")


@pytest.fixture
def finance(backend: Backend) -> Actor:
    return signed_in(backend, "fay")


@pytest.fixture
def catalog(url: str) -> None:
    """The products and locations of ``warehouse.add_catalog``: asking for this gives ``url`` the other template."""


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[Open]:
    """Opens the program on a terminal: ``open_terminal(url, size=(80, 24), WMS_BELL="0")``; forked, see ``warm.py``."""
    with opening(WarmTerminal, tmp_path) as start:
        yield start


@pytest.fixture
def start_terminal(tmp_path: Path) -> Iterator[Open]:
    """``open_terminal`` with a Python of its own, for tests of the start and the end."""
    with opening(RealTerminal, tmp_path) as start:
        yield start


def worked_in(name: str, work: Callable[[Backend], None]) -> Any:
    """The fixture ``url`` of a module: the small catalog, and work that is done there once."""

    def fill(url: str) -> None:
        _with_catalog(url)
        with closing(Backend.open(url, Clock())) as backend:
            work(backend)

    @pytest.fixture
    def url(databases: SqliteFiles | PostgresDatabases) -> Iterator[str]:
        with databases.copy_of(name, fill) as url:
            yield url

    return url


def _with_people(url: str) -> None:
    Backend.prepare(url)
    with closing(Backend.open(url, Clock())) as backend:
        add_users(backend)


def _with_catalog(url: str) -> None:
    _with_people(url)
    with closing(Backend.open(url, Clock())) as backend:
        add_catalog(backend)
