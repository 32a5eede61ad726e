"""Ways from screen to screen. The sign-in page is always at the bottom of the stack, Home above it."""

from __future__ import annotations

from collections.abc import Sequence

from wms_tui.domain.command_errors import NoSuchScreen
from wms_tui.domain.texts import N_
from wms_tui.tui.at_terminal import AtTerminal
from wms_tui.tui.menu import MenuEntry, entries_for
from wms_tui.tui.page import Page


class Going(AtTerminal, inherit_bindings=False):
    """Pages are Textual screens; ``menu`` is what Home offers."""

    menu: Sequence[MenuEntry]

    async def go(self, page: Page) -> None:
        """Open a page over the current one."""
        await self.push_screen(page)
        await page.opened()

    async def back(self) -> None:
        """Leave the current page for the one under it."""
        await self.pop_screen()
        await self.page.opened()

    async def replace(self, page: Page) -> None:
        """Open a page in the place of the current one."""
        await self.switch_screen(page)
        await page.opened()

    async def uncover(self) -> None:
        """Take away the idle lock; the page under it goes on as it was."""
        await self.pop_screen()

    def check_screen(self, word: str) -> None:
        """Raise ``NoSuchScreen`` for a screen that there is not for the operator; empty is Home."""
        self._entry(word)

    def _entry(self, word: str) -> MenuEntry | None:
        found = [entry for entry in entries_for(self.client.operator, self.menu) if entry.word == word]
        if word and not found:
            raise NoSuchScreen(code=word.upper())
        return found[0] if word else None

    async def visit(self, word: str) -> None:
        """Go to a screen of the menu from anywhere, or with an empty word to Home."""
        entry = self._entry(word)
        await self._leave_all()
        if entry is None:
            await self.page.opened()
        else:
            self.page.say("")
            await self.go(entry.make())

    async def leave_and_sign_out(self) -> None:
        """Sign out from anywhere."""
        await self._leave_all()
        await self.sign_out()

    async def _leave_all(self) -> None:
        """Back to Home, page by page."""
        while len(self.screen_stack) > 2:
            await self.page.left()
            await self.pop_screen()

    async def sign_out(self) -> None:
        """End the operator's session and return to the sign-in page."""
        try:
            await self.client.sign_out()
        finally:
            await self.to_sign_in()
        self.page.say(self.translate(N_("You are signed out.")))

    async def to_sign_in(self) -> None:
        """Leave all pages; whoever comes next signs in."""
        self.client.actor = None
        self.suit(None)
        while len(self.screen_stack) > 1:
            await self.pop_screen()
