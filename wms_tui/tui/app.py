"""The application: the gate with its one consumer, the pages, the operator at work."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import Any, cast

from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from wms_tui.domain.access import Actor
from wms_tui.domain.barcodes.reserved import Reserved
from wms_tui.domain.command_errors import NoSuchScreen
from wms_tui.domain.devices import Device
from wms_tui.domain.errors import NoTerminal, SessionEnded, WmsError
from wms_tui.domain.texts import ENGLISH, N_, locale_for, translator
from wms_tui.settings import Settings
from wms_tui.tui.client import Client
from wms_tui.tui.fitting import fit
from wms_tui.tui.formats import Formats
from wms_tui.tui.gate import Gate, keys_of
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.menu import ENTRIES, MenuEntry, entries_for
from wms_tui.tui.page import Page
from wms_tui.tui.screens.sign_in import SignIn
from wms_tui.tui.terminal.choosing import choose
from wms_tui.tui.terminal.drawing import Drawing
from wms_tui.tui.terminal.line import size_of
from wms_tui.tui.terminal.profiles import MODERN, Profile
from wms_tui.tui.terminal.sounds import Sounds
from wms_tui.tui.terminal.text import SafeText
from wms_tui.tui.theme import STYLE, THEMES, theme_named

IDLE = "idle"
"""Not a key: the operator has been away."""


class WmsApp(App[int], inherit_bindings=False):
    """One operator's terminal. Pages are Textual screens; the sign-in page is always at the bottom of the stack."""

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
        self.device: Device | None = None
        """What is remembered of this terminal, and holds now."""
        self.client = client or Client(settings.database, settings.terminal)
        self.menu = menu
        self.gate = Gate()
        self.sounds = Sounds(self.bell, self.set_timer, settings.bell)
        self._safe_text = SafeText()
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

    def suit(self, actor: Actor | None) -> None:
        """Speak the operator's language in his country's numbers and his theme; with nobody, those of the terminal."""
        tag = locale_for(actor.language if actor else "", self.settings.language)
        if not self.profile.chinese:
            tag = ENGLISH
        self.translate = translator(tag)
        self.formats = Formats(tag, self.client.site.currency)
        self.theme = theme_named((actor.theme if actor else "") or self.settings.theme).name

    def get_default_screen(self) -> Page:
        return SignIn()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._safe_text]

    @property
    def page(self) -> Page:
        page = self.screen
        assert isinstance(page, Page)
        return page

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

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Give our driver the cells themselves; Textual's own drivers get what it makes of them."""
        driver = self._driver
        if isinstance(renderable, CompositorUpdate) and isinstance(driver, Drawing):
            if self._running and not self._closed and not self._batch_count:
                driver.draw(cast(Any, renderable).__rich_console__(self.console, None))  # it looks at no options
        else:
            super()._display(screen, renderable)

    def repaint(self) -> None:
        """Send the whole screen again: somebody else has written on it, or the line has spoilt it."""
        if isinstance(self._driver, Drawing):
            self._driver.repaint()

    def fit_device(self, device: Device | None) -> None:
        """Let what is remembered of a device hold here; with none, what is usual."""
        self.device = device
        fit(self, device)

    async def call_terminal(self, name: str) -> Device | None:
        """Name this terminal; what is remembered of the name holds at once."""
        self.client.call_terminal(name)
        device = await self.client.device()
        self.fit_device(device)
        return device

    def speak_to(self, profile: Profile) -> None:
        """The terminal is of another kind than it was taken for."""
        self.profile = profile
        if isinstance(self._driver, Drawing):
            self._driver.use(profile)
        self.suit(self.client.actor)
        self.page.changed()

    def on_resize(self) -> None:
        """Paint everything: a terminal that shrank and grew again between two signals has lost what it showed."""
        self.refresh()

    def on_hung_up(self) -> None:
        self.exit()

    def _fatal_error(self) -> None:
        """Textual's own shows the values of variables, and passwords would be among them."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        shown = self.console.render(Traceback(width=None), self.console.options)
        self._exit_renderables.append(Segments(shown))
        self._close_messages_no_wait()

    def on_unmount(self) -> None:
        self.client.close()

    async def go(self, page: Page) -> None:
        """Open a page over the current one."""
        await self.push_screen(page)
        await page.opened()

    async def back(self) -> None:
        """Leave the current page for the one under it."""
        await self.pop_screen()
        await self.page.opened()

    async def replace(self, page: Page) -> None:
        """Open a page in the place of the current one."""
        await self.switch_screen(page)
        await page.opened()

    async def uncover(self) -> None:
        """Take away the idle lock; the page under it goes on as it was."""
        await self.pop_screen()

    def check_screen(self, word: str) -> None:
        """Raise ``NoSuchScreen`` for a screen that there is not for the operator; empty is Home."""
        self._entry(word)

    def _entry(self, word: str) -> MenuEntry | None:
        found = [entry for entry in entries_for(self.client.operator, self.menu) if entry.word == word]
        if word and not found:
            raise NoSuchScreen(code=word.upper())
        return found[0] if word else None

    async def visit(self, word: str) -> None:
        """Go to a screen of the menu from anywhere, or with an empty word to Home."""
        entry = self._entry(word)
        await self._leave_all()
        if entry is None:
            await self.page.opened()
        else:
            self.page.say("")
            await self.go(entry.make())

    async def leave_and_sign_out(self) -> None:
        """Sign out from anywhere."""
        await self._leave_all()
        await self.sign_out()

    async def _leave_all(self) -> None:
        """Back to Home, page by page."""
        while len(self.screen_stack) > 2:
            await self.page.left()
            await self.pop_screen()

    async def sign_out(self) -> None:
        """End the operator's session and return to the sign-in page."""
        try:
            await self.client.sign_out()
        finally:
            await self.to_sign_in()
        self.page.say(self.translate(N_("You are signed out.")))

    async def to_sign_in(self) -> None:
        """Leave all pages; whoever comes next signs in."""
        self.client.actor = None
        self.suit(None)
        while len(self.screen_stack) > 1:
            await self.pop_screen()

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
