"""All lines of a draft."""

from __future__ import annotations

from wms_tui.domain.movements import KINDS
from wms_tui.domain.texts import N_
from wms_tui.tui.draft import DraftAtWork
from wms_tui.tui.guide import Guide
from wms_tui.tui.lines_page import LOOKING, LinesPage
from wms_tui.tui.screens import entry_panes
from wms_tui.tui.widgets.listing import Rows


class DraftLines(LinesPage):
    """In the order of entry."""

    HEADING = N_("{kind}: all lines")
    GUIDE = Guide(
        N_("The lines of this document in the order of entry. You may scan on: the list closes and the scan is taken."),
        LOOKING,
    )

    def __init__(self, draft: DraftAtWork) -> None:
        super().__init__()
        self._draft = draft

    def heading(self) -> str:
        return self.tr(self.HEADING, kind=self.tr(KINDS[self._draft.kind].name))

    async def lines(self) -> Rows:
        return entry_panes.line_rows(await self._draft.lines(), self._draft.kind, self.shell.translate, self.formats)
