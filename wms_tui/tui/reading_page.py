"""The base of screens that show one thing in full, on a sheet that is rolled up and down."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from wms_tui.domain.texts import N_
from wms_tui.tui.asking_page import AskingPage
from wms_tui.tui.guide import BACK, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.widgets.sheet import Sheet

READING = (
    Hint("F8", N_("Next"), N_("Shows what is below, as do PgDn and the arrow keys.")),
    Hint("F7", N_("Previous"), N_("Shows what is above, as do PgUp and the arrow keys.")),
    BACK,
)


class ReadingPage(AskingPage):
    """A line that is entered names another thing to show."""

    HOLDS = False

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()

    def body(self) -> Iterable[Widget]:
        return (self.sheet,)

    async def command(self, key: str) -> None:
        page = max(1, self.sheet.size.height - 1)
        steps = {"f8": page, "pagedown": page, "f7": -page, "pageup": -page, "down": 1, "up": -1}
        if key in steps:
            self.sheet.roll(steps[key])
        elif key in BACK_KEYS and not self.line.clear():
            await self.shell.back()
