"""Handhelds of the stories, each of which fails on a byte that it must not get, and the shelves where they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from tests.roles import SCREENS
from tests.stories.house import Desk, House
from tests.support import counting
from tests.support.ledger import receive
from tests.support.warehouse import signed_in
from tests.terminal.harness import DOWN, ESC, F1, F2, F7, F8, F10
from tests.terminal.on_the_line import CHINESE as CHINESE_LOCALE
from tests.terminal.on_the_line import Device
from tests.terminal.strict_pty import StrictPty, strict_pty
from wms_tui.domain.catalog import NewProduct
from wms_tui.domain.display import width
from wms_tui.domain.texts import CHINESE, ENGLISH
from wms_tui.services import catalog_editing
from wms_tui.services.backend import Backend
from wms_tui.tui.frame import MORE
from wms_tui.tui.menu import MenuEntry

HANDHELD = (20, 16)
PLAINEST = Device("mono-ascii", HANDHELD, CHINESE_LOCALE, "dumb")
VT220 = Device("vt220", HANDHELD, CHINESE_LOCALE, "vt220")
TEA, SOAP, BOLTS = "TEA-250", "SOAP-07", 1187
CHINESE_GOODS = {TEA: ("明前西湖龙井茶叶礼盒装", "68.5"), SOAP: ("香皂 125g×3", "3.2")}
"""SKU → name and cost."""

_NUMBER_AT_END = re.compile(r"(?<![^ ])[-+]?\d[\d,.]*$")


@dataclass(frozen=True, slots=True)
class Keys:
    """What somebody presses for what he means; ``sure`` answers a question, ``told`` acknowledges a refusal."""

    post: bytes = F8
    save: bytes = F10
    new: bytes = F2
    hand_over: bytes = F7
    sure: bytes = F7
    told: bytes = ESC
    back: bytes = ESC
    down: bytes = DOWN
    more: bytes = F1
    leave: bytes = F10


OF_A_KEYBOARD = Keys()
TYPED = Keys(
    *(f"..{word}\r".encode() for word in ("8", "10", "2", "7", "OK", "OK", "PREV", "DN", "1", "10")),
)
"""By digits, letters, full stops and Enter alone."""
_ENTRY = re.compile(r"^ ([\d-])  (?:[A-Z]  )?(\S.*?) *$", re.MULTILINE)
_PLAIN_KEYS = re.compile(rb"[0-9A-Za-z.\r-]*")
"""Those, and the hyphens of passwords, days and labels."""


@dataclass
class Handheld(Desk):
    """A desk with a strict terminal, and somebody with these keys; no row is ever longer or shorter than the screen."""

    it: StrictPty
    press: Keys = OF_A_KEYBOARD

    def keys(self, *typed: str | bytes) -> None:
        sent = b"".join(part.encode() if isinstance(part, str) else part for part in typed)
        assert self.press is not TYPED or _PLAIN_KEYS.fullmatch(sent), sent
        super().keys(sent)

    def words(self, english: str, chinese: str) -> str:
        """What has to stand there, whatever the catalog of sentences says."""
        return chinese if self.language == CHINESE else english

    def sees(self, *texts: str) -> str:
        screen = super().sees(*texts)
        grid = self.it.terminal.grid
        assert {width(grid.text(row)) for row in range(grid.rows)} == {grid.columns}
        return screen

    def sees_under(self, head: str, *numbers: str) -> None:
        """Wait until just these numbers stand under the head of a column, each ending where the head ends."""
        self.it.wait_for(lambda screen: self._under(head, screen.split("\n")) == list(numbers))

    def _under(self, head: str, rows: list[str]) -> list[str]:
        top = next((number for number, row in enumerate(rows) if head in row), len(rows))
        cells = [[cell.text for cell in row] for row in self.it.terminal.grid.cells[top:]]
        end = width(rows[top].partition(head)[0] + head) if cells else 0
        ended = ("".join(row[:end]) for row in takewhile(_is_written, cells[1:]) if not row[end].strip())
        return [found[0] for text in ended if (found := _NUMBER_AT_END.search(text))]

    def stand_below_each_other(self, *texts: str) -> None:
        """Wait until these come in this order, one a row, and all begin in one column."""

        def aligned(screen: str) -> bool:
            found = [match for row in screen.split("\n") for match in re.finditer("|".join(sorted(set(texts))), row)]
            begins = {width(match.string[: match.start()]) for match in found}
            return [match[0] for match in found] == list(texts) and len(begins) == 1

        self.it.wait_for(aligned)

    def offers(self, menu: Iterable[MenuEntry], role: str) -> None:
        """Wait until there are exactly the screens of a role, whose letters may have no room."""
        wanted = [(one.digit, self.say(one.title)) for one in menu if role in SCREENS[str(one.title)]]
        self.it.wait_for(lambda screen: sorted(_ENTRY.findall(screen.replace("\n    ", " "))) == sorted(wanted))

    def reads_on(self, text: str) -> None:
        """Read a sentence that the screen may show in parts, which are turned as the mark at their end says."""
        wanted, told = _run_together(text), ""

        def goes_on(screen: str) -> bool:
            part = told + _above_the_line(screen)
            return wanted in part or (MORE in screen and wanted.startswith(part))

        while wanted not in told:
            told += _above_the_line(self.it.wait_for(goes_on))
            if wanted not in told:
                self.keys(self.press.more)

    def leaves(self) -> None:
        """From Home: sign out, and end the program."""
        self.keys(self.press.leave)
        self.reads("You are signed out.")
        self.keys(self.press.leave)
        assert self.it.wait_for_end() == 0


def _above_the_line(screen: str) -> str:
    return _run_together(screen.rpartition("\n")[0].replace(MORE, ""))


def _run_together(text: str) -> str:
    return "".join(text.split())


def _is_written(cells: list[str]) -> bool:
    return bool("".join(cells).strip())


@contextmanager
def handheld(house: House, device: Device, keys: Keys = OF_A_KEYBOARD) -> Iterator[Handheld]:
    """A terminal of the kind, in whose language the program speaks what it can show."""
    with strict_pty(house.folder, house.url, device) as it:
        yield Handheld(it, CHINESE if device.profile.chinese and "zh" in device.locale else ENGLISH, keys)


def stock_the_shelves(url: str) -> None:
    """Bolts and soap in A1, tea in A2; soap and tea have names that no terminal without Chinese can show."""
    with closing(Backend.open(url)) as backend:
        ada = signed_in(backend, "ada")
        for sku, (name, cost) in CHINESE_GOODS.items():
            values = {"sku": sku, "name": name, "unit": "pcs", "cost": Decimal(cost)}
            backend.run(catalog_editing.create, ada, NewProduct(values))
        receive(backend, ada, "BOLT", BOLTS)
        receive(backend, ada, SOAP, 240)
        receive(backend, ada, TEA, 36, "A2", unit_cost=Decimal("68.5"))


def have_ken_count(url: str) -> None:
    """A count of A1 waits for approval: two bolts are missing, three pieces of soap too many are there."""
    with closing(Backend.open(url)) as backend:
        ken = signed_in(backend, "ken")
        plan = counting.begin(backend, ken, "A1")
        counting.count(backend, ken, plan, "A1", f"{BOLTS - 2}*", "BOLT", "243", SOAP)
        counting.submit(backend, ken, plan)
