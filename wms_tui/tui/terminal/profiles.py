"""What each kind of terminal understands; nothing else is ever sent to it.

``vt100`` and ``vt220`` are what DEC's manuals give (VT100 User Guide, EK-VT100-UG; VT220 Programmer Reference,
EK-VT220-RM) and what the clients that copy them really do; ``mono-ascii`` is what is left when nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

UTF_8, GBK, ASCII = "utf-8", "gbk", "ascii"


class Colours(IntEnum):
    """How many colours there are."""

    NONE = 1
    SIXTEEN = 16
    INDEXED = 256
    TRUE = 1 << 24


@dataclass(frozen=True, slots=True)
class Profile:
    """``charset`` is the codec of what is sent and read.

    ``erases_in_colour`` blanks cells in the colour of the background; ``hides_cursor`` knows DECTCEM; ``alternate`` has
    a screen beside the shell's.
    """

    name: str
    colours: Colours
    charset: str = UTF_8
    erases_in_colour: bool = False
    hides_cursor: bool = False
    alternate: bool = False
    stays_at_margin: bool = False

    @property
    def chinese(self) -> bool:
        """Whether it can show the characters of Chinese."""
        return self.charset != ASCII

    def speaking(self, charset: str) -> Profile:
        """The same in another charset, where the profile leaves the choice."""
        return self if self.name in ALWAYS_ASCII else replace(self, charset=charset)


MODERN = Profile("modern", Colours.TRUE, hides_cursor=True, alternate=True)
ANSI16 = Profile("ansi16", Colours.SIXTEEN, hides_cursor=True, alternate=True)
VT220 = Profile("vt220", Colours.NONE, hides_cursor=True)
VT100 = Profile("vt100", Colours.NONE, ASCII, stays_at_margin=True)
MONO_ASCII = Profile("mono-ascii", Colours.NONE, ASCII, stays_at_margin=True)
ALWAYS_ASCII = frozenset({VT100.name, MONO_ASCII.name})

PROFILES: dict[str, Profile] = {one.name: one for one in (MODERN, ANSI16, VT220, VT100, MONO_ASCII)}
