"""What the application is to its terminal: how it is spoken to, in which language and look, and what it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen

from wms_tui.domain.access import Actor
from wms_tui.domain.devices import Device
from wms_tui.domain.texts import ENGLISH, Translate, locale_for, translator
from wms_tui.settings import Settings
from wms_tui.tui.client import Client
from wms_tui.tui.fitting import fit
from wms_tui.tui.formats import Formats
from wms_tui.tui.gate import Gate
from wms_tui.tui.page import Page
from wms_tui.tui.terminal.drawing import Drawing
from wms_tui.tui.terminal.profiles import Profile
from wms_tui.tui.terminal.sounds import Sounds
from wms_tui.tui.terminal.text import SafeText
from wms_tui.tui.theme import theme_named

SAFE_TEXT = SafeText()


class AtTerminal(App[int], inherit_bindings=False):
    """One operator's terminal. ``wished_profile`` is the kind that somebody named, empty where it is found out;
    ``device`` is what is remembered of the terminal, and holds now.
    """

    settings: Settings
    client: Client
    gate: Gate
    sounds: Sounds
    profile: Profile
    wished_profile: str
    device: Device | None
    translate: Translate
    formats: Formats

    @property
    def page(self) -> Page:
        page = self.screen
        assert isinstance(page, Page)
        return page

    def suit(self, actor: Actor | None) -> None:
        """Speak the operator's language in his country's numbers and his theme; with nobody, those of the terminal."""
        tag = locale_for(actor.language if actor else "", self.settings.language)
        if not self.profile.chinese:
            tag = ENGLISH
        self.translate = translator(tag)
        self.formats = Formats(tag, self.client.site.currency)
        self.theme = theme_named((actor.theme if actor else "") or self.settings.theme).name

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), SAFE_TEXT]

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

    def _fatal_error(self) -> None:
        """Textual's own shows the values of variables, and passwords would be among them."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        shown = self.console.render(Traceback(width=None), self.console.options)
        self._exit_renderables.append(Segments(shown))
        self._close_messages_no_wait()
