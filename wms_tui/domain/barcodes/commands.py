"""Command barcodes: what a gloved hand scans instead of pressing a key.

A command is the prefix and a word, such as ``..POST``. Two full stops begin nobody's code; the full stop is a plain
character in Code 39 (``%``, ``$``, ``/`` and ``+`` shift to others there, and some terminals turn such pairs into
function keys), in Code 128 and in QR's alphanumeric mode, needs no Shift, and has one key on English, German, Spanish,
Italian and Nordic keyboards. The words avoid A, M, Q, W, Y and Z, which a scanner set to another keyboard swaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wms_tui.domain.texts import N_

PREFIX = ".."
BADGE_PREFIX = ".ID."


class Command(StrEnum):
    """The values stand on printed sheets in warehouses: they stay as they are."""

    POST = "POST"
    UNDO_LINE = "UNDO"
    UNDO_DOCUMENT = "REVERSE"
    BACK = "PREV"
    NEXT = "NEXT"
    YES = "OK"
    NO = "NO"
    QUANTITY = "X"
    LOCATION = "LOC"
    NEW_LOT = "LOT"
    PRINT = "PRINT"
    SCREEN = "GO"
    SIGN_OUT = "LOGOUT"
    DEVICE = "DEVICE"
    KEY = ""
    """A key that some terminals do not have: its code is the prefix and the key, ``..2`` for F2."""


COMMAND_NAMES: dict[Command, str] = {
    Command.POST: N_("Post"),
    Command.UNDO_LINE: N_("Undo the last line"),
    Command.UNDO_DOCUMENT: N_("Undo the last document"),
    Command.BACK: N_("Back"),
    Command.NEXT: N_("Enter, next"),
    Command.YES: N_("Yes"),
    Command.NO: N_("No"),
    Command.QUANTITY: N_("Quantity"),
    Command.LOCATION: N_("Change location"),
    Command.NEW_LOT: N_("New lot"),
    Command.PRINT: N_("Print"),
    Command.SCREEN: N_("Go to a screen"),
    Command.SIGN_OUT: N_("Sign out"),
    Command.DEVICE: N_("This terminal is"),
    Command.KEY: N_("Press the key"),
}


SCREEN_NAMES: dict[str, str] = {
    "receipt": N_("Receipt"),
    "issue": N_("Issue"),
    "transfer": N_("Transfer"),
    "adjust": N_("Adjustment"),
    "stock": N_("Stock"),
    "history": N_("History"),
    "catalog": N_("Catalog"),
    "count": N_("Counting"),
    "scan": N_("Scan test"),
    "account": N_("My account"),
    "admin": N_("Administration"),
}
"""The screens that SCREEN goes to, by its target."""

KEYS: dict[str, str] = {
    **{str(number): f"f{number}" for number in range(1, 13)},
    "UP": "up",
    "DN": "down",
    "PGUP": "pageup",
    "PGDN": "pagedown",
    "LEFT": "left",
    "RIGHT": "right",
}
"""The keys that KEY presses, by what stands behind the prefix; ``F2`` may be written as well as ``2``."""


@dataclass(frozen=True, slots=True)
class Order:
    """``quantity`` belongs to QUANTITY; ``target`` names the screen of SCREEN in small letters, empty for the menu.

    For DEVICE it is the name of the terminal, in capitals; for KEY it names the key as terminals' keys are named:
    ``f2``, ``pagedown``.
    """

    command: Command
    quantity: Decimal | None = None
    target: str = ""


_QUANTITY = re.compile(r"X(\d{1,9}(?:\.\d{1,6})?)", re.ASCII)
_SCREEN = re.compile(r"GO(?:\.([A-Z0-9_]{1,30}))?", re.ASCII)
_DEVICE = re.compile(r"DEVICE\.([A-Z0-9][A-Z0-9._-]{0,39})", re.ASCII)
_WITH_ARGUMENT = {Command.QUANTITY, Command.DEVICE, Command.KEY}
_WORDS = {
    **{command.value: Order(command) for command in Command if command not in _WITH_ARGUMENT},
    **{word: Order(Command.KEY, target=key) for word, key in KEYS.items()},
    **{key.upper(): Order(Command.KEY, target=key) for key in KEYS.values() if key.startswith("f")},
}


def order_of(word: str) -> Order | None:
    """The command that the word after the prefix gives, in large or small letters; None for none."""
    word = word.upper()
    if word in _WORDS:
        return _WORDS[word]
    if (counted := _QUANTITY.fullmatch(word)) and Decimal(counted[1]) > 0:
        return Order(Command.QUANTITY, Decimal(counted[1]))
    if device := _DEVICE.fullmatch(word):
        return Order(Command.DEVICE, target=device[1])
    if screen := _SCREEN.fullmatch(word):
        return Order(Command.SCREEN, target=screen[1].lower())
    return None


def command_code(command: Command, argument: str = "", prefix: str = PREFIX) -> str:
    """The code to print: ``..POST``; with an argument ``..X12``, ``..GO.COUNT``, ``..DEVICE.RF-07``, ``..2``."""
    joint = "." if command in {Command.SCREEN, Command.DEVICE} and argument else ""
    return f"{prefix}{command.value}{joint}{argument}".upper()
