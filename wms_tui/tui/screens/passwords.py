"""Pages that ask for passwords: the first administrator, and the operator's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.widget import Widget

from wms_tui.domain.access import LEAST_PASSWORD, check_length
from wms_tui.domain.errors import BadName, NameTaken, WmsError, WrongPassword
from wms_tui.domain.texts import N_
from wms_tui.tui.frame import Tone
from wms_tui.tui.guide import BACK, Guide, Hint
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.widgets.paragraphs import Paragraphs

SAVING = N_("Saving ...")
RULE = N_("A password has at least {least} characters and no common words in a row.")


@dataclass(frozen=True, slots=True)
class Question:
    """One line to fill in."""

    prompt: str
    masked: bool = True


class Questions(LinePage):
    """Asks ``QUESTIONS`` one after the other, the last one being the new password again, then calls ``finish``.

    A new password that is too short is refused before it is typed again.
    """

    HOLDS = False
    QUESTIONS: tuple[Question, ...] = ()
    ABOUT = ""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str] = []
        self._about = Paragraphs()

    def body(self) -> Iterable[Widget]:
        return (self._about,)

    def prompt(self) -> str:
        return self.tr(self._question.prompt)

    def masked(self) -> bool:
        return self._question.masked

    @property
    def _question(self) -> Question:
        return self.QUESTIONS[min(len(self.answers), len(self.QUESTIONS) - 1)]

    async def entered(self, text: str) -> None:
        if not text:
            return
        if len(self.answers) == len(self.QUESTIONS) - 2:
            check_length(text)
        self.answers.append(text)
        self.say("")
        if len(self.answers) == len(self.QUESTIONS):
            await self._finish()

    async def command(self, key: str) -> None:
        if key in BACK_KEYS:
            await self._step_back()

    async def _step_back(self) -> None:
        self.line.clear()
        if self.answers:
            self.answers.pop()
        else:
            await self.leave()

    async def _finish(self) -> None:
        if self.answers[-1] != self.answers[-2]:
            del self.answers[-2:]
            self.warn(self.tr(N_("The two passwords differ. Type the new password again.")))
            return
        self.say(self.tr(SAVING), Tone.BUSY)
        try:
            await self.finish()
        except WmsError as error:
            del self.answers[self.asked_again(error) :]
            raise

    async def finish(self) -> None:
        """Carry out what was asked for."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Esc at the first question."""
        await self.shell.back()

    def asked_again(self, error: WmsError) -> int:
        """The number of the question to go back to, from 0."""
        return 0 if isinstance(error, BadName | WrongPassword) else 1

    def paint(self) -> None:
        super().paint()
        self._about.show((self.tr(self.ABOUT), self.tr(RULE, least=LEAST_PASSWORD)))


class FirstAdministrator(Questions):
    """A database without users asks for the first one; there is no default password."""

    HEADING = N_("First administrator")
    ABOUT = N_("This database has no users yet. Name the administrator who will set it up.")
    GUIDE = Guide(
        N_("The first administrator may do everything, and makes the other users."),
        (
            Hint("F10", N_("Quit"), N_("Ends the program; nothing is made.")),
            Hint("F3", N_("Back"), N_("Goes back one question, as does Esc.")),
        ),
    )
    QUESTIONS = (
        Question(N_("User name"), masked=False),
        Question(N_("New password")),
        Question(N_("New password again")),
    )

    async def finish(self) -> None:
        name, password = self.answers[0].strip(), self.answers[1]
        try:
            await self.client.create_first_admin(name, password)
        except NameTaken:  # somebody else was faster: sign in
            await self.shell.back()
            raise
        self.shell.suit(await self.client.sign_in(name, password))
        from wms_tui.tui.screens.home import Home

        await self.shell.replace(Home())

    async def command(self, key: str) -> None:
        if key == "f10":
            self.shell.exit()
        else:
            await super().command(key)

    async def leave(self) -> None:
        """There is nowhere to go back to."""


class ChangePassword(Questions):
    """The operator's own password."""

    HEADING = N_("Change password")
    ABOUT = N_("Your other sessions end when the password changes.")
    GUIDE = Guide(N_("Type the password that you have now, then the new one twice."), (BACK,))
    QUESTIONS = (
        Question(N_("Password now")),
        Question(N_("New password")),
        Question(N_("New password again")),
    )

    async def finish(self) -> None:
        await self.client.change_password(self.answers[0], self.answers[1])
        await self.shell.back()
        self.shell.page.done(self.tr(N_("The password is changed.")))
