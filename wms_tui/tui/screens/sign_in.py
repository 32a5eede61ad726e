"""Sign-in: the first page, painted before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable

from textual.widget import Widget

from wms_tui import __version__
from wms_tui.domain.access import Actor
from wms_tui.domain.texts import N_
from wms_tui.tui.frame import Tone
from wms_tui.tui.guide import Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.obeying import NAMED
from wms_tui.tui.terminal.sounds import REFUSED
from wms_tui.tui.widgets.paragraphs import Paragraphs

OPENING = N_("Opening the database ...")
TYPE_PIN = N_("Badge read. Type or scan your PIN.")
SIGNING_IN = N_("Signing in ...")
TRY_AGAIN = Hint("F5", N_("Try again"), N_("Opens the database again after it could not be opened."), brief=False)


class SignIn(LinePage):
    """User name, then password, or badge, then PIN, in one line. It also opens the database.

    When it cannot be opened, it says so.
    """

    HEADING = N_("Sign in")
    HOLDS = False
    GUIDE = Guide(
        N_(
            "Type your user name, press Enter, type your password, press Enter. Or scan your badge, then type or scan "
            "your PIN."
        ),
        (
            Hint("F10", N_("Quit"), N_("Ends the program.")),
            Hint("F3", N_("Back"), N_("Returns to the user name, as does Esc."), brief=False),
            TRY_AGAIN,
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self._ready = False
        self._user = ""
        self._badge = ""
        self._welcome = Paragraphs()

    def body(self) -> Iterable[Widget]:
        return (self._welcome,)

    def prompt(self) -> str:
        if self._badge:
            return self.tr(N_("PIN"))
        return self.tr(N_("Password")) if self._user else self.tr(N_("User name"))

    def masked(self) -> bool:
        return bool(self._user or self._badge)

    def in_full(self) -> str:
        """Who may sign in stands there, which a small terminal cuts short."""
        return "   ".join(self.shell.settings.notice) if self._welcome.cut else ""

    def key_hints(self) -> Iterable[Hint]:
        return super().key_hints() if self._ready else (TRY_AGAIN, *super().key_hints())

    async def opened(self) -> None:
        if self._ready:
            return
        self.say(self.tr(OPENING), Tone.BUSY)
        self.changed()
        has_users = await self.client.open()
        self.shell.fit_device(await self.client.device())
        self._ready = True
        self.say("")
        if not has_users:
            from wms_tui.tui.screens.passwords import FirstAdministrator

            await self.shell.go(FirstAdministrator())

    async def entered(self, text: str) -> None:
        if not self._ready:
            self.shell.sounds.play(REFUSED)
        elif self._badge:
            badge, self._badge = self._badge, ""
            await self._sign_in(self.client.sign_in_by_badge(badge, text.strip()))
        elif self._user:
            user, self._user = self._user, ""
            await self._sign_in(self.client.sign_in(user, text))
        else:
            self._user = text.strip()

    async def take_badge(self, badge: str) -> None:
        if not self._ready:
            self.shell.sounds.play(REFUSED)
            return
        self.line.clear()
        self._user, self._badge = "", badge
        self.say(self.tr(TYPE_PIN))

    async def take_name(self, name: str) -> None:
        """Before the database is open the name is kept; what is remembered of it follows."""
        if self._ready:
            await super().take_name(name)
        else:
            self.client.call_terminal(name)
            self.done(self.tr(NAMED, name=name))

    async def command(self, key: str) -> None:
        if key == "f10":
            self.shell.exit()
        elif key == "f5":
            await self.opened()
        elif key in BACK_KEYS:
            self._user = self._badge = ""
            self.line.clear()

    async def _sign_in(self, signing: Awaitable[Actor]) -> None:
        self.say(self.tr(SIGNING_IN), Tone.BUSY)
        self.shell.suit(await signing)
        self.say("")
        from wms_tui.tui.screens.home import Home

        await self.shell.go(Home())

    def paint(self) -> None:
        super().paint()
        welcome = (f"wms-tui {__version__}", self.tr(N_("Warehouse management")))
        site = (self.client.site.name,) if self.client.site.name else ()
        self._welcome.show((*site, *welcome, *self.shell.settings.notice))
