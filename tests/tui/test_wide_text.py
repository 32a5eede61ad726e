"""Characters of two columns in every widget, at every width: no line is longer than its place, nothing stands askew."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from rich.cells import cell_len

from tests.tui.test_every_string import pseudo
from wms_tui.domain.entry import EntryView
from wms_tui.domain.movements import DocumentKind
from wms_tui.tui.frame import Message, MessageLine, Title, TitleLine
from wms_tui.tui.guide import F1, Guide, GuidePane, KeyLine, Shown
from wms_tui.tui.menu_page import MenuPane
from wms_tui.tui.screens import entry_panes
from wms_tui.tui.widgets.entry_line import Entry, EntryLine
from wms_tui.tui.widgets.figures import Block, FiguresPane
from wms_tui.tui.widgets.form import FormPane, FormRow, FormView
from wms_tui.tui.widgets.listing import Column, Listing, Rows
from wms_tui.tui.widgets.painted import Painted
from wms_tui.tui.widgets.paragraphs import Paragraphs
from wms_tui.tui.widgets.sheet import Sheet, Table, Written
from wms_tui.tui.widgets.summary import Summary
from wms_tui.tui.widgets.tape import Mark, Scan, Tape
from wms_tui.tui.widgets.tape import Summary as Counts

WIDE = "纯牛奶250毫升（低脂）整箱装，含12瓶"
LONG = WIDE * 5
COLUMNS = (
    Column("货号", least=6),
    Column("商品名称", least=6, stretch=True, below=True),
    Column("批次", rank=3),
    Column("现存量", right=True),
    Column("单位", rank=5),
)
ROWS = tuple((f"编号{number}", WIDE[number:], "批" * number, f"{number},234.5", "箱") for number in range(9))
SCANS = tuple(Scan(number, mark, "条码" * number, LONG[: number * 3]) for number, mark in enumerate(Mark))
SHOWN = [
    (TitleLine, Title(WIDE, "管理员甲（库管员）")),
    (MessageLine, Message(LONG)),
    (KeyLine, (("F1", "帮助"), ("F10", "退出登录"), ("Enter", "打开所选的行"))),
    (EntryLine, Entry("目标库位", WIDE, note="等待 12")),
    (EntryLine, Entry("已拒绝：请按 Esc", LONG, note="已忽略 3", held=True)),
    (MenuPane, (("1", "R", "入库"), ("2", "I", "出库登记"), ("3", "T", WIDE))),
    (FiguresPane, (Block("需要处理", (("低于最小库存", "12"), (WIDE, "1,234")), urgent=True),)),
    (FormPane, FormView((FormRow("商品名称", WIDE), FormRow("货号", "A-1", changed=True), FormRow(WIDE, LONG)), 1)),
    (Listing, Rows(COLUMNS, ROWS, cursor=2)),
    (Tape, (Counts("接受 12   拒绝 3   忽略 0", "+ 12  ! 3"), SCANS)),
    (Sheet, Written((("类型", "入库"), ("往来单位", LONG)), (Table(COLUMNS, ROWS, "库存" * 9),))),
    (Summary, LONG),
    (Paragraphs, (WIDE, LONG)),
    (GuidePane, Shown(Guide(LONG, (F1,)), pseudo)),
]


@pytest.mark.parametrize(("widget", "value"), SHOWN, ids=lambda thing: getattr(thing, "__name__", ""))
@pytest.mark.parametrize("width", [*range(8, 42), 80, 100, 200])
def test_no_line_is_longer_than_its_place(widget: type[Painted], value: object, width: int):
    shown = widget()
    shown.value = value
    for height in (1, 2, 14):
        for line in shown.lines(width, height):
            assert cell_len(line.plain.rstrip()) <= width, repr(line.plain)


@pytest.mark.parametrize("width", [20, 40, 80])
def test_numbers_stand_under_each_other(width: int):
    """By columns of the terminal, not by characters."""
    listing = Listing()
    listing.value = Rows(COLUMNS, ROWS)
    lines = [line.plain for line in listing.lines(width, 40)]
    ends = {cell_len(line[: line.index(",234.5") + 6]) for line in lines if ",234.5" in line}
    assert len(ends) == 1


@pytest.mark.parametrize("question", ["Lot [261022F-0007]", "批次 [261022F-0007]"])
def test_what_is_typed_beside_a_cut_question_stands_apart_from_it(question: str):
    entry = EntryLine()
    entry.value = Entry(question, "L9")
    (line,) = entry.lines(20, 1)
    assert "~ L9 " in line.plain


@pytest.mark.parametrize(("width", "told"), [(20, "DOCK-02 > F-01-01"), (40, "Transfer  DOCK-02 > F-01-01")])
def test_a_transfer_in_little_room_names_both_ends_rather_than_itself(width: int, told: str):
    view = SimpleNamespace(kind=DocumentKind.TRANSFER, source="DOCK-02", target="F-01-01", reason="")
    assert entry_panes.heading(cast("EntryView", view), str, width) == told
