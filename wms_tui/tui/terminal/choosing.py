"""Which profile a terminal gets: as somebody wishes, else by TERM, COLORTERM, NO_COLOR, the locale and the size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wms_tui.tui.terminal.profiles import (
    ANSI16,
    ASCII,
    GBK,
    MODERN,
    MONO_ASCII,
    PROFILES,
    UTF_8,
    VT100,
    VT220,
    Colours,
    Profile,
)

Size = tuple[int, int]
SMALL = (40, 12)
"""Under so many columns or rows it is a handheld: what its client claims beyond 16 colours is copied from others."""
_TRUE = ("kitty", "xterm-kitty", "alacritty", "foot", "wezterm", "ghostty", "xterm-ghostty")
_DEC = {"vt2": VT220, "vt3": VT220, "vt4": VT220, "vt5": VT220, "vt1": VT100}
_PLAIN = (
    "xterm",
    "screen",
    "tmux",
    "rxvt",
    "putty",
    "linux",
    "cygwin",
    "konsole",
    "gnome",
    "vte",
    "st",
    "ansi",
    "iterm",
)
_ERASE_IN_COLOUR = ("xterm", "kitty", "alacritty", "foot", "wezterm", "ghostty", "rxvt", "putty", "linux")
_CHINESE = frozenset({"gbk", "gb2312", "gb18030", "euccn", "cp936", "hzgb"})


def choose(environ: Mapping[str, str], wish: str = "", size: Size = (80, 24)) -> Profile:
    """The profile that is wished for, or the one that suits; ``size`` is in columns and rows.

    Raises ``KeyError`` for a wish that names no profile.
    """
    chosen = _suited(environ, PROFILES[wish] if wish else _by_term(environ, size))
    return replace(chosen, colours=Colours.NONE) if environ.get("NO_COLOR") else chosen


def _by_term(environ: Mapping[str, str], size: Size) -> Profile:
    term = environ.get("TERM", "").casefold()
    claimed = next((profile for start, profile in _DEC.items() if term.startswith(start)), None) or _modern(term)
    if claimed is None:
        claimed = _by_terminfo(term)
    small = size[0] < SMALL[0] or size[1] < SMALL[1]
    return ANSI16 if claimed is MODERN and small and not _true(environ) else claimed


def _modern(term: str) -> Profile | None:
    """Of the families that descend from xterm, by the colours in the name; None for others."""
    if term.startswith(_TRUE) or term.endswith(("-256color", "-direct")):
        return MODERN
    if not term.startswith(_PLAIN):
        return None
    return VT220 if term.endswith(("-m", "-mono")) else ANSI16


def _by_terminfo(term: str) -> Profile:
    """What the system knows of a terminal that we do not; the least where it knows nothing."""
    if not term or term == "dumb":
        return MONO_ASCII
    try:
        import curses
    except ImportError:
        return MONO_ASCII
    try:
        curses.setupterm(term, 1)
    except curses.error:
        return MONO_ASCII
    moves = curses.tigetstr("cup") or b""
    if not moves.startswith(b"\x1b["):
        return MONO_ASCII
    colours = curses.tigetnum("colors")
    if colours >= 8:
        return MODERN if colours >= 256 else ANSI16
    return VT220 if curses.tigetstr("ech") else VT100


def _suited(environ: Mapping[str, str], profile: Profile) -> Profile:
    """With the charset of the locale, and as many colours as the terminal says it has."""
    profile = profile.speaking(_charset(environ, profile))
    term = environ.get("TERM", "").casefold()
    if profile.name != MODERN.name:
        return profile
    colours = Colours.TRUE if _true(environ) else Colours.INDEXED
    return replace(profile, colours=colours, erases_in_colour=term.startswith(_ERASE_IN_COLOUR))


def _true(environ: Mapping[str, str]) -> bool:
    term = environ.get("TERM", "").casefold()
    said = environ.get("COLORTERM", "").casefold() in {"truecolor", "24bit"}
    return said or term.startswith(_TRUE) or term.endswith("-direct")


def _charset(environ: Mapping[str, str], profile: Profile) -> str:
    """Of a locale that names none UTF-8, as terminals are today; but not on a DEC, which must say that it has it."""
    tag = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    named = tag.partition(".")[2].partition("@")[0].casefold().replace("-", "").replace("_", "")
    if named in _CHINESE:
        return GBK
    if named:
        return UTF_8 if named == "utf8" else ASCII
    return ASCII if profile.name == VT220.name else UTF_8
