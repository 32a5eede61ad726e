"""The way from the screens to the services: one worker thread an application, which keeps the calls in their order.

Another one takes what nobody waits for, so that long figures are in nobody's way.

Nothing of the services is imported before ``open``: they take longer to load than the first screen to paint.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from wms_tui.domain.access import Actor
from wms_tui.domain.devices import Device
from wms_tui.domain.errors import SessionEnded
from wms_tui.domain.setup import SiteSettings
from wms_tui.domain.texts import Translate
from wms_tui.domain.waiting import HeldUp
from wms_tui.settings import data_dir

if TYPE_CHECKING:
    from wms_tui.domain.labels import LabelOrder
    from wms_tui.services.backend import Backend
    from wms_tui.services.label_work import Worker
    from wms_tui.services.printing import Printed

Answer = TypeVar("Answer")
OWN_FOLDER = "labels"
"""In the data directory: PDF files of labels, where no printer is set up."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Client:
    """What a screen may ask. Every call raises the ``WmsError`` that the service raised.

    ``clock`` answers the time, to the screens and to the services alike.
    """

    def __init__(self, database: str, terminal: str = "", clock: Callable[[], datetime] = utc_now) -> None:
        self.clock = clock
        self._database = database
        self.terminal = terminal
        """The name of this device in what is signed in, written and audited from the next sign-in on."""
        self._backend: Backend | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="services")
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="figures")
        self.actor: Actor | None = None
        self.usual_printer: str | None = None
        """Where labels were printed last; empty for a file."""
        self._printing: Worker | None = None
        self.site = SiteSettings()
        """What holds for the whole site, as of the last look."""

    async def open(self) -> bool:
        """Load the services and open the database, made and migrated as needed; whether it has users yet."""
        return await self._call(self._open)

    async def create_first_admin(self, name: str, password: str) -> None:
        from wms_tui.services import access

        await self._call(access.create_first_admin, self.backend, name, password)

    async def sign_in(self, name: str, password: str) -> Actor:
        from wms_tui.services import access

        request = access.SignIn(name, password, self.terminal)
        actor: Actor = await self._call(access.sign_in, self.backend, request)
        self.actor = actor
        await self.look_at_site()
        return actor

    async def sign_in_by_badge(self, badge: str, pin: str) -> Actor:
        from wms_tui.services import badges

        actor: Actor = await self._call(badges.sign_in, self.backend, badges.Shown(badge, pin, self.terminal))
        self.actor = actor
        await self.look_at_site()
        return actor

    async def look_at_site(self) -> None:
        """Read again what holds for the whole site."""
        from wms_tui.services import setup

        self.site = await self._call(setup.site, self.backend)

    async def device(self) -> Device | None:
        """What is remembered of this terminal's name; None for nothing."""
        from wms_tui.services import devices

        return await self._call(devices.remembered, self.backend, self.terminal)

    def call_terminal(self, name: str) -> None:
        """The terminal bears this name from now on, spelt as it was where it is the same name."""
        if name != self.terminal.strip().upper():
            self.terminal = name

    async def confirm(self, password: str) -> None:
        from wms_tui.services import access

        await self._call(access.confirm, self.backend, self.operator, password)

    async def confirm_by_badge(self, badge: str, pin: str) -> None:
        from wms_tui.services import badges

        await self._call(badges.confirm, self.backend, self.operator, badge, pin)

    async def change_pin(self, password: str, pin: str) -> None:
        from wms_tui.services import badges

        await self._call(badges.change_own_pin, self.backend, self.operator, password, pin)

    async def change_password(self, old: str, new: str) -> None:
        from wms_tui.services import access

        await self._call(access.change_password, self.backend, self.operator, old, new)

    async def sign_out(self) -> None:
        from wms_tui.services import access

        actor, self.actor = self.operator, None
        await self._call(access.sign_out, self.backend, actor)

    async def run(self, use_case: Callable[..., Answer], request: object = None) -> Answer:
        """One use case for the operator, in one transaction."""
        return await self._call(self.backend.run, use_case, self.operator, request)

    async def run_aside(self, use_case: Callable[..., Answer], request: object = None) -> Answer:
        """A use case that only reads and that nobody waits for; it may overtake others and be overtaken."""
        run: Callable[..., Answer] = self.backend.run
        return await asyncio.get_running_loop().run_in_executor(self._aside, run, use_case, self.operator, request)

    async def call(self, function: Callable[..., Answer], *arguments: Any) -> Answer:
        """A service that does more than one transaction, for the operator."""
        return await self._call(function, self.backend, self.operator, *arguments)

    async def print_labels(
        self, order: LabelOrder, printer: str, size: str, translate: Translate, request_id: str
    ) -> Printed:
        """Labels into a printer's queue, or without a printer into a PDF file in the program's own folder."""
        from wms_tui.services import printing

        if not printer:
            folder = data_dir() / OWN_FOLDER
            return await self.call(printing.to_folder, order, folder, size, translate, request_id)
        printed = await self.call(printing.to_printer, order, printer, size, translate, request_id)
        self.wake_printing()
        return printed

    def wake_printing(self) -> None:
        """Something may wait before a printer."""
        from wms_tui.services.label_work import Worker

        if self._printing is None:
            self._printing = Worker(self.backend)
        self._printing.wake()

    async def held_up(self) -> HeldUp | None:
        """Who holds up the call under way; None where nobody does, nobody can tell, or there is no database."""
        if self._backend is None:
            return None
        return await asyncio.to_thread(self._backend.held_up)

    def close(self) -> None:
        """Let a call under way finish, drop the others, and close the database."""
        self._aside.shutdown(wait=False, cancel_futures=True)
        self._worker.submit(self._close)
        self._worker.shutdown(wait=False)

    @property
    def backend(self) -> Backend:
        assert self._backend is not None, "the database is not open"
        return self._backend

    @property
    def operator(self) -> Actor:
        """Who is signed in. Raises ``SessionEnded``: what a page reads in the background may outlive the session."""
        if self.actor is None:
            raise SessionEnded
        return self.actor

    async def _call(self, function: Callable[..., Answer], *arguments: Any) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._worker, function, *arguments)

    def _open(self) -> bool:
        from wms_tui.services import access, setup
        from wms_tui.services.backend import Backend

        Backend.prepare(self._database)
        self._backend = Backend.open(self._database, self.clock)
        self.site = setup.site(self._backend)
        return access.has_users(self._backend)

    def _close(self) -> None:
        self._aside.shutdown()
        if self._printing is not None:
            self._printing.stop()
        if self._backend is not None:
            self._backend.close()
