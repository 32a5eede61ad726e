"""The help of a screen: what it says, when it is shown, and which keys are its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual.geometry import Size
from textual.screen import Screen

from wms_tui.domain.texts import sentence
from wms_tui.tui.guide import Guide, Hint, Shown
from wms_tui.tui.keys import ESCAPE

if TYPE_CHECKING:
    from wms_tui.tui.app import WmsApp

QUESTION = "?"
BACK_KEYS = frozenset({ESCAPE, "f3"})
_FORWARD = frozenset({"f1", "pagedown", "down"})
_BACKWARD = frozenset({"pageup", "up"})


class Guided(Screen[None]):
    """A screen with help in parts, each as long as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._guide_part: int | None = None

    @property
    def shell(self) -> WmsApp:
        return cast("WmsApp", self.app)

    def tr(self, template: str, **fields: object) -> str:
        """The sentence in the operator's language."""
        return sentence(self.shell.translate, template, fields)

    def guide(self) -> Guide:
        """The help, and what stands in the line of keys."""
        raise NotImplementedError

    def command_hints(self) -> Iterable[Hint]:
        """What the help says of codes that are scanned instead of keys."""
        return ()

    @property
    def guided(self) -> bool:
        """Whether the help is shown."""
        return self._guide_part is not None

    def guides(self, key: str) -> bool:
        """Whether the key was for the help: it opens it, turns its parts, closes it. Others close it and go on.

        A message that is not seen whole is turned to its end first.
        """
        if key == "f1" and not self.guided and self.reads_on():
            return True
        if key == "f1" or key in self.help_keys():
            self.turn_guide(0 if self._guide_part is None else self._guide_part + 1)
            return True
        if self._guide_part is None:
            return False
        if key in _FORWARD | _BACKWARD:
            self.turn_guide(self._guide_part + (1 if key in _FORWARD else -1))
            return True
        self.close_guide()
        return key in BACK_KEYS

    def key_hints(self) -> Iterable[Hint]:
        """What the line of keys shows now."""
        return (hint for hint in self.guide().hints if hint.brief)

    def help_keys(self) -> frozenset[str]:
        return frozenset({QUESTION})

    def turn_guide(self, part: int) -> None:
        """Show this part of the help; where there is none, close it."""
        self._guide_part = part if self._shown(part).fits(self.guide_size()) else None

    def close_guide(self) -> None:
        """Show the page again."""
        self._guide_part = None

    def guide_size(self) -> Size:
        """The room that the help has."""
        raise NotImplementedError

    def reads_on(self) -> bool:
        """Turn to the end of a message that is not seen whole; whether there was one."""
        return False

    def _shown(self, part: int) -> Shown:
        guide = self.guide()
        hints = (*guide.hints, *self.command_hints())
        return Shown(Guide(guide.about, hints), self.shell.translate, part, self.in_full())

    def in_full(self) -> str:
        """What the page has cut short; the help begins with it."""
        return ""
