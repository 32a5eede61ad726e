"""Keys that a terminal may lack, typed as codes: ``..2`` and Enter is F2."""

from __future__ import annotations

import pytest

from tests.support.counting import begin
from tests.tui.conftest import AtWork
from tests.tui.test_commands import PAGES, SIZES, documents, drafted, ken, recorded, squeezed  # noqa: F401 - a fixture
from wms_tui.domain.barcodes.commands import KEYS, Command, command_code
from wms_tui.tui.keys import REPAINT

HELP = "f1"


def code_of(word: str) -> bytes:
    return command_code(Command.KEY, word).encode() + b"\r"


@pytest.mark.parametrize("where", PAGES)
async def test_every_key_is_pressed_on_every_page(at_work: AtWork, shop, ken, where: str):  # noqa: F811
    begin(shop, ken, "A1", "A2")
    user, keys = PAGES[where]
    async with at_work(user) as it:
        await it.type(keys)
        page, pressed = it.app.page, []
        page.pressed = recorded(pressed)
        there = {word: key for word, key in KEYS.items() if key not in {HELP, REPAINT}}
        await it.type(b"".join(map(code_of, there)))
        assert (pressed, it.app.page) == (list(there.values()), page)
        await it.type(code_of("1"))
        assert page.guided
        assert "..10 F10" in squeezed(it)


@SIZES
async def test_a_shift_without_function_keys(at_work: AtWork, shop, ken, size):  # noqa: F811
    async with at_work("ken", size) as it:
        await it.type(b"1A1\rNUT\rBOLT\r..4\r..2\r12\r..6\r")
        assert "all lines" in it.rows()[0]
        await it.type(b"..DN\r..3\r")
        assert drafted(shop, ken) == {"NUT": 12}
        await it.type(b"..8\rPO-7\r..8\r")
        assert documents(shop, ken)[0] == "receipt"
        await it.type(b"..3\r8..2\r")
        assert "New count" in it.rows()[0]
        await it.type(b"A2\r..10\rA2\r5\rNUT\r..8\r..7\r..OK\r")
        assert "is handed over" in squeezed(it)
        await it.type(b"..3\r..10\r")
        assert it.client.actor is None


async def test_a_held_page_takes_only_the_keys_that_it_takes_from_a_keyboard(at_work: AtWork, shop, ken):  # noqa: F811
    async with at_work("ken") as it:
        await it.type(b"1A1\rNUT\rWRONG\r..4\r..8\r..2\r..DN\rBOLT\r")
        assert it.app.page.held and it.app.page.ignored == 1
        assert drafted(shop, ken) == {"NUT": 1}
        await it.type(b"..3\r")
        assert not it.app.page.held
        assert drafted(shop, ken) == {"NUT": 1}


async def test_a_key_that_is_read_twice_answers_no_question(at_work: AtWork, shop, ken):  # noqa: F811
    async with at_work("ken") as it:
        await it.type(b"1A1\rNUT\r..8\r..8\r..9\r..9\r")
        assert documents(shop, ken)[0] == "receipt"
        assert "F9 again undoes it. ..OK answers yes." in squeezed(it)
        await it.type(b"..OK\r")
        assert documents(shop, ken)[0] == "reversal"


async def test_two_full_stops_within_a_note_press_no_key(at_work: AtWork, shop, ken):  # noqa: F811
    async with at_work("ken") as it:
        await it.type(b"1A1\rNUT\r..8\r10..12\r")
        assert it.app.page.draft.view.reference == "10..12"


async def test_codes_press_keys_in_the_scan_test_as_well(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"-BOLT\r..1\r")
        assert it.app.page.guided
        await it.type(b"\x1b..3\r")
        assert "Home" in it.rows()[0]


async def test_the_help_is_turned_by_its_code(at_work: AtWork):
    async with at_work("ken", (20, 16)) as it:
        await it.type(b"1..1\r")
        first = it.screen()
        await it.type(b"..1\r")
        assert it.app.page.guided and it.screen() != first


async def test_in_a_list_a_key_may_stand_behind_what_is_looked_for(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"7NUT..DN\r..5\r")
        assert it.app.page.line.text == "NUT"
        await it.type(b"BOLT")
        assert "BOLT" in it.screen()


async def test_a_user_is_found_and_acted_on_without_function_keys(at_work: AtWork):
    async with at_work("ada", (20, 16)) as it:
        await it.type(b"01kim..DN\r..4\r")
        assert "New password" in it.screen()
