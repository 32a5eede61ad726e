"""Catalogs of a thousand and a million products, made once for all benchmarks of the catalog."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.benchmarks import bulk_catalog
from tests.conftest import _with_people
from tests.support.databases import PostgresDatabases
from tests.support.postgres import Server

THOUSAND, MILLION = 1000, 1_000_000


def made(url: str, count: int) -> str:
    """The URL of a database that is now filled; tells how long that took."""
    _with_people(url)
    began = time.perf_counter()
    bulk_catalog.fill(url, count)
    if count == MILLION:
        print(f"\n{url.partition(':')[0]}: {count:,} products are made in {time.perf_counter() - began:.0f} s")
    return url


@pytest.fixture(scope="session")
def sqlite_catalogs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    folder: Path = tmp_path_factory.mktemp("catalogs")
    return {count: made(f"sqlite:///{folder / f'{count}.sqlite'}", count) for count in (THOUSAND, MILLION)}


@contextmanager
def postgres_catalog() -> Iterator[str]:
    """A million products on a server of their own."""
    server = Server(durable=True)
    databases = PostgresDatabases(server.url)
    with databases.empty() as url:
        yield made(url, MILLION)
    databases.close()
    server.stop()
