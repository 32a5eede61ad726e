"""A change asks for the lines of the widgets in it, and of no others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from wms_tui.tui.terminal.compositor import SparingCompositor


class Page(Screen[None]):
    """Two rows, the lower one in a box that shows only half of what is in it."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()

    def compose(self) -> ComposeResult:
        yield Static("one", id="upper")
        yield Container(Static("two\nthree\nfour\nfive", id="lower"))


class Shown(App[None]):
    CSS = "Static { height: 1; } Container { height: 2; overflow: hidden; } Container Static { height: 4; }"

    def get_default_screen(self) -> Page:
        return Page()


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str | None]]:
    """The names of the widgets whose lines are asked for."""
    names: list[str | None] = []
    lines = Widget.render_lines
    with monkeypatch.context() as patch:
        patch.setattr(Widget, "render_lines", lambda it, crop: names.append(it.id) or lines(it, crop))
        yield names


@pytest.mark.parametrize(("changed", "others"), [("upper", "lower"), ("lower", "upper")])
async def test_only_what_reaches_into_the_change_is_asked(monkeypatch, changed, others):
    app = Shown()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        with asked(monkeypatch) as names:
            app.query_one(f"#{changed}", Static).update("changed")
            await pilot.pause()
        assert changed in names and others not in names


async def test_what_is_drawn_is_what_textual_draws():
    app = Shown()
    async with app.run_test(size=(20, 6)) as pilot:
        app.query_one("#lower", Static).update("2\n3\n4\n5")
        await pilot.pause()
        rows = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
    assert rows == ["one", "2", "3", "", "", ""]
