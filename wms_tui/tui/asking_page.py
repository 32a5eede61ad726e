"""Questions before something that cannot be taken back: the same key again says yes, any other says no.

Where one scans, the commands ``..OK`` and ``..NO`` answer; the command that asked asks once more, since a scanner may
read a code twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from wms_tui.domain.barcodes.commands import Command, Order
from wms_tui.tui.frame import Tone
from wms_tui.tui.line_page import LinePage
from wms_tui.tui.page import BACK_KEYS


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

    def ask_first(self, key: str, carry_out: Callable[[], Awaitable[None]], sentence: str) -> None:
        """Ask; the sentence says which key carries it out."""
        self._question = Question(key, carry_out)
        self.say(sentence, Tone.BUSY)

    async def obey(self, order: Order) -> None:
        question, self._question = self._question, None
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
