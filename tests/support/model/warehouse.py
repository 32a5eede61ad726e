"""Documents, stock, products and locations in dictionaries: what the program has to answer, said without a database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from wms_tui.domain.movements import DocumentKind, Line, PostDocument

REAL = {"A1", "A2", "SHUT"}
PACKS = {"4006381333931": ("BOLT", 1), "14006381333938": ("BOLT", 24), "BOLT-BAG": ("BOLT", 10)}
"""Barcode → (product, pieces)."""
KINDS = {"receipt": "R", "issue": "I", "transfer": "T", "adjustment": "A", "count": "C", "reversal": "V"}
MAKE_LOTS = {"receipt", "adjustment"}
Key = tuple[str, str, str]
"""(product, location, lot); a product is called as it was at the start, a lot of none is empty."""


class No(Exception):
    """A refusal by its name; ``told`` are the facts that the program may give, any one of them."""

    def __init__(self, name: str, told: Any = None) -> None:
        super().__init__(name, told)
        self.name, self.told = name, told


@dataclass(frozen=True)
class Row:
    item: str
    lot: str
    source: str
    target: str
    quantity: Decimal

    @property
    def changes(self) -> list[tuple[Key, Decimal]]:
        """What it does to real locations, in its order."""
        ends = ((self.source, -self.quantity), (self.target, self.quantity))
        return [((self.item, place, self.lot), change) for place, change in ends if place in REAL]


@dataclass
class Written:
    """A posted document; ``body`` is what its request said."""

    number: str
    kind: str
    rows: list[Row]
    user: str
    body: Any
    reverses: str = ""
    reversed_by: str = ""


class Warehouse:
    """Begins as ``support.warehouse`` makes it. A method changes it, or raises ``No`` and changes nothing."""

    def __init__(self, versions: dict[str, int]) -> None:
        self.stock: defaultdict[Key, Decimal] = defaultdict(Decimal)
        self.documents: list[Written] = []
        self.keys: dict[str, Written] = {}
        self.versions = versions
        self.items = {sku: sku for sku in versions}
        self.names: dict[str, str] = {}
        self.inactive, self.closed = {"OLD"}, {"SHUT"}
        self.lots = {("LOTTED", "L1")}
        self._taken: Counter[str] = Counter()

    def post(self, user: str, request: PostDocument) -> tuple[str, int, bool]:
        """(number, lines, whether it had been posted before)."""
        body = replace(request, request_id="")
        if again := self.posted_before(request.request_id, body):
            return again
        rows = [self._row(request.kind.value, line) for line in request.lines]
        self.move(rows)
        self.lots |= {(row.item, row.lot) for row in rows if row.lot}
        return self.write(request.kind.value, rows, user, request.request_id, body)

    def reverse(self, user: str, number: str, key: str, any_ones: bool) -> tuple[str, int, bool]:
        found = next((one for one in self.documents if one.number == number), None)
        if found is None:
            raise No("NotFound")
        if again := self.posted_before(key, number):
            return again
        if found.reversed_by:
            raise No("AlreadyReversed", found.reversed_by)
        if found.kind == "reversal":
            raise No("NotReversible")
        if found.user != user and not any_ones:
            raise No("NotAllowed")
        rows = [replace(row, source=row.target, target=row.source) for row in found.rows]
        if self.closed & {place for row in rows for place in (row.source, row.target)}:
            raise No("ClosedLocation")
        self.move(rows[::-1])
        answer = self.write("reversal", rows, user, key, number)
        self.documents[-1].reverses, found.reversed_by = number, answer[0]
        return answer

    def edit(self, item: str, version: int, field: str, value: Any) -> None:
        """Change one field of a product that was read at ``version``."""
        if version != self.versions[item]:
            raise No("ProductChanged")
        sku = next(sku for sku, known in self.items.items() if known == item)
        before = {"name": self.names.get(item), "active": item not in self.inactive, "sku": sku}[field]
        if value == before:
            return
        if value is False and any(self.stock[key] for key in list(self.stock) if key[0] == item):
            raise No("StillOnHand")
        self.versions[item] += 1
        if field == "name":
            self.names[item] = value
        elif field == "active":
            self.inactive ^= {item}
        else:
            self.items[value] = self.items.pop(sku)

    def open_or_close(self, place: str, being_counted: bool = False) -> None:
        if place not in self.closed and any(held for key, held in self.stock.items() if key[1] == place):
            raise No("LocationHoldsStock")
        if place not in self.closed and being_counted:
            raise No("LocationBeingCounted")
        self.closed ^= {place}

    def posted_before(self, key: str, body: Any) -> tuple[str, int, bool] | None:
        known = self.keys.get(key)
        if known and known.body != body:
            raise No("RequestConflict", known.number)
        return (known.number, len(known.rows), True) if known else None

    def move(self, rows: Sequence[Row]) -> None:
        """One row after the other; nothing may be taken before it has come."""
        now: dict[Key, Decimal] = {}
        least: dict[Key, Decimal] = {}
        for row in rows:
            for key, change in row.changes:
                now[key] = now.get(key, Decimal(0)) + change
                least[key] = min(least.get(key, Decimal(0)), now[key])
        short = {(key[1], self.stock[key], -low) for key, low in least.items() if self.stock[key] + low < 0}
        if short:
            raise No("NotEnoughStock", short)
        for key, change in now.items():
            self.stock[key] += change

    def write(self, kind: str, rows: list[Row], user: str, key: str, body: Any) -> tuple[str, int, bool]:
        self._taken[kind] += 1
        number = f"{KINDS[kind]}-2026-{self._taken[kind]:06d}"
        self.keys[key] = Written(number, kind, rows, user, body)
        self.documents.append(self.keys[key])
        return number, len(rows), False

    def touched(self, key: Key, position: int) -> bool:
        """Whether a document after the first ``position`` ones moved this."""
        later = self.documents[position:]
        return any(key == moved for document in later for row in document.rows for moved, _ in row.changes)

    def item(self, code: str) -> tuple[str, int]:
        """(product, pieces) of a SKU or barcode."""
        if code not in PACKS and code not in self.items:
            raise No("UnknownProduct")
        return PACKS.get(code) or (self.items[code], 1)

    def _row(self, kind: str, line: Line) -> Row:
        item, factor = self.item(line.code)
        if item in self.inactive:
            raise No("InactiveProduct")
        source, target = _ends(kind, line)
        if source == target:
            raise No("SameLocation")
        if self.closed & {source, target}:
            raise No("ClosedLocation")
        if kind == DocumentKind.ADJUSTMENT and (line.reason == "FOUND") != (target in REAL):
            raise No("WrongReason")
        if line.unit == "carton":
            if item != "BOLT":
                raise No("UnknownUnit")
            factor = 24
        return Row(item, self._lot(kind, item, line.lot or ""), source, target, line.quantity * factor)

    def _lot(self, kind: str, item: str, lot: str) -> str:
        if item == "LOTTED" and not lot:
            raise No("LotMissing")
        if item != "LOTTED" and lot:
            raise No("LotNotTracked")
        if lot and kind not in MAKE_LOTS and (item, lot) not in self.lots:
            raise No("UnknownLot")
        return lot


def _ends(kind: str, line: Line) -> tuple[str, str]:
    outside = {"receipt": ("SUPPLIER", ""), "issue": ("", "CUSTOMER"), "adjustment": ("LOSS", "LOSS")}
    source, target = outside.get(kind, ("", ""))
    return line.source or source, line.target or target
