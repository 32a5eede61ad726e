"""How far a long command is, on standard error while it is a terminal."""

from __future__ import annotations

import sys

from wms_tui.cli.console import Console
from wms_tui.domain.display import width
from wms_tui.domain.texts import N_

SO_FAR = N_("{done} of {total}")
STEP = N_("{what}: {done} of {total}")
CLEAR = "\r" + " " * 40 + "\r"


class ProgressLine:
    """Called with done and total; shows each whole percent once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown = -1
        self._visible = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        if self._visible and percent != self._shown:
            self._shown = percent
            line = self._console.translate(SO_FAR).format(done=done, total=total)
            end = "" if done < total else CLEAR
            print(f"\r{line}{end}", end="", file=sys.stderr, flush=True)


class StepLine:
    """Called with what is being done, done and total; shows each step, and each whole percent of it, once.

    Without a step all is done, and the line is cleared.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown = ("", -1)
        self._columns = 0
        self._visible = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int) -> None:
        step = (what, 100 * done // max(total, 1))
        if self._visible and step != self._shown:
            self._shown = step
            line = self._console.translate(STEP).format(what=self._console.translate(what), done=done, total=total)
            self._show(line if what else "")

    def _show(self, line: str) -> None:
        blank = " " * max(self._columns - width(line), 0)
        self._columns = width(line)
        end = "" if line else "\r"
        print(f"\r{line}{blank}{end}", end="", file=sys.stderr, flush=True)
