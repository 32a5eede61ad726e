from dataclasses import dataclass

from tests.tui.driving import terminal
from wms_tui.tui.legible import legible
from wms_tui.tui.terminal.profiles import ASCII, GBK, MONO_ASCII, UTF_8


@dataclass(frozen=True)
class Row:
    name: str
    cells: tuple[str, ...] = ()
    number: int = 1


def test_what_cannot_be_read_takes_one_column():
    assert legible("六角螺栓 Hex bolt M5×16", ASCII) == "? Hex bolt M5×16"
    assert legible("大米", ASCII) == "?"
    assert legible("Müller 大米", ASCII) == "Müller ?"


def test_what_can_be_read_stays():
    row = Row("六角螺栓", ("plain",))
    assert legible(row, UTF_8) is row
    assert legible(row, GBK) is row
    assert legible(Row("plain", ("A", "B")), ASCII) == Row("plain", ("A", "B"))


def test_all_texts_of_a_value_are_looked_at():
    assert legible((Row("大米", ("RIC-01", "大米")), "plain"), ASCII) == (Row("?", ("RIC-01", "?")), "plain")


async def test_a_screen_on_a_terminal_without_chinese_speaks_english():
    async with terminal() as it:
        it.app.speak_to(MONO_ASCII)
        await it.settle()
        assert it.screen().isascii()
        assert "User name" in it.screen()
