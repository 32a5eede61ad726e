"""The terminal line as the system has it: its size, and the mode in which every byte comes and goes as it is."""

from __future__ import annotations

import contextlib
import os
from typing import Any

USUAL = (80, 24)
_IFLAG, _OFLAG, _LFLAG, _CC = 0, 1, 3, 6


def size_of(descriptor: int) -> tuple[int, int]:
    """Columns and rows; of a serial line, which knows none, what COLUMNS and LINES say."""
    try:
        columns, rows = os.get_terminal_size(descriptor)
    except OSError:
        columns = rows = 0
    return columns or _said("COLUMNS", USUAL[0]), rows or _said("LINES", USUAL[1])


def raw(descriptor: int) -> list[Any] | None:
    """Have keys come one by one, none of them obeyed by the system, and output go unchanged; the mode before."""
    import termios  # as Windows has none

    try:
        before: list[Any] = termios.tcgetattr(descriptor)
    except termios.error:
        return None
    mode = [*before[:_CC], [*before[_CC]]]
    mode[_IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
    mode[_OFLAG] &= ~termios.OPOST
    mode[_LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    mode[_CC][termios.VMIN], mode[_CC][termios.VTIME] = 1, 0
    with contextlib.suppress(termios.error):
        termios.tcsetattr(descriptor, termios.TCSANOW, mode)
    return before


def as_found(descriptor: int, before: list[Any] | None) -> None:
    """Give the line back."""
    import termios

    if before is not None:
        with contextlib.suppress(termios.error):
            termios.tcflush(descriptor, termios.TCIFLUSH)
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


def _said(name: str, usual: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and int(text) else usual
