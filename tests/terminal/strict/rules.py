"""What each kind of terminal may be sent. It is written down from the manuals and knows nothing of the program.

- Digital VT100 User Guide (EK-VT100-UG), chapter 3: CUU, CUD, CUF, CUB, CUP, ED, EL; SGR 0, 1, 4, 5, 7; up to 16
  parameters.
- VT220 Programmer Reference Manual (EK-VT220-RM), chapter 4: besides ECH, SGR 22, 24, 25, 27, and DECTCEM (mode 25).
- XTerm Control Sequences: SGR 30 to 37, 39, 40 to 47, 49, 90 to 97, 100 to 107, 38 and 48; mode 1049.
- https://github.com/mattiase/wraptest: what real VT100s and VT220s and 14 emulators do after the last column. On the
  VT100 nothing but a character in another column ends that state, and emulators disagree on BS, LF, EL, ED, ECH in it.
- ECMA-48, 8.3: how sequences are built.

Blinking is left out on purpose, and so are tabs: the program has no use for them, and terminals for tabs of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

BEL, BS, LF, CR, ESC, DEL = "\x07", "\x08", "\x0a", "\x0d", "\x1b", "\x7f"
CONTROLS = frozenset((BEL, BS, LF, CR))
MOST_PARAMETERS = 16

CURSOR_SHOWN, ALTERNATE_SCREEN = 25, 1049


@dataclass(frozen=True)
class Rules:
    """One kind of terminal.

    ``finals`` are the last characters of the sequences that it knows, ``renditions`` the parameters of SGR,
    ``palettes`` what may follow 38 and 48 (5 and an index, 2 and three shares), ``modes`` the private modes.
    ``stays_at_margin`` is the real VT100's: the state after the last column outlives moves of the cursor.
    """

    name: str
    charsets: frozenset[str]
    finals: frozenset[str]
    renditions: frozenset[int]
    palettes: frozenset[int] = frozenset()
    modes: frozenset[int] = frozenset()
    stays_at_margin: bool = False


_VT100 = frozenset("ABCDHJKm")
_VT220 = _VT100 | {"X", "h", "l"}
_PLAIN = frozenset((0, 1, 4, 7))
_UNDONE = _PLAIN | {22, 24, 27}
_COLOURED = _UNDONE | {39, 49, *range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)}
_ASCII, _ANY = frozenset(("ascii",)), frozenset(("ascii", "utf-8", "gb18030"))

VT100 = Rules("vt100", _ASCII, _VT100, _PLAIN, stays_at_margin=True)
MONO_ASCII = Rules("mono-ascii", _ASCII, _VT100, _PLAIN, stays_at_margin=True)
VT220 = Rules("vt220", _ANY, _VT220, _UNDONE, modes=frozenset((CURSOR_SHOWN,)))
ANSI16 = Rules("ansi16", _ANY, _VT220, _COLOURED, modes=frozenset((CURSOR_SHOWN, ALTERNATE_SCREEN)))
MODERN = Rules("modern", _ANY, _VT220, _COLOURED, frozenset((2, 5)), modes=frozenset((CURSOR_SHOWN, ALTERNATE_SCREEN)))
KINDS = {rules.name: rules for rules in (MODERN, ANSI16, VT220, VT100, MONO_ASCII)}
