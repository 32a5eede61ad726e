"""Real tmux and GNU screen around a program: servers of their own, in folders of their own, without status lines."""

from __future__ import annotations

import fcntl
import os
import pty
import shlex
import shutil
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

from tests.terminal.harness import row_shown

SECONDS = 30
QUIET = "stty raw -echo; exec sleep 1000"
"""A program that leaves the terminal to whoever writes to it."""
_TMUX = "set -g status off\nset -g default-terminal {term}\nset -g remain-on-exit on\nset -g escape-time 0\n"
_SCREEN = "startup_message off\nhardstatus off\nterm {term}\ndefutf8 on\naltscreen on\nvbell off\n"


class Multiplexer:
    """A terminal within a terminal: ``command`` is run by a shell, in ``environment`` and what the multiplexer sets."""

    program = ""

    def __init__(self, folder: Path, size: tuple[int, int], command: str, environment: Mapping[str, str], term: str):
        self.folder, self.size = folder, size
        self._environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder), **environment}
        self._tty_file = folder / "tty"
        self._start(f"tty > {shlex.quote(str(self._tty_file))}; {command}", term)
        _until(
            lambda: self._tty_file.exists() and self._tty_file.read_text().endswith("\n"), lambda: "no terminal came"
        )
        self.tty = Path(self._tty_file.read_text().strip())

    @classmethod
    def there(cls) -> bool:
        return shutil.which(cls.program) is not None

    def write(self, data: bytes) -> None:
        """To the screen, as the program in it does."""
        with self.tty.open("wb", buffering=0) as tty:
            tty.write(data)

    def wait_for(self, wanted: str | list[str], seconds: float = SECONDS) -> list[str]:
        """Wait until a text is shown, or all rows are these; the rows."""
        rows: list[str] = []

        def come() -> bool:
            rows[:] = self.rows()
            return rows == wanted if isinstance(wanted, list) else wanted in "\n".join(rows)

        _until(come, lambda: f"{wanted!r} did not come to {self.program}:\n" + "\n".join(rows), seconds)
        return rows

    def wait_until_same(self, others: Callable[[], list[str]]) -> None:
        """Wait until the rows are those that another terminal then has."""

        def complaint() -> str:
            pairs = zip(self.rows(), others(), strict=True)
            return "\n".join(f"{ours:40}| {theirs}" for ours, theirs in pairs)

        _until(lambda: self.rows() == others(), complaint)

    def send(self, keys: bytes) -> None:
        raise NotImplementedError

    def rows(self) -> list[str]:
        """The text of each row without the spaces at its end."""
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def _start(self, command: str, term: str) -> None:
        raise NotImplementedError

    def _run(self, *arguments: str) -> str:
        done = subprocess.run([self.program, *arguments], env=self._environment, capture_output=True, timeout=SECONDS)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


class Tmux(Multiplexer):
    program = "tmux"

    def _start(self, command: str, term: str) -> None:
        settings = self.folder / "tmux.conf"
        settings.write_text(_TMUX.format(term=term))
        columns, rows = map(str, self.size)
        self._do("-f", str(settings), "-u", "new-session", "-d", "-x", columns, "-y", rows, command)

    def _do(self, *arguments: str) -> str:
        return self._run("-S", str(self.folder / "tmux"), *arguments)

    def rows(self) -> list[str]:
        rows = [row.rstrip() for row in self._do("capture-pane", "-p").split("\n")]
        return (rows + [""] * self.size[1])[: self.size[1]]

    def looks(self) -> bytes:
        """The rows with the sequences that say how they look."""
        return self._do("capture-pane", "-p", "-e").encode()

    def send(self, keys: bytes) -> None:
        self._do("send-keys", "-H", *(f"{key:02x}" for key in keys))

    def resize(self, size: tuple[int, int]) -> None:
        self.size = size
        self._do("resize-window", "-x", str(size[0]), "-y", str(size[1]))

    def stop(self) -> None:
        self._do("kill-server")


class Screen(Multiplexer):
    """Attached to a terminal of ours, which gives it its size and is read as an xterm: its own copies lose Chinese."""

    program = "screen"

    def _start(self, command: str, term: str) -> None:
        settings, sockets = self.folder / "screenrc", self.folder / "sockets"
        settings.write_text(_SCREEN.format(term=term))
        sockets.mkdir(mode=0o700)
        self._environment |= {"SCREENDIR": str(sockets), "TERM": "xterm", "SHELL": "/bin/sh"}
        self._outer, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", self.size[1], self.size[0], 0, 0))
        started = [self.program, "-c", str(settings), "-U", "-S", "wms", "/bin/sh", "-c", command]
        self._process = subprocess.Popen(
            started,
            env=self._environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self._shown, self._reading = pyte.Screen(*self.size), threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        stream = pyte.ByteStream(self._shown)
        try:
            while data := os.read(self._outer, 65536):
                with self._reading:
                    stream.feed(data)
        except OSError:
            pass

    def rows(self) -> list[str]:
        with self._reading:
            return [row_shown(self._shown.buffer[row], self.size[0]) for row in range(self.size[1])]

    def send(self, keys: bytes) -> None:
        os.write(self._outer, keys)

    def stop(self) -> None:
        self._run("-S", "wms", "-X", "quit")
        self._process.wait(SECONDS)
        self._reader.join(SECONDS)
        os.close(self._outer)


MULTIPLEXERS: tuple[type[Multiplexer], ...] = (Tmux, Screen)


def _until(ready: Callable[[], bool], complaint: Callable[[], str], seconds: float = SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, complaint()
        time.sleep(0.02)
