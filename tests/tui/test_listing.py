import pytest
from rich.cells import cell_len
from textual.geometry import Size

from wms_tui.tui.screens import counting_panes, entry_panes
from wms_tui.tui.widgets.listing import READABLE, Column, Listing, Rows, bands, gap, layout

COLUMNS = (
    Column("SKU", least=6),
    Column("Name", least=6, stretch=True),
    Column("Location", least=8, rank=1),
    Column("On hand", least=7, right=True),
    Column("Expires", least=10, rank=2),
)
ROWS = (
    ("BOLT-M8", "Hex bolt M8 x 40, zinc plated", "A-01-03", "1,200", "2027-01-31"),
    ("螺丝-1", "六角螺丝 [/] \x1b[31m", "A-01-04", "3", ""),
)


@pytest.mark.parametrize("width", [1, 5, 14, 20, 26, 40, 60, 80, 200])
def test_every_line_has_exactly_the_width(width: int):
    listing = Listing()
    listing.value = Rows(COLUMNS, ROWS, cursor=1)
    for line in listing.lines(width, 10):
        assert cell_len(line.plain) == width
        assert "\x1b" not in line.plain


def test_columns_of_low_rank_go_first_and_the_name_takes_what_is_left():
    assert [place for place, _ in layout(COLUMNS, ROWS, 80)] == [0, 1, 2, 3, 4]
    assert [place for place, _ in layout(COLUMNS, ROWS, 40)] == [0, 1, 2, 3]
    assert [place for place, _ in layout(COLUMNS, ROWS, 23)] == [0, 1, 3]
    for width in (23, 40, 80, 200):
        places = layout(COLUMNS, ROWS, width)
        assert sum(wide for _, wide in places) + gap(width) * (len(places) - 1) == min(width, READABLE)


def test_what_matters_least_is_shrunk_before_the_name():
    columns = (Column("SKU"), Column("Name", stretch=True, rank=1), Column("Category", least=8, rank=6))
    rows = (("BB-7421", "LL Bottom Bracket", "Components/Bottom Brackets"),)
    assert layout(columns, rows, 40) == [(0, 7), (1, 17), (2, 12)]
    assert layout(columns, rows, 30) == [(0, 7), (1, 13), (2, 8)]


def test_a_title_is_cut_only_on_narrow_terminals():
    columns = (Column("SKU"), Column("Name", stretch=True, rank=1), Column("Unit", least=1, rank=4))
    rows = (("BB-7421", "LL Bottom Bracket, an article with a long name", "pc"),)
    assert layout(columns, rows, 40)[2] == (2, 4)
    assert layout(columns, rows, 30)[2] == (2, 1)


def test_numbers_stand_at_the_right():
    listing = Listing()
    listing.value = Rows(COLUMNS[:1] + COLUMNS[3:4], tuple((row[0], row[3]) for row in ROWS))
    heading, first, second = (line.plain for line in listing.lines(40, 10))
    assert first.rstrip().endswith("1,200") and second.rstrip().endswith("    3")
    assert {cell_len(line.rstrip()) for line in (heading, first, second)} == {16}


def test_no_row_is_chosen_until_an_arrow_key():
    listing = Listing()
    listing.value = Rows(COLUMNS, ROWS)
    assert listing.value.cursor is None
    assert listing.move(1)
    assert listing.value.cursor == 0
    assert listing.move(1)
    assert not listing.move(1)
    assert listing.value.cursor == 1
    assert listing.move(-1) and not listing.move(-1)


def test_the_chosen_row_stays_in_view():
    listing = Listing()
    listing.value = Rows((Column("N"),), tuple((f"row {number}",) for number in range(100)), cursor=57)
    assert any("row 57" in line.plain for line in listing.lines(20, 6))
    listing.value = Rows(listing.value.columns, listing.value.rows, cursor=3)
    assert any("row 3" in line.plain for line in listing.lines(20, 6))


def test_an_empty_list_has_nothing_to_choose():
    listing = Listing()
    listing.value = Rows(COLUMNS)
    assert not listing.move(1)
    assert listing.value.cursor is None


def test_the_chosen_row_tells_what_is_cut_and_what_is_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Listing, "size", Size(30, 10))
    listing = Listing()
    listing.value = Rows(COLUMNS, ROWS)
    assert listing.hidden() == ""
    listing.value = Rows(COLUMNS, ROWS, cursor=0)
    assert listing.hidden() == "BOLT-M8   Hex bolt M8 x 40, zinc plated   Expires 2027-01-31"


@pytest.mark.parametrize("columns", [entry_panes.LINE_COLUMNS, counting_panes.LINE_COLUMNS])
@pytest.mark.parametrize("width", [20, 78])
def test_the_name_is_cut_before_the_lot_of_a_line(columns: tuple[Column, ...], width: int):
    long = {
        "Name": "Blood pressure monitor with two cuffs and a long name",
        "Lot": "! 261022F",
        "Where": "DOCK-02",
    }
    row = tuple(long.get(column.title, "12") for column in columns)
    lot = [column.title for column in columns].index("Lot")
    assert (lot, 9) in [placed for band in bands(columns, (row,), width) for placed in band]
