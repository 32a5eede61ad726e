from collections.abc import Collection

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from wms_tui.settings import BELLS
from wms_tui.tui.terminal.sounds import REFUSED, TAKEN, Sounds
from wms_tui.tui.terminal.text import SafeText, fit, safe, tail

NASTY = [
    "\x1b[31mred",
    "\x1b]0;t\x07",
    "\x9b31m",
    "\x85",
    "a\u202eb",
    "\u2066x\u2069",
    "line\nbreak",
    "tab\t",
    "\u200f",
]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_that_a_terminal_obeys_is_left(text: str):
    shown = safe(text)
    assert len(shown) == len(text)
    assert "\ufffd" in shown
    assert all(character.isprintable() for character in shown.replace("\ufffd", "?"))


@pytest.mark.parametrize("text", ["plain", "螺丝 M8", "[/]", "[@click=app.quit]x", "=cmd|' /C calc'!A0", "é\u0301"])
def test_other_text_stays_as_it_is(text: str):
    assert safe(text) == text


def test_the_filter_covers_whatever_a_widget_draws():
    segments = SafeText().apply([Segment("a\x1bb"), Segment("c\u202e")], Color(0, 0, 0))
    assert "".join(segment.text for segment in segments) == "a\ufffdbc\ufffd"


@pytest.mark.parametrize("width", range(12))
@pytest.mark.parametrize("text", ["", "abc", "螺丝螺丝螺丝", "a螺b丝c", "[/]\x1b"])
def test_fitted_text_has_exactly_its_width(text: str, width: int):
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width
    assert cell_len(tail(text, width)) <= width


def test_cut_text_says_so_and_splits_no_wide_character():
    assert fit("螺丝螺丝", 6) == "螺丝 ~"
    assert fit("螺丝螺丝", 7) == "螺丝螺~"
    assert tail("A螺丝", 4) == "螺丝"
    assert tail("A螺丝", 3) == "丝"


def sounds(bells: Collection[str] = BELLS) -> tuple[Sounds, list[float], list[tuple[float, object]]]:
    rung: list[float] = []
    later: list[tuple[float, object]] = []
    return Sounds(lambda: rung.append(1), lambda delay, ring: later.append((delay, ring)), bells), rung, later


def test_taken_and_refused_sound_differently():
    taken, rung, later = sounds()
    taken.play(TAKEN)
    assert (len(rung), later) == (1, [])
    refused, rung, later = sounds()
    refused.play(REFUSED)
    assert (len(rung), [delay for delay, _ in later]) == (1, [0.15, 0.3])


def test_a_refusal_that_sounds_is_not_started_again():
    bell, rung, later = sounds()
    bell.play(REFUSED)
    bell.play(REFUSED)
    assert len(rung) + len(later) == 3
    for _, ring in later:
        ring()
    bell.play(REFUSED)
    assert len(rung) == 4


def test_sounds_can_be_switched_off():
    bell, rung, later = sounds(())
    bell.play(REFUSED)
    bell.play(TAKEN)
    assert rung == later == []


def test_what_is_heard_can_change():
    bell, rung, _ = sounds(())
    bell.hear(("taken",))
    bell.play(TAKEN)
    bell.play(REFUSED)
    assert len(rung) == 1


def test_each_sound_can_be_switched_off_alone():
    bell, rung, later = sounds(("refused",))
    bell.play(TAKEN)
    assert rung == []
    bell.play(REFUSED)
    assert (len(rung), len(later)) == (1, 2)
