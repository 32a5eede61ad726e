"""Where the settings come from, and what they may not be."""

import pytest

from wms_tui.domain.errors import BadSetting
from wms_tui.settings import load


def loaded(home, toml="", **environ):
    if toml:
        (home / "wms.toml").write_text(toml)
    return load(environ={"WMS_HOME": str(home), **environ})


def test_the_environment_goes_before_the_file_and_the_file_before_what_is_usual(tmp_path):
    assert (loaded(tmp_path).idle_lock, loaded(tmp_path).theme) == (900, "dark")
    toml = 'idle_lock = 60\ntheme = "light"'
    assert (loaded(tmp_path, toml).idle_lock, loaded(tmp_path).theme) == (60, "light")
    assert loaded(tmp_path).escape_delay == 100
    assert loaded(tmp_path, "escape_delay = 250").escape_delay == 250
    assert loaded(tmp_path, WMS_ESCAPE_DELAY="50").escape_delay == 50
    named = loaded(tmp_path, WMS_IDLE_LOCK="0", WMS_THEME="Dark")
    assert (named.idle_lock, named.theme) == (0, "dark")


@pytest.mark.parametrize(
    ("environ", "toml", "told"),
    [
        ({"WMS_IDLE_LOCK": "15 min"}, "", "The setting idle_lock is 15 min. It must be a whole number of seconds."),
        ({"WMS_IDLE_LOCK": "-1"}, "", "The setting idle_lock is -1. It must be a whole number of seconds."),
        ({}, "idle_lock = true", "The setting idle_lock is True. It must be a whole number of seconds."),
        ({"WMS_ESCAPE_DELAY": "5"}, "", "The setting escape_delay is 5. It must be 10 to 2000 milliseconds."),
        ({}, "escape_delay = 0.1", "The setting escape_delay is 0.1. It must be 10 to 2000 milliseconds."),
        ({"WMS_THEME": "blue"}, "", "The setting theme is blue. It must be dark or light."),
    ],
)
def test_what_cannot_be_is_not_taken_for_something_else(tmp_path, environ, toml, told):
    with pytest.raises(BadSetting) as refusal:
        loaded(tmp_path, toml, **environ)
    assert refusal.value.text() == told
