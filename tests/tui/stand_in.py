"""A client without a database, for tests of the terminal application itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from wms_tui.domain.access import ADMIN_ROLE, ROLES, Actor
from wms_tui.domain.enquiry import Figures
from wms_tui.domain.errors import WrongPassword
from wms_tui.domain.movements import DocumentKind
from wms_tui.settings import Settings
from wms_tui.tui.client import Client

PASSWORD = "river tablet onion"
SETTINGS = Settings(database="sqlite://", idle_lock=0)


class StandIn(Client):
    """Keeps what it was asked. ``gates`` holds calls back until they are set; ``failures`` are raised by name, once."""

    def __init__(self, users: bool = True) -> None:
        super().__init__("sqlite://")
        self.users = users
        self.calls: list[tuple[object, ...]] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.failures: dict[str, Exception] = {}
        self.answers: dict[str, object] = {"drafts": (), "figures": Figures({DocumentKind.RECEIPT: 3}, 0, 12)}

    async def _note(self, name: str, *details: object) -> None:
        self.calls.append((name, *details))
        if name in self.gates:
            await self.gates[name].wait()
        if name in self.failures:
            raise self.failures.pop(name)

    async def open(self) -> bool:
        await self._note("open")
        return self.users

    async def device(self) -> None:
        """Nothing is remembered of it."""

    async def run(self, use_case: Callable[..., Any], request: object = None) -> Any:
        await self._note(use_case.__name__, request)
        return self.answers[use_case.__name__]

    run_aside = run

    async def create_first_admin(self, name: str, password: str) -> None:
        await self._note("create_first_admin", name, password)

    async def sign_in(self, name: str, password: str) -> Actor:
        await self._note("sign_in", name, password)
        if password != PASSWORD:
            raise WrongPassword
        self.actor = Actor(1, name, "session", ADMIN_ROLE, ROLES[ADMIN_ROLE])
        return self.actor

    async def confirm(self, password: str) -> None:
        await self._note("confirm", password)
        if password != PASSWORD:
            raise WrongPassword

    async def change_password(self, old: str, new: str) -> None:
        await self._note("change_password", old, new)

    async def sign_out(self) -> None:
        self.actor = None
        await self._note("sign_out")
