"""A count in dictionaries: who is at which location, what was counted there, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from tests.support.model.warehouse import Key, No, Row, Warehouse

NOTHING = Decimal(0)
BAG = 10


@dataclass
class Bin:
    holder: str = ""
    round: int = 1
    whole: bool = True
    done: bool = False


@dataclass
class Counted:
    """A line; ``counted`` is None while it waits to be counted again."""

    round: int
    counted: Decimal | None
    expected: Decimal
    position: int
    user: str
    moved: bool = False
    implied: bool = False

    @property
    def scanned(self) -> bool:
        return self.counted is not None and not self.implied

    @property
    def differs(self) -> bool:
        return self.counted is not None and self.counted != self.expected


@dataclass
class Plan:
    """One count of some locations. As with the warehouse, ``No`` means that nothing was changed."""

    house: Warehouse
    bins: dict[str, Bin]
    state: str = "counting"
    lines: dict[Key, Counted] = field(default_factory=dict)
    scanned_by: set[str] = field(default_factory=set)
    desks: dict[str, str] = field(default_factory=dict)
    last: dict[str, tuple[Key, int, int]] = field(default_factory=dict)
    """Location → key, round and pieces of the unit of the last scan there; a bag is ten of the unit piece."""
    number: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in {"counting", "review"}

    @property
    def next_steps(self) -> list[str]:
        """What is sensible now."""
        if self.state == "review":
            return ["approve", "approve", "recount"]
        return ["submit"] if all(one.done for one in self.bins.values()) else ["work"]

    def at(self, user: str) -> str:
        """The location that a counter holds and stands at."""
        place = self.desks.get(user, "")
        held = place and self.bins[place].holder == user and not self.bins[place].done
        return place if held and self.state == "counting" else ""

    def go(self, user: str, place: str) -> None:
        self._counting()
        if place not in self.bins:
            raise No("LocationNotInCount")
        found = self.bins[place]
        if found.done:
            raise No("LocationCounted")
        if found.holder not in {"", user}:
            raise No("LocationTaken")
        self._leave(user, place)
        found.holder, self.desks[user] = user, place

    def _leave(self, user: str, place: str) -> None:
        """Where somebody stood before and counted nothing, it is as it was before."""
        before = self.desks.get(user, "")
        if not before or before == place:
            return
        left = self.bins[before]
        counted = (key[1] == before and line.round == left.round for key, line in self.lines.items() if line.scanned)
        if left.holder == user and not left.done and not any(counted):
            left.holder = ""

    def take_over(self, user: str, place: str) -> None:
        """From whoever counts there; what is counted already is counted anew."""
        found = self.bins[place]
        if found.done:
            self.bins[place] = found = Bin(round=found.round + 1)
            for key, line in self.lines.items():
                if key[1] == place:
                    line.counted, line.moved = None, False
        self._leave(user, place)
        found.holder, self.desks[user] = user, place

    def scan(self, user: str, item: str, lot: str, quantity: Decimal, factor: int) -> None:
        """So many more of a product at the location where the counter stands."""
        place = self.at(user)
        key, round_, position = (item, place, lot), self.bins[place].round, len(self.house.documents)
        line, base, moved = self.lines.get(key), quantity * factor, False
        if line and line.round == round_ and line.counted is not None:
            moved = line.moved or self.house.touched(key, line.position)
            base += line.counted
        self.lines[key] = Counted(round_, base, self.house.stock[key], position, user, moved)
        self.last[place] = (key, round_, 1 if factor == BAG else factor)
        self.scanned_by.add(user)
        if lot:
            self.house.lots.add((item, lot))

    def set_last(self, user: str, quantity: Decimal) -> None:
        """The last line has so many of its last scan's unit in all."""
        place = self.at(user)
        key, round_, factor = self.last.get(place, (None, 0, 0))
        if key is None or round_ != self.bins[place].round:
            raise No("NoLineYet")
        before, counted = self.lines[key].counted, quantity * factor
        self.lines[key] = Counted(round_, counted, self.house.stock[key], len(self.house.documents), user)
        if before != counted:
            self.last[place] = (key, round_, 1)
            self.scanned_by.add(user)

    def finish(self, user: str) -> None:
        """What nobody found at the location is counted as nothing."""
        place = self.at(user)
        found, position = self.bins[place], len(self.house.documents)
        waiting = {key for key, line in self.lines.items() if key[1] == place and line.counted is None}
        held = {key for key, on_hand in self.house.stock.items() if key[1] == place and on_hand}
        for key in waiting | (held - self.lines.keys() if found.whole else set()):
            self.lines[key] = Counted(found.round, NOTHING, self.house.stock[key], position, user, implied=True)
        found.done, self.desks[user] = True, ""

    def submit(self, without_rest: bool) -> None:
        self._counting()
        begun = {place for place, one in self.bins.items() if one.holder or one.done or one.round > 1}
        if any(not self.bins[place].done for place in begun):
            raise No("LocationsInWork")
        if not begun:
            raise No("NothingCounted")
        if begun != self.bins.keys() and not without_rest:
            raise No("LocationsLeft")
        self.state = "review"

    def recount(self, keys: Iterable[Key]) -> None:
        """Lines are to be counted again, by anybody."""
        if not self.is_open:
            raise No("NotCounting")
        keys = list(keys)
        if any(self.bins[key[1]].holder and not self.bins[key[1]].done for key in keys):
            raise No("BeingCounted")
        if not keys:
            raise No("NoLines")
        for place in {key[1] for key in keys}:
            if self.bins[place].done:
                self.bins[place] = Bin(round=self.bins[place].round + 1, whole=False)
        for key in keys:
            self.lines[key].counted, self.lines[key].moved = None, False
        self.state = "counting"

    def approve(self, user: str, plan_key: str) -> tuple[str, int, bool]:
        """(number, lines that differ, whether it had been approved before); no number where nothing differs."""
        differing = {key: line for key, line in self.lines.items() if line.differs}
        if self.state == "posted":
            return self.number, len(differing), True
        if self.state != "review":
            raise No("NotInReview")
        if user in self.took_part:
            raise No("ApprovedByCounter")
        if any(line.counted is None or line.moved for line in self.lines.values()):
            raise No("RecountNeeded")
        try:
            rows = [_row(key, line) for key, line in differing.items()]
            self.house.move(rows)
        except No:
            raise No("GoodsMovedOn") from None
        self.state = "posted"
        if differing:
            self.number = self.house.write("count", rows, user, plan_key, None)[0]
        return self.number, len(differing), False

    def cancel(self) -> None:
        if not self.is_open:
            raise No("NotCounting")
        self.state = "cancelled"

    @property
    def took_part(self) -> set[str]:
        """Whoever scanned, is or was at a location, or finished one: what he says is in the result."""
        return self.scanned_by | {one.holder for one in self.bins.values()} | {one.user for one in self.lines.values()}

    def _counting(self) -> None:
        if self.state != "counting":
            raise No("NotCounting")


def _row(key: Key, line: Counted) -> Row:
    difference = (line.counted or NOTHING) - line.expected
    ends = ("LOSS", key[1]) if difference > 0 else (key[1], "LOSS")
    return Row(key[0], key[2], *ends, abs(difference))
