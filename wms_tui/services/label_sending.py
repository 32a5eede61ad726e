"""Sending data to a label printer over a socket, and telling what may have reached it."""

from __future__ import annotations

import socket
import time
from contextlib import suppress

from wms_tui.domain.printing import Fault

CONNECT_SECONDS = 5.0
SEND_SECONDS = 30.0
"""A printer that is out of paper takes nothing more once its buffer is full."""
CLOSE_SECONDS = 3.0
"""Most printers close the line when they have read everything; some leave it open, and are then believed."""
LATE_SECONDS = 0.2
"""A line that was closed without reading says so only after the end of file."""


def send(host: str, port: int, data: bytes, seconds: float = SEND_SECONDS) -> Fault | None:
    """None once the printer has all of it. With a safe fault nothing has reached it; after any other nobody knows.

    ``seconds`` is how long the printer may take nothing.
    """
    try:
        line = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
    except (socket.gaierror, UnicodeError):
        return Fault.NO_HOST
    except TimeoutError:
        return Fault.SILENT
    except OSError:
        return Fault.REFUSED
    with line:
        return _deliver(line, data, seconds)


def _deliver(line: socket.socket, data: bytes, seconds: float) -> Fault | None:
    if _is_closed(line):
        return Fault.REFUSED
    line.settimeout(seconds)
    try:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        line.settimeout(min(CLOSE_SECONDS, seconds))
        with suppress(TimeoutError):
            while line.recv(1024):
                pass
        time.sleep(LATE_SECONDS)
        return Fault.BROKEN if line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) else None
    except OSError:
        return Fault.BROKEN


def _is_closed(line: socket.socket) -> bool:
    """Whether the printer has hung up at once, as one does that already serves somebody else."""
    line.setblocking(False)
    try:
        return line.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
