import pytest

from wms_tui.tui.terminal.choosing import choose
from wms_tui.tui.terminal.profiles import ASCII, GBK, PROFILES, UTF_8, Colours

UTF = {"LANG": "en_US.UTF-8"}


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("vt220", "vt220"),
        ("vt320-w", "vt220"),
        ("vt420", "vt220"),
        ("vt525", "vt220"),
        ("vt100", "vt100"),
        ("vt102", "vt100"),
        ("xterm", "ansi16"),
        ("screen", "ansi16"),
        ("linux", "ansi16"),
        ("putty", "ansi16"),
        ("xterm-mono", "vt220"),
        ("xterm-256color", "modern"),
        ("tmux-256color", "modern"),
        ("xterm-kitty", "modern"),
        ("alacritty", "modern"),
        ("XTERM-256COLOR", "modern"),
        ("dumb", "mono-ascii"),
        ("", "mono-ascii"),
        ("no-such-terminal", "mono-ascii"),
        ("adm3a", "mono-ascii"),
    ],
)
def test_the_terminal_says_what_it_is(term, name):
    assert choose({**UTF, "TERM": term}).name == name


def test_a_wish_is_stronger_than_what_the_terminal_says():
    for name in PROFILES:
        assert choose({**UTF, "TERM": "xterm-256color"}, name).name == name
    with pytest.raises(KeyError):
        choose(UTF, "vt52")


@pytest.mark.parametrize(
    ("locale", "term", "charset"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "vt220", UTF_8),
        ({"LANG": "zh_CN.utf8"}, "vt220", UTF_8),
        ({"LANG": "zh_CN.GBK"}, "vt220", GBK),
        ({"LANG": "zh_CN.gb18030"}, "xterm", GBK),
        ({"LANG": "de_DE.ISO-8859-1"}, "xterm-256color", ASCII),
        ({"LANG": "C"}, "vt220", ASCII),
        ({}, "vt220", ASCII),
        ({}, "xterm-256color", UTF_8),
        ({"LANG": "C"}, "xterm", UTF_8),
        ({"LANG": "de_DE.ISO-8859-1", "LC_ALL": "C.UTF-8"}, "xterm", UTF_8),
        ({"LANG": "zh_CN.UTF-8"}, "vt100", ASCII),
        ({"LANG": "zh_CN.UTF-8"}, "dumb", ASCII),
    ],
)
def test_the_locale_says_which_characters_there_are(locale, term, charset):
    assert choose({**locale, "TERM": term}).charset == charset


def test_colours_are_as_many_as_there_are():
    assert choose({"TERM": "xterm-256color"}).colours is Colours.INDEXED
    assert choose({"TERM": "xterm-256color", "COLORTERM": "truecolor"}).colours is Colours.TRUE
    assert choose({"TERM": "foot"}).colours is Colours.TRUE
    assert choose({"TERM": "xterm"}).colours is Colours.SIXTEEN
    assert choose({"TERM": "vt220"}).colours is Colours.NONE
    assert choose({"TERM": "xterm-256color", "NO_COLOR": "1"}).colours is Colours.NONE


def test_a_handheld_that_claims_much_is_believed_sixteen_colours():
    assert choose({"TERM": "xterm-256color"}, size=(20, 16)).name == "ansi16"
    assert choose({"TERM": "xterm-256color"}, size=(40, 8)).name == "ansi16"
    assert choose({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, size=(20, 16)).name == "modern"
    assert choose({"TERM": "vt220"}, size=(20, 4)).name == "vt220"
