"""How a character is shown: what SGR makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.terminal.strict.report import Forbidden
from tests.terminal.strict.rules import MOST_PARAMETERS, Rules

Colour = int | tuple[int, ...] | None
"""A number of the palette of 256, three shares of red, green and blue, or the terminal's own."""


class Look(NamedTuple):
    bold: bool = False
    underline: bool = False
    reverse: bool = False
    ink: Colour = None
    paper: Colour = None


PLAIN = Look()
_SWITCHES: dict[int, dict[str, bool]] = {
    1: {"bold": True},
    4: {"underline": True},
    7: {"reverse": True},
    22: {"bold": False},
    24: {"underline": False},
    27: {"reverse": False},
}
_SHARES = {5: 1, 2: 3}
"""How many numbers follow 38;5 and 38;2."""


def rendered(look: Look, parameters: list[int], rules: Rules) -> Look:
    """The look after SGR with these parameters.

    Raises:
        Forbidden: one of them is not this kind's.
    """
    if len(parameters) > MOST_PARAMETERS:
        raise Forbidden(f"SGR with {len(parameters)} parameters; a VT takes {MOST_PARAMETERS}")
    left = iter(parameters or [0])
    for number in left:
        if number in {38, 48} and rules.palettes:
            look = look._replace(**{"ink" if number == 38 else "paper": _mixed(left, rules)})
        elif number in rules.renditions:
            look = _with(look, number)
        else:
            raise Forbidden(f"SGR {number}")
    return look


def _with(look: Look, number: int) -> Look:
    if number in _SWITCHES:
        return look._replace(**_SWITCHES[number])
    if number in {39, 49} or number == 0:
        return PLAIN if number == 0 else look._replace(**{"ink" if number == 39 else "paper": None})
    tens, colour = divmod(number, 10)
    bright = 8 if tens >= 9 else 0
    return look._replace(**{"ink" if tens in {3, 9} else "paper": colour + bright})


def _mixed(left: Iterator[int], rules: Rules) -> Colour:
    palette = next(left, -1)
    if palette not in rules.palettes:
        raise Forbidden(f"SGR 38 or 48 with {palette}")
    shares = tuple(next(left, -1) for _ in range(_SHARES[palette]))
    if not all(0 <= share <= 255 for share in shares):
        raise Forbidden(f"SGR 38 or 48 with {palette} and {shares}")
    return shares[0] if palette == 5 else shares
