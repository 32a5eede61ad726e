"""A day's codes at random, and a plain model of what each should come to.

The model knows the few kinds of labels that the day has, takes them apart by slicing, and shares no code with the
resolver.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from biip.checksums import gs1_standard_check_digit
from biip.upc import Upc

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789-"
REFUSED = ("refused",)


def checked(digits: str) -> str:
    return digits + str(gs1_standard_check_digit(digits))


class Day:
    """Products with a GTIN of 8, 12 or 13 digits and a SKU, locations, and the codes that are scanned among them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.products: dict[str, str] = {}
        self.gtins: list[str] = []
        for number in range(200):
            length = self.random.choice((8, 12, 13))
            gtin = checked(self.random.choice("3456789") + self.digits(length - 2))
            self.gtins.append(gtin)
            self.products[gtin] = self.products[f"SKU-{number}"] = f"SKU-{number}"
        self.places = [f"{self.random.choice('ABC')}-{number:02}" for number in range(40)]
        self.by_item = {gtin.zfill(14): self.products[gtin] for gtin in self.gtins}

    def digits(self, length: int) -> str:
        return "".join(self.random.choices("0123456789", k=length))

    def text(self) -> str:
        return "".join(self.random.choices(LETTERS, k=self.random.randint(3, 12)))

    def codes(self, count: int) -> Iterator[str]:
        kinds = (self.bare, self.label, self.own, self.place, self.pallet, self.command, self.junk)
        for _ in range(count):
            code = self.random.choice(kinds)()
            damage = self.random.random()
            if damage < 0.1:
                code = code[: -self.random.randint(1, 6)]
            elif damage < 0.2:
                code += code
            yield code

    def bare(self) -> str:
        gtin = self.random.choice(self.gtins)
        return gtin.zfill(self.random.choice([one for one in (8, 12, 13, 14) if one >= len(gtin)]))

    def label(self) -> str:
        gtin = self.random.choice(self.gtins).zfill(14)
        day = f"{self.random.randint(20, 60)}{self.random.randint(1, 12):02}{self.random.randint(0, 28):02}"
        return f"{self.random.choice(('', ']C1', ']d2'))}01{gtin}17{day}10{self.text()}"

    def own(self) -> str:
        return f"SKU-{self.random.randrange(250)}"

    def place(self) -> str:
        return self.random.choice(self.places)

    def pallet(self) -> str:
        return self.random.choice(("", "]C1")) + "00" + checked(self.digits(17))

    def command(self) -> str:
        return self.random.choice(("..POST", "..UNDO", "..X12", "..LOGOUT", "..GO.COUNT"))

    def junk(self) -> str:
        return "".join(self.random.choices(LETTERS + "\x00\x10\x11\x1b?]", k=self.random.randint(0, 9)))

    def expected(self, code: str) -> tuple[object, ...]:
        if code.startswith(".."):
            return self._command(code[2:])
        if code in self.products:
            return ("product", self.products[code])
        if code in self.places:
            return ("place", code)
        if code.isdecimal() and len(code) < 15:
            return self._digits(code)
        aim = code[:3] in {"]C1", "]d2"}
        text = code[3:] if aim else code
        if text.startswith("01") and (aim or len(text) >= 16):
            return self._label(text)
        if text.startswith("00") and (aim or len(text) >= 18):
            fine = len(text) == 20 and text.isdecimal() and checked(text[2:-1]) == text[2:]
            return ("pallet", text[2:]) if fine else self._sscc(text, aim)
        return self._supplement(text)

    @staticmethod
    def _sscc(text: str, aim: bool) -> tuple[object, ...]:
        return ("pallet", text) if not aim and len(text) == 18 and checked(text[:-1]) == text else REFUSED

    @staticmethod
    def _command(word: str) -> tuple[object, ...]:
        if word in {"POST", "UNDO", "LOGOUT"}:
            return ("command", word)
        if word.startswith("X") and word[1:].isdecimal():
            return ("command", "X")
        fine = word == "GO" or (word.startswith("GO.") and word[3:].isalpha())
        return ("command", "GO") if fine else REFUSED

    def _digits(self, code: str) -> tuple[object, ...]:
        sku = self.by_item.get(code.zfill(14))
        if len(code) in {8, 12, 13, 14} and checked(code[:-1]) == code:
            return ("product", sku) if sku else REFUSED
        if len(code) in {6, 7, 8} and (sku := self._short(code)):
            return ("product", sku)
        return REFUSED if len(code) in {12, 13, 14} else self._supplement(code)

    def _short(self, code: str) -> str | None:
        try:
            return self.by_item.get(Upc.parse(code).as_upc_a().zfill(14))
        except Exception:
            return None

    def _label(self, text: str) -> tuple[object, ...]:
        sku, rest = self.by_item.get(text[2:16]), text[16:]
        if sku is None or checked(text[2:15]) != text[2:16]:
            return REFUSED
        if not rest:
            return ("product", sku)
        day = self._day(rest[2:8]) if rest.startswith("17") and len(rest) >= 8 else None
        if day is None:
            return REFUSED
        if not rest[8:]:
            return ("product", sku, "", day)
        lot = rest[10:]
        fine = rest[8:10] == "10" and 1 <= len(lot) <= 20 and "]" not in lot
        return ("product", sku, lot, day) if fine else REFUSED

    @staticmethod
    def _day(digits: str) -> date:
        year, month, day = 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])
        if day:
            return date(year, month, day)
        return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)

    @staticmethod
    def _supplement(text: str) -> tuple[object, ...]:
        """Junk that happens to begin like a lot or a serial."""
        return ("supplement",) if _is_short_part(text) else REFUSED


def _is_short_part(text: str) -> bool:
    fine = all(character.isalnum() or character in "-?" for character in text)
    return text[:2] in {"10", "21"} and 3 <= len(text) <= 22 and fine
