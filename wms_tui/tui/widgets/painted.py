"""The base of our widgets: a value, drawn as lines; the same value costs nothing."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from wms_tui.tui.legible import legible
from wms_tui.tui.terminal.profiles import MODERN, UTF_8

Value = TypeVar("Value")


class Painted(Widget, Generic[Value]):
    """Shows ``value``. ``lines`` draws it; where the height is ``auto`` in the style, it follows their number."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value
        self._given: tuple[Value, str] = (value, UTF_8)
        self._place = Size(0, 0)

    @property
    def place(self) -> Size:
        """The size; behind the help, which leaves it none, that of before."""
        self._place = self.size or self._place
        return self._place

    def show(self, value: Value) -> None:
        """Show another value, as far as the terminal has its characters; draws only if it differs."""
        profile = getattr(self.app, "profile", MODERN) if self.is_attached else MODERN
        given = (value, profile.charset)
        if given == self._given:
            return
        self._given, value = given, legible(value, profile.charset)
        if value != self.value:
            rows = self._rows()
            self.value = value
            self.refresh(layout=rows != self._rows())

    def lines(self, width: int, height: int) -> list[Content]:
        """What is drawn in this many columns and at most this many rows."""
        raise NotImplementedError

    def _rows(self) -> int:
        """How many rows the layout must give; 0 where the style gives a fixed number."""
        height = self.styles.height
        return len(self.lines(*self.size)) if height is not None and height.is_auto else 0

    def render(self) -> Content:
        return Content("\n").join(self.lines(*self.size))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width, container.height))
