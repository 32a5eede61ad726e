"""Command barcodes on every screen: what each does, told page by page; and a shift that touches no key."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.counting import begin
from tests.support.warehouse import signed_in
from tests.tui.conftest import AtWork
from tests.tui.driving import Terminal
from tests.tui.test_counting import counted, plan_of
from wms_tui.domain.barcodes.commands import COMMAND_NAMES, SCREEN_NAMES, Command, command_code
from wms_tui.domain.enquiry import HistoryQuery, StockQuery
from wms_tui.domain.entry import OpenDraft
from wms_tui.domain.movements import DocumentKind
from wms_tui.services import entry, history, stock
from wms_tui.tui.menu import ENTRIES
from wms_tui.tui.orders import KEYS, PRINT, key_for

SIZES = pytest.mark.parametrize("size", [(80, 24), (20, 16)])
F1, F2, F6, F8, F9, ESC = b"\x1bOP", b"\x1bOQ", b"\x1b[17~", b"\x1b[19~", b"\x1b[20~", b"\x1b"


@pytest.fixture
def ken(shop):
    return signed_in(shop, "ken")


def drafted(shop, ken, kind=DocumentKind.RECEIPT):
    view = shop.run(entry.open_draft, ken, OpenDraft(kind))
    return {line.sku: int(line.quantity) for line in view.lines}


def on_hand(shop, ken, text):
    rows = shop.run(stock.on_hand, ken, StockQuery(text=text, limit=500)).rows
    return {(row.location, row.lot): int(row.quantity) for row in rows}


def documents(shop, ken):
    return [row.kind.value for row in shop.run(history.page, ken, HistoryQuery()).rows]


def squeezed(it: Terminal) -> str:
    """What the screen says, whatever the lines that it is broken into."""
    return " ".join(it.screen().split())


@SIZES
async def test_a_shift_by_commands_only(at_work: AtWork, shop, ken, size):
    begin(shop, ken, "A2")
    before = documents(shop, ken)
    async with at_work("ken", size) as it:
        await it.type(b"..GO.RECEIPT\rA1\r..X12\rNUT\rNUT\rBOLT\r..UNDO\r..POST\r..NEXT\r..POST\r")
        assert on_hand(shop, ken, "NUT")["A1", ""] == 13
        await it.type(b"..GO.TRANSFER\rA1\rA2\r..X5\rNUT\r..POST\r..POST\r")
        assert on_hand(shop, ken, "NUT")["A2", ""] == 5
        await it.type(b"..GO.ISSUE\rA2\rNUT\r..X2\rNUT\r..POST\r..POST\r..REVERSE\r")
        assert on_hand(shop, ken, "NUT")["A2", ""] == 2
        await it.type(b"..OK\r")
        assert on_hand(shop, ken, "NUT")["A2", ""] == 5
        await it.type(b"..GO.COUNT\r..NEXT\r..OK\rA2\r..X5\rNUT\r..POST\r")
        assert counted(shop, signed_in(shop, "ada"), plan_of(shop, signed_in(shop, "ada")).plan_id)["A2", "NUT"] == 5
        await it.type(b"..LOGOUT\r")
        assert it.client.actor is None
        assert "signed out" in squeezed(it)
    assert documents(shop, ken) == ["reversal", "issue", "transfer", "receipt", *before]


async def test_commands_behind_scans_in_one_write_are_carried_out_in_order(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        scans = b"BOLT\r" * 60 + b"..X7\rNUT\r" + b"..UNDO\r" * 2 + b"NUT\r" * 3 + b"..POST\r..POST\r"
        await it.type(b"..GO.RECEIPT\rA2\r" + scans + b"..GO.ISSUE\rA2\rNUT\r..POST\r..POST\r..GO\r")
        assert documents(shop, ken)[:2] == ["issue", "receipt"]
        receipt = shop.run(history.page, ken, HistoryQuery()).rows[1]
        lines = shop.run(history.detail, ken, receipt.number).lines
        assert {line.sku: int(line.quantity) for line in lines} == {"BOLT": 59, "NUT": 3}


@SIZES
@pytest.mark.parametrize("acknowledge", [b"..OK\r", b"..NO\r", b"]C0..ok\r"])
async def test_a_refusal_is_acknowledged_by_yes_or_no_and_by_no_other_scan(
    at_work: AtWork, shop, ken, size, acknowledge
):
    async with at_work("ken", size) as it:
        await it.type(b"..GO.RECEIPT\rA1\rWRONG\rNUT\r..POST\r..X5\r..GO.ISSUE\rBOLT\r..UNDO\r")
        assert it.app.page.held
        assert it.app.page.ignored == 6
        assert drafted(shop, ken) == {}
        await it.type(acknowledge)
        assert not it.app.page.held
        assert "6. Scan them again." in squeezed(it)
        await it.type(b"NUT\r")
        assert drafted(shop, ken) == {"NUT": 1}


@SIZES
@pytest.mark.parametrize("bad", [b"..FOO\r", b"]C0..FOO\r", b"..X0\r"])
async def test_a_bad_command_is_refused_with_a_sentence_and_reaches_no_draft(at_work: AtWork, shop, ken, size, bad):
    async with at_work("ken", size) as it:
        await it.type(b"..GO.RECEIPT\rA1\r" + bad + b"NUT\r..OK\rNUT\r")
        assert drafted(shop, ken) == {"NUT": 1}
        await it.type(bad)
        assert "There is no command .." in squeezed(it)


async def test_a_question_is_answered_by_scans_and_the_same_command_again_only_asks_again(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"..GO.RECEIPT\rA1\rNUT\r..POST\r..POST\r..REVERSE\r..REVERSE\r")
        assert documents(shop, ken)[0] == "receipt"
        assert "Undo R-" in it.screen()
        await it.type(b"..NO\r..OK\r")
        assert documents(shop, ken)[0] == "receipt"
        assert "Nothing is asked now." in it.screen()
        await it.type(b"..REVERSE\r..OK\r")
        assert documents(shop, ken)[0] == "reversal"


async def test_a_command_lands_in_no_reference_and_ends_what_was_typed_before_it(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"..GO.RECEIPT\rA1\r3..X4\rNUT\r..POST\rPO-5..POST\r")
        row = shop.run(history.page, ken, HistoryQuery()).rows[0]
        assert row.reference == "PO-5"
        await it.type(b"A1\rNUT\r..POST\rPO-6\rwait..post it\r..POST\r")
        row = shop.run(history.page, ken, HistoryQuery()).rows[0]
        assert (row.reference, row.partner) == ("PO-6", "wait..post it")


async def test_no_part_of_a_command_is_searched_for(at_work: AtWork, shop):
    async with at_work("ken") as it:
        await it.type(b"..GO.CATALOG\r")
        asked = []
        fetch = it.app.page.fetch
        it.app.page.fetch = lambda query: asked.append(query) or fetch(query)
        for byte in b"..POST\r":
            await it.type(bytes([byte]))
        assert asked == []
        assert "does nothing here" in it.screen()


async def test_a_menu_takes_no_letter_of_a_command_for_a_key(at_work: AtWork):
    async with at_work("ken") as it:
        for byte in b"..GO.STOCK":
            await it.type(bytes([byte]))
            assert "Home" in it.rows()[0]
        assert "..GO.STOCK" in it.screen()
        await it.type(b"\r")
        assert "Stock enquiry" in it.rows()[0]
        await it.type(b"..GO\r.5")
        assert "Stock enquiry" in it.rows()[0]


async def test_only_screens_of_the_role_are_gone_to(at_work: AtWork):
    async with at_work("fay") as it:
        await it.type(b"..GO.RECEIPT\r")
        assert "There is no screen RECEIPT for you" in it.screen()
        assert "Home" in it.rows()[0]
        await it.type(b"..GO.NOWHERE\r")
        assert "There is no screen NOWHERE" in it.screen()


def test_every_screen_of_the_menu_has_its_command():
    assert {entry.word: entry.title for entry in ENTRIES} == SCREEN_NAMES


async def test_leaving_a_changed_form_by_a_command_asks_first(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"03A1\r" + b"\x1b[B" + b"New name" + b"..GO.STOCK\r")
        assert "Not saved yet" in it.screen()
        await it.type(b"..NO\r..GO.STOCK\r..OK\r")
        assert "Stock enquiry" in it.rows()[0]


async def test_a_scanned_command_replaces_nothing_in_a_form(at_work: AtWork):
    async with at_work("ada") as it:
        await it.type(b"03A1\r..FOO\r")
        form = it.app.page
        assert form.values == form.original
        assert "There is no command ..FOO" in it.screen()


async def test_an_empty_draft_is_not_kept_by_a_command_that_leaves_it(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"..GO.RECEIPT\rA1\r..GO.ISSUE\rA1\r..GO\r")
        assert shop.run(entry.drafts, ken, None) == ()


async def test_a_location_is_changed_and_an_expiry_leads_back_to_its_lot(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"..GO.RECEIPT\rA1\r..LOC\rA2\r..X3\rMILK\rWRONG-LOT\r..LOT\rM9\r2027-05-01\r")
        await it.type(b"..POST\r..POST\r")
        assert on_hand(shop, ken, "MILK")["A2", "M9"] == 3


async def test_the_list_of_lines_hands_commands_on(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"..GO.RECEIPT\rA1\rNUT\rNUT\r" + F6)
        assert "all lines" in it.rows()[0]
        await it.type(b"..UNDO\r")
        assert drafted(shop, ken) == {"NUT": 1}
        await it.type(F6 + b"..PREV\r")
        assert "all lines" not in it.rows()[0]


async def test_print_reaches_the_label_of_what_is_shown(at_work: AtWork):
    async with at_work("ken") as it:
        await it.type(b"..GO.CATALOG\rBOLT\r..PRINT\r")
        assert "Label: BOLT" in it.rows()[0]
        await it.type(b"..PREV\r..GO.ACCOUNT\r..PRINT\r")
        assert "There is nothing to print here." in it.screen()


async def test_each_command_sounds_once_and_a_refused_one_thrice(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        bells = it.bells
        await it.type(b"..GO.RECEIPT\r")
        assert it.bells == bells + 1
        await it.type(b"A1\rNUT\r..POST\r..NO\r")
        await it.until(lambda: it.bells == bells + 7)


async def test_commands_and_what_came_of_them_are_on_the_tape(at_work: AtWork, shop, ken):
    async with at_work("ken") as it:
        await it.type(b"..GO.RECEIPT\rA1\rNUT\r..POST\r..PREV\r..FOO\r..POST\r..OK\r")
        tape = [(scan.mark.name, scan.code) for scan in it.app.page._scans.last()]
        assert tape[2:] == [
            ("TAKEN", "..POST"),
            ("TAKEN", "..PREV"),
            ("REFUSED", "..FOO"),
            ("IGNORED", "..POST"),
        ]


PAGES: dict[str, tuple[str, bytes]] = {
    "Home": ("ken", b""),
    "MovementEntry": ("ken", b"1"),
    "MovementEntry item": ("ken", b"1A1\rNUT\r"),
    "MovementEntry lot": ("ken", b"1A1\rMILK\r"),
    "MovementEntry expires": ("ken", b"1A1\rMILK\rX1\r"),
    "MovementEntry reference": ("ken", b"1A1\rNUT\r" + F8),
    "Stock": ("ken", b"5"),
    "History": ("ken", b"6"),
    "Document": ("ken", b"6" + b"\x1b[B\r"),
    "Catalog": ("ken", b"7"),
    "ProductPage": ("ken", b"7BOLT\r"),
    "Counts": ("ken", b"8"),
    "NewCountForm": ("ken", b"8" + F2),
    "Counting location": ("ken", b"8\x1b[B\r"),
    "Counting item": ("ken", b"8\x1b[B\rA2\r"),
    "Counting lot": ("ken", b"8\x1b[B\rA2\rMILK\r"),
    "CountPlaces": ("ken", b"8\x1b[B\r" + F6),
    "CountReview": ("fay", b"8\x1b[B\r"),
    "Account": ("ken", b"9"),
    "ChangePassword": ("ken", b"91"),
    "Administration": ("ada", b"0"),
    "Users": ("ada", b"01"),
}
"""Page, and its state → who is there, and the keys that lead to it."""

ARGUED = {Command.QUANTITY, Command.SCREEN, Command.SIGN_OUT, Command.DEVICE, Command.KEY}
PLAIN = tuple(one for one in Command if one not in ARGUED)


def code_of(command: Command) -> bytes:
    return command_code(command, "3" if command is Command.QUANTITY else "").encode() + b"\r"


@pytest.mark.parametrize("where", PAGES)
async def test_each_page_does_what_its_table_says_or_tells_that_it_does_not(at_work: AtWork, shop, ken, where: str):
    """Where a command has a key, that is pressed; else the page says so."""
    begin(shop, ken, "A1", "A2")
    user, keys = PAGES[where]
    async with at_work(user) as it:
        await it.type(keys)
        page, pressed = it.app.page, []
        assert f"{type(page).__name__} {page.state()}".startswith(where)
        page.pressed = recorded(pressed)
        for command in PLAIN:
            key = key_for(type(page), page.state(), command)
            await it.type(code_of(command))
            said = squeezed(it)
            if key == PRINT:
                assert pressed in (["f10"], ["f5"]) or "nothing to print here" in said
            elif key:
                assert pressed == [key], (command, said)
            else:
                told = "Nothing is asked now." if command in {Command.YES, Command.NO} else "does nothing here"
                assert told in said, (command, said)
            pressed.clear()
            if getattr(page, "held", False):
                await it.type(code_of(Command.YES))


def recorded(into: list[str]) -> Callable:
    async def press(key: str) -> None:
        into.append(key)

    return press


def test_the_table_names_pages_that_there_are():
    from wms_tui.tui.screens import (  # noqa: F401
        count_review,
        counting,
        document,
        entry,
        learn_keys,
        lock,
        passwords,
        sign_in,
        this_terminal,
    )

    def names(cls: type) -> set[str]:
        return {cls.__name__}.union(*map(names, cls.__subclasses__()))

    from wms_tui.tui.page import Page

    assert {name.partition(" ")[0] for name in KEYS} <= names(Page)
    assert set(COMMAND_NAMES) == set(Command)
