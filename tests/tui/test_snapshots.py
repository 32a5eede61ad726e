"""Every screen as text, cell by cell, at all sizes that it is made for; and the README's pictures of the same screens.

In Chinese the largest and the smallest sizes are a campaign: ``pytest tests/tui/test_snapshots.py -m campaign``. What a
size does to a screen is seen in English, and what Chinese does at 80×24 and 20×16. After a change that is meant:
``pytest tests/tui/test_snapshots.py --refresh-snapshots``, which takes all of them, and look at the difference.
"""

from __future__ import annotations

import asyncio
import os
import pkgutil
import re
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual._compositor import Compositor

import wms_tui.tui.screens
from wms_tui.domain.barcodes.commands import KEYS
from wms_tui.domain.texts import ENGLISH, LANGUAGES
from wms_tui.tui.page import Page
from wms_tui.tui.picture import text_of
from wms_tui.tui.scene import HANDHELD, LARGE, NORMAL, SMALLEST
from wms_tui.tui.scenes import SCENES, has_picture, scenes_at
from wms_tui.tui.walking import Walk

REFRESH = "pytest tests/tui/test_snapshots.py --refresh-snapshots"
RETAKE = "wms screenshots tests/data/screenshots"
SNAPSHOTS = Path(__file__).parent / "snapshots"
ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "tests" / "data" / "screenshots"
WALKS = [(language, size) for language in LANGUAGES for size in (NORMAL, LARGE, HANDHELD, *SMALLEST)]
SHOWN = [(language, size, scene) for language, size in WALKS for scene in scenes_at(size)]


def walked(language, size, *more):
    """The parameters of a test that needs this walk."""
    usual = language == ENGLISH or size in {NORMAL, HANDHELD}
    name = "-".join([language, f"{size[0]}x{size[1]}", *(scene.name for scene in more)])
    return pytest.param(language, size, *more, marks=() if usual else pytest.mark.campaign, id=name)


@dataclass(frozen=True)
class Seen:
    """A screen as it was come to: its rows without the spaces at their ends, its page, the keys of its help."""

    text: str
    page: type[Page]
    keys: tuple[str, ...]


class Screens:
    """Walks when it is first asked for a language and size, and remembers what it saw."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._seen: dict[tuple[str, tuple[int, int]], dict[str, Seen]] = {}

    def at(self, language: str, size: tuple[int, int]) -> dict[str, Seen]:
        if (language, size) not in self._seen:
            self._seen[language, size] = asyncio.run(self._walk(language, size))
        return self._seen[language, size]

    async def _walk(self, language: str, size: tuple[int, int]) -> dict[str, Seen]:
        seen = {}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Compositor, "render_update", not_looked_at)
            async for scene, app in Walk(self.home, language, size).through(scenes_at(size)):
                strips = app.screen._compositor.render_strips(app.size)
                text = "\n".join(strip.text.rstrip() for strip in strips)
                seen[scene.name] = Seen(text, type(app.page), tuple(hint.key for hint in app.page.guide().hints))
        return seen


def not_looked_at(compositor, full=False, screen_stack=None, simplify=False):
    """Nobody sees the frames on the way to a screen, and without a terminal they are thrown away."""
    compositor._dirty_regions.clear()


@pytest.fixture(scope="module")
def screens(demonstration):
    """All that depends on the place stands still: the zone of the clock, and the moment in the walk itself."""
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield Screens(demonstration)
    os.environ.pop("TZ")
    if zone is not None:
        os.environ["TZ"] = zone
    time.tzset()


def snapshot_of(language, size, scene):
    return SNAPSHOTS / language / f"{size[0]}x{size[1]}" / f"{scene.name}.txt"


@pytest.mark.parametrize(("language", "size", "scene"), [walked(*shown) for shown in SHOWN])
def test_a_screen_is_what_it_was(screens, language, size, scene, request):
    path, seen = snapshot_of(language, size, scene), screens.at(language, size)[scene.name].text + "\n"
    if request.config.getoption("--refresh-snapshots"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(seen, encoding="utf-8")
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    assert seen == known, f"if this is meant: {REFRESH}"


def test_no_snapshot_is_left_over():
    wanted = {snapshot_of(*shown) for shown in SHOWN}
    assert set(SNAPSHOTS.rglob("*.txt")) == wanted, "remove what belongs to no screen any more"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_show_the_screens_as_they_are(screens, language):
    stale = []
    for size in (NORMAL, HANDHELD):
        seen = screens.at(language, size)
        for scene in pictured_at(size):
            path = PICTURES / language / f"{scene.file_name(size)}.svg"
            shown = text_of(path.read_text(encoding="utf-8")) if path.exists() else []
            if shown != seen[scene.name].text.rstrip("\n").split("\n"):
                stale.append(path.name)
    assert not stale, f"take the pictures again: {RETAKE}"


def pictured_at(size):
    return [scene for scene in scenes_at(size) if has_picture(scene, size)]


def pictured():
    """The pictures that there must be: scene, size, and the path for each language."""
    for size in (NORMAL, HANDHELD):
        for scene in pictured_at(size):
            name = f"{scene.file_name(size)}.svg"
            yield scene, size, [f"tests/data/screenshots/{language}/{name}" for language in LANGUAGES]


def gallery():
    """The README's table: a row a screen, a column a language."""
    rows = [f"| {' | '.join(LANGUAGES.values())} |", "|" + "---|" * len(LANGUAGES)]
    for scene, size, paths in pictured():
        title = scene.title if size == NORMAL else f"{scene.title}, {size[0]}×{size[1]}"
        rows.append("".join(f"| ![{title}]({path}) " for path in paths) + "|")
    return "\n".join(rows)


