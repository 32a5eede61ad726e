"""How terminals and clients encode keys, map by map; ``known`` reads what any of them sends.

Sources: the VT220 Programmer Reference Manual, chapter 3; *Xterm Control Sequences*, "PC-Style Function Keys";
console_codes(4) of Linux; the rxvt Technical Reference, "Key Codes"; PuTTY's manual, 4.4.3 "Changing the action of the
function keys and keypad"; SAP's VT220.TXT for SAPConsole; the "Default VT Keys" of CETerm, which runs on handhelds of
Zebra, Honeywell and Casio. There F1 to F4 are a VT220's PF1 to PF4 and F6 to F10 its own; only F5 has no common code.

Where two maps disagree, the later one in ``MAPS`` gives way. What stays open, such as CETerm's F5 (``ESC O M``, Enter
on a VT100's keypad), a device is taught.
"""

from __future__ import annotations

import re

Map = dict[str, str]
"""What is sent for a key → the name of the key, or the one character that it writes."""

ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}
ENDS = {"H": "home", "F": "end"}
EDITING = {1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown"}
FUNCTIONS = (11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24)
"""The numbers of F1 to F12; a VT220 has no F1 to F5 that send anything, its successors and xterm do."""


def _csi(letters: Map) -> Map:
    return {f"\x1b[{letter}": name for letter, name in letters.items()}


def _ss3(letters: Map) -> Map:
    return {f"\x1bO{letter}": name for letter, name in letters.items()}


def _numbered(numbers: dict[int, str], end: str = "~") -> Map:
    return {f"\x1b[{number}{end}": name for number, name in numbers.items()}


def _functions(letters: str) -> Map:
    """Letters of F1, F2, F3 …"""
    return {letter: f"f{key}" for key, letter in enumerate(letters, start=1)}


NUMBERED = {number: f"f{key}" for key, number in enumerate(FUNCTIONS, start=1)}
KEYPAD = {
    **{letter: str(digit) for digit, letter in enumerate("pqrstuvwxy")},
    "l": ",",
    "m": "-",
    "n": ".",
    "M": "enter",
}
"""The keypad in application mode: digits, comma, hyphen, full stop, Enter."""

VT100: Map = {**_csi(ARROWS), **_ss3(ARROWS), **_ss3(_functions("PQRS")), **_ss3(KEYPAD)}
VT220: Map = {**_numbered(EDITING), **_numbered({**NUMBERED, 28: "f1"})}  # 28 is the key Help
XTERM: Map = {
    **_csi(ENDS),
    **_ss3(ENDS),
    **_ss3({"j": "*", "k": "+", "o": "/"}),
    "\x1b[Z": "backtab",
}
LINUX: Map = {f"\x1b[[{letter}": name for letter, name in _functions("ABCDE").items()}
RXVT: Map = {
    **_numbered({7: "home", 8: "end"}),
    **{
        sequence: name
        for end in "$^@"  # with Shift, Ctrl, both
        for sequence, name in _numbered({**EDITING, 7: "home", 8: "end", **NUMBERED}, end).items()
    },
    **_csi({letter.lower(): name for letter, name in ARROWS.items()}),
    **_ss3({letter.lower(): name for letter, name in ARROWS.items()}),
}
SAPCONSOLE: Map = _numbered({35: "f5"})
PUTTY_VT100_PLUS: Map = _ss3(_functions("PQRSTUVWXY"))
PUTTY_SCO: Map = _csi({**_functions("MNOPQRSTUV"), "I": "pageup", "G": "pagedown", "L": "insert"})

MAPS: dict[str, Map] = {
    "VT100": VT100,
    "VT220": VT220,
    "xterm": XTERM,
    "Linux console": LINUX,
    "rxvt": RXVT,
    "SAPConsole": SAPCONSOLE,
    "PuTTY, VT100+": PUTTY_VT100_PLUS,
    "PuTTY, SCO": PUTTY_SCO,
}
SEQUENCES: Map = {sequence: name for one in reversed(MAPS.values()) for sequence, name in one.items()}

_WITH_MODIFIERS = re.compile(r"\x1b\[(\d{1,2});\d{1,2}([A-HPQRSZ~])")


def known(sequence: str) -> str | None:
    """The key that a sequence stands for; Shift, Alt and Ctrl as xterm tells them are left out. None for none."""
    modified = _WITH_MODIFIERS.fullmatch(sequence)
    if modified is None:
        return SEQUENCES.get(sequence)
    number, end = modified.groups()
    if end == "~":
        return SEQUENCES.get(f"\x1b[{number}~")
    # A report of the cursor's place looks like F3 with a modifier, but for its row.
    return SEQUENCES.get(f"\x1b{'O' if end in 'PQRS' else '['}{end}") if number == "1" else None
