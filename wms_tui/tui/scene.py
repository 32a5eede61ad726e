"""How one screen is come to, for pictures and snapshots.

In ``keys`` a name in braces is a key that writes nothing, such as ``{enter}`` or ``{f8}``; all else is typed. At
``{meanwhile}`` somebody else does something.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from wms_tui.tui.client import Client
from wms_tui.tui.keys import character_key

Size = tuple[int, int]
NORMAL, LARGE, HANDHELD = (80, 24), (200, 50), (20, 16)
SMALLEST = ((40, 8), (20, 4))
ADMIN, KEEPER, PICKER, FINANCE = "mei", "jun", "lan", "tao"
NOBODY, FIRST = "", "first"
"""Before anybody has signed in; before there is anybody, on an empty database."""


@dataclass(frozen=True, slots=True)
class Scene:
    """``user`` signs in, and from Home types ``keys``. ``small`` screens are for the smallest terminals as well.

    ``title`` stands under the picture in the documentation, if it is ``pictured`` there, not on the screen;
    ``handheld`` ones have another picture at 20×16.
    """

    name: str
    title: str
    user: str
    keys: str = ""
    handheld: bool = False
    small: bool = False
    pictured: bool = True
    meanwhile: Callable[[Client], Awaitable[None]] | None = None

    def file_name(self, size: Size) -> str:
        """What its picture is called, without the ending."""
        return f"{self.name}-handheld" if size == HANDHELD else self.name

    @property
    def raw_keys(self) -> list[list[str]]:
        """The keys as the gate takes them, before somebody else does something and after."""
        return [_raw(keys) for keys in self.keys.split("{meanwhile}")]


def _raw(keys: str) -> list[str]:
    return [name or character_key(character) for name, character in re.findall(r"\{(\w+)\}|(.)", keys)]
