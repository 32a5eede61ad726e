"""Home: what the operator's role may do, and today's figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from textual.content import Content
from textual.widget import Widget

from wms_tui.domain.access import Permission
from wms_tui.domain.enquiry import Figures, Today
from wms_tui.domain.movements import DocumentKind
from wms_tui.domain.texts import N_
from wms_tui.services import home
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.menu import MenuEntry, chosen, entries_for
from wms_tui.tui.page import BACK_KEYS, Page
from wms_tui.tui.terminal import fit, safe
from wms_tui.tui.widgets.painted import Painted

DAYS_AHEAD = 30
POSTED = {
    DocumentKind.RECEIPT: N_("Receipts today"),
    DocumentKind.ISSUE: N_("Issues today"),
    DocumentKind.TRANSFER: N_("Transfers today"),
    DocumentKind.ADJUSTMENT: N_("Adjustments today"),
    DocumentKind.COUNT: N_("Counts today"),
    DocumentKind.REVERSAL: N_("Reversals today"),
}

MenuRow = tuple[str, str, str]
"""Digit, letter, title."""
FigureRow = tuple[str, int, bool]
"""Label, number, and whether it needs a person."""


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


class FiguresPane(Painted[tuple[FigureRow, ...]]):
    """Today's figures, the numbers at the right."""

    def __init__(self) -> None:
        super().__init__(())

    def lines(self, width: int, height: int) -> list[Content]:
        return [
            Content.styled(fit(label, width - 9) + f"{number:>9,}", "bold $warning" if urgent else "")
            for label, number, urgent in self.value
        ]


class Home(Page):
    """The menu. A digit or a letter opens its screen at once."""

    HEADING = N_("Home")
    GUIDE = Guide(
        N_("Press the digit or the letter of what you want to do."),
        (Hint("F10", N_("Sign out"), N_("Ends your session.")),),
    )

    def __init__(self) -> None:
        super().__init__()
        self._menu = MenuPane()
        self._figures_pane = FiguresPane()
        self._figures: Figures | None = None

    def body(self) -> Iterable[Widget]:
        return (self._menu, self._figures_pane)

    def entries(self) -> tuple[MenuEntry, ...]:
        actor = self.client.actor
        return entries_for(actor, self.shell.menu) if actor else ()

    async def opened(self) -> None:
        if self.client.operator.may(Permission.STOCK_VIEW):
            self._figures = await self.client.run(home.figures, _today())

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
        self._figures_pane.show(tuple(self._figure_rows(self._figures)) if self._figures else ())

    def _figure_rows(self, figures: Figures) -> Iterator[FigureRow]:
        for kind, label in POSTED.items():
            if figures.documents.get(kind):
                yield self.tr(label), figures.documents[kind], False
        yield self.tr(N_("Your open drafts")), figures.open_drafts, figures.open_drafts > 0
        yield self.tr(N_("Products below minimum")), figures.low_stock, figures.low_stock > 0
        expiring = self.tr(N_("Lots expiring in {days} days"), days=DAYS_AHEAD)
        yield expiring, figures.expiring_lots, figures.expiring_lots > 0


def _today() -> Today:
    """Since local midnight."""
    now = datetime.now().astimezone()
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    return Today(midnight, now.date() + timedelta(days=DAYS_AHEAD))
