"""Home: what the operator's role may do, and today's figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from textual.content import Content
from textual.widget import Widget

from wms_tui.domain.errors import WmsError
from wms_tui.domain.texts import N_
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.menu import MenuEntry, chosen, entries_for
from wms_tui.tui.page import BACK_KEYS, Page
from wms_tui.tui.terminal import fit, safe
from wms_tui.tui.today import Standing, blocks, standing
from wms_tui.tui.widgets.figures import FiguresPane
from wms_tui.tui.widgets.painted import Painted

MenuRow = tuple[str, str, str]
"""Digit, letter, title."""


class MenuPane(Painted[tuple[MenuRow, ...]]):
    """One row an entry, with the keys that open it."""

    def __init__(self) -> None:
        super().__init__(())

    def lines(self, width: int, height: int) -> list[Content]:
        return [
            Content.assemble(
                (f" {digit} ", "bold reverse $primary"),
                (f" {letter} ", "bold $primary"),
                fit(f" {safe(title)}", max(0, width - 6)),
            )
            for digit, letter, title in self.value
        ]


class Home(Page):
    """The menu. A digit or a letter opens its screen at once."""

    HEADING = N_("Home")
    GUIDE = Guide(
        N_(
            "Press the digit or the letter of what you want to do. The figures: what you have not posted yet, products "
            "below their minimum, lots that expire within 30 days, documents posted today."
        ),
        (Hint("F10", N_("Sign out"), N_("Ends your session.")),),
    )

    def __init__(self) -> None:
        super().__init__()
        self._menu = MenuPane()
        self._figures = FiguresPane()
        self._standing = Standing()

    def body(self) -> Iterable[Widget]:
        return (self._menu, self._figures)

    async def opened(self) -> None:
        """The menu answers at once; the figures follow when they are there."""
        self.run_worker(self._look(), group="figures", exclusive=True)

    async def _look(self) -> None:
        try:
            self._standing = await standing(self.client, datetime.now(UTC))
        except WmsError as error:
            self.say(error.text(self.shell.translate))
        self.changed()

    def entries(self) -> tuple[MenuEntry, ...]:
        actor = self.client.actor
        return entries_for(actor, self.shell.menu) if actor else ()

    async def pressed(self, key: str) -> None:
        entry = chosen(key, self.entries())
        if entry:
            self.say("")
            await self.shell.go(entry.make())
        elif key == "f10":
            await self.shell.sign_out()
        elif key in BACK_KEYS:
            self.say(self.tr(N_("This is the first screen. F10 signs you out.")))
        elif len(key) == 1:
            self.warn(self.tr(N_("There is no {key} in the menu."), key=repr(key)))

    def paint(self) -> None:
        super().paint()
        self._menu.show(tuple((entry.digit, entry.letter, self.tr(entry.title)) for entry in self.entries()))
        self._figures.show(blocks(self._standing, self.shell.translate, datetime.now(UTC)))
