"""Sentences broken into lines, English at spaces and Chinese between characters."""

import pytest

from wms_tui.domain.display import width
from wms_tui.domain.wrapping import wrapped

ENGLISH = "Not enough stock of BOLT at A1: 3 on hand, 5 wanted. Take less, or use another location."
CHINESE = "商品 BOLT-M8 按批次管理：缺少批次。请输入批号（YYYY-MM-DD），或按 Esc 返回。"


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, "《" * 30, "x" * 95, "长" * 95, ""])
@pytest.mark.parametrize("columns", [2, 3, 7, 20, 40, 200])
def test_nothing_is_lost_and_no_line_is_too_long(text: str, columns: int):
    lines = wrapped(text, columns)
    assert lines and all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_english_breaks_at_spaces():
    assert wrapped(ENGLISH, 20) == [
        "Not enough stock of",
        "BOLT at A1: 3 on",
        "hand, 5 wanted. Take",
        "less, or use another",
        "location.",
    ]


def test_chinese_fills_its_lines():
    assert wrapped(CHINESE, 20) == [
        "商品 BOLT-M8 按批次",
        "管理：缺少批次。请输",
        "入批号",
        "（YYYY-MM-DD），或按",
        "Esc 返回。",
    ]


def test_no_line_begins_with_what_closes_or_ends_with_what_opens():
    for columns in range(8, 40):
        lines = wrapped("请检查标签，或按名称（编码）查找：「螺栓」、「螺母」。", columns)
        assert not any(line[0] in "，。：；）」、" or line[-1] in "（「" for line in lines), lines


def test_a_space_that_has_no_room_still_parts_two_words():
    assert wrapped("+4 pcs MILK  lot L2  ?", 20) == ["+4 pcs MILK  lot L2", "?"]


def test_a_word_that_fits_nowhere_is_cut():
    assert wrapped("ab 4006381333931", 8) == ["ab", "40063813", "33931"]
