"""Scan test: what a code is, told in full; nothing is posted, and no command is carried out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from wms_tui.domain.access import Permission
from wms_tui.domain.barcodes import BadgeCode, Result, Unknown, resolve, visible
from wms_tui.domain.barcodes.explaining import Said, explain
from wms_tui.domain.barcodes.reserved import BADGE
from wms_tui.domain.texts import N_
from wms_tui.services.scanning import Scan, what_is
from wms_tui.tui.frame import Message, Tone
from wms_tui.tui.guide import Guide
from wms_tui.tui.line import Line
from wms_tui.tui.page import CRAMPED
from wms_tui.tui.reading_page import READING, ReadingPage
from wms_tui.tui.terminal.text import NARROW
from wms_tui.tui.widgets.listing import Column
from wms_tui.tui.widgets.sheet import Table

MOST = 50
"""Codes that are remembered."""
REFUSED = "!"
TAKEN = "+"
COLUMNS = (
    Column(N_("No."), least=3, right=True),
    Column("", least=1),
    Column(N_("Code"), least=8),
    Column(N_("What it is"), least=10, stretch=True, below=True),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A code as it may be shown, and what it stands for."""

    number: int
    code: str
    said: tuple[Said, ...]

    @property
    def mark(self) -> str:
        return REFUSED if any(one.refuses for one in self.said) else TAKEN


class ScanTest(ReadingPage):
    """Every line is explained, commands and badges too; only keys lead away, and codes that press one."""

    HEADING = N_("Scan test")
    GUIDE = Guide(
        N_(
            "Scan anything: you read its characters, the kind of symbol, the parts of a GS1 code, what it stands for "
            "here, and what to do where it would be refused. Nothing is posted; commands are explained, not carried "
            "out."
        ),
        READING,
    )

    def __init__(self) -> None:
        super().__init__()
        self._tried: deque[Tried] = deque(maxlen=MOST)
        self._count = 0

    def prompt(self) -> str:
        return self.tr(N_("Scan"))

    def hears(self) -> bool:
        return False

    def typed_so_far(self, line: Line) -> str:
        return BADGE if self.shell.reserved.is_badge(line.text) else line.text

    def told(self) -> Message:
        """On narrow terminals what the sheet says is not said twice."""
        twice = self.message.tone is Tone.DONE and self.size.width < NARROW and self.size.height >= CRAMPED
        return Message() if twice else self.message

    async def opened(self) -> None:
        if not self._tried:
            self.say(self.tr(N_("Scan anything. Nothing is posted here.")))

    async def entered(self, text: str) -> None:
        if not text:
            return
        said = self.shell.reserved.heard(text)
        if said and said.order and said.presses_key:
            await self.obey(said.order)
            return
        result = await self._resolve(text)
        self._count += 1
        shown = BADGE if isinstance(result, BadgeCode) else visible(text)
        self._tried.appendleft(Tried(self._count, shown, explain(result, self.client.clock().date())))
        self._write_sheet()
        (self.warn if isinstance(result, Unknown) else self.done)(self._meaning(self._tried[0]))

    async def _resolve(self, text: str) -> Result:
        """What the database knows is told to those who may see stock."""
        rules = self.shell.settings.rules(self.client.clock().date())
        if self.client.operator.may(Permission.STOCK_VIEW):
            return await self.client.run(what_is, Scan(text, rules))
        return resolve(text, rules)

    def _meaning(self, tried: Tried) -> str:
        return tried.said[-1].text(self.shell.translate)

    def _write_sheet(self) -> None:
        """The last code in full, then all of them."""
        last = self._tried[0]
        facts = tuple((REFUSED if one.refuses else "", one.text(self.shell.translate)) for one in last.said)
        rows = tuple((str(one.number), one.mark, one.code, self._meaning(one)) for one in self._tried)
        columns = tuple(replace(column, title=self.tr(column.title)) for column in COLUMNS)
        self.sheet.write(facts, Table(columns, rows, self.tr(N_("The last codes"))))
        self.sheet.rewind()
