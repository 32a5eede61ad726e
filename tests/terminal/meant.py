"""What a page means to show, cell by cell, and whether a terminal shows it as far as it can.

The rules of what becomes of a character on a terminal that lacks it are written down here anew, not taken from the
program: ASCII stays as it is; where there is no such character, as many signs of ASCII as it has columns, and of an
ideograph question marks.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from rich.color import Color
from rich.style import Style
from wcwidth import wcwidth

from tests.terminal.strict import StrictTerminal
from tests.terminal.strict.grid import RIGHT_HALF, Cell
from tests.terminal.strict.looks import Colour
from wms_tui.tui.app import WmsApp

REPLACED = "\N{REPLACEMENT CHARACTER}"


class Meant(NamedTuple):
    """``text`` is empty for the right half of a wide character."""

    text: str
    style: Style

    @property
    def caret(self) -> bool:
        return bool(self.style.blink)


def meant(app: WmsApp) -> list[list[Meant]]:
    """Rows of cells as Textual would draw the page now."""
    return [_cells(strip) for strip in app.screen._compositor.render_strips(app.size)]


def _cells(strip) -> list[Meant]:
    cells: list[Meant] = []
    for text, style, _ in strip:
        for character in text:
            width = wcwidth(character)
            if width == 0 and cells:
                at = -2 if cells[-1].text == RIGHT_HALF else -1
                cells[at] = cells[at]._replace(text=cells[at].text + character)
            else:
                cells += [Meant(character, style or Style.null()), *[Meant("", style or Style.null())] * (width - 1)]
    return cells


def differences(app: WmsApp, it: StrictTerminal) -> list[str]:
    """Where the terminal shows something else than the page means; empty where all is well."""
    page = meant(app)
    size = (len(page[0]) if page else 0, len(page))
    if size != (it.grid.columns, it.grid.rows):
        return [f"the page is {size}, the terminal {it.grid.columns, it.grid.rows}"]
    found = []
    for number, (wanted, cells) in enumerate(zip(page, it.grid.cells, strict=True)):
        shown = [cell.text for cell in cells]
        if not _told([cell.text for cell in wanted], shown, it.charset):
            found.append(f"row {number}: {''.join(cell.text for cell in wanted)!r} is {''.join(shown)!r}")
        for column, (cell, there) in enumerate(zip(wanted, cells, strict=True)):
            if not _looks(cell, there, coloured=bool(it.rules.palettes)):
                found.append(f"row {number}, column {column}: {cell} is {there}")
    return found


def _told(wanted: list[str], shown: list[str], charset: str) -> bool:
    if charset == "utf-8":
        return wanted == shown
    column = 0
    while column < len(wanted):
        width = 2 if wanted[column + 1 : column + 2] == [""] else 1
        if not _same(wanted[column], shown[column : column + width], charset):
            return False
        column += width
    return True


def _same(wanted: str, shown: list[str], charset: str) -> bool:
    if wanted.isascii():
        return shown == [wanted]
    base = wanted[0]
    if charset == "gb18030" and shown == [base, ""]:
        return True
    if not all(len(sign) == 1 and " " <= sign <= "~" for sign in shown):
        return False
    unknown = unicodedata.category(base) == "Lo" or base == REPLACED
    return set(shown) == {"?"} if unknown else shown[0] != " " or base == "\xa0"


def _looks(wanted: Meant, there: Cell, coloured: bool) -> bool:
    """Bold and the colour of the text are not seen on a blank; the cursor itself is the reverse of the caret."""
    style, shown, visible = wanted.style, there.look, bool(there.text.strip())
    if coloured and not _same_colour(style.bgcolor, shown.paper):
        return False
    if wanted.caret:
        return not shown.reverse
    flags = bool(style.underline) == shown.underline and bool(style.reverse) == shown.reverse
    if not visible and not shown.reverse:
        return flags
    bold = not visible or bool(style.bold) == shown.bold
    return flags and bold and (not coloured or _same_colour(style.color, shown.ink))


def _same_colour(wanted: Color | None, shown: Colour) -> bool:
    """Exact where all colours are sent; where 256 are, whatever number stands for it."""
    if wanted is None or wanted.is_default or not isinstance(shown, tuple):
        return (wanted is None or wanted.is_default) == (shown is None)
    return wanted.get_truecolor() == shown


def told_by_colour_alone(app: WmsApp) -> list[str]:
    """Texts whose colour says that something is well, is not, or asks for care, and that are else like any other."""
    theme = app.current_theme
    colours = {colour and colour.casefold() for colour in (theme.success, theme.warning, theme.error)}
    return [
        segment.text
        for strip in app.screen._compositor.render_strips(app.size)
        for segment in strip
        if segment.text.strip() and (style := segment.style) and style.color and style.color.name in colours
        if not (style.bold or style.reverse or style.underline)
    ]
