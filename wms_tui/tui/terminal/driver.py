"""Our terminal driver: raw keys for the gate, and of what Textual draws only the cells that differ.

This is the module that leans on Textual's internals (pinned minor version); its tests state what it relies on.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import sys
from collections.abc import Iterable
from threading import Event, Thread
from typing import Any

from rich.segment import Segment
from textual import events
from textual.geometry import Size

from wms_tui.tui.gate import Typed
from wms_tui.tui.terminal.canvas import Canvas
from wms_tui.tui.terminal.drawing import Drawing
from wms_tui.tui.terminal.line import as_found, raw, size_of
from wms_tui.tui.terminal.link import Link
from wms_tui.tui.terminal.painter import Painter
from wms_tui.tui.terminal.profiles import MODERN, Profile
from wms_tui.tui.terminal.reading import KeyReader

ESCAPE_DELAY = 0.1
"""Seconds of silence after which a lone ESC is the key Esc."""
BELL = "\x07"


class HungUp(events.Event):
    """The terminal is gone, or the process was asked to end."""


class TerminalDriver(Drawing):
    """The terminal that the process was started on, in the way of its profile, which the application names."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        assert sys.__stdin__ is not None and sys.__stdout__ is not None
        self._input, self._output = sys.__stdin__.fileno(), sys.__stdout__.fileno()
        self.escape_delay = ESCAPE_DELAY
        self._end = Event()
        self._keys: Thread | None = None
        self._before: list[Any] | None = None
        self._size = size_of(self._output)
        profile: Profile = getattr(self._app, "profile", MODERN)
        self.reader = KeyReader(profile.charset)
        self._canvas = Canvas(profile, *self._size)
        self._painter = Painter(profile)
        self.link = Link(self._output, self._frame)

    @property
    def profile(self) -> Profile:
        return self._canvas.profile

    def use(self, profile: Profile) -> None:
        if profile != self.profile:
            self.link.first(self._painter.farewell())
            self._anew(profile)
            self.link.first(self._painter.greeting())

    def repaint(self) -> None:
        self._painter.forget()
        self.link.due()

    def draw(self, segments: Iterable[Segment]) -> None:
        self._canvas.draw(segments)
        self.link.due()

    def write(self, data: str) -> None:
        """Of Textual's own sequences only the bell is sent."""
        if data == BELL:
            self.link.first(data.encode())
            self.link.due()

    def start_application_mode(self) -> None:
        loop = asyncio.get_running_loop()
        self._enter()
        loop.add_signal_handler(signal.SIGWINCH, self._resized)
        loop.add_signal_handler(signal.SIGTSTP, self._suspended)
        loop.add_signal_handler(signal.SIGCONT, self._resumed)
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._app.post_message, HungUp())
        self._resized()
        self._keys = Thread(target=self._read_keys, name="keys", daemon=True)
        self._keys.start()

    def disable_input(self) -> None:
        """Read no more keys."""
        self._end.set()
        if self._keys is not None:
            self._keys.join()
            self._keys = None

    def stop_application_mode(self) -> None:
        self.disable_input()
        self.link.say(self._painter.farewell())
        self.link.close()
        as_found(self._input, self._before)

    def _enter(self) -> None:
        self._before = raw(self._input)
        self.link.first(self._painter.greeting())

    def _frame(self) -> bytes:
        return self._painter.frame(self._canvas)

    def _anew(self, profile: Profile) -> None:
        """Everything on the canvas comes again, as ``Resize`` makes the application paint all."""
        size = size_of(self._output)
        self._canvas, self._painter = Canvas(profile, *size), Painter(profile)
        self.reader.decode(profile.charset)
        self._app.post_message(events.Resize(Size(*size), Size(*size)))

    def _resized(self) -> None:
        """A terminal that shrank and grew again between two signals has lost what it showed."""
        size = size_of(self._output)
        self._size = size
        self._canvas.resize(*size)
        self._painter.forget()
        self._app.post_message(events.Resize(Size(*size), Size(*size)))

    def _suspended(self) -> None:
        self.link.say(self._painter.farewell())
        as_found(self._input, self._before)
        os.kill(os.getpid(), signal.SIGSTOP)

    def _resumed(self) -> None:
        self._enter()
        self._resized()

    def _read_keys(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._input, selectors.EVENT_READ)
            while not self._end.is_set():
                if not selector.select(self.escape_delay):
                    self._send(self.reader.expire())
                elif data := self._read():
                    self._send(self.reader.feed(data))
                else:
                    self.process_message(HungUp())
                    return

    def _read(self) -> bytes:
        try:
            return os.read(self._input, 4096)
        except OSError:
            return b""

    def _send(self, keys: list[str]) -> None:
        if keys:
            self.process_message(Typed(keys))