def test_there_is_no_picture_but_those_of_the_screens():
    pictures = {str(path.relative_to(ROOT)) for path in PICTURES.rglob("*.svg")}
    assert pictures == {path for *_, paths in pictured() for path in paths}, f"remove what is left over, then: {RETAKE}"


def test_the_readme_shows_every_picture(request):
    path = ROOT / "README.md"
    before, table, after = re.split(
        r"(?<=<!-- every screen -->)\n|\n(?=<!-- end -->)", path.read_text(encoding="utf-8")
    )
    if request.config.getoption("--refresh-snapshots"):
        table = gallery()
        path.write_text(f"{before}\n{table}\n{after}", encoding="utf-8")
    assert table == gallery(), f"to write the table anew: {REFRESH}"


def pages_of_the_program():
    """The classes of pages that are opened: those under ``screens`` from which no other one is derived."""
    for module in pkgutil.iter_modules(wms_tui.tui.screens.__path__, "wms_tui.tui.screens."):
        for thing in vars(import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, Page) and thing.__module__ == module.name:
                yield thing


def test_every_screen_is_among_them(screens):
    pages = set(pages_of_the_program())
    opened = {page for page in pages if not any(issubclass(other, page) and other is not page for other in pages)}
    seen = {seen.page for seen in screens.at(ENGLISH, NORMAL).values()}
    missing = sorted(page.__name__ for page in opened - seen)
    assert not missing, "add how to come to them to wms_tui/tui/scenes.py"


def test_scenes_have_names_of_their_own():
    names = [scene.name for scene in SCENES]
    assert len(names) == len(set(names))


NO_CODE_NEEDED = {"Enter", "Esc", "Backspace", "Tab"}
"""Every terminal has them; ``..PREV`` goes back as well."""
ARROWS = {"Up", "Down", "Left", "Right"}


def test_no_screen_has_a_key_without_a_code(screens):
    """``..2`` and Enter is F2: see ``test_keys_by_code``. Nothing needs F11, Alt, Ctrl or a mouse."""
    known = {key.capitalize() for key in KEYS.values()} - {"F11", "F12"} | ARROWS | NO_CODE_NEEDED
    named = {name: set(re.findall(r"\w+", " ".join(seen.keys))) for name, seen in screens.at(ENGLISH, NORMAL).items()}
    unknown = {name: {key for key in keys - known if len(key) > 1} for name, keys in named.items()}
    assert not any(unknown.values()), unknown


@pytest.mark.parametrize(("language", "size"), [walked(*walk) for walk in WALKS if walk[1] in {HANDHELD, *SMALLEST}])
def test_small_screens_are_full_of_no_more_than_they_hold(screens, language, size):
    """No row is wider than the terminal, and the line to type in is in sight."""
    for name, seen in screens.at(language, size).items():
        rows = seen.text.split("\n")
        assert len(rows) == size[1], name
        assert all(cell_len(row) <= size[0] for row in rows), name
