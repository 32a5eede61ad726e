"""Processes that may die at work: each is forked from one that has imported the program already.

Only its imports are spared: a process has its own memory, its own connections, and its own end.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from typing import Any

PATIENCE = 120
_FORKING = multiprocessing.get_context("forkserver")
_IMPORTED = ["pytest", "tests.support.warehouse", "tests.support.together", "wms_tui.services.backup"]
_FORKING.set_forkserver_preload(_IMPORTED)
Pipes = _FORKING.Pipe


def begun(work: Callable[..., Any], *arguments: Any) -> ForkServerProcess:
    """A process that does the work, a function of a module, and ends: with 0, or with 1 where the work raises."""
    process = _FORKING.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def ended(process: ForkServerProcess, patience: float = PATIENCE) -> int:
    """How it ended: its exit status, or the signal that killed it as a negative number."""
    process.join(patience)
    if process.exitcode is None:
        process.kill()
        raise AssertionError(f"a process was still at work after {patience} s")
    return process.exitcode
