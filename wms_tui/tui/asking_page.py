"""Questions before something that cannot be taken back: the same key again says yes, any other says no.

Where one scans, the commands ``..OK`` and ``..NO`` answer; the command that asked asks once more, since a scanner may
read a code twice, and so does a key that came as a code. The question tells then how to answer it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from wms_tui.domain.barcodes.commands import Command, Order, command_code
from wms_tui.domain.texts import N_
from wms_tui.tui.frame import Tone
from wms_tui.tui.guided import BACK_KEYS
from wms_tui.tui.line_page import LinePage

OK_DOES_IT = N_("{question} {code} answers yes.")


@dataclass(frozen=True, slots=True)
class Question:
    """What is carried out when ``key`` is pressed next."""

    key: str
    carry_out: Callable[[], Awaitable[None]]


class AskingPage(LinePage):
    """A page that asks first. ``key`` is one that no scanner sends; a scan withdraws the question and is taken."""

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._by_code = False

    def ask_first(self, key: str, carry_out: Callable[[], Awaitable[None]], sentence: str) -> None:
        """Ask; the sentence says which key carries it out."""
        self._question = Question(key, carry_out)
        if self._by_code:
            code = command_code(Command.YES, prefix=self.shell.reserved.command)
            sentence = self.tr(OK_DOES_IT, question=sentence, code=code)
        self.say(sentence, Tone.BUSY)

    async def obey(self, order: Order) -> None:
        question, self._question = self._question, None
        self._by_code = True
        try:
            await self._obey(order, question)
        finally:
            self._by_code = False

    async def _obey(self, order: Order, question: Question | None) -> None:
        if question is None:
            await super().obey(order)
        elif order.command is Command.YES:
            await question.carry_out()
        else:
            self.say("")
            if order.command is not Command.NO:
                await super().obey(order)

    async def pressed(self, key: str) -> None:
        question, self._question = self._question, None
        if question is None:
            await super().pressed(key)
        elif key == question.key:
            await question.carry_out()
        else:
            self.say("")
            if key not in BACK_KEYS:
                await super().pressed(key)
