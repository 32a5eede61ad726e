"""Light beside dark, calm and readable."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

import wms_tui.tui
from tests.tui.driving import terminal
from tests.tui.stand_in import PASSWORD, SETTINGS
from tests.tui.test_languages import Chooser
from wms_tui.settings import Settings, load
from wms_tui.tui.terminal.colours import look_of
from wms_tui.tui.terminal.profiles import Colours
from wms_tui.tui.theme import DARK, LIGHT, STYLE, THEMES, theme_named
from wms_tui.tui.widgets.entry_line import CARET

READABLE = 4.5
"""The least contrast of text by WCAG 2, level AA."""
TEXTS = ("foreground", "muted", "primary", "success", "warning", "error")
GROUNDS = ("background", "surface", "panel")
TUI = Path(wms_tui.tui.__file__).parent
SOURCES = [path.read_text() for path in TUI.rglob("*.py")]


def colour(theme: Theme, name: str) -> Color:
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
def test_every_text_is_readable_on_every_ground(theme: Theme, text: str, ground: str):
    assert contrast(colour(theme, text), colour(theme, ground)) >= READABLE


def contrast(one: Color, other: Color) -> float:
    """The ratio of relative luminances as WCAG 2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    parts = (part / 255 for part in colour.rgb)
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_only_colours_of_the_theme_are_used():
    """So that the contrast of all of them is known."""
    styled = {name for source in SOURCES for name in re.findall(r'"(?:[a-z]+ )*\$([a-z]+)[" ]', source)}
    laid_out = set(re.findall(r"\$([a-z]+)", STYLE))
    assert styled and styled <= {*TEXTS, *GROUNDS} and laid_out <= {*TEXTS, *GROUNDS}


def test_nothing_blinks():
    """The mark of the place where somebody types is said as blinking, and no driver sends it."""
    marked = {path.name for path in TUI.rglob("*.py") if re.search(r"\bblink\b", path.read_text())}
    assert marked == {"entry_line.py", "canvas.py", "examining.py"}
    assert look_of(Style.parse(CARET), Colours.TRUE) == look_of(Style.parse("reverse"), Colours.TRUE)


@pytest.mark.parametrize(
    ("name", "theme"),
    [("light", LIGHT), ("Light ", LIGHT), ("wms-light", LIGHT), ("dark", DARK), ("", DARK), ("x", DARK)],
)
def test_a_theme_by_its_name(name: str, theme: Theme):
    assert theme_named(name) is theme


async def test_the_theme_is_the_terminals_until_somebody_with_another_one_signs_in():
    settings = Settings(database=SETTINGS.database, theme="light", idle_lock=0)
    async with terminal(client=Chooser("", "dark"), settings=settings) as it:
        assert it.app.theme == LIGHT.name
        await it.type(f"boss\r{PASSWORD}\r".encode())
        assert it.app.theme == DARK.name
        await it.type(b"\x1b[21~")
        assert it.app.theme == LIGHT.name


def test_the_theme_is_a_setting(tmp_path):
    (tmp_path / "wms.toml").write_text('theme = "light"\nlanguage = "zh_CN"\n')
    home = {"WMS_HOME": str(tmp_path)}
    assert load(environ=home).theme == "light"
    assert load(environ={**home, "WMS_THEME": "dark"}).theme == "dark"
    assert load(environ=home).language == "zh_CN"
