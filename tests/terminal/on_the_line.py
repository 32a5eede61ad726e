"""The application with its real driver on a pty, and a strict terminal at the other end, in one process."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import signal
import struct
import sys
import termios
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from textual.pilot import Pilot

from tests.terminal.strict import ANSI16, KINDS, MODERN, StrictTerminal
from wms_tui.settings import Settings
from wms_tui.tui.app import WmsApp
from wms_tui.tui.client import Client
from wms_tui.tui.terminal.choosing import choose
from wms_tui.tui.terminal.driver import TerminalDriver
from wms_tui.tui.terminal.profiles import Profile
from wms_tui.tui.walking import NOW, Walk

SECONDS = 10
CHINESE, GBK = "zh_CN.UTF-8", "zh_CN.GBK"


@dataclass(frozen=True, slots=True)
class Device:
    """A terminal by its kind, what TERM and the locale say of it, and its size."""

    kind: str
    size: tuple[int, int]
    locale: str = CHINESE
    term: str = ""

    def __str__(self) -> str:
        return f"{self.kind}-{self.size[0]}x{self.size[1]}-{self.charset}{self.term and '-'}{self.term}"

    @property
    def charset(self) -> str:
        if self.kind in {"vt100", "mono-ascii"}:
            return "ascii"
        return {"GBK": "gb18030", "UTF-8": "utf-8"}.get(self.locale.partition(".")[2], "ascii")

    @property
    def profile(self) -> Profile:
        environ = {"TERM": self.term or "xterm-256color", "LANG": self.locale}
        if not self.term and self.kind == MODERN.name:
            environ["COLORTERM"] = "truecolor"
        return choose(environ, self.kind, self.size)

    def terminal(self) -> StrictTerminal:
        """As somebody left it."""
        rules = KINDS[self.kind]
        coloured = rules is MODERN and not self.term.startswith(("screen", "tmux"))
        return StrictTerminal(rules, *self.size, self.charset, used=True, erases_in_colour=coloured)

    @property
    def alternate(self) -> bool:
        return self.kind in {MODERN.name, ANSI16.name}


class Line:
    """A pty between this process, for which it is the terminal, and a strict terminal that reads all that comes."""

    def __init__(self, device: Device) -> None:
        self.device, self.terminal = device, device.terminal()
        self.reads = True
        self._far, self._near = pty.openpty()
        os.set_blocking(self._far, False)
        self.resize(device.size, fresh=False)

    @contextmanager
    def plugged_in(self) -> Iterator[None]:
        """For the time being it is this process's terminal, and read whenever something comes."""
        loop, before = asyncio.get_running_loop(), (sys.__stdin__, sys.__stdout__)
        with open(self._near, closefd=False) as read, open(self._near, "w", closefd=False) as written:
            sys.__stdin__, sys.__stdout__ = read, written  # type: ignore[misc]
            loop.add_reader(self._far, self._come)
            try:
                yield
            finally:
                loop.remove_reader(self._far)
                sys.__stdin__, sys.__stdout__ = before  # type: ignore[misc]
        self.read()

    def read(self) -> None:
        """Take all that has come. Raises ``Refused``."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self.terminal.feed(os.read(self._far, 65536))

    def type(self, keys: bytes) -> None:
        os.write(self._far, keys)

    def resize(self, size: tuple[int, int], fresh: bool = True) -> None:
        fcntl.ioctl(self._far, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        if fresh:
            self.terminal.resize(*size)
            os.kill(os.getpid(), signal.SIGWINCH)  # which the system sends to whoever is signed in there

    def stop_reading(self) -> None:
        self.reads = False
        asyncio.get_running_loop().remove_reader(self._far)

    def go_on_reading(self) -> None:
        self.reads = True
        asyncio.get_running_loop().add_reader(self._far, self._come)

    def close(self) -> None:
        os.close(self._far)
        os.close(self._near)

    def _come(self) -> None:
        """What is refused is told once the application is asked for; the loop itself would swallow it."""
        try:
            self.read()
        except AssertionError as refused:
            asyncio.get_running_loop().remove_reader(self._far)
            self.refused = refused

    refused: AssertionError | None = None

    async def until(self, ready: Callable[[], object], complaint: Callable[[], str]) -> None:
        """Wait until the terminal fulfils a condition. Raises ``Refused`` if it was sent what it must not get."""
        deadline = time.monotonic() + SECONDS
        while not ready():
            if self.refused:
                raise self.refused
            assert time.monotonic() < deadline, complaint()
            await asyncio.sleep(0.005)
        if self.refused:
            raise self.refused


@dataclass(frozen=True, slots=True)
class LineWalk(Walk):
    """A walk through scenes on a line: what stands on its terminal is what came through the real driver."""

    line: Line | None = None
    driver: type[TerminalDriver] = TerminalDriver

    @asynccontextmanager
    async def _running(self, url: str) -> AsyncIterator[Pilot[int]]:
        assert self.line is not None
        async with on_the_line(self.line, url, self.language, self.driver) as pilot:
            await self._settle(pilot)
            yield pilot


@asynccontextmanager
async def on_the_line(
    line: Line, url: str, language: str = "en", driver: type[TerminalDriver] = TerminalDriver
) -> AsyncIterator[Pilot[int]]:
    """The application at work on a database, with the terminal at the end of the line."""
    settings = Settings(url, language, idle_lock=0, terminal="demo")
    app = WmsApp(settings, Client(url, settings.terminal, lambda: NOW), profile=line.device.profile)
    app.driver_class = driver
    with line.plugged_in():
        async with app.run_test(headless=False, size=None) as pilot:
            yield pilot
