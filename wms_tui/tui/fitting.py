"""The application and its driver fitted to the device at work: taught keys, the delay of Esc, sounds, profile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wms_tui.domain.devices import Device, bells
from wms_tui.tui.terminal.choosing import choose
from wms_tui.tui.terminal.reading import KeyReader

if TYPE_CHECKING:
    from wms_tui.tui.at_terminal import AtTerminal


def fit(app: AtTerminal, device: Device | None) -> None:
    """Let what is remembered of a device hold; with none, what is usual. Safe to repeat."""
    device = device or Device("")
    app.gate.taught = device.keys
    reader = reader_of(app)
    if reader is not None:
        reader.learn(device.keys)
        delay = app.settings.escape_delay if device.escape_delay is None else device.escape_delay
        app._driver.escape_delay = delay / 1000  # type: ignore[union-attr]  # who has a reader has a delay
    app.sounds.hear(bells(device.bell, app.settings.bell))
    _speak(app, app.settings.profile or device.profile)


def reader_of(app: AtTerminal) -> KeyReader | None:
    """What reads the keys of the terminal; None with a driver of Textual's own."""
    return getattr(app._driver, "reader", None)


def learn_keys(app: AtTerminal, learning: bool) -> None:
    """Whether keys that no map knows are passed on, with what is sent for them."""
    app.gate.learning = learning
    reader = reader_of(app)
    if reader is not None:
        reader.learning = learning


def _speak(app: AtTerminal, wish: str) -> None:
    """Only a wish that has changed: how the terminal is spoken to else is known since the start."""
    if wish != app.wished_profile:
        app.wished_profile = wish
        app.speak_to(choose(os.environ, wish, (app.size.width, app.size.height)))
