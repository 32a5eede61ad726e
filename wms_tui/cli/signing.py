"""Who a command runs for: by environment for scripts, by asking at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from wms_tui.cli.console import Console
from wms_tui.domain.access import Actor
from wms_tui.domain.badges import PinsDiffer
from wms_tui.domain.errors import PasswordsDiffer, SignInMissing
from wms_tui.domain.texts import N_

if TYPE_CHECKING:
    from wms_tui.services.backend import Backend
    from wms_tui.services.use_cases import UseCase

Receipt = TypeVar("Receipt")
PROMPT = N_("{question}:")
PASSWORD_SOURCE = N_("There is no terminal to ask for the password. Use --password-stdin.")


class Operator:
    """An open database with somebody signed in."""

    def __init__(self, backend: Backend, actor: Actor) -> None:
        self.backend = backend
        self.actor = actor

    def run(self, case: UseCase[Any, Receipt], request: Any) -> Receipt:
        """Carry out a use case for the operator."""
        return self.backend.run(case, self.actor, request)


@contextmanager
def signed_in(console: Console) -> Iterator[Operator]:
    """Open the database and sign in; sign out at the end. Raises what ``sign_in`` raises, and ``SignInMissing``."""
    from wms_tui.services import access

    name, password = credentials(console)
    with opened(console) as backend:
        actor = access.sign_in(backend, access.SignIn(name, password, console.settings.terminal))
        try:
            yield Operator(backend, actor)
        finally:
            access.sign_out(backend, actor)


@contextmanager
def opened(console: Console) -> Iterator[Backend]:
    """The database, open for work."""
    from wms_tui.services.backend import Backend

    backend = Backend.open(console.settings.database)
    try:
        yield backend
    finally:
        backend.close()


def is_missing(url: str) -> bool:
    """Whether there is no database: told without importing what opens one."""
    path = url.removeprefix("sqlite:///").partition("?")[0]
    return path != url and not Path(path).exists()


def names_somebody() -> bool:
    """Whether the environment says who signs in."""
    return bool(os.environ.get("WMS_USER") and os.environ.get("WMS_PASSWORD"))


def at_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty()


def credentials(console: Console) -> tuple[str, str]:
    """Name and password from the environment; what is missing is asked for at a terminal."""
    name, password = os.environ.get("WMS_USER", ""), os.environ.get("WMS_PASSWORD", "")
    if not (name and password) and not at_terminal():
        raise SignInMissing
    return name or ask(console, N_("User name")), password or ask_secret(console, N_("Password"))


def ask(console: Console, question: str) -> str:
    """A line typed at the terminal."""
    print(_prompt(console, question), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def ask_secret(console: Console, question: str) -> str:
    """A line typed at the terminal and not shown."""
    from getpass import getpass

    return getpass(_prompt(console, question))


def _prompt(console: Console, question: str) -> str:
    return console.translate(PROMPT).format(question=console.translate(question)) + " "


def needs_password_source(console: Console) -> None:
    """Misuse, where there is neither a terminal to type a password at nor leave to read it from standard input."""
    if not at_terminal():
        console.misuse(PASSWORD_SOURCE)


def new_password(console: Console, from_stdin: bool) -> str:
    """A new password: one line of standard input, or typed twice at the terminal. Raises ``PasswordsDiffer``."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = ask_secret(console, N_("New password"))
    if first != ask_secret(console, N_("New password again")):
        raise PasswordsDiffer
    return first


def new_badge(console: Console, from_stdin: bool) -> tuple[str, str]:
    """A badge and a PIN: two lines of standard input, or scanned and typed at the terminal. Raises ``PinsDiffer``."""
    if from_stdin:
        badge, pin = (sys.stdin.readline().strip() for _ in range(2))
        return badge, pin
    badge, first = ask_secret(console, N_("Badge")).strip(), ask_secret(console, N_("New PIN")).strip()
    if first != ask_secret(console, N_("New PIN again")).strip():
        raise PinsDiffer
    return badge, first
