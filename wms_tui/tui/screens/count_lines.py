"""All that is counted at a location so far."""

from __future__ import annotations

from wms_tui.domain.texts import N_
from wms_tui.tui.count_desk import CountDesk
from wms_tui.tui.guide import Guide
from wms_tui.tui.lines_page import LOOKING, LinesPage
from wms_tui.tui.screens import counting_panes as panes
from wms_tui.tui.widgets.listing import Rows


class CountLines(LinesPage):
    """The latest first."""

    HEADING = N_("Counted at {code}")
    GUIDE = Guide(
        N_("What is counted at this location, the latest first. You may scan on: the list closes, the scan is taken."),
        LOOKING,
    )

    def __init__(self, desk: CountDesk) -> None:
        super().__init__()
        self._desk = desk

    def heading(self) -> str:
        return self.tr(self.HEADING, code=self._desk.view.location)

    async def lines(self) -> Rows:
        return panes.line_rows(await self._desk.lines(), self.shell.translate, self.formats)
