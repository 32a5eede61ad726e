"""The application: the gate with its one consumer, the pages, the operator at work."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Sequence
from contextlib import suppress

from textual import events
from textual.driver import Driver

from wms_tui.domain.barcodes.reserved import Reserved
from wms_tui.domain.errors import NoTerminal, SessionEnded, WmsError
from wms_tui.settings import Settings
from wms_tui.tui.client import Client
from wms_tui.tui.gate import Gate, keys_of
from wms_tui.tui.going import Going
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.menu import ENTRIES, MenuEntry
from wms_tui.tui.page import Page
from wms_tui.tui.screens.sign_in import SignIn
from wms_tui.tui.terminal.choosing import choose
from wms_tui.tui.terminal.line import size_of
from wms_tui.tui.terminal.profiles import MODERN, Profile
from wms_tui.tui.terminal.sounds import Sounds
from wms_tui.tui.theme import STYLE, THEMES

IDLE = "idle"
"""Not a key: the operator has been away."""


class WmsApp(Going, inherit_bindings=False):
    """One operator at work."""

    CSS = STYLE
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(
        self,
        settings: Settings,
        client: Client | None = None,
        menu: Sequence[MenuEntry] = ENTRIES,
        profile: Profile = MODERN,
    ) -> None:
        super().__init__(driver_class=_driver())
        self.settings = settings
        self.profile = profile
        self.wished_profile = settings.profile
        self.device = None
        self.client = client or Client(settings.database, settings.terminal)
        self.menu = menu
        self.gate = Gate()
        self.sounds = Sounds(self.bell, self.set_timer, settings.bell)
        self._painted = False
        self._waiting: Page | None = None
        self._inquiry: asyncio.Task[None] | None = None
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.suit(None)

    @property
    def reserved(self) -> Reserved:
        """How commands and badges begin here."""
        return self.settings.reserved(self.client.site)

    def get_default_screen(self) -> Page:
        return SignIn()

    async def on_event(self, event: events.Event) -> None:
        """Every key and paste goes into the gate and nowhere else: no widget, no binding ever sees one."""
        keys = keys_of(event)
        if keys is None:
            await super().on_event(event)
        else:
            self.gate.put(keys)
            if self._painted:
                self.page.changed()

    def on_ready(self) -> None:
        self.fit_device(None)
        self._painted = True
        self.call_after_refresh(self._begin)
        if self.settings.idle_lock:
            self.set_timer(self.settings.idle_lock, self._watch_idle)

    def _begin(self) -> None:
        """Once the first screen is on the terminal, the services may take the processor."""
        self.run_worker(self._consume(), name="gate")

    def on_hung_up(self) -> None:
        self.exit()

    def on_unmount(self) -> None:
        self.client.close()

    async def _consume(self) -> None:
        await self._guard(self.page.opened())
        while True:
            key = await self.gate.get()
            self.page.changed()
            await self._guard(self._lock() if key == IDLE else self.page.press(key))

    async def _guard(self, step: Awaitable[None]) -> None:
        """Nothing that is refused ends the program: the page that is current then says so."""
        patience = asyncio.get_running_loop().call_later(self.page.PATIENCE, self._tell_of_waiting)
        try:
            await step
        except SessionEnded as ended:
            await self.to_sign_in()
            self._refuse_what_follows(ended)
        except WmsError as error:
            self.page.refuse(error)
        finally:
            patience.cancel()
            self._told_of_waiting()
        self.page.changed()

    def _tell_of_waiting(self) -> None:
        self._waiting = self.page
        self._waiting.waits()
        self._inquiry = asyncio.create_task(self._tell_who_is_in_the_way(self._waiting))

    async def _tell_who_is_in_the_way(self, page: Page) -> None:
        """Each second, as long as the wait lasts. A database that is gone cannot tell; the call itself will say so."""
        with suppress(WmsError):
            while True:
                held_up = await self.client.held_up()
                if held_up is not None:
                    page.waits(held_up)
                await asyncio.sleep(1)

    def _told_of_waiting(self) -> None:
        if self._waiting is not None:
            if self._inquiry is not None:
                self._inquiry.cancel()
            self._waiting.waited()
            self._waiting = None

    def _refuse_what_follows(self, ended: SessionEnded) -> None:
        """What was scanned ahead is no user name and no password."""
        page = self.page
        page.refuse(ended)
        if isinstance(page, LinePage):
            page.hold()

    def _watch_idle(self) -> None:
        remaining = self.settings.idle_lock - self.gate.idle
        if remaining <= 0:
            self.gate.put_signal(IDLE)
        self.set_timer(remaining if remaining > 0 else self.settings.idle_lock, self._watch_idle)

    async def _lock(self) -> None:
        from wms_tui.tui.screens.lock import Lock

        if self.client.actor is not None and not isinstance(self.page, Lock):
            await self.go(Lock(self.client.actor.name))


def run(settings: Settings) -> int:
    """Run the application on this terminal; the exit status. Raises ``NoTerminal``."""
    return run_here(WmsApp(settings))


def profile_here(settings: Settings) -> Profile:
    """What the terminal of this process is taken for."""
    return choose(os.environ, settings.profile, size_of(1))


def run_here(app: WmsApp) -> int:
    """Run an application that is made on this terminal; the exit status. Raises ``NoTerminal``."""
    if not (sys.__stdin__ and sys.__stdin__.isatty() and sys.__stdout__ and sys.__stdout__.isatty()):
        raise NoTerminal
    app.profile = profile_here(app.settings)
    app.suit(None)
    app.run(mouse=False)
    return app.return_code or 0


def _driver() -> type[Driver] | None:
    """Our driver where there are POSIX terminals, Textual's elsewhere."""
    if sys.platform == "win32":
        return None
    from wms_tui.tui.terminal.driver import TerminalDriver

    return TerminalDriver
