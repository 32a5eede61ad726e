"""The idle lock: it covers the page at work, which stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from wms_tui.domain.texts import N_
from wms_tui.tui.frame import Tone
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.screens.sign_in import TYPE_PIN
from wms_tui.tui.widgets.paragraphs import Paragraphs

CHECKING = N_("Checking ...")


class Lock(LinePage):
    """The same user's password, or his badge and PIN, goes on exactly where the work was left.

    A wrong one holds the page: somebody who scans on without looking does not guess the account into its lock-out.
    """

    HEADING = N_("Locked")
    GUIDE = Guide(
        N_(
            "Nobody has pressed a key for a while. Type the password of the user shown, or scan his badge, to go on; "
            "the work is kept."
        ),
        (Hint("F10", N_("Sign out"), N_("Lets somebody else sign in; your saved draft is kept.")),),
    )

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._badge = ""
        self._about = Paragraphs()

    def body(self) -> Iterable[Widget]:
        return (self._about,)

    def prompt(self) -> str:
        return self.tr(N_("PIN") if self._badge else N_("Password"))

    def masked(self) -> bool:
        return True

    async def entered(self, text: str) -> None:
        if not text:
            return
        self.say(self.tr(CHECKING), Tone.BUSY)
        badge, self._badge = self._badge, ""
        if badge:
            await self.client.confirm_by_badge(badge, text.strip())
        else:
            await self.client.confirm(text)
        await self.shell.uncover()

    async def take_badge(self, badge: str) -> None:
        self._badge = badge
        self.say(self.tr(TYPE_PIN))

    async def command(self, key: str) -> None:
        if key == "f10":
            await self.shell.sign_out()
        elif key in BACK_KEYS:
            self._badge = ""
            self.line.clear()

    def paint(self) -> None:
        super().paint()
        about = self.tr(N_("{name}, your work is kept. Type your password to go on."), name=self._name)
        self._about.show((about,))
