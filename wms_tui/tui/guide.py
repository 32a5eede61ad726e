"""Help: declared beside each page, shown by F1 or ``?``, and short in the line of keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size

from wms_tui.domain.texts import N_, Translate, as_written
from wms_tui.domain.wrapping import wrapped
from wms_tui.tui.terminal.text import NARROW, fit, safe
from wms_tui.tui.widgets.painted import Painted


@dataclass(frozen=True, slots=True)
class Hint:
    """What a key does: as written on the key, in a word, in a sentence. ``brief`` ones stand in the line of keys."""

    key: str
    word: str
    does: str
    brief: bool = True


@dataclass(frozen=True, slots=True)
class Guide:
    """The help of one page. ``about`` says in a sentence or two what the page is for."""

    about: str
    hints: tuple[Hint, ...] = ()


F1 = Hint("F1", N_("Help"), N_("Shows this help; again: its next part. Esc closes it."))
BACK = Hint("F3", N_("Back"), N_("Goes back, as does Esc."))
GAP, NARROWEST = 2, 1
"""Columns between two keys in the line of keys; on narrow terminals one, where that leaves room for another key."""
LEAST = 4
"""Where no more keys than these have room, the way back counts like any other: Esc goes back as well."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A guide in the reader's language, from its ``top``-th part on."""

    guide: Guide = field(default_factory=lambda: Guide(""))
    translate: Translate = as_written
    part: int = 0
    first: str = ""
    """What the page has cut short, in full."""

    def fits(self, size: Size) -> bool:
        """Whether there is anything to see of this part in a place of this size."""
        return self.part == 0 or 0 < self.part * size.height < len(self.rows(size.width))

    def rows(self, width: int) -> list[Content]:
        """All of it: what the page has cut short, what it is for, then its keys."""
        told = [wrapped(text, width) for text in (safe(self.first), self.translate(self.guide.about)) if text]
        about = [Content(row) for rows in told for row in (*rows, "")]
        keys = [row for hint in (F1, *self.guide.hints) for row in self._hint_rows(hint, width)]
        return about + keys

    def _hint_rows(self, hint: Hint, width: int) -> list[Content]:
        """The key in a column of its own, its sentence wrapped beside it; on narrow terminals under each other."""
        does = self.translate(hint.does)
        if width < 40:
            return [Content.styled(hint.key, "bold $primary"), *map(Content, wrapped(does, width))]
        column = [fit(hint.key, 12)] + [" " * 12] * 20
        rows = zip(column, wrapped(does, width - 12), strict=False)
        return [Content.assemble((key, "bold $primary"), row) for key, row in rows]


class GuidePane(Painted[Shown]):
    """The help, in the place of the page's body, in parts as large as the place."""

    def __init__(self) -> None:
        super().__init__(Shown())

    def lines(self, width: int, height: int) -> list[Content]:
        rows = self.value.rows(width)
        start = self.value.part * max(1, height)
        return rows[start : start + height]


class KeyLine(Painted[tuple[tuple[str, str], ...]]):
    """The bottom line: as many keys as fit, the most important first, and the way back if there is room for some."""

    def __init__(self) -> None:
        super().__init__(())

    def lines(self, width: int, height: int) -> list[Content]:
        shown, gap = self._fitting(width, GAP), GAP
        if width < NARROW and len(closer := self._fitting(width, NARROWEST)) > len(shown):
            shown, gap = closer, NARROWEST
        space = " " * gap
        parts = [part for key, word in shown for part in ((key, "bold $primary"), (f" {word}{space}", "$muted"))]
        return [Content.assemble(*parts)]

    def _fitting(self, width: int, gap: int) -> list[tuple[str, str]]:
        shown = list(self.value)
        while sum(_taken(hint) + gap for hint in shown) > width + gap and len(shown) > 1:
            shown.remove(next(hint for hint in reversed(shown) if hint[0] != BACK.key or len(shown) <= LEAST))
        return shown


def _taken(hint: tuple[str, str]) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1])
