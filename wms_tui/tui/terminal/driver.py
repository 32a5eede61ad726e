"""Our terminal driver: Textual's, with our key reader in front, fewer escape sequences, and an end when the line drops.

This is the module that leans on Textual's internals (pinned minor version); its tests state what it relies on.
"""

from __future__ import annotations

import asyncio
import os
import re
import selectors
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from wms_tui.tui.gate import Typed
from wms_tui.tui.terminal.reading import KeyReader

ESCAPE_DELAY = 0.1
"""Seconds of silence after which a lone ESC is the key Esc."""

# Kitty keys, focus reports, bracketed paste, queries, shapes of the pointer: their answers would come between the keys.
_UNWANTED = re.compile(r"\x1b\[(>\d+u|<u|\?1004[hl]|\?2004[hl]|\?(2026|2048)\$p)|\x1b\]22;.*\x07")


class HungUp(events.Event):
    """The terminal is gone, or the process was asked to end."""


class TerminalDriver(LinuxDriver):
    """Reads raw keys for the gate and writes only what every terminal understands."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        terminal = sys.__stdout__ if sys.__stdout__ and sys.__stdout__.isatty() else self._file
        self._file = cast(TextIOWrapper, _Output(cast(IO[str], terminal)))
        self.reader = KeyReader()
        self.escape_delay = ESCAPE_DELAY

    def start_application_mode(self) -> None:
        super().start_application_mode()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGWINCH, self._resized)
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._app.post_message, HungUp())

    def _resized(self) -> None:
        """Textual's own handler may be interrupted by the next signal and then reports the older size last."""
        size = Size(*self._get_terminal_size())
        self._app.post_message(events.Resize(size, size))

    def write(self, data: str) -> None:
        if not _UNWANTED.fullmatch(data):
            super().write(data)

    def run_input_thread(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(self.escape_delay):
                    self._send(self.reader.expire())
                elif data := self._read():
                    self._send(self.reader.feed(data))
                else:
                    self.process_message(HungUp())
                    return

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _send(self, keys: list[str]) -> None:
        if keys:
            self.process_message(Typed(keys))


class _Output:
    """The terminal as a file; what is written after it has gone is dropped."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._give_up()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._give_up()

    def _give_up(self) -> None:
        """What is still buffered goes nowhere, also when the interpreter flushes it at its end."""
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), self._file.fileno())

    def fileno(self) -> int:
        return self._file.fileno()
