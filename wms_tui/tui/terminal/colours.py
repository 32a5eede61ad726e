"""How a style is said to a terminal: bold, underline and reverse everywhere, colours as far as it has them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rich.color import Color, ColorSystem, ColorType
from rich.style import Style

from wms_tui.tui.terminal.profiles import Colours
from wms_tui.tui.theme import SIXTEEN

BOLD, UNDERLINE, REVERSE = 1, 4, 7
_FLAGS = (BOLD, UNDERLINE, REVERSE)
_OFF = {BOLD: "22", UNDERLINE: "24", REVERSE: "27"}
_SEEN_ON_BLANKS = frozenset({UNDERLINE, REVERSE})


class Look(NamedTuple):
    """The parameters of SGR: ``flags`` in rising order, the colours as in ``38;5;74``; empty for the terminal's own."""

    flags: tuple[int, ...] = ()
    text: str = ""
    ground: str = ""


PLAIN = Look()


def look_of(style: Style | None, colours: Colours) -> Look:
    """What the terminal is told for a style."""
    if style is None:
        return PLAIN
    marked = (style.bold, style.underline, style.reverse)
    flags = tuple(flag for flag, given in zip(_FLAGS, marked, strict=True) if given)
    if colours is Colours.NONE:
        return Look(flags)
    return Look(flags, _said(style.color, colours, "3"), _said(style.bgcolor, colours, "4"))


@lru_cache(maxsize=4096)
def on_blank(look: Look) -> Look:
    """The same look on a space, without what nobody sees there."""
    flags = tuple(flag for flag in look.flags if flag in _SEEN_ON_BLANKS)
    return Look(flags, look.text if flags else "", look.ground)


@lru_cache(maxsize=4096)
def change(before: Look, after: Look) -> bytes:
    """The shortest SGR from one look to another. Where there are colours, flags are taken away one by one as well."""
    if before == after:
        return b""
    anew = _sgr(("0",), after) if after != PLAIN else b"\x1b[m"
    gone = [flag for flag in before.flags if flag not in after.flags]
    if gone and not (before.text or before.ground):
        return anew
    come = tuple(flag for flag in after.flags if flag not in before.flags)
    text = "" if before.text == after.text else after.text or "39"
    ground = "" if before.ground == after.ground else after.ground or "49"
    changed = _sgr(tuple(_OFF[flag] for flag in gone), Look(come, text, ground))
    return min(changed, anew, key=len)


def _sgr(first: tuple[str, ...], look: Look) -> bytes:
    parts = (*first, *map(str, look.flags), look.text, look.ground)
    return f"\x1b[{';'.join(part for part in parts if part)}m".encode()


def _said(colour: Color | None, colours: Colours, place: str) -> str:
    """``place`` is 3 for the text and 4 for the ground."""
    if colour is None or colour.is_default:
        return ""
    if colours is Colours.SIXTEEN:
        return _of_sixteen(colour, place)
    if colours is Colours.INDEXED:
        colour = colour.downgrade(ColorSystem.EIGHT_BIT)
    if colour.type is ColorType.TRUECOLOR and colour.triplet is not None:
        return f"{place}8;2;{';'.join(map(str, colour.triplet))}"
    return f"{place}8;5;{colour.number}"


def _of_sixteen(colour: Color, place: str) -> str:
    """The theme's colours by their meaning, in the terminal's own shades: its ground is the only sure one."""
    if colour.triplet is not None and colour.triplet.hex in SIXTEEN:
        number: int | None = SIXTEEN[colour.triplet.hex]
    else:
        number = colour.downgrade(ColorSystem.STANDARD).number
    if number is None or place == "4":
        return ""
    return f"{place}{number}" if number < 8 else f"9{number - 8}"
