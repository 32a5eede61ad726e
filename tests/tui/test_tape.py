import pytest
from rich.cells import cell_len

from wms_tui.domain.texts import as_written
from wms_tui.tui.widgets.tape import MOST, Mark, Scans, Tape


def tape(count: int) -> Tape:
    scans = Scans()
    for number in range(count):
        scans.add(Mark.TAKEN if number % 3 else Mark.REFUSED, f"[/]码{number}\x1d", "on hand [red]5")
    shown = Tape()
    shown.value = (scans.summary(as_written), scans.last())
    return shown


def test_the_newest_scan_is_at_the_bottom_under_the_counts():
    lines = [line.plain for line in tape(300).lines(80, 10)]
    assert len(lines) == 10
    assert lines[0].startswith("Taken 200   Refused 100   Ignored 0")
    assert "[/]码299\ufffd" in lines[-1] and "300 +" in lines[-1]
    assert "on hand [red]5" in lines[-1]


def test_marks_tell_the_outcomes_apart_without_colour():
    assert len({mark.value[0] for mark in Mark}) == 3
    assert all(mark.value[0].isascii() for mark in Mark)


@pytest.mark.parametrize("width", [1, 2, 5, 20, 39, 40, 60, 80])
@pytest.mark.parametrize("height", [1, 2, 7])
def test_it_fits_any_place(width: int, height: int):
    lines = tape(5).lines(width, height)
    assert len(lines) <= height
    assert all(cell_len(line.plain) <= max(width, 3) for line in lines)


def test_only_the_last_scans_are_kept_and_all_are_counted():
    scans = Scans()
    for number in range(MOST + 50):
        scans.add(Mark.TAKEN, str(number))
    assert len(scans.last()) == MOST
    assert scans.last()[-1].number == MOST + 50
