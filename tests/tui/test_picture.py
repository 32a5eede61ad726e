"""Pictures of screens: small, the same each time, and every cell in its column."""

import io
from xml.etree import ElementTree

from rich.console import Console
from rich.text import Text

from wms_tui.tui.picture import ACROSS, compact, text_of

ROWS = [
    " SKU         Name                      Qty",
    " BLT-HEX-01  六角螺栓 Hex bolt <M5×16>  12",
    "",
    " a & b       &amp; 牛奶                  7",
]


def exported(*rows):
    console = Console(record=True, file=io.StringIO(), width=60, force_terminal=True, color_system="truecolor")
    for row in rows:
        console.print(Text(row, style="bold #ff0000 on #001100"), end="\n")
    return console.export_svg(title="")


def test_the_text_of_a_picture_is_that_of_the_screen():
    assert text_of(compact(exported(*ROWS))) == ROWS


def test_what_stands_after_double_width_characters_stays_in_its_column():
    texts = ElementTree.fromstring(compact(exported(*ROWS))).iter("{http://www.w3.org/2000/svg}text")
    assert {text.text: int(text.get("x")) // ACROSS for text in texts}["12"] == 40


def test_a_picture_is_the_same_each_time_and_fetches_nothing():
    first, second = compact(exported(*ROWS)), compact(exported(*ROWS))
    assert first == second
    assert "url(" not in first and "@font-face" not in first
    assert len(first) < len(exported(*ROWS)) / 3


def test_an_empty_screen_has_no_text():
    assert text_of(compact(exported(" "))) == []
