"""The line to a terminal: never waited for. While it takes nothing, frames are left out, and the latest follows."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import time
from collections.abc import Callable
from dataclasses import dataclass

CHUNK = 64
"""Bytes that a terminal takes without making the writer wait, where its file cannot be opened so that nothing waits."""


@dataclass(slots=True)
class Traffic:
    """What went over the line. A later frame overtook those ``left_out``; ``stalled`` is in seconds."""

    sent: int = 0
    frames: int = 0
    left_out: int = 0
    stalled: float = 0.0


class Link:
    """Writes frames to a file descriptor from the event loop; ``make`` gives the newest frame, empty for none."""

    def __init__(self, descriptor: int, make: Callable[[], bytes]) -> None:
        self.traffic = Traffic()
        self._make = make
        self._descriptor, self._waits_never = _opened(descriptor)
        self._rest = b""
        self._first = b""
        self._stopped_at = 0.0
        self._gone = False

    def first(self, data: bytes) -> None:
        """Send this before the next frame."""
        self._first += data

    def due(self) -> None:
        """There is something new to show."""
        if self._rest:
            self.traffic.left_out += 1
        else:
            self._next()

    def say(self, data: bytes, seconds: float = 0.5) -> None:
        """Send this now, waiting so long at most; no frame follows by itself."""
        self._unwatch()
        self._rest += self._first + data
        self._first = b""
        deadline = time.monotonic() + seconds
        while self._rest and not self._gone and (left := deadline - time.monotonic()) > 0:
            select.select([], [self._descriptor], [], left)
            self._write()

    def close(self) -> None:
        """Send nothing more."""
        if not self._gone:
            self._unwatch()
        self._gone, self._rest = True, b""
        os.close(self._descriptor)

    def _next(self) -> None:
        if self._gone:
            return
        data = self._first + self._make()
        self._first = b""
        if data:
            self.traffic.frames += 1
            self._rest = data
            self._go_on()

    def _go_on(self) -> None:
        self._write()
        if self._rest and not self._stopped_at and not self._gone:
            self._stopped_at = time.monotonic()
            asyncio.get_running_loop().add_writer(self._descriptor, self._writable)

    def _writable(self) -> None:
        self._write()
        if not self._rest or self._gone:
            self._unwatch()
            self._next()

    def _unwatch(self) -> None:
        if self._stopped_at:
            self.traffic.stalled += time.monotonic() - self._stopped_at
            self._stopped_at = 0.0
            with contextlib.suppress(RuntimeError):  # the loop is closed
                asyncio.get_running_loop().remove_writer(self._descriptor)

    def _write(self) -> None:
        while self._rest:
            if not self._waits_never and not select.select([], [self._descriptor], [], 0)[1]:
                return
            try:
                written = os.write(self._descriptor, self._rest if self._waits_never else self._rest[:CHUNK])
            except BlockingIOError:
                return
            except OSError:  # the terminal has gone; reading tells so as well
                self._gone, self._rest = True, b""
                return
            self.traffic.sent += written
            self._rest = self._rest[written:]


def _opened(descriptor: int) -> tuple[int, bool]:
    """A description of the terminal of our own, on which writes never wait; the shell keeps hers as it is."""
    with contextlib.suppress(OSError):
        return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK), True
    with contextlib.suppress(OSError):  # somebody else's terminal, as after su: the way by which everybody has his own
        os.tcgetpgrp(descriptor)
        return os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK), True
    return os.dup(descriptor), False
