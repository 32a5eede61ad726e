"""``wms`` alone: the terminal application, without what only commands need, so that it is painted at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from wms_tui import settings
from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import translator

STDIN = 0


def main() -> int:
    """Open the application; the exit status. What is refused is said on standard error."""
    translate = translator(settings.spoken())
    try:
        loaded = settings.load()
        translate = translator(loaded.language)
        return open_application(loaded)
    except WmsError as error:
        from wms_tui.domain.display import harmless

        print(harmless(error.text(translate)), file=sys.stderr)
        return 1


def open_application(loaded: settings.Settings) -> int:
    with without_echo():
        from wms_tui.tui.app import run

        return run(loaded)


@contextmanager
def without_echo() -> Iterator[None]:
    """What is typed ahead while the application loads may be a password: the terminal does not show it."""
    if sys.platform == "win32" or not os.isatty(STDIN):
        yield
        return
    import termios

    before = termios.tcgetattr(STDIN)
    quiet = [*before]
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(STDIN, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(STDIN, termios.TCSANOW, before)
