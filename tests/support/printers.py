"""Label printers on loopback that keep what they are sent, and misbehave as real ones do."""

from __future__ import annotations

import socket
import struct
import threading
import time


class FakePrinter:
    """Serves one connection after the other by ``ways``, the last one for all that follow.

    ``take`` reads all and closes; ``slow`` reads a little at a time; ``deaf`` reads all and never closes; ``dies``
    reads some and resets the line; ``busy`` hangs up at once.
    """

    def __init__(self, *ways: str) -> None:
        self.ways = list(ways) or ["take"]
        self.jobs: list[bytes] = []
        self._open: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self._server.getsockname()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def labels(self) -> int:
        """How many formats came whole."""
        return sum(job.count(b"^XZ") for job in self.jobs)

    def close(self) -> None:
        self._server.close()
        for line in self._open:
            line.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            way = self.ways.pop(0) if len(self.ways) > 1 else self.ways[0]
            getattr(self, f"_{way}")(line)

    def _take(self, line: socket.socket) -> None:
        self.jobs.append(_all(line))
        line.close()

    def _slow(self, line: socket.socket) -> None:
        got = b""
        while part := line.recv(200):
            got += part
            time.sleep(0.02)
        self.jobs.append(got)
        line.close()

    def _deaf(self, line: socket.socket) -> None:
        self.jobs.append(_all(line))
        self._open.append(line)

    def _dies(self, line: socket.socket) -> None:
        self.jobs.append(line.recv(100))
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()

    def _busy(self, line: socket.socket) -> None:
        line.close()


def _all(line: socket.socket) -> bytes:
    got = b""
    while part := line.recv(65536):
        got += part
    return got


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
