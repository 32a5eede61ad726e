"""Deaths at a named point, carried by the process that is to die."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

from wms_tui.db.transaction import Tx

POINTS = ("before a statement", "after a statement", "in COMMIT")
_METHODS = ("plain", "run", "all", "native", "each", "many")


def die_at(point: str, number: int, microseconds: int = 0) -> None:
    """From now on count statements, or commits for ``in COMMIT``, and be killed at this one.

    A commit is killed ``microseconds`` after it began, by a thread that was already waiting for it.
    """
    if point == "in COMMIT":
        _count_commits(number, microseconds)
    else:
        _count_statements(number, late=point == "after a statement")


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _count_statements(number: int, late: bool) -> None:
    passed = 0

    def step(*_: Any) -> None:
        nonlocal passed
        passed += 1
        if passed == number:
            _kill()

    def counted(method: Callable[..., Any]) -> Callable[..., Any]:
        def run(self: Tx, *arguments: Any, **values: Any) -> Any:
            if not late:
                step()
            answer = method(self, *arguments, **values)
            if late:
                step()
            return answer

        return run

    for name in _METHODS:
        setattr(Tx, name, counted(getattr(Tx, name)))
    event.listen(Engine, "after_cursor_execute" if late else "before_cursor_execute", step)


def _count_commits(number: int, microseconds: int) -> None:
    begun = threading.Event()
    passed = 0

    def wait() -> None:
        begun.wait()
        time.sleep(microseconds / 1e6)
        _kill()

    def watched(method: Callable[..., Any], is_commit: Callable[[Any], bool]) -> Callable[..., Any]:
        def run(self: Tx, sql: Any, *arguments: Any, **values: Any) -> Any:
            nonlocal passed
            if is_commit(sql):
                passed += 1
                if passed == number:
                    begun.set()
            return method(self, sql, *arguments, **values)

        return run

    threading.Thread(target=wait, daemon=True).start()
    Tx.plain = watched(Tx.plain, lambda sql: sql == "COMMIT")  # type: ignore[method-assign]
    Tx.native = watched(Tx.native, lambda sql: "INSERT" in sql.upper())  # type: ignore[method-assign]
