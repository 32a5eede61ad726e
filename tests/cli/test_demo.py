"""``wms demo``: who may sign in is told, and what was not to be kept is gone."""

from pathlib import Path

import pytest

from wms_tui.services.demo.furnishing import Furnished


@pytest.fixture
def furnished(monkeypatch):
    """Furnishing without the 2 s that it takes: an empty file for the database."""
    asked = []

    def stand_in(url, now, password, seed, progress):
        Path(url.removeprefix("sqlite:///")).touch()
        asked.append((url, password, seed))
        return Furnished({"mei": "admin", "jun": "keeper"}, 253, 1200)

    monkeypatch.setattr("wms_tui.services.demo.furnishing.furnish", stand_in)
    return asked


@pytest.fixture
def opened(monkeypatch):
    """The application as it would be opened: the settings, and whether the database is there by then."""
    seen = []

    def stand_in(settings):
        seen.append((settings, Path(settings.database.removeprefix("sqlite:///")).exists()))
        return 0

    monkeypatch.setattr("wms_tui.cli.demo.open_application", stand_in)
    return seen


def test_the_application_opens_on_a_database_that_is_gone_afterwards(wms, furnished, opened):
    assert wms("demo").status == 0
    [(settings, was_there)] = opened
    [(url, password, _)] = furnished
    assert was_there
    assert settings.database == url
    assert not Path(url.removeprefix("sqlite:///")).parent.exists()
    told = "\n".join(settings.notice)
    assert password in told and "jun (keeper)" in told and "thrown away" in told


def test_passwords_differ_and_are_good_enough(wms, furnished, opened):
    from wms_tui.services import access

    for _ in range(3):
        wms("demo")
    passwords = {password for _, password, _ in furnished}
    assert len(passwords) == 3
    for password in passwords:
        access.new_hash(password, "mei")


def test_a_file_is_kept(wms, furnished, opened, tmp_path):
    assert wms("demo", "--keep", "kept.sqlite", "--seed", "7").status == 0
    assert (tmp_path / "kept.sqlite").exists()
    assert [seed for _, _, seed in furnished] == [7]
    assert "thrown away" not in "\n".join(opened[0][0].notice)


def test_without_opening_it_tells_how_to_sign_in(wms, furnished, opened):
    shown = wms("demo", "--keep", "kept.sqlite", "--no-open")
    assert (shown.status, opened) == (0, [])
    assert "jun: keeper" in shown.out and furnished[0][1] in shown.out
    shown = wms("demo", "--keep", "other.sqlite", "--json")
    assert shown.json["users"] == [{"name": "mei", "role": "admin"}, {"name": "jun", "role": "keeper"}]
    assert (shown.json["products"], shown.json["documents"]) == (253, 1200)
    assert shown.json["password"] == furnished[1][1]


def test_the_database_at_work_is_never_furnished_by_accident(wms, furnished, opened, cli_url):
    wms("demo")
    assert furnished[0][0] != cli_url
    assert wms("demo", "--db", "sqlite:///named.sqlite").status == 0
    assert furnished[1][0] == "sqlite:///named.sqlite"


@pytest.mark.parametrize("argv", [["--no-open"], ["--json"]])
def test_what_would_be_gone_at_once_is_misuse(wms, furnished, argv):
    shown = wms("demo", *argv)
    assert (shown.status, furnished) == (2, [])
    assert "--keep FILE" in shown.err
