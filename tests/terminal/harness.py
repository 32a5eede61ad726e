"""The real program on a real pseudo-terminal, with a VT emulator in the place of the screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import pyte

from tests.support.warehouse import PASSWORD
from wms_tui.domain.display import width

SECONDS = 30
ROOT = Path(__file__).parents[2]

Condition = str | Callable[[str], object]

ESC, F1, F2, F3, F4, F5 = b"\x1b", b"\x1bOP", b"\x1bOQ", b"\x1bOR", b"\x1bOS", b"\x1b[15~"
F6, F7, F8, F9, F10 = (b"\x1b[%d~" % number for number in (17, 18, 19, 20, 21))
UP, DOWN, PAGE_UP, PAGE_DOWN = b"\x1b[A", b"\x1b[B", b"\x1b[5~", b"\x1b[6~"


def sign_in(name: str) -> bytes:
    return f"{name}\r{PASSWORD}\r".encode()


def shows(*texts: str) -> Callable[[str], bool]:
    """A screen with all of these; a frame may arrive in parts, so what belongs together is waited for together."""
    return lambda screen: all(text in screen for text in texts)


class RealTerminal:
    """One program on one terminal. ``raw`` is everything that it sent, ``arguments`` its command line.

    ``seen`` holds every row that stood on the screen at any time.
    """

    def __init__(
        self, home: Path, url: str, size: tuple[int, int] = (80, 24), *arguments: str, **environment: str
    ) -> None:
        self.raw = b""
        self.seen: set[str] = set()
        self._plug_in(size)
        self._rows: list[str] = [""] * size[1]
        self._changed = threading.Condition()
        self._enough, self._no_more = os.pipe()
        self._master, slave = pty.openpty()
        self._set_size(size)
        self.errors = home / f"stderr-{self._master}"
        with self.errors.open("wb") as errors:
            self.process = self._launch(slave, errors, arguments, {**_environment(home, url), **environment})
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, data: bytes) -> None:
        """Write as a keyboard or scanner does."""
        while data:
            data = data[os.write(self._master, data) :]

    def send_slowly(self, data: bytes) -> None:
        """Write one byte at a time."""
        for byte in data:
            os.write(self._master, bytes([byte]))

    def wait_for(self, wanted: Condition, seconds: float = SECONDS) -> str:
        """Wait until the screen shows a text, or fulfils a condition; the screen."""
        ready = (lambda screen: wanted in screen) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + seconds
        with self._changed:
            while not ready(self._text()):
                left = deadline - time.monotonic()
                assert left > 0, f"{wanted!r} did not come within {seconds} s; the screen is:\n{self._text()}"
                self._changed.wait(min(left, 0.2))
            return self._text()

    def screen(self) -> str:
        with self._changed:
            return self._text()

    def forget(self) -> None:
        """Begin ``seen`` anew: somebody else sits down."""
        with self._changed:
            self.seen.clear()

    def rows(self) -> list[str]:
        return self.screen().split("\n")

    def resize(self, size: tuple[int, int]) -> None:
        with self._changed:
            self._resize_screen(size)
            self._rows = [""] * size[1]
            self._paint()
        self._set_size(size)

    def echoes(self) -> bool:
        """Whether the terminal itself shows what is typed."""
        return bool(termios.tcgetattr(self._master)[3] & termios.ECHO)

    def hang_up(self) -> None:
        """The line drops: the terminal is gone."""
        self._stop_reading()
        os.close(self._master)
        self._master = -1

    def wait_for_end(self, seconds: float = SECONDS) -> int:
        """The exit status; negative for a signal."""
        return self.process.wait(seconds)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self._master >= 0:
            self._reader.join(SECONDS)
            self.hang_up()
        os.close(self._enough)
        os.close(self._no_more)

    def _plug_in(self, size: tuple[int, int]) -> None:
        """Put an emulator at the far end."""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    def _resize_screen(self, size: tuple[int, int]) -> None:
        self._screen.resize(lines=size[1], columns=size[0])
        self._screen.dirty.update(range(size[1]))

    def _feed(self, data: bytes) -> None:
        self._stream.feed(data)

    def _launch(self, slave: int, errors: IO[bytes], arguments: Sequence[str], environment: dict[str, str]) -> Any:
        """Start the program with the terminal for its own; something like a ``Popen``."""
        return subprocess.Popen(
            [sys.executable, "-m", "wms_tui", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=errors,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def _paint(self) -> None:
        """Read anew what has changed."""
        for number in self._screen.dirty & set(range(len(self._rows))):
            self._rows[number] = row_shown(self._screen.buffer[number], self._screen.columns)
            self.seen.add(self._rows[number])
        self._screen.dirty.clear()

    def _text(self) -> str:
        return "\n".join(self._rows)

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def _read(self) -> None:
        while data := self._read_some():
            with self._changed:
                self.raw += data
                self._feed(data)
                self._paint()
                self._changed.notify_all()

    def _read_some(self) -> bytes:
        ready, _, _ = select.select([self._master, self._enough], [], [])
        if self._enough in ready:
            return b""
        try:
            return os.read(self._master, 65536)
        except OSError:
            return b""

    def _stop_reading(self) -> None:
        """A descriptor that is being read stays open, whoever closes it."""
        os.write(self._no_more, b"!")
        self._reader.join(SECONDS)


def row_shown(cells: Mapping[int, pyte.screens.Char], columns: int) -> str:
    """What a terminal shows of a row: the half that is left of a wide character is blank, where pyte itself fails."""
    text = ""
    for column in range(columns):
        character = cells[column].data
        if character and (width(character) < 2 or not cells[column + 1].data):
            text += character
        elif character or not (column and width(cells[column - 1].data) == 2):
            text += " "
    return text.rstrip()


def _environment(home: Path, url: str) -> dict[str, str]:
    return {
        **kept_environment(),
        "HOME": str(home),
        "WMS_HOME": str(home),
        "WMS_DATABASE_URL": url,
        "WMS_IDLE_LOCK": "0",
        "TERM": "xterm-256color",
    }


def kept_environment() -> dict[str, str]:
    """What every program on a terminal gets of this process's environment."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8"}


Open = Callable[..., RealTerminal]
"""Starts a terminal: the fixture ``open_terminal``."""


@contextmanager
def opening(kind: type[RealTerminal], home: Path) -> Iterator[Open]:
    """What opens terminals of this kind, which are gone at the end."""
    with ExitStack() as at_end:

        def start(url: str, size: tuple[int, int] = (80, 24), *arguments: str, **environment: str) -> RealTerminal:
            terminal = kind(home, url, size, *arguments, **environment)
            at_end.callback(terminal.stop)
            return terminal

        yield start
