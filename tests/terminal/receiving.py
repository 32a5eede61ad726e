"""A day's codes scanned into receipts: the stream for a terminal, and a plain model of what must come of it.

The codes and what each stands for are those of ``tests.domain.barcodes.plain_model``; here is added what movement entry
makes of them. The model is asked while the stream is made, so that every refusal is acknowledged by ``..OK`` after at
most two codes that must be ignored, and every question for a lot is answered by a second label or by ``..PREV``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.domain.barcodes.plain_model import Day

Held = tuple[str, str, str, date | None]
"""SKU, location, lot, expiry."""
GS = "\x1d"
_NUMBER = re.compile(r"(\d{1,4})|X([1-9]\d{0,3})|(\d{1,9})X", re.ASCII)
_TIMES = re.compile(r"\.\.X(\d{1,9})", re.ASCII)
_LEADS_AWAY = frozenset({"..GO", "..GO.COUNT", "..LOGOUT", "..POST"})
POST_ONE_IN = 20


@dataclass
class Receiving:
    """``documents`` are what the ledger must hold; ``taken``, ``refused`` and ``ignored`` what the tape must count."""

    seed: int
    today: date
    taken: int = 0
    refused: int = 0
    ignored: int = 0
    documents: list[Counter[Held]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.day = Day(self.seed)
        self.chance = self.day.random
        self.dated = {f"SKU-{number}" for number in range(0, 200, 2)}
        self._place = ""
        self._times: int | None = None
        self._scans: list[tuple[Held, int]] = []
        self._expiry: dict[tuple[str, str], date] = {}

    def scans(self, count: int) -> Iterator[str]:
        """So many codes of the day and what has to stand between them; at the end everything is posted."""
        yield self._go_to(self.chance.choice(self.day.places))
        for code in self.day.codes(count):
            if code == "..POST" or (self._scans and not self.chance.randrange(POST_ONE_IN)):
                yield from self._post()
            if code not in _LEADS_AWAY and not code.startswith(("\x1b", "?\x1b")):
                yield code
                yield from self._follow(self._entered(code))
        yield from self._post()

    def _follow(self, outcome: str) -> Iterator[str]:
        if outcome == "refused":
            self.refused += 1
            yield from self._acknowledge()
        elif outcome != "nothing":
            self.taken += 1
        if outcome.startswith("lot of "):
            yield from self._answer(*outcome.removeprefix("lot of ").split(" "))

    def _acknowledge(self) -> Iterator[str]:
        for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
            code = self.chance.choice((self.day.bare, self.day.label, self.day.own, self.day.place, self.day.command))()
            self.ignored += 1
            yield code
        yield "..OK"

    def _post(self) -> Iterator[str]:
        if not self._scans:
            return
        yield from ("..POST", "..POST")
        self.taken += 2
        document = Counter[Held]()
        for held, quantity in self._scans:
            document[held] += quantity
            if held[3]:
                self._expiry[held[0], held[2]] = held[3]
        self.documents.append(document)
        self._scans, self._times = [], None
        yield self._go_to(self.chance.choice(self.day.places))

    def _go_to(self, place: str) -> str:
        self._place = place
        self.taken += 1
        return place

    def _entered(self, code: str) -> str:
        """What comes of a code where an item is asked for."""
        if not code or code == "?":
            return "nothing"
        if code.startswith("."):
            return self._command(code)
        kind, *told = self.day.expected(code)
        if number := _NUMBER.fullmatch(code):
            return self._number(int(number[1] or number[2] or number[3]))
        if kind == "place":
            self._go_to(str(told[0]))
            self.taken -= 1
            return "place"
        return self._goods(*told) if kind == "product" else "refused"

    def _command(self, code: str) -> str:
        if times := _TIMES.fullmatch(code):
            return self._number(int(times[1]))
        return self._undo() if code == "..UNDO" else "refused"

    def _number(self, number: int) -> str:
        if not number:
            return "refused"
        self._times = number
        return "number"

    def _undo(self) -> str:
        if self._times is not None:
            self._times = None
        elif self._scans:
            self._scans.pop()
        else:
            return "refused"
        return "undone"

    def _goods(self, sku: str, lot: str = "", expires: date | None = None) -> str:
        if sku not in self.dated:
            return self._add(sku, "", None)
        if not lot or not expires:
            return f"lot of {sku} {expires or ''}".rstrip()
        return self._dated(sku, lot, expires)

    def _dated(self, sku: str, lot: str, expires: date) -> str:
        known = self._known(sku, lot)
        if expires < self.today or (known and known != expires):
            return "refused"
        return self._add(sku, lot, expires)

    def _known(self, sku: str, lot: str) -> date | None:
        """The expiry date with which a lot was posted or stands in the draft; what was taken back is forgotten."""
        drafted = (held[3] for held, _ in self._scans if (held[0], held[2]) == (sku, lot))
        return self._expiry.get((sku, lot)) or next(drafted, None)

    def _add(self, sku: str, lot: str, expires: date | None) -> str:
        self._scans.append(((sku, self._place, lot, expires), self._times or 1))
        self._times = None
        return "goods"

    def _answer(self, sku: str, known: str = "") -> Iterator[str]:
        """The second label, or the command that gives the question up."""
        expires = date.fromisoformat(known) if known else self.today + timedelta(self.chance.randrange(30, 900))
        lot = f"L{self.chance.randrange(10**9)}"
        if self.chance.random() < 0.3 or expires < self.today:
            self._times = None
            self.taken += 1
            yield "..PREV"
            return
        dated = f"17{expires:%y%m%d}"
        label = f"10{lot}" if known else self.chance.choice((f"10{lot}{GS}{dated}", f"]C1{dated}10{lot}"))
        self._dated(sku, lot, expires)
        self.taken += 1
        yield label
