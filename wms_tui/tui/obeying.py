"""What every screen does with the codes that are meant for the program itself: commands and badges."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from wms_tui.domain.barcode_errors import UnknownCommand
from wms_tui.domain.barcodes.commands import COMMAND_NAMES, Command, Order, command_code
from wms_tui.domain.barcodes.reserved import Spoken
from wms_tui.domain.command_errors import BadgeNotHere, CommandNotHere, NothingToPrint
from wms_tui.domain.texts import N_
from wms_tui.tui.guide import Hint
from wms_tui.tui.guided import Guided
from wms_tui.tui.hearing import Hearing
from wms_tui.tui.keys import BACKSPACE, CLEAR, ENTER, REPAINT, TAB
from wms_tui.tui.orders import DEVICE, PRINT, SIGN_OUT, VISIT, key_for
from wms_tui.tui.terminal.sounds import TAKEN

NOTHING_ASKED = N_("Nothing is asked now.")
COMMANDS = N_("Commands to scan here: {words}. OK and NO answer questions and acknowledge a refusal.")
NAMED = N_("This terminal is {name} now.")
NAMED_AND_FIT = N_("This terminal is {name} now. What is remembered of it holds.")
KEYS = N_("{two} and Enter is F2, {ten} F10; {prefix}UP, DN, PGUP, PGDN, LEFT, RIGHT.")
LABEL = N_("Label")
"""The word beside the key that prints a label of what is shown."""

Act = Callable[[], Awaitable[None]]


class Obeying(Guided):
    """The consumer of the gate calls ``press`` for each key; what belongs to no reserved code goes on to ``take``."""

    LOOKS_UP: ClassVar[bool] = False
    """Whether what is typed is looked for as it is typed, so that a key's code may stand behind it."""

    def __init__(self) -> None:
        super().__init__()
        self._hearing = Hearing()

    def warn(self, text: str) -> None:
        """Show that something was refused."""
        raise NotImplementedError

    def done(self, text: str) -> None:
        """Show that something was done, with its sound."""
        raise NotImplementedError

    async def take(self, key: str) -> None:
        """Take a key that is part of no command."""
        raise NotImplementedError

    async def pressed(self, key: str) -> None:
        """Take a key that is not for the help."""

    async def press(self, key: str) -> None:
        """Take one raw key. What may become a command or a badge is held back until it is one, or none."""
        if key == REPAINT:
            self.shell.repaint()
            return
        for one in await self._not_held_back(key):
            await self.shell.page.take(one)

    async def _not_held_back(self, key: str) -> list[str]:
        hearing, reserved = self._hearing, self.shell.reserved
        if len(key) == 1 and key != CLEAR and (hearing.text or self.hears()):
            freed = hearing.press(reserved, key, self.behind())
            return [key] if freed is None else list(freed)
        if hearing.text and key == BACKSPACE:
            hearing.text = hearing.text[:-1]
            return []
        text, behind = hearing.take()
        said = reserved.heard(text, behind, self.LOOKS_UP) if text and key in {ENTER, TAB} else None
        if said is None or (self.masked() and not (said.order or said.badge)):
            return [*text, key]
        if not said.presses_key:
            self.close_guide()
        await self.heard(said)
        return []

    def hears(self) -> bool:
        """Whether a command may begin here."""
        return True

    def behind(self) -> bool:
        """Whether something is typed already."""
        return False

    def masked(self) -> bool:
        """Whether what is typed is secret."""
        return False

    def state(self) -> str:
        """Which of the page's rows in ``orders.KEYS`` holds now."""
        return ""

    async def heard(self, said: Spoken) -> None:
        """Carry out what was scanned, with a sound. Raises why it is not."""
        played = self.shell.sounds.played
        if said.badge:
            await self.take_badge(said.badge)
        elif said.order is None:
            raise UnknownCommand(code=said.code)
        else:
            await self.obey(said.order)
        if self.shell.sounds.played == played:
            self.shell.sounds.play(TAKEN)

    async def take_badge(self, badge: str) -> None:
        """Somebody's badge was scanned."""
        raise BadgeNotHere

    async def take_name(self, name: str) -> None:
        """The label of this terminal was scanned: what is remembered of that name holds here."""
        remembered = await self.shell.call_terminal(name)
        self.done(self.tr(NAMED_AND_FIT if remembered else NAMED, name=name))

    async def obey(self, order: Order) -> None:
        """Carry out a command as its key would. Raises ``CommandNotHere``."""
        if order.command is Command.KEY:
            await (self.press if order.target == REPAINT else self.take)(order.target)
            return
        key = key_for(type(self), self.state(), order.command)
        if key:
            await self.act(key, order)
        elif order.command in {Command.YES, Command.NO}:
            self.warn(self.tr(NOTHING_ASKED))
        else:
            raise CommandNotHere(name=COMMAND_NAMES[order.command])

    async def act(self, key: str, order: Order) -> None:
        """Press the key of a command, or do what no key does."""
        if key == VISIT:
            self.shell.check_screen(order.target)
            await self.depart(lambda: self.shell.visit(order.target))
        elif key == SIGN_OUT:
            await self.depart(self.shell.leave_and_sign_out)
        elif key == DEVICE:
            await self.take_name(order.target)
        else:
            await self.pressed(self._print_key() if key == PRINT else key)

    def command_hints(self) -> Iterable[Hint]:
        """What the help says of keys that the terminal may lack, and of the commands that do something here."""
        prefix = self.shell.reserved.command
        if prefix:
            two, ten = (command_code(Command.KEY, word, prefix) for word in ("2", "10"))
            yield Hint(f"{two} {ten}", "", self.tr(KEYS, two=two, ten=ten, prefix=prefix), brief=False)
        words = [one.value for one in Command if key_for(type(self), self.state(), one)]
        if words and self.hears():
            yield Hint(prefix, "", self.tr(COMMANDS, words=", ".join(words)), brief=False)

    async def depart(self, go: Act) -> None:
        """Leave for somewhere else; a page with something to lose asks first."""
        await go()

    def _print_key(self) -> str:
        """The key that the help calls so. Raises ``NothingToPrint``."""
        for hint in self.guide().hints:
            if hint.word == LABEL:
                return hint.key.lower()
        raise NothingToPrint

    async def left(self) -> None:
        """The page is about to be left by a command for another screen."""
