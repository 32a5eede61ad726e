"""The program on a terminal, forked from a warm parent: from its first line on it is what ``wms`` starts.

``python -m tests.terminal.warm`` is the parent. What the start itself is like, cold, ``test_application`` shows.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import signal
import sys
import termios
import threading
import traceback
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import IO, Any

from tests.support.forks import Parent, serve
from tests.terminal.harness import SECONDS, RealTerminal, kept_environment

MODULE = "tests.terminal.warm"
PROGRAM = "program"


class Application:
    """As much of a ``Popen`` as a terminal needs."""

    def __init__(self, parent: Parent, slave: int, errors: str, arguments: Sequence[str], environment: dict[str, str]):
        self._parent = parent
        self.returncode: int | None = None
        orders = {"terminal": os.ttyname(slave), "errors": errors, "arguments": [*arguments]}
        self.pid = parent.fork(PROGRAM, {**orders, "environment": environment})

    def poll(self) -> int | None:
        return self.wait(0)

    def wait(self, seconds: float = SECONDS) -> int | None:
        if self.returncode is None:
            self.returncode = self._parent.wait(self.pid, seconds)
        return self.returncode

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


class WarmTerminal(RealTerminal):
    """A terminal whose program is forked from the warm parent of all of them."""

    def _launch(self, slave: int, errors: IO[bytes], arguments: Sequence[str], environment: dict[str, str]) -> Any:
        return Application(the_parent(), slave, errors.name, arguments, environment)


@cache
def the_parent() -> Parent:
    """Started with the first terminal, ended with the tests."""
    parent = Parent(MODULE, kept_environment())
    atexit.register(parent.close)
    return parent


def be_the_program(orders: dict[str, Any]) -> None:
    """``terminal`` is an open pty, ``errors`` the path of a file, ``environment`` all of it. Ends as programs do."""
    os.setsid()
    terminal = orders["terminal"]
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    errors = os.open(orders["errors"], os.O_WRONLY | os.O_APPEND)
    for stream, place in enumerate((terminal, terminal, errors)):
        os.dup2(place, stream)
    os.close(terminal)
    os.close(errors)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(orders["environment"])
    from wms_tui.__main__ import main

    status = 1
    try:
        status = main(orders["arguments"])
    except BaseException:
        traceback.print_exc()
    _end(status)


def _end(status: int) -> None:
    """Wait for threads and be told at exit as every program, but leave what takes long to take apart as it is."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(status)


def warm_up() -> None:
    """Load all of the program, and nothing of it is done."""
    import wms_tui

    for module in walk_packages(wms_tui.__path__, "wms_tui."):
        if ".migrations" not in module.name:
            import_module(module.name)


if __name__ == "__main__":
    warm_up()
    serve({PROGRAM: be_the_program})
