from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.harness import RealTerminal

Open = Callable[..., RealTerminal]


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[Open]:
    """Starts the program on a terminal: ``open_terminal(url, size=(80, 24), WMS_BELL="0")``."""
    with ExitStack() as at_end:

        def start(url: str, size: tuple[int, int] = (80, 24), **environment: str) -> RealTerminal:
            terminal = RealTerminal(tmp_path, url, size, **environment)
            at_end.callback(terminal.stop)
            return terminal

        yield start
