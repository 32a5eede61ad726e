"""Fresh databases by the hundred: each is a copy of a template that was migrated once."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from wms_tui.services.privileges import grant

CLERK = "wms_test_clerk"
"""The application's role in tests that are run with ``--granted``."""

LEFT = 2
"""Databases that are done with and not dropped yet."""

Fill = Callable[[str], None]
"""Turns an empty database, named by its URL, into a template."""


class SqliteFiles:
    """Databases in files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._serial = itertools.count(1)
        self._templates: dict[str, Path] = {}

    @contextmanager
    def empty(self) -> Iterator[str]:
        yield f"sqlite:///{self._new()}"

    @contextmanager
    def copy_of(self, name: str, fill: Fill) -> Iterator[str]:
        if name not in self._templates:
            self._templates[name] = self._template(name, fill)
        path = self._new()
        shutil.copyfile(self._templates[name], path)
        yield f"sqlite:///{path}"
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink(missing_ok=True)  # a connection that closes late removes its own

    def _template(self, name: str, fill: Fill) -> Path:
        path = self.folder / f"template-{name}.sqlite"
        fill(f"sqlite:///{path}")
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path

    def _new(self) -> Path:
        return self.folder / f"{next(self._serial)}.sqlite"


class PostgresDatabases:
    """Databases of one server; ``url`` names the one from which others may be made.

    With ``granted`` the tests work under a role that ``wms db grant`` made; only templates are made by the owner.
    """

    def __init__(self, url: str, granted: bool = False) -> None:
        self._granted = granted
        self._url = make_url(url).set(drivername="postgresql")
        self._serial = itertools.count(1)
        self._templates: dict[str, str] = {}
        self._left: list[str] = []
        self._connection = psycopg.connect(self._url.render_as_string(hide_password=False), autocommit=True)
        self._how = "STRATEGY file_copy" if self._connection.info.server_version >= 150000 else ""

    @contextmanager
    def empty(self) -> Iterator[str]:
        name = self._create()
        yield self.url_of(name)
        self._leave(name)

    @contextmanager
    def copy_of(self, name: str, fill: Fill) -> Iterator[str]:
        if name not in self._templates:
            template = self._create()
            fill(self.url_of(template))
            if self._granted:
                grant(self.url_of(template), CLERK, self._url.password or "")
            self._templates[name] = template
        copy = self._create(f"TEMPLATE {self._templates[name]} {self._how}")
        yield self.url_of(copy, CLERK if self._granted else None)
        self._leave(copy)

    def close(self) -> None:
        for name in (*self._templates.values(), *self._left):
            self._drop(name)
        self._connection.close()

    def url_of(self, name: str, role: str | None = None) -> str:
        url = self._url.set(database=name, username=role or self._url.username)
        return url.render_as_string(hide_password=False)

    @property
    def url(self) -> str:
        return self._url.render_as_string(hide_password=False)

    def _create(self, how: str = "") -> str:
        name = f"wms_test_{os.getpid()}_{next(self._serial)}"
        self._connection.execute(f"CREATE DATABASE {name} {how}")
        return name

    def _leave(self, name: str) -> None:
        """Drop the one before: the server waits 100 ms for connections that have only just been closed."""
        self._left.append(name)
        if len(self._left) > LEFT:
            self._drop(self._left.pop(0))

    def _drop(self, name: str) -> None:
        self._connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
