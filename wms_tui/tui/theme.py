"""Colours and layout: one calm theme, dark and light, and one sheet for all sizes of terminal.

What a colour says is always said by words, a mark or reverse video as well.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="wms",
    dark=True,
    primary="#5fa8d3",
    secondary="#8fb8a8",
    accent="#5fa8d3",
    success="#8cc08a",
    warning="#d9b36a",
    error="#e07a6b",
    foreground="#d6dde4",
    background="#12171c",
    surface="#1a2128",
    panel="#222b33",
    variables={"muted": "#8b99a6"},
)

LIGHT = Theme(
    name="wms-light",
    dark=False,
    primary="#1d5c86",
    secondary="#3d6557",
    accent="#1d5c86",
    success="#2a6431",
    warning="#7d5200",
    error="#a5362b",
    foreground="#222c35",
    background="#f6f7f4",
    surface="#ebeeef",
    panel="#dfe5e8",
    variables={"muted": "#505d68"},
)

THEMES = (DARK, LIGHT)


_DARK_SHADES = {"primary": 14, "success": 10, "warning": 11, "error": 9, "secondary": 6}
_LIGHT_SHADES = {"primary": 4, "success": 2, "warning": 5, "error": 1, "secondary": 6}
_OWN = ("foreground", "background", "surface", "panel")
SIXTEEN: dict[str, int | None] = {
    **{getattr(DARK, name): number for name, number in _DARK_SHADES.items()},
    **{getattr(LIGHT, name): number for name, number in _LIGHT_SHADES.items()},
    **{getattr(theme, name): None for theme in THEMES for name in _OWN},
    **{theme.variables["muted"]: None for theme in THEMES},
}
"""Where there are sixteen colours: the number for each of ours, or None for what the terminal has by itself."""


def theme_named(name: str) -> Theme:
    """The theme for ``light``, ``dark`` or a theme's own name; dark where the name is unknown."""
    return LIGHT if name.strip().casefold() in {"light", LIGHT.name} else DARK


STYLE = """
Page { layout: vertical; background: $background; color: $foreground; overflow: hidden; }
Page > #body { height: 1fr; padding: 0 1; }
Painted { width: 1fr; height: auto; text-wrap: nowrap; }
TitleLine, EntryLine, KeyLine { height: 1; }
EntryLine { background: $panel; }
KeyLine { background: $surface; }
MessageLine { min-height: 1; max-height: 6; }
GuidePane { height: 1fr; padding: 0 1; display: none; }
Paragraphs, Listing, Tape, Sheet, FiguresPane, FormPane, #work { height: 1fr; }
Summary { margin-bottom: 1; }
MenuPane { margin: 1 0; }
FiguresPane { margin: 0 1; }
.-wide #work { layout: horizontal; }
.-narrow Lines, .-low Lines, .-tiny Lines, .-flat Lines, .-choosing Tape { display: none; }
.-choosing Lines { display: block; }
Lines { background: $surface; }
Home.-medium > #body, Home.-wide > #body { layout: horizontal; }
.-medium MenuPane, .-wide MenuPane { width: 32; }
.-medium FiguresPane, .-wide FiguresPane { width: 36; margin: 1 2; }

.-guided > #body { display: none; }
.-guided > GuidePane { display: block; }

.-narrow > #body, .-low > #body, .-tiny > #body, .-flat > #body { padding: 0; }
.-narrow GuidePane, .-low GuidePane, .-tiny GuidePane, .-flat GuidePane { padding: 0; }
.-narrow MenuPane, .-low MenuPane, .-tiny MenuPane, .-flat MenuPane { margin: 0; }
.-narrow FiguresPane { margin: 0; }
.-low FiguresPane, .-tiny FiguresPane, .-flat FiguresPane, .-flat Summary { display: none; }
.-narrow Summary, .-low Summary, .-tiny Summary, .-flat Summary { margin: 0; }
.-tiny Summary { max-height: 1; }
.-tiny.-empty Summary { max-height: 3; }
.-low MenuPane, .-tiny MenuPane, .-flat MenuPane { height: 1fr; }
.-narrow EntryLine { height: 2; }
.-low EntryLine, .-tiny EntryLine, .-flat EntryLine { height: 1; }
.-narrow MessageLine { max-height: 9; }
.-low MessageLine { max-height: 4; }
.-tiny MessageLine { min-height: 0; max-height: 2; }
.-flat MessageLine { min-height: 0; max-height: 1; }
.-tiny.-untitled MessageLine { max-height: 3; }
.-cramped > #body { display: none; }
.-low.-guided MessageLine, .-tiny.-guided MessageLine, .-flat.-guided MessageLine { display: none; }
.-low KeyLine, .-tiny KeyLine, .-flat KeyLine, .-flat TitleLine { display: none; }
.-tiny.-untitled TitleLine, .-tiny.-guided TitleLine { display: none; }
"""
"""``-narrow`` is under 40 columns, ``-low`` under 12 rows, ``-tiny`` under 6, ``-flat`` under 4.

``-cramped`` has no room for a message and the body beside the line to type in, ``-untitled`` none for the title.
"""
