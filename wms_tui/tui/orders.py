"""Command barcodes, page by page: the key that each stands for.

A page takes what its own class and those that it builds on have here, the nearest first. A page that is in several
states names the one at hand, and a row ``Class state`` goes before that of the class. An empty key takes away what a
base class has.
"""

from __future__ import annotations

from wms_tui.domain.barcodes.commands import Command
from wms_tui.tui.keys import ENTER, ESCAPE

# What no key of any keyboard does; a page takes them like keys.
CHANGE_LOCATION = "change location"
NEW_LOT = "new lot"
TIMES = "times"
PRINT = "print"
VISIT = "visit"
SIGN_OUT = "sign out"
DEVICE = "device"

KEYS: dict[str, dict[Command, str]] = {
    "Page": {
        Command.BACK: ESCAPE,
        Command.PRINT: PRINT,
        Command.SCREEN: VISIT,
        Command.SIGN_OUT: SIGN_OUT,
    },
    "LinePage": {Command.NEXT: ENTER},
    "BrowsePage": {Command.NEXT: "down", Command.YES: ENTER},
    "ReadingPage": {Command.NEXT: "f8"},
    "LinesPage": {Command.NEXT: "pagedown"},
    "FormPage": {Command.POST: "f10"},
    "MovementEntry": {
        Command.POST: "f8",
        Command.UNDO_LINE: "f4",
        Command.UNDO_DOCUMENT: "f9",
        Command.LOCATION: CHANGE_LOCATION,
    },
    "MovementEntry item": {Command.QUANTITY: TIMES},
    "MovementEntry lot": {Command.NEW_LOT: NEW_LOT, Command.YES: ENTER},
    "MovementEntry expires": {Command.NEW_LOT: NEW_LOT},
    "Counting": {Command.POST: "f8", Command.UNDO_LINE: "f4", Command.LOCATION: CHANGE_LOCATION},
    "Counting location": {Command.POST: "f7"},
    "Counting item": {Command.QUANTITY: TIMES},
    "Counting lot": {Command.NEW_LOT: NEW_LOT},
    "CountReview": {Command.POST: "f10"},
    "Document": {Command.UNDO_DOCUMENT: "f9"},
    "ThisTerminal": {Command.DEVICE: DEVICE},
    "LearnKeys name": {Command.DEVICE: DEVICE},
    "LearnKeys ends": {Command.POST: "f10"},
    "Lock": {Command.PRINT: "", Command.SCREEN: "", Command.SIGN_OUT: "f10"},
    "SignIn": {Command.PRINT: "", Command.SCREEN: "", Command.SIGN_OUT: "", Command.DEVICE: DEVICE},
    "FirstAdministrator": {Command.PRINT: "", Command.SCREEN: "", Command.SIGN_OUT: ""},
}


def key_for(page: type, state: str, command: Command) -> str:
    """The key that a command stands for on a page; empty for none."""
    for base in page.__mro__:
        for name in (f"{base.__name__} {state}", base.__name__):
            if command in KEYS.get(name, {}):
                return KEYS[name][command]
    return ""
