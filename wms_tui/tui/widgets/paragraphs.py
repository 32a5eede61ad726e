"""Plain sentences in the middle of a page."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from wms_tui.domain.wrapping import wrapped
from wms_tui.tui.terminal.text import safe
from wms_tui.tui.widgets.painted import Painted


class Paragraphs(Painted[tuple[str, ...]]):
    """Each paragraph wrapped, with a space below where there is room; the first one stands out.

    In the upper third, where the eye is.
    """

    def __init__(self) -> None:
        super().__init__(())

    @property
    def cut(self) -> bool:
        """Whether some of it is not shown."""
        return len(self._rows_of(self.place.width)) > self.place.height

    def lines(self, width: int, height: int) -> list[Content]:
        rows = self._rows_of(width, [Content("")])
        if len(rows) > height:
            rows = self._rows_of(width)
        above = max(0, (height - len(rows)) // 3)
        return ([Content("")] * above + [row.pad_left((width - row.cell_length) // 2) for row in rows])[:height]

    def _rows_of(self, width: int, below: Sequence[Content] = ()) -> list[Content]:
        rows: list[Content] = []
        for number, paragraph in enumerate(self.value):
            style = "" if number else "bold $primary"
            rows += [*(Content.styled(row, style) for row in wrapped(safe(paragraph), width)), *below]
        return rows
