"""The smallest terminals: 20×4 shows what is asked, what was typed and what came of it; nothing is lost by a resize."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.events import Resize
from textual.geometry import Size

from tests.support.counting import begin
from tests.tui.conftest import AtWork
from tests.tui.driving import SETTINGS, Terminal, terminal
from tests.tui.test_commands import ken, squeezed  # noqa: F401 - a fixture
from wms_tui.domain.wrapping import in_parts
from wms_tui.tui.frame import MORE

SMALL = (20, 4)
TINY = [(10, 4), (5, 2), (1, 1)]
F1, F2, F6, F8, DOWN, ESC = b"\x1bOP", b"\x1bOQ", b"\x1b[17~", b"\x1b[19~", b"\x1b[B", b"\x1b"
CHINESE = "批次 260516F 已过期，不能收货。请检查标签上的日期，或联系管理员。"
REFUSAL = "Unknown code WRONG. Check the label, or look the product up by name."


async def resized(it: Terminal, *sizes: tuple[int, int]) -> None:
    for size in sizes:
        it.app._driver._size = Size(*size)
        it.app.post_message(Resize(Size(*size), Size(*size)))
        await it.settle()


def message_of(it: Terminal) -> str:
    return " ".join(row.removesuffix(MORE).strip() for row in it.rows()[:-1])


async def test_all_of_a_refusal_is_read_in_parts(at_work: AtWork):
    async with at_work("ken", SMALL) as it:
        await it.type(b"1A1\rWRONG\r")
        assert it.rows()[-1] == "Refused: press Esc"
        read = message_of(it)
        while MORE in it.screen():
            await it.type(F1)
            assert it.app.page.held
            read += " " + message_of(it)
        assert " ".join(read.split()) == REFUSAL


async def test_after_its_last_part_comes_the_help_and_then_the_refusal_again(at_work: AtWork):
    async with at_work("ken", SMALL) as it:
        await it.type(b"1A1\rWRONG\r")
        before = it.screen()
        await it.type(F1 + F1)
        assert it.app.page.guided
        assert "Scan the location" in it.screen()
        await it.type(ESC)
        assert it.screen() == before
        await it.type(b"..1\r")
        assert it.screen() != before and it.app.page.held


async def test_what_is_typed_is_seen_beside_the_question(at_work: AtWork):
    async with at_work("ken", SMALL) as it:
        await it.type(b"1A1\rMILK\rX1\r2027-05-01")
        assert it.rows()[-1] == "Expires 2027-05-01"
        await it.type(b"\r" + F2 + b"120")
        assert it.rows()[-1] == "Quantity 120"
        await it.type(ESC + b"A-LONG-CODE-4711")
        assert it.rows()[-1].endswith("-CODE-4711")


async def test_the_menu_is_turned_where_it_has_no_room(at_work: AtWork):
    async with at_work("ken", SMALL) as it:
        seen = [it.screen()]
        for key in (F8, b"..8\r"):
            await it.type(key)
            seen.append(it.screen())
        assert "Receipt" in seen[0] and MORE.replace("F1", "F8") in seen[0]
        assert all(title in "\n".join(seen) for title in ("Stock", "Counting", "My account", "Scan test"))
        await it.type(b"5")
        assert "All stock" in it.screen()


async def test_reasons_are_seen_before_one_is_chosen(at_work: AtWork):
    async with at_work("ken", SMALL) as it:
        await it.type(b"4A1\r")
        assert "FOUND" in it.screen() and "LOST" in it.screen()
        await it.type(DOWN)
        assert "DAMAGED" in it.screen() and "FOUND" not in it.screen()
        await it.type(b"..PGDN\r3\r")
        assert it.app.page.draft.view.reason == "DAMAGED"


async def test_an_enquiry_tells_how_much_and_where(at_work: AtWork):
    async with at_work("ken", SMALL) as it:
        await it.type(b"5BOLT\r")
        assert it.rows()[0].startswith("1,248.5 pcs BOLT")
        await it.type(DOWN)
        assert "A1" in it.screen()
        await it.type(DOWN)
        assert "A2" in it.screen()


async def test_the_last_row_of_a_list_is_not_hidden_by_what_is_said(at_work: AtWork):
    async with at_work("ken", SMALL) as it:
        await it.type(b"7BOLT" + F8 + F8)
        assert "The last rows." in it.screen()
        await it.type(DOWN)
        assert "BOLT" in it.rows()[1]


@pytest.mark.parametrize("start", [(80, 24), SMALL, (20, 16)])
async def test_a_draft_survives_any_size(at_work: AtWork, start):
    async with at_work("ken", start) as it:
        await it.type(b"1A1\rNUT\rNUT\r12")
        before = it.screen()
        await resized(it, *TINY)
        await it.type(b"3")
        await resized(it, start)
        assert it.screen() == before.replace("12", "123", 1) or it.app.page.line.text == "123"
        await it.type(b"\x15BOLT\r")
        assert {line.sku: int(line.quantity) for line in it.app.page.draft.view.lines} == {"BOLT": 1, "NUT": 2}


@pytest.mark.parametrize("start", [(80, 24), SMALL, (20, 16)])
async def test_a_refusal_and_what_is_ignored_survive_any_size(at_work: AtWork, start):
    async with at_work("ken", start) as it:
        await it.type(b"1A1\rWRONG\r")
        before = it.screen()
        await resized(it, *TINY)
        await resized(it, start)
        assert it.screen() == before
        await resized(it, *TINY)
        await it.type(b"NUT\r")
        await resized(it, start)
        assert it.app.page.held and it.app.page.ignored == 1
        await it.type(ESC)
        assert "1. Scan them again." in squeezed(it)


@pytest.mark.parametrize("start", [(80, 24), SMALL, (40, 8)])
async def test_the_place_in_a_list_survives_any_size(at_work: AtWork, start):
    async with at_work("ken", start) as it:
        await it.type(b"5NUT\r" + DOWN * 40)
        row = it.app.page.chosen
        await resized(it, *TINY, start)
        assert it.app.page.chosen == row
        assert row.location in it.screen()


async def test_a_count_survives_any_size(at_work: AtWork, shop, ken):  # noqa: F811
    begin(shop, ken, "A2")
    async with at_work("ken", SMALL) as it:
        await it.type(b"8" + DOWN + b"\rA2\r5\rNUT\r")
        before = it.screen()
        await resized(it, *TINY, (80, 24), SMALL)
        assert it.screen() == before
        assert "+5" in before


@pytest.mark.parametrize("columns", range(4, 30))
@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize(
    "text", [REFUSAL, "批次 260516F 已过期，不能收货。请检查标签上的日期，或联系管理员。", "X" * 70, ""]
)
def test_parts_leave_nothing_out_and_split_no_wide_character(text: str, columns: int, rows: int):
    mark = 3
    parts = in_parts(text, columns, rows, mark)
    assert "".join("".join(part) for part in parts).replace(" ", "") == text.replace(" ", "")
    for part in parts[:-1]:
        assert len(part) == rows
        assert all(cell_len(line) <= columns for line in part)
        assert cell_len(part[-1]) <= max(2, columns - mark)


async def test_after_the_help_a_list_stands_as_before_it(at_work: AtWork):
    async with at_work("ken", (20, 16)) as it:
        await it.type(b"5BOLT\r" + DOWN)
        before = it.screen()
        await it.type(F1)
        assert it.rows()[-4:] == before.split("\n")[-4:]
        await it.type(ESC)
        assert it.screen() == before


async def test_the_place_that_is_told_is_the_last_row_that_is_seen(at_work: AtWork):
    """What is told of the chosen row takes room from the list."""
    async with at_work("ada", (20, 16)) as it:
        await it.type(b"7NUT" + DOWN + b"\r\x1bOQ" + DOWN + b"Hexagon nut, zinc plated, with a flange, M8\x1b[21~")
        await it.type(ESC + ESC + b"5" + F8)
        await it.type(DOWN)
        page = it.app.page
        assert "with a flange" in squeezed(it)
        assert it.rows()[-2].split()[-1] == f"{page._listing.seen.stop}/{len(page.found.rows)}+"


async def test_figures_without_room_begin_the_help_of_the_menu(at_work: AtWork):
    async with at_work("ken", (20, 16)) as it:
        await it.type(b"1A1\rNUT\r" + ESC + ESC)
        assert squeezed(it).endswith("Posted today F1 Help F10 Sign out")
        await it.type(F1)
        assert "Posted today Nothing yet" in squeezed(it)


async def test_what_is_cut_above_a_list_begins_its_help(at_work: AtWork):
    async with at_work("ken", (20, 16)) as it:
        await it.type(b"5")
        it.app.page.summary = lambda found: (
            "Short 1,024.50, over 9,620.75, and that in many more words than can ever have room there"
        )
        await it.type(DOWN + F1)
        assert squeezed(it).count("ever have room there") == 1


@pytest.mark.parametrize("size", [(20, 16), SMALL])
async def test_what_the_sign_in_page_tells_can_be_read(size: tuple[int, int]):
    notice = ("Sign in as:", "mei (admin)   jun (keeper)   lan (keeper)   tao (finance)", "Password of all: larch-47")
    async with terminal(size, settings=replace(SETTINGS, notice=notice)) as it:
        await it.settle()
        if size == SMALL:
            await it.type(F1)
        seen = it.screen()
        while "larch-47" not in seen and it.app.page.guided:
            await it.type(F1)
            seen = it.screen()
        assert "larch-47" in seen
