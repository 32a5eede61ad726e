"""The base of lists of all lines that were scanned, to look at between two scans."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from wms_tui.domain.barcodes.reserved import Spoken
from wms_tui.domain.texts import N_
from wms_tui.tui.guide import BACK, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.line import writes
from wms_tui.tui.orders import PRINT, key_for
from wms_tui.tui.page import Page
from wms_tui.tui.widgets.listing import Listing, Rows

LOOKING = (
    BACK,
    Hint("Up, Down", N_("Move"), N_("Moves in the list; Page Up and Page Down by pages."), brief=False),
)


class LinesPage(Page):
    """A scan closes it and is taken by the page under it, and so does F6, which opened it."""

    def __init__(self) -> None:
        super().__init__()
        self._listing = Listing()

    def body(self) -> Iterable[Widget]:
        return (self._listing,)

    async def lines(self) -> Rows:
        """All lines, from the service."""
        raise NotImplementedError

    def help_keys(self) -> frozenset[str]:
        return frozenset()

    async def opened(self) -> None:
        shown = await self.lines()
        self._listing.show(shown)
        self.say(self.tr(N_("Lines: {count}"), count=self.formats.grouped(len(shown.rows))))

    async def heard(self, said: Spoken) -> None:
        """A command that is not for the list is one for the page under it."""
        order = said.order
        if said.presses_key or (order and key_for(type(self), self.state(), order.command) not in {"", PRINT}):
            await super().heard(said)
        else:
            await self.shell.back()
            await self.shell.page.heard(said)

    async def pressed(self, key: str) -> None:
        if key in BACK_KEYS or key == "f6":
            await self.shell.back()
        elif len(key) == 1 and writes(key):
            await self.shell.back()
            await self.shell.page.press(key)
        else:
            self._listing.press(key)
