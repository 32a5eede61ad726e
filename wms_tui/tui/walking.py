"""The application without a terminal, led from screen to screen: for pictures and snapshots."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from wms_tui.settings import Settings
from wms_tui.tui.app import WmsApp
from wms_tui.tui.client import Client
from wms_tui.tui.gate import Typed
from wms_tui.tui.scene import FIRST, NOBODY, NORMAL, Scene, Size
from wms_tui.tui.settling import POLL, dealt_with

NOW = datetime(2026, 6, 17, 15, 0, tzinfo=UTC)
"""When the pictures are taken: on a Wednesday afternoon."""
PASSWORD = "plum-ferry-47-amber"  # noqa: S105 - of a warehouse that is made up and thrown away
FURNISHED = "furnished.sqlite"


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk through scenes, on a copy of the ``FURNISHED`` database in the folder ``home``."""

    home: Path
    language: str = "en"
    size: Size = NORMAL

    async def through(self, scenes: Iterable[Scene]) -> AsyncIterator[tuple[Scene, WmsApp]]:
        """The application at each scene in turn; those of one user after the other without signing in again."""
        with TemporaryDirectory(dir=self.home) as folder:
            copied, empty = Path(folder) / FURNISHED, Path(folder) / "empty.sqlite"
            shutil.copyfile(self.home / FURNISHED, copied)
            for user, own in groupby(scenes, lambda scene: scene.user):
                async for scene, app in self._as(user, own, empty if user == FIRST else copied):
                    yield scene, app

    async def _as(self, user: str, scenes: Iterable[Scene], database: Path) -> AsyncIterator[tuple[Scene, WmsApp]]:
        async with self._running(f"sqlite:///{database}") as pilot:
            if user not in {FIRST, NOBODY}:
                await self._type(pilot, [*user, "enter", *PASSWORD, "enter"])
            for scene in scenes:
                app = pilot.app
                assert isinstance(app, WmsApp)
                before, *after = scene.raw_keys
                await self._type(pilot, before)
                for keys in after:
                    assert scene.meanwhile is not None, scene.name
                    await scene.meanwhile(app.client)
                    await self._type(pilot, keys)
                yield scene, app
                await self._home(app, user)

    @asynccontextmanager
    async def _running(self, url: str) -> AsyncIterator[Pilot[int]]:
        settings = Settings(url, self.language, idle_lock=0, bell=frozenset(), terminal="demo")
        app = WmsApp(settings, Client(url, settings.terminal, lambda: NOW))
        async with app.run_test(size=self.size) as pilot:
            await self._settle(pilot)
            yield pilot

    async def _type(self, pilot: Pilot[int], keys: list[str]) -> None:
        pilot.app.post_message(Typed(keys))
        await self._settle(pilot)

    async def _settle(self, pilot: Pilot[int]) -> None:
        """Wait until all that is typed has been dealt with, what pages look up has come, and layouts have settled."""
        app = pilot.app
        assert isinstance(app, WmsApp)
        for _ in range(3):
            await dealt_with(app)
            await pilot.pause(POLL)

    async def _home(self, app: WmsApp, user: str) -> None:
        """Back to the first page that a user has, as it is when one comes to it."""
        left = 1 if user in {FIRST, NOBODY} else 2
        while len(app.screen_stack) > left:
            await app.pop_screen()
        await app.page.opened()
