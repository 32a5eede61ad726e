"""The real program on a real pseudo-terminal that fails on whatever its kind does not understand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.harness import SECONDS, Condition
from tests.terminal.on_the_line import Device
from tests.terminal.strict import Refused
from tests.terminal.warm import WarmTerminal


class StrictPty(WarmTerminal):
    """What the device is, the program learns from TERM and the locale alone.

    Whoever waits for something after the terminal was sent what it must not get, gets ``Refused`` instead.
    """

    def __init__(self, home: Path, url: str, device: Device, **environment: str) -> None:
        self.device = device
        self.refused: Refused | None = None
        super().__init__(home, url, device.size, **{"TERM": device.term, "LANG": device.locale, **environment})

    def wait_for(self, wanted: Condition, seconds: float = SECONDS) -> str:
        return super().wait_for(self._judged(wanted), seconds)

    def judge(self) -> None:
        """Raise what the terminal has refused so far."""
        if self.refused:
            raise self.refused

    def _judged(self, wanted: Condition) -> Callable[[str], object]:
        def ready(screen: str) -> object:
            self.judge()
            return wanted in screen if isinstance(wanted, str) else wanted(screen)

        return ready

    def _plug_in(self, size: tuple[int, int]) -> None:
        self.terminal = self.device.terminal()

    def _resize_screen(self, size: tuple[int, int]) -> None:
        self.terminal.resize(*size)

    def _feed(self, data: bytes) -> None:
        try:
            self.terminal.feed(data)
        except Refused as refused:
            self.refused = self.refused or refused

    def _paint(self) -> None:
        self._rows = self.terminal.rows()
        self.seen.update(self._rows)


@contextmanager
def strict_pty(home: Path, url: str, device: Device, **environment: str) -> Iterator[StrictPty]:
    """A terminal for some work; at its end nothing that was ever sent to it may have been refused."""
    it = StrictPty(home, url, device, **environment)
    try:
        yield it
        it.judge()
        assert it.errors.read_text() == ""
    finally:
        it.stop()
