"""Connections to PostgreSQL that notice a line which has fallen silent.

A partition, a forgotten entry in a router or a frozen host end no connection: whoever waits for an answer would wait
for ever, and TCP's own timers see nothing where something between goes on acknowledging. A long answer looks the same
from here, so the server is asked over another line whether it still works at the question.
"""

from __future__ import annotations

import logging
import socket
import struct
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import psycopg

Answer = TypeVar("Answer")

SILENT_SECONDS = 5.0
"""After so long without a sign the server is asked whether it works at the question, and again after as long."""
REACHED_WITHIN = 3
"""Seconds for reaching the server over another line."""

_AT_WORK = "SELECT state = 'active' AND wait_event_type IS DISTINCT FROM 'Client' FROM pg_stat_activity WHERE pid = %s"
"""A server that waits for its client, while that waits for the server, has sent or expects what is lost."""

_MAY_IT_BE_ENCRYPTED = struct.pack("!ii", 8, 80877103)
"""The one question that PostgreSQL answers before it looks whether it has room: with one byte, yes or no."""

_IN_HASTE = {"target_session_attrs": "any", "connect_timeout": REACHED_WITHIN, "options": None}

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what breaks is raised; stderr is somebody's screen


class Listening(psycopg.Connection[Any]):
    """Raises ``OperationalError`` and is closed where its line is silent. ``pid`` and ``since`` outlive it."""

    pid = 0
    since = 0.0
    """When it was made, on the monotonic clock."""
    _quick: psycopg.RawCursor[Any] | None = None

    @classmethod
    def connect(cls, *arguments: Any, **options: Any) -> Any:
        connection = super().connect(*arguments, **options)
        connection.pid, connection.since = connection.info.backend_pid, time.monotonic()
        return connection

    def numbered(self, sql: str, values: Sequence[Any]) -> Any:
        """A cursor after a statement in the server's own spelling, with ``$1`` for the first value: the quickest way.

        It is the same one each time.
        """
        if self._quick is None:
            self._quick = psycopg.RawCursor(self)
        return self._quick.execute(sql, values)

    def wait(self, gen: Any, *arguments: Any, **options: Any) -> Any:
        return super().wait(self._listen(gen), *arguments, **options)

    def _listen(self, question: Generator[Any, Any, Answer]) -> Generator[Any, Any, Answer]:
        """Between the driver and its question: what is sent in is zero whenever nothing came for a while."""
        heard, in_doubt = time.monotonic(), False
        try:
            wanted = next(question)
            while True:
                ready = yield wanted
                if ready:
                    heard, in_doubt = time.monotonic(), False
                elif in_doubt:
                    self._give_up()
                elif time.monotonic() - heard >= SILENT_SECONDS:
                    in_doubt = not self._is_at_work()
                    heard = time.monotonic()
                wanted = question.send(ready)
        except StopIteration as answered:
            answer: Answer = answered.value
            return answer

    def _is_at_work(self) -> bool:
        """Whether the server works at the question, as far as it can be asked."""
        address = {**self.info.get_parameters(), **_IN_HASTE, "password": self.info.password or None}
        try:
            with _Hasty.connect(**address, autocommit=True) as other:
                found = other.execute(_AT_WORK, (self.pid,)).fetchone()
        except psycopg.errors.ConnectionTimeout:
            return False
        except psycopg.OperationalError:  # full or starting, perhaps, which it says in its own language
            return self._is_there()
        return bool(found and found[0])

    def _is_there(self) -> bool:
        """Whether anything answers at all: then ask again later."""
        with suppress(OSError), _reached(self.info.host, self.info.port) as line:
            line.sendall(_MAY_IT_BE_ENCRYPTED)
            return line.recv(1) in {b"S", b"N"}
        return False

    def _give_up(self) -> None:
        self.pgconn.finish()
        raise psycopg.OperationalError("The line to the server is silent.")


@contextmanager
def _reached(host: str, port: int) -> Iterator[socket.socket]:
    """A bare line to a server, which may be a socket in a folder."""
    local = host.startswith("/")
    with socket.socket(socket.AF_UNIX) if local else socket.create_connection((host, port), REACHED_WITHIN) as line:
        line.settimeout(REACHED_WITHIN)
        if local:
            line.connect(f"{host}/.s.PGSQL.{port}")
        yield line


class _Hasty(Listening):
    """Asks for another one, and nobody asks for it."""

    def _is_at_work(self) -> bool:
        return False
