"""A small shop for the screens that look things up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from decimal import Decimal

import pytest

from tests.support.clock import Clock
from tests.support.databases import SqliteFiles
from tests.support.warehouse import add_catalog, add_users, signed_in
from tests.tui.driving import Terminal, terminal
from wms_tui.db.tables import Location
from wms_tui.domain.access import Actor
from wms_tui.domain.movements import DocumentKind, Line, PostDocument, ReverseDocument
from wms_tui.services import movements, setup
from wms_tui.services.backend import Backend
from wms_tui.settings import Settings
from wms_tui.tui.client import Client

AtWork = Callable[..., AbstractAsyncContextManager[Terminal]]
SHELVES = [f"S-{number:03}" for number in range(1, 131)]
MILK = {"lot": "M1", "expires": date(2026, 12, 31)}


def pytest_configure(config: pytest.Config) -> None:
    """Snapshots are taken anew whole, those of the campaign too."""
    if config.getoption("--refresh-snapshots"):
        config.option.markexpr = ""


class ShopClient(Client):
    """Takes any password, whose check takes 0.1 s, and spares the look for migrations."""

    async def sign_in(self, name: str, password: str) -> Actor:
        self.actor = signed_in(self.backend, name, self.terminal)
        return self.actor

    def _open(self) -> bool:
        self._backend = Backend.open(self._database)
        self.site = setup.site(self._backend)
        return True


def line(code: str, quantity: int | str, **more) -> Line:
    return Line(code, Decimal(quantity), **more)


@pytest.fixture
def shop_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """Three receipts, an issue, one of them reversed; nuts on 130 shelves."""
    with sqlite_files.copy_of("shop", _open_shop) as url:
        yield url


@pytest.fixture
def shop(shop_url: str) -> Iterator[Backend]:
    backend = Backend.open(shop_url, Clock())
    yield backend
    backend.close()


@pytest.fixture
def at_work(shop_url: str) -> AtWork:
    """Signs a user in at a terminal of the shop: ``async with at_work("ken", size=(20, 16)) as it``."""

    @asynccontextmanager
    async def start(user: str = "ken", size: tuple[int, int] = (80, 24)):
        settings = Settings(database=shop_url, idle_lock=0)
        async with terminal(size, ShopClient(shop_url, "tty9"), settings) as it:
            await it.type(f"{user}\rpassword\r".encode())
            yield it

    return start


def _open_shop(url: str) -> None:
    Backend.prepare(url)
    backend = Backend.open(url, Clock())
    add_users(backend)
    add_catalog(backend)
    backend.work(lambda tx: tx.session.add_all([Location(code=code, kind="bin") for code in SHELVES]))
    ken, kim = signed_in(backend, "ken"), signed_in(backend, "kim")
    receive(backend, ken, "nuts", *(line("NUT", 7, target=code) for code in SHELVES), reference="PO-1", partner="Acme")
    receive(backend, ken, "bolts", line("BOLT", 1200, target="A1"), line("BOLT", "0.5", target="A2"), reference="PO-2")
    receive(backend, kim, "milk", line("MILK", 3, target="A1", **MILK), line("14006381333938", 2, target="A1"))
    issue = PostDocument(DocumentKind.ISSUE, "out", (line("BOLT", 200, source="A1"),), reference="SO-9", note="urgent")
    number = backend.run(movements.post, ken, issue).number
    backend.run(movements.reverse, ken, ReverseDocument(number, "back"))
    backend.close()


def receive(backend: Backend, actor, key: str, *lines: Line, **more) -> str:
    return backend.run(movements.post, actor, PostDocument(DocumentKind.RECEIPT, key, lines, **more)).number
