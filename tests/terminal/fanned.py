"""One application that paints for several terminals of different kinds at once: a walk for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment

from tests.terminal.on_the_line import Device
from tests.terminal.strict import StrictTerminal
from wms_tui.tui.terminal.canvas import Canvas
from wms_tui.tui.terminal.driver import TerminalDriver
from wms_tui.tui.terminal.painter import Painter


class Onlooker:
    """A strict terminal with a canvas and a painter of its own."""

    def __init__(self, device: Device) -> None:
        self.device, self.terminal = device, device.terminal()
        self._begin()

    def _begin(self) -> None:
        self._canvas, self._painter = Canvas(self.device.profile, *self.device.size), Painter(self.device.profile)
        self.terminal.feed(self._painter.greeting())

    def draw(self, segments: list[Segment]) -> None:
        self._canvas.draw(segments)

    def look(self) -> StrictTerminal:
        """The terminal as it is now, after one frame: it is at the end of a line that is slow."""
        self.terminal.feed(self._painter.frame(self._canvas))
        return self.terminal

    def leave(self) -> None:
        """The application ends; the next one begins."""
        self.look()
        self.terminal.feed(self._painter.farewell())
        self._begin()


def fanned(onlookers: list[Onlooker]) -> type[TerminalDriver]:
    """The driver that lets them look on."""

    class Fanned(TerminalDriver):
        def draw(self, segments: Iterable[Segment]) -> None:
            drawn = list(segments)
            super().draw(drawn)
            for onlooker in onlookers:
                onlooker.draw(drawn)

        def stop_application_mode(self) -> None:
            super().stop_application_mode()
            for onlooker in onlookers:
                onlooker.leave()

    return Fanned
