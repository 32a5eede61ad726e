"""A line to a server that can be slow, cut, or silent: a proxy on loopback between the program and PostgreSQL."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import make_url


@dataclass(eq=False)
class Link:
    """One connection through the proxy."""

    client: socket.socket
    server: socket.socket
    cut: threading.Event = field(default_factory=threading.Event)
    may_pass: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        _close(self.client, self.server)


class Proxy:
    """Forwards connections to ``url``'s server; ``self.url`` leads through it.

    ``cut_answers()``: the next answer reaches nobody and its connection is closed, when the server has done what it
    was asked; ``cut_questions()``: the next question reaches nobody, likewise. ``silence()`` lets nothing through,
    either way, until ``heal()``; ``forget()`` does so to the connections that there are, and takes new ones.
    ``delay`` is one way, in seconds.
    ``trips`` counts how often somebody asked after an answer: the ways to the server and back.
    """

    def __init__(self, url: str, delay: float = 0.0) -> None:
        self._upstream = make_url(url)
        self.delay = delay
        self.cuts = 0
        self.trips = 0
        self._answered = True
        self._silent = False
        self._to_cut: Callable[[bytes], bool] | None = None
        self._arrives = True
        self._links: list[Link] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        self.url = self._upstream.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_answers(self, asked: Callable[[bytes], bool] = bool) -> None:
        """Close instead of answering, once, the connection on which such a question is asked next."""
        self._arrives, self._to_cut = True, asked

    def cut_questions(self, asked: Callable[[bytes], bool] = bool) -> None:
        """Close instead of passing it on, once, the connection on which such a question is asked next."""
        self._arrives, self._to_cut = False, asked

    def cut_nothing(self) -> None:
        """Forget what was to be cut and was not asked."""
        self._to_cut = None

    def silence(self) -> None:
        self._silent = True
        self.forget()

    def forget(self) -> None:
        for link in self._links:
            link.may_pass.clear()

    def heal(self) -> None:
        self._silent = False
        for link in self._links:
            link.may_pass.set()

    def cut_all(self) -> None:
        """Close every connection that there is."""
        links, self._links = self._links, []
        for link in links:
            link.close()
            link.may_pass.set()

    def close(self) -> None:
        _close(self._listener)
        self.heal()
        self.cut_all()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection((self._upstream.host, self._upstream.port))
            except OSError:
                client.close()
                continue
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link = Link(client, server)
            self._links.append(link)
            if not self._silent:
                link.may_pass.set()
            threading.Thread(target=self._ask, args=(link,), daemon=True).start()
            threading.Thread(target=self._answer, args=(link,), daemon=True).start()

    def _ask(self, link: Link) -> None:
        with suppress(OSError):
            while data := link.client.recv(65536):
                self.trips += self._answered
                self._answered = False
                self._pass(link)
                if self._to_cut and self._to_cut(data):
                    self._to_cut = None
                    if not self._arrives:
                        self.cuts += 1
                        break
                    link.cut.set()
                link.server.sendall(data)
        link.close()

    def _answer(self, link: Link) -> None:
        with suppress(OSError):
            while data := link.server.recv(65536):
                self._pass(link)
                if link.cut.is_set():
                    self.cuts += 1
                    break
                self._answered = True
                link.client.sendall(data)
        link.close()

    def _pass(self, link: Link) -> None:
        link.may_pass.wait()
        if self.delay:
            time.sleep(self.delay)


def _close(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
