"""A driver that is given cells rather than escape sequences."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from rich.segment import Segment
from textual.driver import Driver

from wms_tui.tui.terminal.profiles import Profile


class Drawing(Driver):
    """What the application asks of such a driver."""

    @abstractmethod
    def draw(self, segments: Iterable[Segment]) -> None:
        """Show these; controls among them say where."""

    @abstractmethod
    def use(self, profile: Profile) -> None:
        """Speak to the terminal in another way from now on; the application paints everything anew."""

    @abstractmethod
    def repaint(self) -> None:
        """Send the whole screen: somebody else has written on it, or the line has spoilt it."""
