"""The application on a terminal, forked from the warm parent: from its first line on it is what ``wms`` starts."""

from __future__ import annotations

import fcntl
import os
import sys
import termios
import traceback
from importlib import import_module
from typing import Any

from wms_tui.__main__ import main

WARM = (
    *("wms_tui.tui.app", "wms_tui.tui.terminal.driver", "textual.widgets", "wms_tui.services.setup"),
    *(f"wms_tui.tui.screens.{name}" for name in ("sign_in", "home", "entry")),
    *("wms_tui.services.home", "wms_tui.services.entry", "wms_tui.db.seed"),
)
for name in WARM:
    import_module(name)


def be_the_application(orders: dict[str, Any]) -> None:
    """``terminal`` is the open pty, ``errors`` the path of a file, ``environment`` all of it. Never returns."""
    os.setsid()
    terminal = orders["terminal"]
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    errors = os.open(orders["errors"], os.O_WRONLY | os.O_APPEND)
    for stream, place in enumerate((terminal, terminal, errors)):
        os.dup2(place, stream)
    os.environ.clear()
    os.environ.update(orders["environment"])
    status = 1
    try:
        status = main([])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
