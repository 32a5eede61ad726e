"""The sentence above a listing: what it shows."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size

from wms_tui.domain.wrapping import wrapped
from wms_tui.tui.terminal.text import safe
from wms_tui.tui.widgets.painted import Painted

MOST_ROWS, FEW_ROWS = 5, 3
ROOMY = 10
"""In so many rows with the listing it may have the most, in less a few."""


class Summary(Painted[str]):
    """Wrapped to a few rows: on a handheld it is the answer itself."""

    def __init__(self) -> None:
        super().__init__("")

    @property
    def cut(self) -> bool:
        """Whether some of it is not shown."""
        return len(wrapped(safe(self.value), self.place.width)) > self.place.height

    def lines(self, width: int, height: int) -> list[Content]:
        return [Content.styled(row, "bold") for row in wrapped(safe(self.value), width)[:MOST_ROWS]]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return min(len(self.lines(width, container.height)), MOST_ROWS if container.height >= ROOMY else FEW_ROWS)
