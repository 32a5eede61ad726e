"""``wms screenshots``: pictures of the declared screens, in a folder a language."""

from shutil import copyfile

import pytest

from wms_tui.domain.texts import LANGUAGES
from wms_tui.tui import scenes
from wms_tui.tui.picture import text_of
from wms_tui.tui.walking import FURNISHED


@pytest.fixture
def few(monkeypatch, demonstration):
    """Two screens instead of all of them, of the warehouse that is there; the tests' time zone stays."""
    kept = [scene for scene in scenes.SCENES if scene.name in {"sign-in", "home-keeper"}]
    monkeypatch.setattr("wms_tui.tui.scenes.SCENES", tuple(kept))
    monkeypatch.setattr("wms_tui.cli.screenshots._stay_in_utc", lambda: None)
    made = demonstration / FURNISHED
    monkeypatch.setattr("wms_tui.services.demo.furnishing.furnish", lambda url, *_: copyfile(made, url[10:]))


def test_each_screen_is_taken_in_each_language_and_some_on_a_handheld(wms, few, tmp_path):
    shown = wms("screenshots", "pictures", "--json")
    names = {"sign-in.svg", "home-keeper.svg", "home-keeper-handheld.svg"}
    assert (shown.status, shown.json["count"]) == (0, len(names) * len(LANGUAGES))
    for language in LANGUAGES:
        assert {path.name for path in (tmp_path / "pictures" / language).iterdir()} == names
    picture = (tmp_path / "pictures" / "en" / "home-keeper.svg").read_text(encoding="utf-8")
    assert text_of(picture)[0].startswith(" WMS  Home")
    assert "jun (keeper)" in text_of(picture)[0]


def test_another_size_is_taken_alone(wms, few, tmp_path):
    assert wms("screenshots", "wide", "--size", "100x30").status == 0
    picture = (tmp_path / "wide" / "en" / "sign-in.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 1020 620"' in picture
    assert not (tmp_path / "wide" / "en" / "home-keeper-handheld.svg").exists()


def test_a_folder_that_cannot_be_written_is_told(wms, few, file):
    refused = wms("screenshots", file("", "a file, no folder"))
    assert refused.status == 1
    assert "a file, no folder" in refused.err and "cannot be used" in refused.err


@pytest.mark.parametrize("size", ["80", "0x24", "80x", "80x24x2", "wide"])
def test_a_size_that_is_none_is_misuse(wms, size):
    shown = wms("screenshots", "pictures", "--size", size)
    assert (shown.status, shown.out) == (2, "")
    assert f"{size} is no size such as 80x24" in shown.err
