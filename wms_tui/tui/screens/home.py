"""Home: what the operator's role may do, and today's figures."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.menu import MenuEntry
from wms_tui.tui.menu_page import TURNING, MenuPage
from wms_tui.tui.today import Standing, blocks, standing
from wms_tui.tui.widgets.figures import FiguresPane


class Home(MenuPage):
    """The menu, and how things stand."""

    HEADING = N_("Home")
    GUIDE = Guide(
        N_(
            "Press the digit or the letter of what you want to do. The figures: what you have not posted yet, products "
            "below their minimum, lots that expire soon, counts at work, documents posted today."
        ),
        (Hint("F10", N_("Sign out"), N_("Ends your session.")), TURNING),
    )

    def __init__(self) -> None:
        super().__init__()
        self._figures = FiguresPane()
        self._standing = Standing()

    def heading(self) -> str:
        return self.client.site.name or super().heading()

    def body(self) -> Iterable[Widget]:
        return (self._menu, self._figures)

    async def opened(self) -> None:
        """The menu answers at once; the figures follow when they are there."""
        self.run_worker(self._look(), group="figures", exclusive=True)

    async def _look(self) -> None:
        try:
            self._standing = await standing(self.client, self.client.clock())
        except WmsError as error:
            self.say(error.text(self.shell.translate))
        self.changed()

    def offered(self) -> Iterable[MenuEntry]:
        return self.shell.menu

    async def command(self, key: str) -> None:
        if key == "f10":
            await self.shell.sign_out()
        elif key in BACK_KEYS:
            self.say(self.tr(N_("This is the first screen. F10 signs you out.")))

    def in_full(self) -> str:
        """All figures, where there is no room for some."""
        if not self._figures.cut:
            return ""
        told = ((block.title, *map(" ".join, block.rows)) for block in self._figures.value)
        return "   ".join(part for block in told for part in block)

    def paint(self) -> None:
        super().paint()
        self._figures.show(blocks(self._standing, self.shell.translate, self.formats, self.client.clock()))
