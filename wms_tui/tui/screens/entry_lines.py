"""All lines of a draft."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from wms_tui.domain.movements import KINDS
from wms_tui.domain.texts import N_
from wms_tui.tui.draft import DraftAtWork
from wms_tui.tui.guide import BACK, Guide, Hint
from wms_tui.tui.line import writes
from wms_tui.tui.page import BACK_KEYS, Page
from wms_tui.tui.screens import entry_panes
from wms_tui.tui.widgets.listing import Listing


class DraftLines(Page):
    """A list to look at. A scan closes it and is taken by the page under it."""

    HEADING = N_("{kind}: all lines")
    GUIDE = Guide(
        N_("The lines of this document in the order of entry. You may scan on: the list closes and the scan is taken."),
        (
            BACK,
            Hint("Up, Down", N_("Move"), N_("Moves in the list; Page Up and Page Down by pages."), brief=False),
        ),
    )

    def __init__(self, draft: DraftAtWork) -> None:
        super().__init__()
        self._draft = draft
        self._listing = Listing()

    def body(self) -> Iterable[Widget]:
        return (self._listing,)

    def heading(self) -> str:
        return self.tr(self.HEADING, kind=self.tr(KINDS[self._draft.kind].name))

    def help_keys(self) -> frozenset[str]:
        return frozenset()

    async def opened(self) -> None:
        lines = await self._draft.lines()
        self._listing.show(entry_panes.line_rows(lines, self._draft.kind, self.shell.translate, self.formats))
        self.say(self.tr(N_("Lines: {count}"), count=self.formats.grouped(len(lines))))

    async def pressed(self, key: str) -> None:
        if key in BACK_KEYS or key == "f6":
            await self.shell.back()
        elif len(key) == 1 and writes(key):
            await self.shell.back()
            await self.shell.page.press(key)
        else:
            self._listing.press(key)
