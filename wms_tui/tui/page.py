"""The base of every screen: the frame, help, and how keys reach the page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size
from textual.widget import Widget

from wms_tui.domain.errors import WmsError
from wms_tui.domain.seeded import shown_name
from wms_tui.domain.texts import N_
from wms_tui.domain.waiting import HeldUp
from wms_tui.tui.client import Client
from wms_tui.tui.formats import Formats
from wms_tui.tui.frame import Message, MessageLine, Title, TitleLine, Tone
from wms_tui.tui.guide import F1, Guide, GuidePane, KeyLine
from wms_tui.tui.obeying import Act, Obeying
from wms_tui.tui.terminal.compositor import SparingCompositor
from wms_tui.tui.terminal.sounds import REFUSED, TAKEN

__all__ = ["Act", "Page"]

CRAMPED = 6
"""Under so many rows a message takes the place of the body."""
FLAT = 4
"""Under so many rows there is no title."""
BESIDE_TITLE, FLATTEST = 2, 1
"""Rows of a message that stand under the title there, and where there is none."""
PAINT_EVERY = 0.05
"""Seconds."""


class Page(Obeying):
    """A screen whose keys act at once (menus, lists); ``LinePage`` assembles them to lines.

    The consumer of the gate calls ``press`` for each key. A ``WmsError`` that escapes from it is shown by ``refuse``.
    """

    HEADING: ClassVar[str] = ""
    GUIDE: ClassVar[Guide] = Guide("")
    PATIENCE: ClassVar[float] = 1.0
    """Seconds after which somebody who waits for a service reads ``WAITING``."""
    WAITING: ClassVar[str] = N_("Waiting for the database ...")
    TITLED: ClassVar[bool] = True
    """Whether the title is worth a row where there are very few."""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (40, "-small"), (64, "-medium"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (FLAT, "-tiny"), (CRAMPED, "-low"), (12, "-normal")]

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self.message = Message()
        self._message_before: Message | None = None
        self._waiting: Message | None = None
        self._painting: asyncio.Handle | None = None
        self._painted_at = 0.0
        self._title = TitleLine()
        self._body = Container(id="body")
        self._guide = GuidePane()
        self._message = MessageLine()
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        """Fit for the terminal from the first frame on: Textual itself tells the size only after it."""
        for size, bounds in zip(self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True):
            self.add_class(max((least, name) for least, name in bounds if least <= size)[1])
        yield self._title
        with self._body:
            yield from self.body()
        yield self._guide
        yield self._message
        yield from self.bottom()
        yield self._keys

    def body(self) -> Iterable[Widget]:
        """The page's own widgets."""
        return ()

    def bottom(self) -> Iterable[Widget]:
        """What stands between the message and the line of keys."""
        return ()

    @property
    def client(self) -> Client:
        return self.shell.client

    @property
    def formats(self) -> Formats:
        """Numbers and days as the operator's country writes them."""
        return self.shell.formats

    def heading(self) -> str:
        return self.tr(self.HEADING)

    def guide(self) -> Guide:
        """The help, and what stands in the line of keys."""
        return self.GUIDE

    async def opened(self) -> None:
        """The page has become the current one, anew or again."""

    async def take(self, key: str) -> None:
        """Take a key that is part of no command."""
        if not self.guides(key):
            await self.pressed(key)

    async def pressed(self, key: str) -> None:
        """Take a key that is not for the help."""

    def refuse(self, error: WmsError) -> None:
        """Show that something was refused, and why."""
        self.warn(error.text(self.shell.translate))

    def warn(self, text: str) -> None:
        self.say(text, Tone.REFUSED)
        self.shell.sounds.play(REFUSED)

    def done(self, text: str) -> None:
        """Show that something was done, with its sound."""
        self.say(text, Tone.DONE)
        self.shell.sounds.play(TAKEN)

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.message = Message(text, tone)

    def waits(self, held_up: HeldUp | None = None) -> None:
        """A service takes long: say so, and for whom if that is known, unless the page says what it does."""
        if self._message_before is None:
            if self.message.tone is Tone.BUSY:
                return
            self._message_before = self.message
        elif self.message is not self._waiting:
            return
        told = self.tr(held_up.template, **held_up.fields) if held_up else self.tr(self.WAITING)
        self.message = self._waiting = Message(told, Tone.BUSY)
        self.changed()

    def waited(self) -> None:
        """It is over: what the page had said before stands again, unless it has said something new."""
        if self._message_before is not None and self.message is self._waiting:
            self.message = self._message_before
        self._message_before = None

    def guide_size(self) -> Size:
        return self._guide.size or self._body.size

    def reads_on(self) -> bool:
        return self._message.turn()

    def changed(self) -> None:
        """Have the page painted once it is settled: when the consumer waits for a service, or for the next key.

        While more keys wait, not oftener than each ``PAINT_EVERY``: nobody sees more, and the keys are taken sooner.
        """
        loop, hurried = asyncio.get_running_loop(), len(self.shell.gate)
        if self._painting is not None and hurried:
            return
        if self._painting is not None:
            self._painting.cancel()
        if hurried:
            self._painting = loop.call_at(self._painted_at + PAINT_EVERY, self._paint_now)
        else:
            self._painting = loop.call_soon(self._paint_now)

    def _paint_now(self) -> None:
        self._painting, self._painted_at = None, asyncio.get_running_loop().time()
        if self.is_mounted and self.is_attached:
            self.paint()

    def on_mount(self) -> None:
        self.changed()

    def on_resize(self) -> None:
        self.changed()

    def paint(self) -> None:
        """Give every widget what it shows; those that show it already do nothing."""
        self._title.show(Title(self.heading(), self._operator()))
        self._message.show(self.told())
        self._keys.show(tuple((hint.key, self.tr(hint.word)) for hint in (F1, *self.key_hints())))
        self.set_class(self.guided, "-guided")
        self._make_room()
        if self._guide_part is not None:
            self._guide.show(self._shown(self._guide_part))

    def _make_room(self) -> None:
        """On the smallest terminals what is said goes before the title, and before the rest of the page."""
        width, height = self.size
        told, small = self.told(), height < CRAMPED
        read = told.tone is not Tone.DONE and not self._message.fits(width, BESIDE_TITLE)
        untitled = small and (read or not self.TITLED)
        rows = min(len(self._message.lines(width, height)), FLATTEST if height < FLAT else BESIDE_TITLE + untitled)
        others = len(tuple(self.bottom())) + (not untitled and height >= FLAT)
        self.set_class(untitled, "-untitled")
        self.set_class(small and bool(told.text) and height - others - rows < 1, "-cramped")

    def told(self) -> Message:
        """What stands in the message line; without a line to type in, also what may become a command."""
        return Message(self._hearing.text) if self._hearing.text else self.message

    def _operator(self) -> str:
        """Who is at work, with the role."""
        actor = self.client.actor
        return f"{actor.name} ({shown_name(self.shell.translate, actor.role)})" if actor else ""
