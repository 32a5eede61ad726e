"""Administration: people, places and what the site sets up."""

from __future__ import annotations

from collections.abc import Iterable

from wms_tui.domain.texts import N_
from wms_tui.tui.guide import BACK, Guide
from wms_tui.tui.menu import ADMINISTRATION, MenuEntry
from wms_tui.tui.menu_page import MenuPage


class Administration(MenuPage):
    """A menu below Home."""

    HEADING = N_("Administration")
    GUIDE = Guide(N_("Press the digit or the letter of what you want to keep."), (BACK,))

    def offered(self) -> Iterable[MenuEntry]:
        return ADMINISTRATION
